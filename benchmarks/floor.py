"""The floor: the least that any program on this stack does for a ticket.

A bare ASGI app on the same Hypercorn and event loop: parse the JSON, insert it with plain sqlite3 (WAL, FULL, its own
commit), emit it with python-socketio to the same sockets, answer. No key, no validation, no rule, no history, no
numbered novedades, no report. What the product costs more is what it does more.

    python -m benchmarks.floor PORT DATABASE PHONES
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import json
import signal
import sqlite3
import sys
from typing import Any

import socketio
import uvloop
from hypercorn.asyncio import serve
from hypercorn.config import Config

ALL = "SELECT cuerpo FROM ticket"
INSERT = "INSERT INTO ticket (numero, repartidor, total, cuerpo) VALUES (?, ?, ?, ?) RETURNING id"


def make_app(path: str, phones: int) -> Any:
    con = sqlite3.connect(path, isolation_level=None)
    con.executescript("""
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE IF NOT EXISTS ticket (
            id INTEGER PRIMARY KEY, numero TEXT NOT NULL UNIQUE, repartidor INTEGER NOT NULL, total INTEGER NOT NULL,
            cuerpo TEXT NOT NULL);
    """)
    turns = itertools.cycle(range(1, phones + 1))
    sio = socketio.AsyncServer(async_mode="asgi", transports=["websocket"], async_handlers=False)

    @sio.event
    async def connect(sid: str, environ: dict[str, Any]) -> None:
        who = environ["HTTP_COOKIE"].partition("=")[2]
        await sio.enter_room(sid, "tablero" if who == "0" else f"repartidor:{who}")

    @sio.event
    async def recibido(sid: str, data: Any) -> bool:
        return True

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            while True:
                message = await receive()
                await send({"type": message["type"] + ".complete"})
                if message["type"] == "lifespan.shutdown":
                    return
        raw, more = b"", True
        while more:
            message = await receive()
            raw += message.get("body", b"")
            more = message.get("more_body", False)
        if scope["path"] == "/api/tablero":
            status, answer = 200, b'{"tickets":[%b]}' % ",".join(row[0] for row in con.execute(ALL)).encode()
        else:
            status, answer = (200, b"ok") if scope["method"] == "GET" else (201, await accept(json.loads(raw)))
        head = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": head})
        await send({"type": "http.response.body", "body": answer})

    async def accept(ticket: dict[str, Any]) -> bytes:
        holder = next(turns)
        row = con.execute(INSERT, (ticket["numero"], holder, round(ticket["total"] * 100), json.dumps(ticket)))
        ticket_id = row.fetchone()[0]
        novedad = {"seq": ticket_id, "tipo": "ticket.asignado", "ticket_id": ticket_id, "ticket": ticket}
        await sio.emit("novedad", novedad, room=f"repartidor:{holder}")
        await sio.emit("novedad", novedad, room="tablero")
        return json.dumps({"exito": True, "ticket_id": ticket_id, "numero": ticket["numero"]}).encode()

    return socketio.ASGIApp(sio, app)


async def main(port: int, path: str, phones: int) -> None:
    config = Config()
    config.bind, config.accesslog, config.backlog = [f"127.0.0.1:{port}"], None, 2048
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    app = make_app(path, phones)
    gc.collect()
    gc.freeze()
    await serve(app, config, shutdown_trigger=stop.wait)  # type: ignore[arg-type]


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
