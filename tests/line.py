"""A bad telephone line: a TCP proxy in front of an app that can lose answers, stall, and be cut.

async with Line(town.ticketera.port) as line:
    line.lose_answers = True     # requests arrive, answers do not
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any


class Line:
    """Forwards bytes to a local port as long as it is told to."""

    def __init__(self, port: int) -> None:
        self.target = port
        self.lose_answers = False
        self.down = False
        self.silent = False  # connections stay and are made, and nothing passes: a router that forgot them
        self.lost_bytes = 0
        self.url = ""
        self._ends: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server

    async def __aenter__(self) -> Line:
        self._server = await asyncio.start_server(self._call, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: Any) -> None:
        self._server.close()
        self.cut()

    def cut(self) -> None:
        """Every connection ends now, without a word."""
        for end in list(self._ends):
            end.transport.abort()

    async def _call(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.down:
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        self._ends |= {writer, back}
        await asyncio.gather(self._carry(reader, back, answers=False), self._carry(there, writer, answers=True))
        self._ends -= {writer, back}

    async def _carry(self, source: asyncio.StreamReader, to: asyncio.StreamWriter, *, answers: bool) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65536):
                if self.silent:
                    continue
                if answers and self.lose_answers:
                    self.lost_bytes += len(data)
                    break
                to.write(data)
                await to.drain()
        if answers and self.lose_answers:
            to.transport.abort()
        with contextlib.suppress(OSError):
            to.close()
