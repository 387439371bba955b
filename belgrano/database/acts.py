"""The acts that wait for a database: one bounded queue on the loop, taken in groups, told and answered in order."""

import asyncio
import contextvars
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from prometheus_client import Counter, Gauge

from belgrano.database.work import Unavailable

log = logging.getLogger(__name__)

WAITING = 1000  # acts; one more is refused
PATIENCE = 2.0  # seconds an act may wait for its turn

ACTS = Counter("belgrano_acts", "Acts that were run, whatever became of them.")
COMMITS = Counter("belgrano_commits", "Transactions they shared.")
QUEUE = Gauge("belgrano_acts_waiting", "Acts that wait for the database.")
AWAY = Gauge("belgrano_database_away", "1 while the database cannot store.")


class Job:
    """An act or a query on its way, and what became of it."""

    __slots__ = ("act", "args", "context", "done", "error", "events", "kw", "since", "value")

    def __init__(self, act: Callable[..., Any], args: Any, kw: Any, done: "asyncio.Future[Any]") -> None:
        self.act, self.args, self.kw, self.done = act, args, kw, done
        self.context = contextvars.copy_context()  # for the logs
        self.since = time.monotonic()
        self.value: Any = None
        self.error: BaseException | None = None
        self.events: list[object] = []

    def answer(self) -> None:
        """Tell the caller, if it is still there."""
        if self.done.done():
            if self.error is not None and not isinstance(self.error, Unavailable):
                log.warning("an act failed after its caller had gone", exc_info=self.error)
        elif self.error is not None:
            self.done.set_exception(self.error)
        else:
            self.done.set_result(self.value)


class Acts:
    """The queue. `start(group)` runs a group and hands it back to `settle`; one group at a time.

    `rest()` is called when nothing waits; True means that it has begun something and will call `next`.
    """

    def __init__(
        self,
        tell: Callable[[Sequence[object]], None],
        start: Callable[[list[Job]], None],
        group: int,
        rest: Callable[[], bool] = lambda: False,
    ) -> None:
        self.tell, self.start, self.group, self.rest = tell, start, group, rest
        self.waiting: deque[Job] = deque()
        self.busy = False
        self.closed = True
        self.away = False  # the last group met a database that cannot
        self.idle = asyncio.Event()

    def open(self) -> None:
        """Take acts from now on."""
        self.loop = asyncio.get_running_loop()
        self.idle.set()
        self.closed = False

    async def close(self) -> None:
        """Take no more, and wait for those that were taken."""
        self.closed = True
        await self.idle.wait()

    def add(self, act: Callable[..., Any], args: Any, kw: Any) -> "asyncio.Future[Any]":
        """Queue an act. The future is its caller's alone: cancelling it stops nothing."""
        if self.closed:
            raise Unavailable("the database is closed")
        if len(self.waiting) >= WAITING:
            raise Unavailable("too many acts are waiting")
        job = Job(act, args, kw, self.loop.create_future())
        self.waiting.append(job)
        if not self.busy:
            self.busy = True
            self.idle.clear()
            self.loop.call_soon(self.next)
        return job.done

    def next(self) -> None:
        """Start the next group, if there is one."""
        late = time.monotonic() - PATIENCE
        group: list[Job] = []
        while self.waiting and len(group) < self.group:
            job = self.waiting.popleft()
            if job.since < late:
                job.error = Unavailable("the database is busy")
                job.answer()
            else:
                group.append(job)
        QUEUE.set(len(self.waiting))
        if group:
            self.start(group)
        elif self.closed or not self.rest():
            self.busy = False
            self.idle.set()

    def settle(self, group: list[Job]) -> None:
        """After the commit of a group: tell its events and answer its callers, in the order of the acts."""
        self.next()  # the next group starts before this one is told
        ACTS.inc(len(group))
        COMMITS.inc()
        self._notice(next((job.error for job in group if isinstance(job.error, Unavailable)), None))
        for job in group:
            if job.error is None and job.events:
                try:
                    self.tell(job.events)
                except Exception:
                    log.exception("telling failed; the act stands")
            job.answer()

    def _notice(self, error: BaseException | None) -> None:
        """Log once that the database fails, and once that it works again."""
        if error is not None and not self.away:
            log.error("the database cannot store just now: %s", error)
        elif error is None and self.away:
            log.warning("the database stores again")
        if self.away != (error is not None):
            self.away = error is not None
            AWAY.set(self.away)
