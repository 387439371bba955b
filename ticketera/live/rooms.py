"""The sockets of each room, and a push that never waits.

`push` sends one frame, made once, to every socket of a room, without awaiting: so the order of the calls is the order
on every wire. It is written at once, or waits in the queue of a socket whose client is behind. A queue that does not
drain belongs to a phone that stopped reading; its socket is given to `cut` by its scope. With Redis the same push also
reaches the rooms of the other processes, in order.
"""

import asyncio
import contextlib
import json
import secrets
import time
from collections.abc import Callable
from typing import Any

import socketio
import structlog
from redis import asyncio as redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from belgrano.http.peer import Scope
from ticketera.live.engine import Said

NAMESPACE = "/"
# A deactivation or a mudanza may put hundreds into one queue in one turn of the loop; this is well above any of them.
WAITING_AT_MOST = 2_000
log = structlog.get_logger(__name__)


class Rooms(socketio.AsyncManager):  # type: ignore[misc]
    """The rooms of this process."""

    def __init__(self, cut: Callable[[Scope], None]) -> None:
        super().__init__()
        self._cut = cut
        self.heard: Callable[[str, str, str], None] = lambda room, event, body: None  # what another process pushed
        self.away = False  # whether other processes' rooms cannot be reached

    def push(self, room: str, event: str, body: str) -> None:
        """Send `event` with the JSON text `body` to everybody in `room`."""
        self.push_here(room, event, body)

    def push_here(self, room: str, event: str, body: str) -> None:
        """Send to the sockets of this process."""
        members = self.rooms.get(NAMESPACE, {}).get(room)
        if members is None:
            return
        said = Said(f'2["{event}",{body}]')
        sockets = self.server.eio.sockets
        for sid, engine_sid in list(members.items()):
            socket = sockets.get(engine_sid)
            if socket is None or socket.closed:
                continue
            if socket.queue.qsize() >= WAITING_AT_MOST:
                self._cut(self.server.scope_of(sid))
            else:
                socket.tell(said)

    def rooms_here(self) -> list[str]:
        """The names of the rooms with somebody in them, the sockets' own rooms left out."""
        everything = self.rooms.get(NAMESPACE, {})
        sids = everything.get(None, {})
        return [room for room in everything if room is not None and room not in sids]

    async def close(self) -> None:
        """Nothing to close without Redis."""


class SharedRooms(Rooms):
    """The rooms of several processes, joined by Redis.

    `channel` is one deployment's own: several may share a Redis. Redis carries only the fast path: while it is away
    pushes reach this process only, nothing waits for it, and the others' listeners learn from the database what they
    missed (`realtime.py`). A line that says nothing is asked for a sign of life, and is away when there is none.
    """

    QUEUE = 10_000
    PATIENCE_S = 1.0  # for any answer of Redis
    SILENCE_S = 3.0  # a line without a word for so long is dead
    AGAIN_S = 1.0  # from a failure to the next try

    def __init__(self, cut: Callable[[Scope], None], url: str, channel: str) -> None:
        super().__init__(cut)
        self._url, self._channel, self._self = url, channel, secrets.token_hex(8)
        self._out: asyncio.Queue[str] = asyncio.Queue(self.QUEUE)
        self._deaf, self._mute = True, False
        self.away = True
        self._tasks: list[asyncio.Task[None]] = []

    def initialize(self) -> None:
        """Start listening and publishing; called once at start, so that a process without sockets hears too."""
        super().initialize()
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._publish_in_order())]

    def push(self, room: str, event: str, body: str) -> None:
        """Send here at once, and to the other processes in the same order."""
        self.push_here(room, event, body)
        message = json.dumps({"method": "emit", "host_id": self._self, "room": room, "event": event, "body": body})
        if self._out.full():
            self._out.get_nowait()
        self._out.put_nowait(message)

    async def _listen(self) -> None:
        while True:
            client = self._client()
            try:
                async with client.pubsub() as line:
                    await line.subscribe(self._channel)
                    await self._hear(line)
            except (redis.RedisError, OSError, TimeoutError) as error:
                self._note(deaf=True, error=error)
            finally:
                with contextlib.suppress(redis.RedisError, OSError):
                    await client.aclose()
            await asyncio.sleep(self.AGAIN_S)

    async def _hear(self, line: Any) -> None:
        """Take what comes, for as long as the line lives. Raises ConnectionError when it does not."""
        last = time.monotonic()
        while True:
            message = await line.get_message(timeout=self.PATIENCE_S)
            if message is not None:
                last = time.monotonic()
                self._note(deaf=False)
                if message["type"] == "message":
                    self._take(message["data"])
            elif time.monotonic() - last > self.SILENCE_S:
                raise ConnectionError("silence")
            else:
                await line.ping()

    def _take(self, data: bytes) -> None:
        try:
            told = json.loads(data)
            if told["host_id"] != self._self:
                self.push_here(told["room"], told["event"], told["body"])
                self.heard(told["room"], told["event"], told["body"])
        except (ValueError, LookupError, TypeError):
            log.warning("redis_nonsense")  # whoever shares the Redis may say anything

    async def _publish_in_order(self) -> None:
        client = self._client()
        try:
            while True:
                message = await self._out.get()
                try:
                    await client.publish(self._channel, message)
                    self._note(mute=False)
                except (redis.RedisError, OSError, TimeoutError) as error:
                    self._note(mute=True, error=error)
                    await self._wait_for(client)
        finally:
            with contextlib.suppress(redis.RedisError, OSError):
                await client.aclose()

    async def _wait_for(self, client: Any) -> None:
        """Wait until Redis answers. What was to be said meanwhile is old then: the others have it from the database."""
        while self._mute:
            await asyncio.sleep(self.AGAIN_S)
            with contextlib.suppress(redis.RedisError, OSError, TimeoutError):
                await client.ping()
                self._note(mute=False)
        while not self._out.empty():
            self._out.get_nowait()

    def _client(self) -> Any:
        return redis.Redis.from_url(
            self._url,
            socket_timeout=self.PATIENCE_S,
            socket_connect_timeout=self.PATIENCE_S,
            retry=Retry(NoBackoff(), 0),
        )

    def _note(self, *, deaf: bool | None = None, mute: bool | None = None, error: Exception | None = None) -> None:
        self._deaf = self._deaf if deaf is None else deaf
        self._mute = self._mute if mute is None else mute
        away = self._deaf or self._mute
        if away != self.away:
            self.away = away
            log.warning("redis_away" if away else "redis_back", error=type(error).__name__ if error else None)

    async def close(self) -> None:
        """Stop publishing and listening."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
