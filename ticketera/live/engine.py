"""Socket.IO's server as far as phones and boards need it: websocket only, the contract's events only.

What the library does for two transports it does here for one: no task and no time-out around each packet, no wall
clock (a clock that is set would close every socket), and an acknowledgement goes out as the handler returns.
"""

import asyncio
import json
from typing import Any

import socketio
import structlog
from engineio import packet as engine_packet
from engineio.async_socket import AsyncSocket
from engineio.exceptions import EngineIOError, SocketIsClosedError
from socketio import packet

from belgrano.http.peer import Scope
from belgrano.server.frames import text_frame
from belgrano.server.sockets import OpenSocket, OpenSockets

FRAME = 64 * 1024
PING_S = 10
EVENTS = frozenset({"recibido", "visto", "ubicacion", "mirando", "telefono"})
log = structlog.get_logger(__name__)


class Said(engine_packet.Packet):  # type: ignore[misc]
    """A message, made into a frame once however many are told it."""

    def __init__(self, text: str) -> None:
        super().__init__(engine_packet.MESSAGE, text)
        self.frame = text_frame(self.encode())


class Frame(packet.Packet):  # type: ignore[misc]
    """A frame; one that cannot be read is an event that nobody hears, and no traceback in the log."""

    def decode(self, encoded_packet: str) -> Any:
        try:
            return super().decode(encoded_packet)
        except (ValueError, LookupError, TypeError, RecursionError):
            self.packet_type, self.namespace, self.id, self.data = packet.EVENT, "/", None, None
            return 0


class Server(socketio.AsyncServer):  # type: ignore[misc]
    """The server around these rooms."""

    def __init__(self, rooms: socketio.AsyncManager) -> None:
        super().__init__(
            async_mode="asgi",
            client_manager=rooms,
            transports=["websocket"],
            # One event of a socket after the other: in order, and a flood waits in the socket instead of in tasks.
            async_handlers=False,
            serializer=Frame,
            always_connect=True,  # the welcome goes out before anything that the room hears
            cors_allowed_origins=[],  # the door has looked at the origin
            ping_interval=PING_S,
            ping_timeout=PING_S,
            max_http_buffer_size=FRAME,
            monitor_clients=False,  # it goes by the wall clock; the reader's own time-out ends a dead socket
        )

    def scope_of(self, sid: str) -> Scope:
        """The ASGI scope of a socket's handshake."""
        scope: Scope = self.get_environ(sid)["asgi.scope"]
        return scope

    def forget_handshake(self, sid: str) -> None:
        """Keep of a socket's handshake what is asked for later: a phone's headers would stay as long as the phone."""
        environ = self.get_environ(sid)
        scope = environ["asgi.scope"]
        environ.clear()
        environ["asgi.scope"] = scope
        scope["headers"] = []

    async def _handle_eio_connect(self, eio_sid: str, environ: dict[str, Any]) -> None:
        # Engine.IO names its socket's class in the middle of the handshake, and offers no place to give another.
        socket = self.eio.sockets[eio_sid]
        socket.__class__ = WebsocketOnly
        socket.wire = OpenSockets.of(environ["asgi.scope"])
        await super()._handle_eio_connect(eio_sid, environ)

    async def _handle_event(self, eio_sid: str, namespace: str | None, id: int | None, data: Any) -> None:
        """Hear one event; a client must not call `connect` as if it were one."""
        if not isinstance(data, list) or not data or not isinstance(data[0], str) or data[0] not in EVENTS:
            return
        sid = self.manager.sid_from_eio_sid(eio_sid, "/")
        if namespace not in (None, "/") or sid is None or not self.manager.is_connected(sid, "/"):
            return
        answer = await self.handlers["/"][data[0]](sid, *data[1:2])
        socket = self.eio.sockets.get(eio_sid)
        if id is not None and socket is not None:
            socket.tell(Said(f"3{id}[{json.dumps(answer)}]"))


class WebsocketOnly(AsyncSocket):  # type: ignore[misc]
    """Engine.IO's socket over a websocket."""

    last_ping: Any  # set while a pong is owed
    wire: OpenSocket | None

    def tell(self, said: Said) -> None:
        """Send a message behind all that were sent before: at once where none waits, else by the queue."""
        if not self.queue.empty() or self.wire is None or not self.wire.write(said.frame):
            self.queue.put_nowait(said)

    async def send(self, pkt: engine_packet.Packet) -> None:
        """Queue a packet; a dead client is the reader's business."""
        if self.closed:
            raise SocketIsClosedError
        self.queue.put_nowait(pkt)

    def schedule_ping(self) -> None:
        """Ask for a sign of life after a while, one cycle at a time: a flood of pongs asks for no more."""
        if self.last_ping:
            self.last_ping = None
            asyncio.get_running_loop().call_later(self.server.ping_interval, self._ping)

    def _ping(self) -> None:
        if not self.closing and not self.closed:
            self.last_ping = True
            self.queue.put_nowait(engine_packet.Packet(engine_packet.PING))

    async def _websocket_handler(self, ws: Any) -> None:
        self.connected = self.upgraded = True
        writer = asyncio.ensure_future(self._write(ws))
        try:
            await self._read(ws)
        finally:
            self.queue.put_nowait(None)  # ends the writer
            await writer
            await self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_CLOSE)

    async def _read(self, ws: Any) -> None:
        silence = self.server.ping_interval + self.server.ping_timeout
        while not self.closed:
            try:
                async with asyncio.timeout(silence):
                    frame = await ws.wait()
                received = engine_packet.Packet(encoded_packet=frame)
            except (OSError, TimeoutError, ValueError, RecursionError):
                return  # gone, silent, or no packet at all
            try:
                await self.receive(received)
            except EngineIOError:
                return
            except Exception:
                log.exception("event_failed")

    async def _write(self, ws: Any) -> None:
        try:
            while (waiting := await self.queue.get()) is not None:
                await ws.send(waiting.encode())
        except OSError:  # cut, or gone
            pass
        await ws.close()
