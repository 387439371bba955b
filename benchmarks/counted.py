"""Ticketera with its SQL statements counted: what Hypercorn is pointed at by `costs.py`; GET /sentencias tells."""

from __future__ import annotations

import sqlite3
from typing import Any

count = 0
connect = sqlite3.connect


def counting(*args: Any, **options: Any) -> sqlite3.Connection:
    def one(statement: str) -> None:
        global count
        count += 1

    con = connect(*args, **options)
    con.set_trace_callback(one)
    return con


sqlite3.connect = counting  # type: ignore[assignment]

from ticketera.asgi import app as whole  # noqa: E402  (the counter comes first)


async def app(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http" or scope["path"] != "/sentencias":
        await whole(scope, receive, send)
        return
    body = str(count).encode()
    head = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": body})
