"""A Ticketera that says what a test wants it to say, over real HTTP on loopback."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Any

from tests.servers import free_port

Answer = tuple[int, dict[str, str], str]


def created(body: Any) -> Answer:
    return (201, {}, json.dumps({"exito": True, "numero": body["numero"]})) if body else (200, {}, "ok")


class Peer:
    """Answers each post by `say(body)`; None never answers, Exception hangs up.

    It knows no address for what it has: the shop's question after that is none of what it heard.
    """

    def __init__(self) -> None:
        self.say: Callable[[Any], Answer | None] = created
        self.heard: list[tuple[dict[str, str], Any]] = []
        self.raw: list[bytes] = []
        self.open = 0
        self.most_open = 0
        self.delay = 0.0
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self.port = free_port()

    async def start(self) -> None:
        """Listen, after `stop` on the same port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def stop(self) -> None:
        """Go away."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def numeros(self) -> list[str]:
        return [body["numero"] for _, body in self.heard if body]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while self._server is not None:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                lines = head.split("\r\n")
                headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines[1:] if line)}
                raw = await reader.readexactly(int(headers.get("content-length", 0)))
                if lines[0].startswith("GET /api/tickets/numeros"):
                    writer.write(b"HTTP/1.1 404 x\r\ncontent-length: 0\r\n\r\n")
                    continue
                self.raw.append(raw)
                body = json.loads(raw) if raw and "octet" not in headers.get("content-type", "") else {}
                headers["path"] = lines[0].split()[1]
                self.heard.append((headers, body))
                self.open += 1
                self.most_open = max(self.most_open, self.open)
                try:
                    await asyncio.sleep(self.delay)
                    answer = self.say(body)
                    if answer is None:
                        await asyncio.sleep(30)
                        return
                finally:
                    self.open -= 1
                status, more, text = answer
                content = text.encode()
                fields = {"content-type": "application/json", "content-length": str(len(content)), **more}
                writer.write(f"HTTP/1.1 {status} x\r\n".encode())
                writer.write("".join(f"{k}: {v}\r\n" for k, v in fields.items()).encode() + b"\r\n" + content)
                await writer.drain()
        writer.close()
