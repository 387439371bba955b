"""The sockets of each room, and a push that never waits.

`push` puts one packet, encoded once, on the queue of every socket of a room, without awaiting: so the order of the
calls is the order on every wire. A queue that does not drain belongs to a phone that stopped reading; its socket
is given to `cut`. With Redis the same push also reaches the rooms of the other processes, in order.
"""

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Any

import socketio
import structlog
from engineio import packet as engine_packet
from redis import asyncio as redis

NAMESPACE = "/"
# A deactivation or a mudanza may put hundreds into one queue in one turn of the loop; this is well above any of them.
WAITING_AT_MOST = 2_000
log = structlog.get_logger(__name__)


class Rooms(socketio.AsyncManager):  # type: ignore[misc]
    """The rooms of this process."""

    def __init__(self) -> None:
        super().__init__()
        self.cut: Callable[[str], None] = lambda sid: None
        self.away = False  # whether other processes' rooms cannot be reached

    def push(self, room: str, event: str, body: str) -> None:
        """Send `event` with the JSON text `body` to everybody in `room`."""
        self.push_here(room, event, body)

    def push_here(self, room: str, event: str, body: str) -> None:
        """Send to the sockets of this process."""
        members = self.rooms.get(NAMESPACE, {}).get(room)
        if members is None:
            return
        packet = engine_packet.Packet(engine_packet.MESSAGE, f'2["{event}",{body}]')
        sockets = self.server.eio.sockets
        for sid, engine_sid in list(members.items()):
            socket = sockets.get(engine_sid)
            if socket is None or socket.closed:
                continue
            if socket.queue.qsize() >= WAITING_AT_MOST:
                self.cut(sid)
            else:
                socket.queue.put_nowait(packet)

    def rooms_here(self) -> list[str]:
        """The names of the rooms with somebody in them, the sockets' own rooms left out."""
        everything = self.rooms.get(NAMESPACE, {})
        sids = everything.get(None, {})
        return [room for room in everything if room is not None and room not in sids]

    async def close(self) -> None:
        """Nothing to close without Redis."""


class SharedRooms(Rooms, socketio.AsyncRedisManager):  # type: ignore[misc]
    """The rooms of several processes, joined by Redis.

    `channel` is one deployment's own: several may share a Redis. Redis carries only the fast path: while it is away
    pushes reach this process only, what waits for it is bounded, and the pulso tells the others' listeners to pull.
    """

    QUEUE = 10_000
    PATIENCE = 1.0

    def __init__(self, url: str, channel: str) -> None:
        socketio.AsyncRedisManager.__init__(self, url, channel=channel)
        self.cut = lambda sid: None
        self.away = False
        self._out: asyncio.Queue[str] = asyncio.Queue(self.QUEUE)
        self._publisher: asyncio.Task[None] | None = None

    def initialize(self) -> None:
        """Start listening and publishing; called once at start, so that a process without sockets hears too."""
        super().initialize()
        self._publisher = asyncio.create_task(self._publish_in_order())

    def push(self, room: str, event: str, body: str) -> None:
        """Send here at once, and to the other processes in the same order."""
        self.push_here(room, event, body)
        message = json.dumps({"method": "emit", "host_id": self.host_id, "room": room, "event": event, "body": body})
        if self._out.full():
            self._out.get_nowait()
        self._out.put_nowait(message)

    async def _handle_emit(self, message: dict[str, Any]) -> None:
        self.push_here(message["room"], message["event"], message["body"])

    async def _publish_in_order(self) -> None:
        client = redis.Redis.from_url(
            self.redis_url, socket_timeout=self.PATIENCE, socket_connect_timeout=self.PATIENCE
        )
        try:
            while True:
                message = await self._out.get()
                try:
                    await client.publish(self.channel, message)
                    self._note(away=False)
                except (redis.RedisError, OSError) as error:
                    self._note(away=True, error=error)
        finally:
            with contextlib.suppress(redis.RedisError, OSError):
                await client.aclose()

    def _note(self, *, away: bool, error: Exception | None = None) -> None:
        if away != self.away:
            self.away = away
            log.warning("redis_away" if away else "redis_back", error=type(error).__name__ if error else None)

    async def close(self) -> None:
        """Stop publishing and listening."""
        tasks = [task for task in (self._publisher, getattr(self, "thread", None)) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
