"""The relay: empties the stored queue of `belgrano.outbox.outgoing`, and waits out the other app's absence.

It claims in a short Work, talks outside of it, and settles in the next one.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Literal

from belgrano.bucket import Bucket
from belgrano.database.base import Base
from belgrano.database.loops import Survived
from belgrano.database.work import Unavailable
from belgrano.outbox.backoff import SET_ASIDE_AFTER, wait_after
from belgrano.outbox.outgoing import Outgoing, Settled, Verdict, release_leases, retry, turn

log = logging.getLogger(__name__)

SEND_LIMIT, PROBE_LIMIT = 10.0, 3.0  # seconds a send, and a probe of a peer that is away, may take
TICK = 1.0  # seconds: the most the relay sleeps with nothing to do
PROBE_EVERY, STOPPED_EVERY = 1.0, 5.0  # seconds between probes: peer away; queue stopped (a wrong key)
RECENT = 5.0  # seconds since another row passed, within which a failure is the row's own


def log_alert(reason: str, detail: Mapping[str, object]) -> None:
    """What the relay does with an alert unless it is told better."""
    log.error("outgoing queue: %s %s", reason, dict(detail))


class Relay:
    """Empties the queue through `send(row) -> Verdict`, at most `at_once` in flight and `rate` per second.

    While the peer is away the back-off is the queue's: one probe a second, nothing is counted against a row.
    A row that fails while others pass backs off by itself, then is set aside; more than `at_once` of them, with none
    that passes in between, are the peer's trouble. `stop` keeps everything and
    alerts; a slow probe notices when the cause is gone. `state` is `yendo`, `esperando` or `detenida`, and
    `reason` says why. `alert(reason, detail)` is called when the queue stops and when a row is set aside.
    """

    def __init__(
        self,
        base: Base,
        send: Callable[[Outgoing], Awaitable[Verdict]],
        *,
        at_once: int = 4,
        rate: float = 80.0,
        alert: Callable[[str, Mapping[str, object]], None] = log_alert,
    ) -> None:
        self.base, self.send, self.at_once, self.rate, self.alert = base, send, at_once, rate, alert
        self.state: Literal["yendo", "esperando", "detenida"] = "yendo"
        self.reason = ""
        self._news = asyncio.Event()
        self._flying: dict[int, asyncio.Task[None]] = {}
        self._settled: list[Settled] = []
        self._width = 1  # in flight at once just now; doubles with each success, so nobody meets a stampede
        self._pace = Bucket(rate, max(rate / 2, 1), begins_with=at_once)
        self._last_pass = -RECENT
        self._failing: set[int] = set()  # rows that failed since the last one passed
        self._next_probe = 0.0
        self._probes = 0
        self._rows_fail = False  # the last probe's failure may have been its row's own
        self._task: asyncio.Task[None] | None = None
        self._closing = False
        self._full = False  # nothing may be claimed just now, whatever is new

    def wake(self) -> None:
        """There is something new in the queue. Call it on the loop, after the commit."""
        if not self._full:  # else an answer or the clock comes first, and then all that is there is seen
            self._news.set()

    def start(self) -> None:
        """Begin to empty the queue, until `close`."""
        self._task = asyncio.create_task(self._run(), name="relay")

    async def close(self, grace: float = 3.0) -> None:
        """Claim nothing more, let what is in flight end for a while, release the rest."""
        self._closing = True
        self._news.set()
        if self._task is not None:
            await self._task
        sends = list(self._flying.values())
        if sends:
            await asyncio.wait(sends, timeout=grace)
            for send in sends:
                send.cancel()
            await asyncio.gather(*sends, return_exceptions=True)
        with contextlib.suppress(Unavailable):
            await self.base.do(turn, self._settled, 0, 0, set())

    async def _run(self) -> None:
        with contextlib.suppress(Unavailable):
            if self.base.alone:
                await self.base.do(release_leases)
        while not self._closing:
            self._news.clear()
            settled, self._settled = self._settled, []
            free = self._free()
            self._full = free <= 0
            rows: list[Outgoing] | None = None
            with Survived("relay"):
                rows = await self._turn(settled, free)
            if rows is None:  # what ended is stored when the database is back
                self._settled = settled + self._settled
                await asyncio.sleep(TICK)
                continue
            for row in rows:
                self._pace.take()
                self._flying[row.id] = asyncio.create_task(self._send(row), name=f"relay-{row.key}")
            if rows and self.state != "yendo":
                self._next_probe = time.monotonic() + PROBE_EVERY
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), self._pause())

    async def _turn(self, settled: list[Settled], free: int) -> list[Outgoing]:
        if not settled and free <= 0:
            return []
        return await self.base.do(turn, settled, free, self._skip(), set(self._flying))

    def _free(self) -> int:
        """How many rows may be claimed now."""
        if self.state != "yendo":
            return int(not self._flying and time.monotonic() >= self._next_probe)
        return min(self._width - len(self._flying), self._pace.left())

    def _skip(self) -> int | None:
        """Which row a probe takes: the oldest, unless that row itself may be why the last ones failed."""
        if self.state == "yendo" or not self._rows_fail:
            return 0
        return None if self._probes % 8 == 7 else self._probes % self.at_once

    def _pause(self) -> float:
        """Seconds until there may be something to do without news."""
        if self.state != "yendo" and not self._flying:
            return min(TICK, max(0.01, self._next_probe - time.monotonic()))
        if self.state == "yendo" and not self._pace.left():
            return 1 / self.rate
        return TICK

    async def _send(self, row: Outgoing) -> None:
        try:
            async with asyncio.timeout(SEND_LIMIT if self.state == "yendo" else PROBE_LIMIT):
                verdict = await self.send(row)
        except TimeoutError:
            verdict = retry("no answer in time", own=True)
        except asyncio.CancelledError:
            self._settled.append(Settled(row, attempts=row.attempts, error="interrupted"))
            raise
        except Exception as error:
            log.exception("sending %s failed by a bug of ours", row.key)
            verdict = retry(repr(error), own=True)
        finally:
            del self._flying[row.id]
        self._judge(row, verdict, time.monotonic())
        self._news.set()

    def _judge(self, row: Outgoing, verdict: Verdict, now: float) -> None:
        end = Settled(row, attempts=row.attempts, error=verdict.reason or None)
        self._settled.append(end)
        if verdict.own:
            self._failing.add(row.id)
        if verdict.kind == "done":
            end.state = "hecho"
            self._pass(now)
        elif verdict.kind == "refused":
            self._set_aside(end)
            self._pass(now)
        elif verdict.kind == "stop":
            self._halt(now, "detenida", verdict)
        elif verdict.own and now - self._last_pass < RECENT and len(self._failing) <= self.at_once:
            end.attempts += 1
            end.wait = wait_after(end.attempts)
            if end.attempts >= SET_ASIDE_AFTER:
                self._set_aside(end)
        else:
            self._halt(now, "esperando", verdict)

    def _pass(self, now: float) -> None:
        """Note that the peer answers: the queue goes on, one row at first and then twice as many at each success."""
        self._last_pass = now
        self._failing.clear()
        if self.state != "yendo":
            log.info("outgoing queue: going again")
            self.state, self.reason, self._width = "yendo", "", 1
        else:
            self._width = min(self.at_once, self._width * 2)

    def _halt(self, now: float, state: Literal["esperando", "detenida"], verdict: Verdict) -> None:
        """Note that the peer is away (`esperando`) or refuses us (`detenida`): the queue waits and only probes."""
        if self.state == "yendo":
            self._probes = 0
        self._rows_fail = verdict.own
        if state == "detenida" and self.state != "detenida":
            self.state = state
            self.alert("the queue is stopped", {"reason": verdict.reason})
        elif self.state == "yendo":
            self.state = state
            log.warning("outgoing queue: the other app is away: %s", verdict.reason)
        self.reason = verdict.reason
        self._probes += 1
        every = STOPPED_EVERY if self.state == "detenida" else PROBE_EVERY
        self._next_probe = now + max(every, min(verdict.after or 0.0, PROBE_LIMIT))

    def _set_aside(self, end: Settled) -> None:
        end.state = "apartado"
        self.alert("a row was set aside", {"key": end.row.key, "reason": end.error})
