"""Socket.IO 4 over one bare websocket: what a phone's library does, frame by frame, with every event kept.

A library of its own would reconnect, buffer and forgive; here a test sees each frame that the server sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import websockets
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

Hook = Callable[[str, Any], None]


class Refused(Exception):
    """The server does not take this socket; `status` is its HTTP answer, if it gave one."""

    def __init__(self, why: str, status: int | None = None) -> None:
        super().__init__(why)
        self.status = status


class Wire:
    """One connection. `heard` is every event as (time.perf_counter, name, first argument)."""

    def __init__(self, url: str, cookie: str | None, *, origin: str | None = "", hook: Hook | None = None) -> None:
        self.url = "ws" + url.removeprefix("http") + "/socket.io/?EIO=4&transport=websocket"
        self.headers = {"Cookie": cookie} if cookie else {}
        self.origin = url if origin == "" else origin
        self.hook = hook
        self.heard: list[tuple[float, str, Any]] = []
        self.asked_acks = 0
        self.closed_code: int | None = None
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._numbers = itertools.count(1)
        self._socket: websockets.ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None

    async def open(self, limit: float = 30.0) -> Wire:
        """Handshake, then the namespace. Raises Refused."""
        early: list[str] = []
        try:
            async with asyncio.timeout(limit):
                self._socket = await websockets.connect(
                    self.url, additional_headers=self.headers, origin=self.origin, compression=None, proxy=None,
                    ping_interval=None, max_size=2**23, open_timeout=limit, close_timeout=1,
                )  # fmt: skip
                hello = str(await self._socket.recv())
                if not hello.startswith("0"):
                    raise Refused(hello[:80])
                await self._socket.send("40")
                while not (frame := str(await self._socket.recv())).startswith("40"):
                    if frame == "2":
                        await self._socket.send("3")
                    elif frame.startswith("42"):
                        early.append(frame)  # the room is joined before the welcome: what came early counts
                    else:
                        raise Refused(frame[:80])
        except InvalidStatus as e:
            raise Refused(f"HTTP {e.response.status_code}", e.response.status_code) from None
        except (Refused, TimeoutError, OSError, WebSocketException) as e:
            await self.close()
            raise e if isinstance(e, Refused) else Refused(f"{type(e).__name__}: {e}") from None
        for frame in early:
            await self._take(frame)
        self._reader = asyncio.create_task(self._read())
        return self

    async def _read(self) -> None:
        assert self._socket is not None
        with contextlib.suppress(ConnectionClosed, OSError):
            async for frame in self._socket:
                await self._take(str(frame))
        self.closed_code = self._socket.close_code

    async def _take(self, frame: str) -> None:
        assert self._socket is not None
        if frame == "2":
            await self._socket.send("3")
        elif frame.startswith("42"):
            number, data = _split(frame)
            if number:
                self.asked_acks += 1
            name, argument = data[0], data[1] if len(data) > 1 else None
            self.heard.append((time.perf_counter(), name, argument))
            if self.hook:
                self.hook(name, argument)
        elif frame.startswith("43"):
            number, data = _split(frame)
            answer = self._answers.pop(int(number or 0), None)
            if answer and not answer.done():
                answer.set_result(data)
        elif frame == "1" or frame.startswith("41"):
            await self._socket.close()

    @property
    def live(self) -> bool:
        return self._reader is not None and not self._reader.done()

    async def gone(self, limit: float = 30.0) -> bool:
        """Whether the connection ends within the limit."""
        if self._reader is not None:
            await asyncio.wait([self._reader], timeout=limit)
        return not self.live

    def events(self, name: str = "novedad") -> list[Any]:
        return [argument for _, n, argument in self.heard if n == name]

    async def emit(self, name: str, argument: Any) -> None:
        assert self._socket is not None
        await self._socket.send("42" + json.dumps([name, argument]))

    async def call(self, name: str, argument: Any, limit: float = 30.0) -> Any:
        """Emit and wait for the acknowledgement; None when none came or the socket ended."""
        assert self._socket is not None
        number = next(self._numbers)
        self._answers[number] = asyncio.get_running_loop().create_future()
        with contextlib.suppress(TimeoutError, ConnectionClosed):
            await self._socket.send(f"42{number}" + json.dumps([name, argument]))
            return await asyncio.wait_for(self._answers[number], limit)
        return None

    async def send_raw(self, frame: str | bytes) -> None:
        assert self._socket is not None
        await self._socket.send(frame)

    async def cut(self) -> None:
        """Drop the line without a word, as a tunnel does."""
        if self._socket is not None:
            self._socket.transport.abort()
        if self._reader is not None:
            await asyncio.wait([self._reader], timeout=2)

    async def close(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(self._socket.close(), 2)
        if self._reader is not None:
            self._reader.cancel()


def _split(frame: str) -> tuple[str, Any]:
    """`42<n>[…]` or `43<n>[…]`: the number as text (empty without one) and the array."""
    start = 2
    while start < len(frame) and frame[start].isdigit():
        start += 1
    return frame[2:start], json.loads(frame[start:] or "[]", parse_float=Decimal)
