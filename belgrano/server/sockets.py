"""The open websockets by their keys; one of them, and one request's body, as the guard hands them to the app.

A socket and a body know what Hypercorn does not: when to stop waiting for the other side.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import structlog

from belgrano.http.metrics import SOCKETS as OPEN_SOCKETS
from belgrano.http.peer import Scope
from belgrano.http.problems import Problem

SERVICE_RESTART = 1012
REVOKED = 4401
SOCKETS = 5_000
SOCKETS_PER_KEY = 20
SOCKETS_PER_ADDRESS = 2_000  # a depot's phones share one
SEND_TIMEOUT_S = 5.0
GOODBYE_S = 0.5
DRAIN_S = 5.0
BODY_S = 15.0  # for a body of ordinary size; what comes beyond earns more: a photo over a line of 2G takes a minute
ORDINARY = 64 * 1024
SLOWEST = 8 * 1024  # bytes a second
SMALL = 8 * 1024  # characters; Hypercorn waits from 64 KiB on
BEHIND = 32 * 1024  # bytes that wait to leave: whoever is so far behind is sent to with a time-out

_KEY = "belgrano.connection"
log = structlog.get_logger("belgrano.server.sockets")


class Cut(ConnectionError):
    """Raised into whoever sends to a socket that was cut."""


class _Incoming:
    """The messages that come in for the app, until `end`: whoever waits then is told that the other side left."""

    _left = "http.disconnect"

    def __init__(self, receive: Any) -> None:
        self._receive = receive
        self._reader: asyncio.Task[Any] | None = None
        self._ended = False

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
        return {"type": self._left, "code": SERVICE_RESTART}

    def end(self) -> None:
        """End the connection for the app: whoever waits for a message is told that the other side left."""
        if not self._ended:
            self._ended = True
            if self._reader is not None:
                self._reader.cancel()


class OpenSocket(_Incoming):
    """One open websocket."""

    _left = "websocket.disconnect"

    def __init__(self, scope: Scope, receive: Any, send: Any) -> None:
        super().__init__(receive)
        self.scope = scope
        self.keys: set[str] = set()
        self.answered = False
        self._send = send
        self._sending = 0
        self._spoken = False  # accepted, and not closed by the app
        self._transport: Any = None
        _decline_compression(send)

    async def send(self, message: dict[str, Any]) -> None:
        if self._ended:
            raise Cut
        # Hypercorn keeps a refusal's start until its body comes: alone it is no answer.
        self.answered = self.answered or message["type"] != "websocket.http.response.start"
        self._spoken = self._spoken and message["type"] != "websocket.close"
        self._sending += 1
        try:
            await self._send_in_time(message)
        finally:
            self._sending -= 1
        self._spoken = self._spoken or message["type"] == "websocket.accept"

    async def _send_in_time(self, message: dict[str, Any]) -> None:
        if self._takes_at_once(message):
            await self._send(message)
            return
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await self._send(message)
        except TimeoutError:
            log.warning("socket_too_slow")
            self.abort()
            raise Cut from None

    def write(self, frame: bytes) -> bool:
        """Put a `text_frame` on the wire now, without Hypercorn's 40 us.

        False where that must not be: something is being sent, the client is behind, the socket is not open, or the
        wire cannot be found. Then nothing was written, and `send` does it, with its time-out.
        """
        transport = self._transport
        if (
            self._ended
            or self._sending
            or not self._spoken
            or transport is None
            or transport.is_closing()
            or transport.get_write_buffer_size() > BEHIND
        ):
            return False
        transport.write(frame)
        return True

    def _takes_at_once(self, message: dict[str, Any]) -> bool:
        """Whether nothing waits before this message and it alone fills no buffer: then it needs no time-out."""
        if self._transport is None:
            self._transport = _transport_of(self._send)
        return (
            self._transport is not None
            and len(message.get("text") or "") < SMALL
            and self._transport.get_write_buffer_size() == 0
        )

    async def close(self, code: int) -> None:
        """Say goodbye, then end the connection within half a second, whatever its client or Hypercorn still wait for.

        Hypercorn waits for ever to hand a finished app what a flooding client sent.
        """
        if self._ended:
            return
        self.end()
        with suppress(Exception, TimeoutError):
            async with asyncio.timeout(GOODBYE_S):
                await self._send({"type": "websocket.close", "code": code})
                transport = _transport_of(self._send)
                while transport is not None and not transport.is_closing():  # noqa: ASYNC110  (it tells nobody)
                    await asyncio.sleep(0.02)
        self.abort()

    def abort(self) -> None:
        """Reset the connection: nothing that waits in its buffer is sent any more."""
        self.end()
        transport = _transport_of(self._send)
        if transport is not None:
            transport.abort()


class OpenSockets:
    """The open websockets of a process, filed under keys: an address, a session's hash, a user."""

    def __init__(self, most: int = SOCKETS) -> None:
        self._most = most
        self._open: set[OpenSocket] = set()
        self._by_key: dict[str, dict[OpenSocket, None]] = defaultdict(dict)  # oldest first
        self._closing: set[asyncio.Task[None]] = set()

    def full(self, address: str) -> bool:
        """Whether one more is too many, in all or of this address."""
        return len(self._open) >= self._most or self.count(address) >= SOCKETS_PER_ADDRESS

    @contextmanager
    def opened(self, sock: OpenSocket, address: str) -> Iterator[None]:
        """Know a socket, and that it is this address's, for as long as it is open."""
        sock.scope[_KEY] = sock
        self._open.add(sock)
        OPEN_SOCKETS.inc()
        sock.keys.add(address)
        self._by_key[address][sock] = None
        try:
            yield
        finally:
            self._open.discard(sock)
            OPEN_SOCKETS.dec()
            for key in sock.keys:
                self._by_key[key].pop(sock, None)
                if not self._by_key[key]:
                    del self._by_key[key]

    @staticmethod
    def of(scope: Scope) -> OpenSocket | None:
        """The open socket of a handshake's scope, where a guard has filed one."""
        sock: OpenSocket | None = scope.get(_KEY)
        return sock

    def bind(self, scope: Scope, *keys: str) -> None:
        """File the handshake's socket under these keys.

        Do it before reading the session, so that a logout in between cuts it.
        """
        sock: OpenSocket = scope[_KEY]
        for key in keys:
            sock.keys.add(key)
            self._by_key[key][sock] = None
            if len(self._by_key[key]) > SOCKETS_PER_KEY:
                self._close(next(iter(self._by_key[key])), REVOKED)

    def cut(self, key: str, code: int = REVOKED) -> None:
        """End every socket of a key, now, whatever its client does."""
        for sock in list(self._by_key.get(key, ())):
            self._close(sock, code)

    def count(self, key: str | None = None) -> int:
        """How many sockets are open, all or those of a key."""
        return len(self._open if key is None else self._by_key.get(key, ()))

    async def close_all(self, code: int) -> None:
        """End every socket, and wait until all are."""
        await asyncio.gather(*(sock.close(code) for sock in list(self._open)), return_exceptions=True)

    def _close(self, sock: OpenSocket, code: int) -> None:
        task = asyncio.get_running_loop().create_task(sock.close(code))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


class Body(_Incoming):
    """A request's body, which has to come in time, and whose rest is read and dropped before an early answer ends.

    `whole()` is awaited before its last piece is handed on. A connection closed over unread bytes is reset, and the
    client would lose the very answer that refused it.
    """

    def __init__(self, scope: Scope, receive: Any, whole: Callable[[], Awaitable[None]]) -> None:
        super().__init__(receive)
        self._whole = whole
        self._readers = 0
        self._all_read = asyncio.Event()
        self._due = asyncio.get_running_loop().time() + BODY_S
        self._size = 0
        self.unread = scope["method"] not in {"GET", "HEAD"}

    async def receive(self) -> dict[str, Any]:
        """What comes next. Raises Problem 408 when the body is not whole in time, whoever waits for it."""
        self._readers += 1
        try:
            message = await (self._in_time() if self.unread else super().receive())
        finally:
            self._readers -= 1
        self._size += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            whole, self.unread = self.unread, False
            self._all_read.set()
            if whole:
                await self._whole()
        return message

    async def _in_time(self) -> dict[str, Any]:
        try:
            async with asyncio.timeout_at(self._due + max(0, self._size - ORDINARY) / SLOWEST):
                return await super().receive()
        except TimeoutError:
            raise Problem(408, "tiempo_agotado", "El envío tardó demasiado. Probá de nuevo.") from None

    async def drain(self) -> None:
        """Wait for the end of the body, for as long as five seconds."""
        with suppress(TimeoutError, Problem):
            async with asyncio.timeout(DRAIN_S):
                if self._readers:  # Quart reads on beside its handler
                    await self._all_read.wait()
                while self.unread:
                    await self.receive()


def _decline_compression(send: Any) -> None:
    """Take no permessage-deflate, which every browser offers and Hypercorn accepts: 100 KiB of memory a socket."""
    handshake = getattr(getattr(send, "__self__", None), "handshake", None)
    if handshake is not None:
        handshake.extensions = None


def _transport_of(send: Any) -> Any:
    """The transport below Hypercorn's `send`; None where it cannot be found (then TCP_USER_TIMEOUT ends it).

    ASGI hands an app no connection, so this goes down by the methods that Hypercorn's layers were given.
    """
    stream = getattr(send, "__self__", None)
    protocol = getattr(getattr(stream, "send", None), "__self__", None)
    if (own := getattr(protocol, "transport", None)) is not None:  # `http1.upgraded` has one
        return own
    server = getattr(getattr(protocol, "send", None), "__self__", None)
    return getattr(getattr(server, "writer", None), "transport", None)
