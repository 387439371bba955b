"""The load generator's clients, as thin as they can be: HTTP/1.1 kept open, and Socket.IO over a raw websocket.

A generator that costs as much as the server measures itself. These parse what a measurement needs and nothing more.
"""

from __future__ import annotations

import asyncio
import re
import struct
from collections.abc import Callable
from time import perf_counter
from typing import cast
from urllib.parse import urlsplit

LENGTH = re.compile(rb"content-length:\s*(\d+)", re.I)
SEQ = re.compile(rb'"seq":\s*(\d+)')
NUMERO = re.compile(rb'"numero":\s*"([^"]+)"')


class Post(asyncio.Protocol):
    """One kept connection; one request at a time."""

    def __init__(self, host: str, path: str, headers: dict[str, str]) -> None:
        lines = "".join(f"{k}: {v}\r\n" for k, v in headers.items())
        self.head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n{lines}".encode()
        self.got = self.answered = b""  # what has come of the answer; the body of the last whole one
        self.answer: asyncio.Future[int] | None = None
        self.ended = False  # the server closes it: after a thousand requests, or of silence
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but its class

    def send(self, body: bytes) -> asyncio.Future[int]:
        """The status, once the whole answer is here; 0 when the connection was lost."""
        self.got, self.answer = b"", asyncio.get_running_loop().create_future()
        self.transport.write(b"%bContent-Length: %d\r\n\r\n%b" % (self.head, len(body), body))
        return self.answer

    def data_received(self, data: bytes) -> None:
        self.got += data
        end = self.got.find(b"\r\n\r\n")
        if end < 0 or self.answer is None or self.answer.done():
            return
        length = LENGTH.search(self.got, 0, end)
        if length and len(self.got) >= end + 4 + int(length[1]):
            self.ended = b"connection: close" in self.got[:end].lower()
            self.answered = self.got[end + 4 :]
            self.answer.set_result(int(self.got[9:12]))
            self.answer = None

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended = True
        if self.answer is not None and not self.answer.done():  # whoever asked may have given up
            self.answer.set_result(0)


class Caller:
    """Posts to one path, on a connection that is opened again when it was lost."""

    def __init__(self, url: str, path: str, headers: dict[str, str]) -> None:
        self.place, self.path, self.headers = urlsplit(url), path, {"Origin": url, **headers}
        self.line: Post | None = None

    async def post(self, body: bytes) -> tuple[int, bytes]:
        """Status and answer; 0 where the line broke or nobody listens."""
        try:
            if self.line is None or self.line.ended:
                make = asyncio.get_running_loop().create_connection
                new = lambda: Post(self.place.netloc, self.path, self.headers)  # noqa: E731
                _, self.line = await make(new, str(self.place.hostname), self.place.port or 80)
            status = await self.line.send(body)
        except OSError:
            return 0, b""
        return status, self.line.answered

    def close(self) -> None:
        if self.line is not None:
            self.line.transport.abort()


class Phone(asyncio.Protocol):
    """One websocket: says who it is by its cookie, answers pings, confirms each novedad, tells `hear` its time."""

    def __init__(self, host: str, cookie: str, hear: Callable[[bytes, float], None], confirm: bool) -> None:
        self.hello = (
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
            f"Host: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        ).encode()
        self.hear, self.confirm = hear, confirm
        self.buffer = b""
        self.upgraded = False
        self.acks = 0
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.lost = False
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but its class
        self.transport.write(self.hello)

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True
        if not self.ready.done():
            self.ready.set_exception(ConnectionError(f"refused: {self.buffer[:80]!r}"))

    def data_received(self, data: bytes) -> None:
        now = perf_counter()
        self.buffer += data
        if not self.upgraded:
            head, end, rest = self.buffer.partition(b"\r\n\r\n")
            if not end:
                return
            if b" 101 " not in head[:20]:
                self.transport.close()
                return
            self.upgraded, self.buffer = True, rest
        while (frame := self._next_frame()) is not None:
            self._take(frame, now)

    def _next_frame(self) -> bytes | None:
        buffer = self.buffer
        if len(buffer) < 2:
            return None
        size, start = buffer[1] & 127, 2
        if size == 126:
            if len(buffer) < 4:
                return None
            size, start = struct.unpack_from("!H", buffer, 2)[0], 4
        elif size == 127:
            if len(buffer) < 10:
                return None
            size, start = struct.unpack_from("!Q", buffer, 2)[0], 10
        if len(buffer) < start + size:
            return None
        self.buffer = buffer[start + size :]
        if buffer[0] & 15 == 8:
            self.transport.close()
        return buffer[start : start + size]

    def _take(self, frame: bytes, now: float) -> None:
        if frame == b"2":
            self.write(b"3")
        elif frame.startswith(b'42["novedad"'):
            self.hear(frame, now)
            if self.confirm:
                seq = SEQ.search(frame)
                self.acks += 1
                self.write(b'42%d["recibido",{"seq":%b}]' % (self.acks, seq[1] if seq else b"0"))
        elif frame.startswith(b"40"):
            self.ready.set_result(None)
        elif frame.startswith(b"0{"):
            self.write(b"40")

    def write(self, text: bytes) -> None:
        """A masked text frame; the mask is zero, so the text stands as it is."""
        head = bytes((0x81, 0x80 | len(text))) if len(text) < 126 else struct.pack("!BBH", 0x81, 0xFE, len(text))
        self.transport.write(head + b"\0\0\0\0" + text)
