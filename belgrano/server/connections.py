"""What Hypercorn leaves open: how many connections there are, whose they are, and what is spoken on them.

HTTP/1.1 and websockets only. HTTP/2 without TLS, which Hypercorn takes from anybody, would put a hundred requests on
one connection and keep it open by pings; a proxy in front of us speaks 1.1 to us whatever it speaks to the world.
"""

import asyncio
import inspect
import resource
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from weakref import WeakValueDictionary

import h11
import hypercorn.asyncio.run
import hypercorn.protocol
from hypercorn.asyncio.tcp_server import TCPServer
from hypercorn.events import Closed
from hypercorn.protocol.h11 import H11Protocol
from hypercorn.protocol.ws_stream import WSStream

from belgrano.http.peer import household

try:
    from belgrano.server.http1.line import Line
    from belgrano.server.http1.worker import Worker
except ImportError:  # httptools has no build for every machine; then Hypercorn's own protocol serves
    LEAN = False
else:
    LEAN = True

CONNECTIONS = 10_000
PER_ADDRESS = 3_000  # a depot's phones share one
OWN_FILES = 200  # of ours besides: databases, logs, what we ask of others


def raise_file_limit() -> int:
    """Let this process have as many files open as the system ever allows it; how many those are."""
    with suppress(ValueError, OSError):  # macOS names a limit that it does not give
        resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return 2**31 if soft == resource.RLIM_INFINITY else soft


class Crowd:
    """Whatever is there at once, counted as a whole and by household."""

    def __init__(self) -> None:
        self._all = 0
        self._of: Counter[str] = Counter()

    def has_room(self, key: str, most: int, of_each: int) -> bool:
        """Whether one more is fewer than `most` in all and than `of_each` of its household."""
        return self._all < most and self._of[key] < of_each

    def enter(self, key: str) -> Callable[[], None]:
        """Count one in. Returns a function that counts it out, once."""
        self._all += 1
        self._of[key] += 1
        there = True

        def leave() -> None:
            nonlocal there
            if there:
                there = False
                self._all -= 1
                self._of[key] -= 1
                if not self._of[key]:
                    del self._of[key]

        return leave


class Turn:
    """One request's: from when it is whole until its answer begins it is one of a few of its household's.

    Whoever is slow to send or to read holds none. A gate of None lets everybody through.
    """

    def __init__(self, gate: asyncio.Semaphore | None) -> None:
        self._gate = gate
        self._taken = self._over = False

    async def take(self) -> None:
        """Wait for this request's turn, first come first served. A request that was answered already needs none."""
        if self._gate is None or self._taken or self._over:
            return
        await self._gate.acquire()
        if self._over:
            self._gate.release()
        else:
            self._taken = True

    def end(self) -> None:
        """Give the turn back and let the next request in."""
        if self._taken and not self._over and self._gate is not None:
            self._gate.release()
        self._over = True


class Turns:
    """Of each household so many requests are worked on at once; the others wait, and nobody else waits for them."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._gates: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    def of(self, key: str) -> Turn:
        """The turn for one more request of this household."""
        gate = self._gates.get(key)
        if gate is None:
            self._gates[key] = gate = asyncio.Semaphore(self._at_once)
        return Turn(gate)


class Connections:
    """The open connections of one process, of whatever kind.

    No address has more than half of them. `per_address` is False where all come from one proxy.
    """

    def __init__(self, *, per_address: bool = True, files: int = 1_024, lean: bool = False) -> None:
        self._per_address = per_address
        self.lean = lean
        self._crowd = Crowd()
        self._files = files  # until it is known how many there may be

    def find_room(self) -> None:
        """Ask for all the files there may be; a process may do so again."""
        self._files = raise_file_limit()

    @contextmanager
    def one_of(self, address: str) -> Iterator[bool]:
        """Count a connection while it lasts; False where there is no room for it."""
        most = max(2, min(CONNECTIONS, self._files - OWN_FILES))
        of_each = min(PER_ADDRESS, most // 2) if self._per_address and address else most
        key = household(address)
        if not self._crowd.has_room(key, most, of_each):
            yield False
            return
        leave = self._crowd.enter(key)
        try:
            yield True
        finally:
            leave()


class CountedConnection(TCPServer):
    """One connection; one too many is closed at once, before anything is read."""

    async def run(self) -> None:
        connections = getattr(getattr(self.app, "app", None), "connections", None)
        if not isinstance(connections, Connections):
            await super().run()
            return
        peer = self.writer.get_extra_info("peername")
        with connections.one_of(str(peer[0]) if isinstance(peer, tuple) else "") as there_is_room:
            if not there_is_room:
                self.writer.transport.abort()
            elif LEAN and connections.lean and self._is_plain():
                await self._run_lean()
            else:
                await super().run()

    def _is_plain(self) -> bool:
        """Whether nothing is asked of this connection that only Hypercorn itself can do."""
        asked = (
            self.config.accesslog, self.config.server_names, self.config.websocket_ping_interval,
            self.context.max_requests, self.writer.get_extra_info("ssl_object"),
        )  # fmt: skip
        return not any(asked)

    async def _run_lean(self) -> None:
        """Take the connection over, with what came before we could."""
        transport, streams = self.writer.transport, self.writer.transport.get_protocol()
        line = Line(Worker.of(self.config, self.context, self.state), self.app.app, transport)  # type: ignore[attr-defined]
        transport.set_protocol(line)
        over = bool(getattr(self.reader, "_eof", False))  # asyncio tells nobody while something is left to read
        self.reader.feed_eof()  # so that reading ends with what is here
        early = await self.reader.read()
        try:
            await line.run(early, over)
        finally:
            streams.connection_lost(None)  # it waits to hear of the end, too


class OnlyHttp1(H11Protocol):
    """HTTP/1.1 that is never left for HTTP/2: an upgrade to it is not heard, its preface is answered 400."""

    async def _check_protocol(self, event: h11.Request) -> None:
        """Hypercorn would switch to HTTP/2 here; this one never does."""

    async def _create_stream(self, request: h11.Request) -> None:
        if request.http_version in {b"1.0", b"1.1"}:
            await super()._create_stream(request)
        else:
            await self._send_error_response(400)
            await self.send(Closed())


def teach_hypercorn() -> None:
    """Have Hypercorn use the two; each is looked up when a connection comes.

    Raises RuntimeError where it has not the names that this goes by: it is another than the one that is pinned.
    """
    server: Any = hypercorn.asyncio.run
    protocol: Any = hypercorn.protocol
    known = (
        getattr(server, "TCPServer", None) in (TCPServer, CountedConnection),
        getattr(protocol, "H11Protocol", None) in (H11Protocol, OnlyHttp1),
        " ".join(inspect.signature(TCPServer).parameters) == "app loop config context state reader writer",
        " ".join(inspect.signature(WSStream).parameters)
        == "app config context task_group ssl client server send stream_id",
    )
    if not all(known):
        raise RuntimeError("this Hypercorn is put together otherwise than the one that pyproject.toml pins")
    server.TCPServer, protocol.H11Protocol = CountedConnection, OnlyHttp1
