"""A wire between the program and PostgreSQL that a test can cut, hold, or cut just behind a COMMIT."""

import asyncio
import contextlib
from urllib.parse import urlsplit

from tests.servers import free_port


class Wire:
    """A TCP proxy. `url` is the database seen through it."""

    def __init__(self, url: str) -> None:
        self.target = urlsplit(url)
        self.held = asyncio.Event()
        self.held.set()
        self.cut_after: bytes | None = None  # cut when the program has sent this
        self.deaf = False  # PostgreSQL's answers are dropped
        self.answered = asyncio.Event()  # one was
        self.server: asyncio.Server | None = None
        self.port = free_port()
        self.open: set[asyncio.StreamWriter] = set()
        self.tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return self.target._replace(netloc=f"{self.target.username}@127.0.0.1:{self.port}").geturl()

    async def connect(self) -> None:
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    def cut(self, *, refuse: bool = True) -> None:
        """Break every connection, and by default refuse new ones until `connect`."""
        if refuse and self.server is not None:
            self.server.close()
        for writer in self.open:
            writer.transport.abort()

    def hold(self) -> None:
        """Say nothing more, as a machine that hangs; `held.set()` lets it go on."""
        self.held.clear()

    async def close(self) -> None:
        self.held.set()
        self.cut()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(self.target.hostname, self.target.port)
        self.open |= {writer, back}
        for way in (self._pump(reader, back, True), self._pump(there, writer, False)):
            task = asyncio.create_task(way)
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, outward: bool) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65536):
                await self.held.wait()
                last = outward and self.cut_after is not None and self.cut_after in data
                self.deaf = self.deaf or last
                if self.deaf and not outward:
                    self.answered.set()
                else:
                    sink.write(data)
                    await sink.drain()
                if last:
                    self.cut_after = None
                    await asyncio.wait_for(self.answered.wait(), 30)  # PostgreSQL did it; the program did not hear
                    self.cut(refuse=False)
                    self.deaf = False
        sink.close()
        self.open.discard(sink)
