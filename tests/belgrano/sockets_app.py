"""An app with nothing but sockets, served by real processes in the tests of the guard and the launcher."""

import asyncio
import os
from collections.abc import AsyncIterator

import socketio
from quart import Quart, Response, request

from belgrano.http.access import anyone, register_access
from belgrano.http.pages import new_app
from belgrano.http.problems import register_problems
from belgrano.server.guard import Guard

server = socketio.AsyncServer(async_mode="asgi", transports=["websocket"], async_handlers=False)
flooding: set[asyncio.Task[None]] = set()


class NoSessions:
    """Nobody is signed in."""

    async def current(self) -> None:
        return None


def make() -> Quart:
    app = new_app(__name__)
    register_problems(app)
    register_access(app, NoSessions())  # type: ignore[arg-type]

    @app.get("/healthz")
    @anyone
    async def healthz() -> str:
        return "ok"

    @app.get("/slow")
    @anyone
    async def slow() -> str:
        await asyncio.sleep(float(request.args["s"]))
        return "finished"

    @app.get("/stream")
    @anyone
    async def stream() -> Response:
        async def events() -> AsyncIterator[str]:
            while True:
                yield "data: x\n\n"
                await asyncio.sleep(0.1)

        response = Response(events(), content_type="text/event-stream")
        response.timeout = None
        return response

    @app.post("/cut/<key>")
    @anyone
    async def cut(key: str) -> str:
        guard.sockets.cut(key)
        return str(guard.sockets.count())

    @app.get("/count")
    @anyone
    async def count() -> dict[str, int]:
        return {"sockets": guard.sockets.count(), "pid": os.getpid()}

    return app


@server.event
async def connect(sid: str, environ: dict, auth: object) -> None:  # type: ignore[type-arg]
    guard.sockets.bind(
        environ["asgi.scope"], environ["QUERY_STRING"].partition("key=")[2].partition("&")[0] or "nobody"
    )


@server.event
async def flood(sid: str, data: object) -> None:
    async def pour() -> None:
        while server.manager.is_connected(sid, "/"):
            await server.emit("water", "x" * 20_000, to=sid)
            await asyncio.sleep(0)
            await asyncio.sleep(0.001)

    task = asyncio.create_task(pour())
    flooding.add(task)
    task.add_done_callback(flooding.discard)


app = guard = Guard(socketio.ASGIApp(server, make()), lean=os.environ.get("BELGRANO_HTTP") != "hypercorn")
