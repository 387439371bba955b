"""Both ways of speaking HTTP/1.1, as Hypercorn serves them, around an app that tells what reached it."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from hypercorn.app_wrappers import ASGIWrapper
from hypercorn.asyncio.worker_context import WorkerContext
from hypercorn.config import Config

from belgrano.server.connections import Connections, CountedConnection, teach_hypercorn
from tests.people import until
from tests.servers import ROOT

BIG, PIECES = b"x" * 65_536, 400


class Heard:
    """The app: what reached it, and answers of every kind."""

    def __init__(self, *, lean: bool) -> None:
        self.connections = Connections(lean=lean, files=100_000)
        self.requests: list[tuple[str, str]] = []
        self.ended: list[str] = []
        self.sent = self.got = 0
        self.go = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await self.speak(scope, receive, send)
            return
        self.requests.append((scope["method"], scope["path"]))
        answer = getattr(self, scope["path"][1:].partition("/")[0] or "echo", self.echo)
        try:
            await answer(scope, receive, send)
        finally:
            self.ended.append(scope["path"])

    @staticmethod
    async def read(receive: Any) -> bytes | None:
        """The whole body; None when the client left before its end."""
        body = b""
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += bytes(message["body"])
            if not message["more_body"]:
                return body

    @staticmethod
    async def say(send: Any, body: bytes, status: int = 200, **headers: str) -> None:
        lines = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        lines.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": lines})
        await send({"type": "http.response.body", "body": body})

    async def echo(self, scope: Any, receive: Any, send: Any) -> None:
        body = await self.read(receive)
        if body is None:
            return
        told = {
            "method": scope["method"], "path": scope["path"], "query": scope["query_string"].decode(),
            "version": scope["http_version"], "body": body.decode("latin-1"),
            "headers": [[name.decode(), value.decode("latin-1")] for name, value in scope["headers"]],
        }  # fmt: skip
        await self.say(send, json.dumps(told).encode())

    async def early(self, scope: Any, receive: Any, send: Any) -> None:
        await self.say(send, b"no", 413)

    async def nothing(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def pieces(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
        for piece in (b"one,", b"", b"two"):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    async def head_first(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await self.go.wait()
        await send({"type": "http.response.body", "body": b"late"})

    async def slow(self, scope: Any, receive: Any, send: Any) -> None:
        await self.go.wait()
        await self.say(send, b"slow")

    async def until_left(self, scope: Any, receive: Any, send: Any) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    async def flood(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(PIECES):
            await send({"type": "http.response.body", "body": BIG, "more_body": True})
            self.sent += len(BIG)
        await send({"type": "http.response.body", "body": b""})

    async def silent(self, scope: Any, receive: Any, send: Any) -> None:
        """No answer."""

    async def breaks(self, scope: Any, receive: Any, send: Any) -> None:
        raise RuntimeError("on purpose")

    async def breaks_half_way(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise RuntimeError("on purpose")

    async def injects(self, scope: Any, receive: Any, send: Any) -> None:
        await self.say(send, b"", x_a="1\r\nx-injected: yes")

    async def announces(self, scope: Any, receive: Any, send: Any) -> None:
        """Another length than there is: /announces/<length>, and five bytes."""
        length = scope["path"].rpartition("/")[2].encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]})
        await send({"type": "http.response.body", "body": b"abc", "more_body": True})
        await send({"type": "http.response.body", "body": b"de"})

    async def speak(self, scope: Any, receive: Any, send: Any) -> None:
        self.requests.append(("WS", scope["path"]))
        assert (await receive())["type"] == "websocket.connect"
        if scope["path"] == "/refused":
            await send({"type": "websocket.http.response.start", "status": 401, "headers": [(b"x-why", b"who")]})
            await send({"type": "websocket.http.response.body", "body": b"who are you?"})
            return
        if scope["path"] == "/closed":
            await send({"type": "websocket.close", "code": 1013})
            return
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            self.got += len(message.get("text") or message.get("bytes") or "")
            if message.get("text") == "bye":
                await send({"type": "websocket.close", "code": 4401})
                break
            if scope["path"] == "/deaf":
                await self.go.wait()
            elif message.get("text") == "flood":
                for _ in range(PIECES):
                    await send({"type": "websocket.send", "bytes": BIG})
                    self.sent += len(BIG)
            else:
                await send(message | {"type": "websocket.send"})
        self.ended.append(f"{scope['path']} {message.get('code')}")


@dataclass
class Got:
    """One answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Client:
    """A client that says exactly the bytes it is given."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, *pieces: bytes, pause: float = 0.002) -> None:
        for n, piece in enumerate(pieces):
            if n:
                await asyncio.sleep(pause)
            self.writer.write(piece)
            await self.writer.drain()

    async def head(self) -> tuple[int, dict[str, str]]:
        raw = await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), 20)
        first, *lines = raw.decode("latin-1").split("\r\n")[:-2]
        return int(first.split(" ")[1]), {
            name.lower(): value for name, _, value in (line.partition(": ") for line in lines)
        }

    async def answer(self, method: str = "GET") -> Got:
        status, headers = await self.head()
        async with asyncio.timeout(20):
            if method == "HEAD" or status in (204, 304):
                body = b""
            elif "content-length" in headers:
                body = await self.reader.readexactly(int(headers["content-length"]))
            elif headers.get("transfer-encoding") == "chunked":
                pieces = []
                while size := int((await self.reader.readline()).strip(), 16):
                    pieces.append((await self.reader.readexactly(size + 2))[:-2])
                assert await self.reader.readexactly(2) == b"\r\n"
                body = b"".join(pieces)
            else:
                body = await self.reader.read()
        return Got(status, headers, body)

    async def rest(self, limit: float = 20.0) -> bytes:
        """What comes until the server ends the connection. Raises TimeoutError when it does not."""
        said = b""
        with contextlib.suppress(ConnectionError):
            async with asyncio.timeout(limit):
                while piece := await self.reader.read(65_536):
                    said += piece
        return said


@dataclass
class Server:
    """A listener whose connections go to one of the two."""

    app: Heard
    port: int
    config: Config
    context: WorkerContext
    clients: list[Client] = field(default_factory=list)
    tasks: set["asyncio.Task[None]"] = field(default_factory=set)

    async def open(self, *pieces: bytes) -> Client:
        client = Client(*await asyncio.open_connection("127.0.0.1", self.port))
        self.clients.append(client)
        await client.send(*pieces)
        return client

    async def ask(self, *pieces: bytes, method: str = "GET") -> Got:
        client = await self.open(*pieces)
        got = await client.answer(method)
        client.writer.close()
        return got

    async def empty(self) -> bool:
        """Whether soon nobody is connected, as far as the server knows."""
        return bool(await until(lambda: not self.tasks))


@contextlib.asynccontextmanager
async def serving(*, lean: bool, **over: Any) -> AsyncIterator[Server]:
    """A server with `hypercorn.toml` and what is said `over` it."""
    teach_hypercorn()
    app, loop = Heard(lean=lean), asyncio.get_running_loop()
    config = Config.from_toml(ROOT / "hypercorn.toml")
    for name, value in over.items():
        setattr(config, name, value)
    context = WorkerContext(None)
    tasks: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task: Any = asyncio.current_task()
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        wrapped: Any = ASGIWrapper(app)
        await CountedConnection(wrapped, loop, config, context, {}, reader, writer)

    listener = await asyncio.start_server(connected, "127.0.0.1", 0)
    made = Server(app, listener.sockets[0].getsockname()[1], config, context, tasks=tasks)
    try:
        yield made
    finally:
        await context.terminated.set()
        for client in made.clients:
            client.writer.transport.abort()
        listener.close()
        app.go.set()
        for task in list(tasks):
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=1)
