"""The outermost ASGI wrapper: who is connected, how to cut them, and how to stop in time.

It settles the true peer of every request, adds the security headers to every answer, knows every open
websocket by key (a session's hash, a user), gives a slow client five seconds a message, and at the end tells
every socket 1012 (service restart) first, so that phones come back at once.
"""

import asyncio
import gc
import os
import signal
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import FrameType
from typing import Any

import structlog

from belgrano.logs import note_request, start_request
from belgrano.metrics import SOCKETS as OPEN_SOCKETS
from belgrano.metrics import observe_request
from belgrano.peer import Scope, address_of, settle_peer
from belgrano.security import SecurityHeaders

SERVICE_RESTART = 1012
REVOKED = 4401
SEND_TIMEOUT_S = 5.0
GOODBYE_S = 0.5
LAST_WORDS_S = 0.2  # for the close to leave before the connection is reset
EXIT_S = 5.0
DRAIN_S = 5.0
SOCKETS = 5_000
SOCKETS_PER_KEY = 20
SOCKETS_PER_ADDRESS = 2_000  # a depot's phones share one

ASGIApp = Callable[[Any, Any, Any], Awaitable[None]]
log = structlog.get_logger("belgrano.guard")

_KEY = "belgrano.connection"


class Cut(ConnectionError):
    """Raised into whoever sends to a socket that was cut."""


class _Socket:
    """One open websocket."""

    def __init__(self, scope: Scope, receive: Any, send: Any) -> None:
        self.scope = scope
        self.keys: set[str] = set()
        self._receive = receive
        self._send = send
        self._reader: asyncio.Task[Any] | None = None
        self._ended = False
        self._code = SERVICE_RESTART

    async def receive(self) -> dict[str, Any]:
        if not self._ended:
            self._reader = reader = asyncio.current_task()
            try:
                message: dict[str, Any] = await self._receive()
                return message
            except asyncio.CancelledError:
                if reader is None or not self._ended or reader.uncancel() > 0:
                    raise  # Somebody else cancelled, too.
            finally:
                self._reader = None
        return {"type": "websocket.disconnect", "code": self._code}

    async def send(self, message: dict[str, Any]) -> None:
        if self._ended:
            raise Cut
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._send(message)
        except TimeoutError:
            log.warning("socket_too_slow")
            self.abort()
            raise Cut from None

    async def close(self, code: int) -> None:
        """Say goodbye, then end the connection within half a second, whatever its client or Hypercorn still wait for.

        Hypercorn waits for ever to hand a finished app what a flooding client sent.
        """
        if self._ended:
            return
        self._code = code
        self._end()
        with suppress(Exception, TimeoutError):
            async with asyncio.timeout(GOODBYE_S):
                await self._send({"type": "websocket.close", "code": code})
                transport = _transport_of(self._send)
                while transport is not None and not transport.is_closing():  # noqa: ASYNC110  (it tells nobody)
                    await asyncio.sleep(0.02)
        self.abort()

    def abort(self) -> None:
        """Reset the connection: nothing that waits in its buffer is sent any more."""
        self._end()
        transport = _transport_of(self._send)
        if transport is not None:
            transport.abort()

    def _end(self) -> None:
        if not self._ended:
            self._ended = True
            if self._reader is not None:
                self._reader.cancel()


class _Body:
    """A request's body, whose rest is read and dropped before an early answer ends.

    A connection closed over unread bytes is reset, and the client would lose the very answer that refused it.
    """

    def __init__(self, scope: Scope, receive: Any) -> None:
        self._receive = receive
        self._readers = 0
        self._all_read = asyncio.Event()
        self.unread = scope["method"] not in {"GET", "HEAD"}

    async def receive(self) -> dict[str, Any]:
        self._readers += 1
        try:
            message: dict[str, Any] = await self._receive()
        finally:
            self._readers -= 1
        if message["type"] != "http.request" or not message.get("more_body"):
            self.unread = False
            self._all_read.set()
        return message

    async def drain(self) -> None:
        """Wait for the end of the body, for as long as five seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_S):
                if self._readers:  # Quart reads on beside its handler
                    await self._all_read.wait()
                while self.unread:
                    await self.receive()


class Guard:
    """Wraps a whole app, Socket.IO included; one per process.

    `hops` is how many proxies to believe. `guard.bind(scope, *keys)` files a socket under keys, and
    `guard.cut(key)` ends all sockets of one.
    """

    def __init__(self, app: ASGIApp, *, hops: int = 0, production: bool = False, sockets: int = SOCKETS) -> None:
        self._app = SecurityHeaders(app, production=production)
        self._hops = hops
        self._most = sockets
        self._open: set[_Socket] = set()
        self._by_key: dict[str, dict[_Socket, None]] = defaultdict(dict)  # oldest first
        self._tasks: set[asyncio.Task[None]] = set()
        self._ending = False

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            settle_peer(scope, self._hops)
            await self._websocket(scope, receive, send)
        elif scope["type"] == "http":
            settle_peer(scope, self._hops)
            await self._http(scope, receive, send)
        else:
            await self._app(scope, receive, self._started(send))

    def bind(self, scope: Scope, *keys: str) -> None:
        """File the handshake's socket under these keys.

        Do it before reading the session, so that a logout in between cuts it.
        """
        sock: _Socket = scope[_KEY]
        for key in keys:
            sock.keys.add(key)
            self._by_key[key][sock] = None
            if len(self._by_key[key]) > SOCKETS_PER_KEY:
                oldest = next(iter(self._by_key[key]))
                self._spawn(oldest.close(REVOKED))

    def cut(self, key: str, code: int = REVOKED) -> None:
        """End every socket of a key, now, whatever its client does."""
        for sock in list(self._by_key.get(key, ())):
            self._spawn(sock.close(code))

    def count(self, key: str | None = None) -> int:
        """How many sockets are open, all or those of a key."""
        return len(self._open if key is None else self._by_key.get(key, ()))

    async def close_all(self) -> None:
        """Tell every socket that the service restarts; new ones are refused from here on."""
        self._ending = True
        await asyncio.gather(*(sock.close(SERVICE_RESTART) for sock in list(self._open)), return_exceptions=True)

    async def _http(self, scope: Scope, receive: Any, send: Any) -> None:
        started = time.perf_counter()
        request_id = start_request(scope).encode()
        status, streamed = 0, 0.0
        body = _Body(scope, receive)

        async def answering(message: dict[str, Any]) -> None:
            nonlocal status, streamed
            if message["type"] == "http.response.start":
                status = message["status"]
                if _is_stream(message):
                    streamed = time.perf_counter()
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", request_id)]
            elif body.unread and not message.get("more_body"):
                await body.drain()
            await send(message)

        try:
            await self._app(scope, body.receive, answering)
        finally:
            seconds = (streamed or time.perf_counter()) - started
            if status:  # else the client left before there was an answer
                observe_request(scope, status, seconds)
                note_request(scope, status, seconds)

    async def _websocket(self, scope: Scope, receive: Any, send: Any) -> None:
        address = f"address:{address_of(scope)}"
        if self._ending or len(self._open) >= self._most or self.count(address) >= SOCKETS_PER_ADDRESS:
            await receive()
            await send({"type": "websocket.close", "code": 1013})
            return
        sock = _Socket(scope, receive, send)
        scope[_KEY] = sock
        self._open.add(sock)
        OPEN_SOCKETS.inc()
        sock.keys.add(address)
        self._by_key[address][sock] = None
        try:
            await self._app(scope, sock.receive, sock.send)
        except Cut:
            pass
        finally:
            self._open.discard(sock)
            OPEN_SOCKETS.dec()
            for key in sock.keys:
                self._by_key[key].pop(sock, None)
                if not self._by_key[key]:
                    del self._by_key[key]

    def _spawn(self, coro: Any) -> None:
        task = asyncio.get_running_loop().create_task(coro)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _started(self, send: Any) -> Any:
        async def listening(message: dict[str, Any]) -> None:
            if message["type"] == "lifespan.startup.complete":
                self._take_signals()
                give_up_on_dead_peers()
                gc.collect()
                gc.freeze()  # What lives from the start on is not looked at again: pauses of 37 ms become 7.
            await send(message)

        return listening

    def _take_signals(self) -> None:
        """Hear of SIGTERM beside the server, which would wait for open sockets instead of closing them.

        A loop's own signal handling goes by the wake-up descriptor, so a handler of the interpreter's does not
        take its place.
        """
        if threading.current_thread() is not threading.main_thread():
            return
        loop = asyncio.get_running_loop()

        def ending(signum: int, frame: FrameType | None) -> None:
            if not self._ending:
                self._ending = True
                exit_in(EXIT_S)
                loop.call_soon_threadsafe(lambda: self._spawn(self.close_all()))

        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, ending)


def _is_stream(start: Any) -> bool:
    """Whether an answer is an event stream, which is not slow for being open."""
    return any(name == b"content-type" and value.startswith(b"text/event-stream") for name, value in start["headers"])


def exit_in(seconds: float) -> None:
    """End the process after so many seconds, whatever hangs: what was acknowledged is on disk."""

    def end() -> None:
        os.write(2, b"belgrano: salida forzada, algo no termino a tiempo\n")
        os._exit(0)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()


def give_up_on_dead_peers(milliseconds: int = 8_000) -> None:
    """Let the kernel drop a peer that takes nothing for so long, on every TCP socket of this process.

    Accepted connections inherit it. Linux only; elsewhere the send time-out alone applies.
    """
    option = getattr(socket, "TCP_USER_TIMEOUT", None)
    if option is None or not os.path.isdir("/proc/self/fd"):
        return
    for name in os.listdir("/proc/self/fd"):
        with suppress(OSError), socket.socket(fileno=os.dup(int(name))) as sock:
            if sock.family in {socket.AF_INET, socket.AF_INET6} and sock.type == socket.SOCK_STREAM:
                sock.setsockopt(socket.IPPROTO_TCP, option, milliseconds)


def _transport_of(send: Any) -> Any:
    """The transport below Hypercorn's `send`; None where it cannot be found (then TCP_USER_TIMEOUT ends it)."""
    stream = getattr(send, "__self__", None)
    protocol = getattr(getattr(stream, "send", None), "__self__", None)
    server = getattr(getattr(protocol, "send", None), "__self__", None)
    return getattr(getattr(server, "writer", None), "transport", None)
