"""One connection: what comes in becomes requests, one after the other; what goes out waits for its client alone."""

import asyncio
from typing import Any

from belgrano.server.http1.answer import Answer
from belgrano.server.http1.chunks import Chunks
from belgrano.server.http1.exchange import ENOUGH, Exchange
from belgrano.server.http1.heads import Head, Refused, is_hopeless, read_head
from belgrano.server.http1.upgraded import Upgraded
from belgrano.server.http1.worker import Worker

MOST_OF_A_HEAD = 32 * 1024
END = b"\r\n\r\n"
LINGER_S = 1.0
HEARD_S, FIRST_S = 0.05, 0.5


class Line(asyncio.Protocol):
    """A connection that was taken over from Hypercorn: `await run(…)` until it has ended.

    The times are Hypercorn's own: a whole head within `keep_alive_timeout`, and whatever is under way, something of
    the client's within `read_timeout`.
    """

    def __init__(self, worker: Worker, app: Any, transport: Any) -> None:
        self.worker, self.config, self.app, self.transport = worker, worker.config, app, transport
        self.loop = asyncio.get_running_loop()
        self.client = _address(transport.get_extra_info("peername"))
        self.server = _address(transport.get_extra_info("sockname"))
        self.full: asyncio.Event | None = None  # there while the client takes no more, and set when it does
        self._exchange: Exchange | None = None
        self._upgraded: Upgraded | None = None
        self._task: asyncio.Task[None] | None = None
        self._raw = bytearray()  # what came and was not read yet
        self._looked = 0  # so far into it no head ends
        self._left = 0  # of the body under way
        self._chunks: Chunks | None = None
        self._requests = 0
        self._deaf = False  # nothing more is read: the client said that it is done, or was refused
        self._paused = False
        self._lost: asyncio.Future[None] = self.loop.create_future()
        self._heard = self.loop.time()
        self._idle_since: float | None = self._heard
        self._timer: asyncio.TimerHandle | None = None

    async def run(self, early: bytes, over: bool) -> None:
        """Serve it. `early` came before we listened; with `over` no more will."""
        self.worker.lines.add(self)
        self._look_at_the_clock()
        try:
            if early:
                self.data_received(early)
            if over:
                self.eof_received()
            await self._lost
            if self._task is not None:
                await asyncio.wait([self._task])
        finally:
            self.worker.lines.discard(self)
            if self._timer is not None:
                self._timer.cancel()
            self.transport.close()
            if self._task is not None:
                self._task.cancel()
                await asyncio.wait([self._task])

    # --- what comes in

    def data_received(self, data: bytes) -> None:
        self._heard = self.loop.time()
        if self._deaf:
            return
        if self._upgraded is not None:
            self._upgraded.take(data)
        else:
            self._raw += data
            if self._exchange is None:
                self._begin()
            elif not self._exchange.whole:
                self._read_body()
        self.listen()

    def eof_received(self) -> bool:
        """The client sends no more: gone, or as good as. What it asked for before is answered."""
        self._deaf = True
        if self._upgraded is not None:
            self._upgraded.leave()
            self.close()
        elif self._exchange is None:
            self.close()
        elif not (self._exchange.whole and self._raw):
            self._exchange.leave()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        self._deaf = True
        if self._exchange is not None:
            self._exchange.leave()
        if self._upgraded is not None:
            self._upgraded.leave()
        self.resume_writing()
        if not self._lost.done():
            self._lost.set_result(None)

    def listen(self) -> None:
        """Read on, or have the client wait: while the app is behind with what came, or the client with what we say."""
        exchange, upgraded = self._exchange, self._upgraded
        if self._deaf and upgraded is not None:
            return
        if upgraded is not None:
            pause = upgraded.is_full or self.full is not None
        else:
            pause = len(self._raw) > ENOUGH or (exchange is not None and exchange.is_full)
        if pause != self._paused and not self.transport.is_closing():
            self._paused = pause
            if pause:
                self.transport.pause_reading()
            else:
                self._heard = self.loop.time()
                self.transport.resume_reading()

    def _begin(self) -> None:
        """Begin with the next request, if its head is here."""
        raw = self._raw
        end = raw.find(END, max(0, self._looked - len(END))) + len(END)
        if end < len(END):
            if len(raw) > MOST_OF_A_HEAD:
                self._refuse(431)
            elif raw and is_hopeless(raw, self._looked):
                self._refuse(400)
            elif self._deaf:
                self.close()
            self._looked = len(raw)
            return
        try:
            if end > MOST_OF_A_HEAD:
                raise Refused(431)
            head = read_head(bytes(raw[:end]))
        except Refused as refused:
            self._refuse(refused.status)
            return
        del raw[:end]
        self._looked = 0
        self._idle_since = None
        self._requests += 1
        if head.upgrade:
            self._upgraded = Upgraded(self, head)
            self._task = self._upgraded.task
            if raw:
                self._upgraded.take(bytes(raw))
        else:
            self._take_up(head)

    def _take_up(self, head: Head) -> None:
        """Have the app answer a request; its body may still be on its way."""
        keeps = head.keeps and not self.worker.ending and self._requests < self.config.keep_alive_max_requests
        answer = Answer(self.write, self.worker.stamp, head.method, head.version, keeps)
        self._exchange = exchange = Exchange(self, head, answer)
        self._left = head.length or 0
        self._chunks = Chunks() if head.length is None else None
        if head.waits and not self._raw:
            self.write(b"HTTP/1.1 100 \r\n%b\r\n" % self.worker.stamp())
        self._read_body()
        if self._exchange is exchange:
            self._task = self.loop.create_task(exchange.run(self.app))

    def _read_body(self) -> None:
        exchange, raw = self._exchange, self._raw
        if exchange is None:
            return
        if self._chunks is None:
            if self._left and raw:
                piece = bytes(raw[: self._left])
                del raw[: len(piece)]
                self._left -= len(piece)
                exchange.take(piece)
            if not self._left:
                exchange.end_of_body()
            return
        try:
            if piece := b"".join(self._chunks.take(raw)):
                exchange.take(piece)
        except Refused as refused:
            self._refuse(refused.status)
            return
        if self._chunks.ended:
            exchange.end_of_body()
        elif not self._chunks.hungry:
            self.loop.call_soon(self._read_body)  # others first

    def _refuse(self, status: int) -> None:
        """Say what there is to say to no request, and end."""
        self._deaf = True
        self._raw.clear()
        if self._exchange is None:
            Answer(self.write, self.worker.stamp, "GET", "1.1", keeps=False).fail(status)
        else:
            self._exchange.refuse(status)
        self.close()

    # --- what goes out

    def write(self, data: bytes) -> None:
        """Send, unless nobody is there any more."""
        if not self.transport.is_closing():
            self.transport.write(data)

    async def drain(self) -> None:
        """Wait while the client takes no more."""
        if self.full is not None:
            await self.full.wait()

    def pause_writing(self) -> None:
        if self.full is None:
            self.full = asyncio.Event()

    def resume_writing(self) -> None:
        if self.full is not None:
            self.full.set()
            self.full = None
            self.listen()

    def done(self, exchange: Exchange) -> None:
        """The app has returned: the next request, or the end."""
        self._exchange = self._task = None
        if not exchange.answer.keeps or not exchange.whole or self.worker.ending or self.transport.is_closing():
            self.close()
            return
        self._idle_since = self.loop.time()
        if self._raw or self._deaf:
            self._begin()
            if self._deaf and self._exchange is not None and not self._raw:
                self._exchange.leave()
        self.listen()

    def end_if_idle(self) -> None:
        """The process ends: who waits for nothing is not waited for. What a client sent just before is heard still, and
        one that has only connected may say what for.
        """
        self.loop.call_later(HEARD_S if self._requests else FIRST_S, self._end_if_still_idle)

    def _end_if_still_idle(self) -> None:
        if self._exchange is None and self._upgraded is None:
            self.close()

    def close(self) -> None:
        """End it, once what was written has left."""
        self.transport.close()

    def linger(self) -> None:
        """End it once the client has heard why. Until it ends, too, or time is up, what it says is read and dropped:
        a connection that is closed over unread bytes is reset, and what was written last is lost.
        """
        if self._deaf or self.transport.is_closing():
            self.close()
            return
        self._deaf = True
        if self._paused:
            self._paused = False
            self.transport.resume_reading()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.loop.call_later(LINGER_S, self.transport.close)

    def _look_at_the_clock(self) -> None:
        """End a connection whose client is silent; called often enough to be exact, and never for each request."""
        now, patience = self.loop.time(), self.config.keep_alive_timeout
        if self._paused:
            self._heard = now
        due = self._heard + (self.config.read_timeout or float("inf"))
        if self._idle_since is not None:
            due = min(due, self._idle_since + patience)
        if now < due:
            self._timer = self.loop.call_at(min(due, now + patience), self._look_at_the_clock)
        elif self._exchange is not None:
            self._deaf = True
            self._raw.clear()
            self._exchange.leave()
        else:
            if self._upgraded is not None:
                self._upgraded.leave()
            self.close()


def _address(name: Any) -> tuple[str, int] | None:
    """A socket's name as ASGI says it; None where it has none, as a Unix socket."""
    return (str(name[0]), int(name[1])) if isinstance(name, tuple) else None
