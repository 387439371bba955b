"""What must reach the other app: a stored queue, and the relay that empties it.

A row is written in the commit of the change it tells of. The relay claims in a short Work, talks outside of it,
and settles in the next one; a row that was sent and not settled is sent again, so receivers are idempotent.

States: `pendiente`, `hecho`, `apartado` (set aside for a person: refused for good, or failing alone eight times).
Rows of one lane leave one after the other, in order; a row set aside does not hold up its lane.
"""

import asyncio
import contextlib
import logging
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from belgrano.base import Base
from belgrano.migrations import big_id
from belgrano.work import Connection, Unavailable, Work

log = logging.getLogger(__name__)

LEASE_MS = 20_000  # a claim of a process that died is free after this; longer than any send may take
SEND_LIMIT, PROBE_LIMIT = 10.0, 3.0  # seconds a send, and a probe of a peer that is away, may take
TICK = 1.0  # seconds: the most the relay sleeps with nothing to do
PROBE_EVERY, STOPPED_EVERY = 1.0, 15.0  # seconds between probes: peer away; queue stopped (a wrong key)
BACKOFF_S, CEILING_S = 0.5, 60.0  # a row's own back-off: full jitter under 0.5 s · 2^attempts, at most a minute
PARK_AFTER = 8  # own failures
RECENT = 5.0  # seconds since another row passed, within which a failure is the row's own


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A claimed row, as `send` gets it. `attempts` counts failures of its own, not the peer's absence."""

    id: int
    key: str
    lane: str
    body: str
    headers: str | None
    attempts: int
    created_at: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a send."""

    kind: Literal["done", "retry", "refused", "stop"]
    reason: str = ""
    after: float | None = None
    own: bool = False


DONE = Verdict("done")


def retry(reason: str, after: float | None = None, *, own: bool = False) -> Verdict:
    """Not now. `after`: seconds the peer asked for. `own`: it may be this row's fault (a 500, no answer in time),
    against the peer being away (refused connection, 429, 502, 503, 504)."""
    return Verdict("retry", reason, after, own)


def refused(reason: str) -> Verdict:
    """Never: the peer is there and will not take this row (another 4xx)."""
    return Verdict("refused", reason)


def stop(reason: str) -> Verdict:
    """Nothing will pass: the peer does not know us (401, 403). The queue keeps everything and stops."""
    return Verdict("stop", reason)


def create_tables(op: Any) -> None:
    """The queue's table, from an app's migration."""
    op.create_table(
        "outgoing",
        sa.Column("id", big_id(), primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("lane", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("headers", sa.Text),  # NULL: none of its own
        sa.Column("state", sa.Text, nullable=False, server_default="pendiente"),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("due_at", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("lease_until", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("last_error", sa.Text),  # NULL: never failed
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("done_at", sa.BigInteger),  # NULL: not sent
        sa.CheckConstraint("state IN ('pendiente', 'hecho', 'apartado')", name="outgoing_state"),
        sqlite_autoincrement=True,
    )
    waiting = sa.text("state = 'pendiente'")
    op.create_index("outgoing_waiting", "outgoing", ["id"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_index("outgoing_lane", "outgoing", ["lane", "id"], sqlite_where=waiting, postgresql_where=waiting)
    aside = sa.text("state = 'apartado'")
    op.create_index("outgoing_aside", "outgoing", ["id"], sqlite_where=aside, postgresql_where=aside)
    op.create_index("outgoing_created", "outgoing", ["created_at"])


async def insert_outgoing(
    con: Connection, *, key: str, lane: str, body: str, ahora: int, headers: str | None = None
) -> None:
    """Queue one message, in the commit of what it tells. The same `key` twice is one message."""
    await con.execute(
        """
        INSERT INTO outgoing (key, lane, body, headers, created_at)
        VALUES (:key, :lane, :body, :headers, :ahora)
            ON CONFLICT (key) DO NOTHING
        """,
        {"key": key, "lane": lane, "body": body, "headers": headers, "ahora": ahora},
    )


async def select_outgoing_status(con: Connection) -> dict[str, int]:
    """`pendientes` (all that the peer has not confirmed), `apartados`, `mas_viejo_s` (of the pendientes, else 0)."""
    row: Any = await con.fetch_one(
        """
        SELECT (SELECT count(*) FROM outgoing WHERE state = 'pendiente') AS pendientes,
               (SELECT count(*) FROM outgoing WHERE state = 'apartado') AS apartados,
               (SELECT created_at FROM outgoing WHERE state = 'pendiente' ORDER BY id LIMIT 1) AS mas_viejo
        """
    )
    age = 0 if row["mas_viejo"] is None else max(0, time.time_ns() // 1_000_000 - row["mas_viejo"]) // 1000
    return {"pendientes": row["pendientes"], "apartados": row["apartados"], "mas_viejo_s": age}


async def select_outgoing(con: Connection, *, state: str = "apartado", limit: int = 100) -> list[Any]:
    """Rows of a state, oldest first, for the admin: all columns but the body."""
    return await con.fetch_all(
        """
        SELECT id, key, lane, state, attempts, due_at, last_error, created_at, done_at
          FROM outgoing
         WHERE state = :state
         ORDER BY id
         LIMIT CAST(:limit AS BIGINT)
        """,
        {"state": state, "limit": limit},
    )


async def retry_outgoing(work: Work, desde: int | None = None) -> int:
    """Send again what was set aside; with `desde` (ms UTC) also everything queued since then. How many rows."""
    return await work.con.execute(
        """
        UPDATE outgoing
           SET state = 'pendiente', attempts = 0, due_at = 0, done_at = NULL
         WHERE state = 'apartado'
            OR (state = 'hecho' AND created_at >= CAST(:desde AS BIGINT))
        """,
        {"desde": desde},
    )


async def delete_done(work: Work, before: int) -> int:
    """Forget what was sent before an instant (ms UTC). How many rows."""
    return await work.con.execute(
        "DELETE FROM outgoing WHERE state = 'hecho' AND done_at < :before", {"before": before}
    )


@dataclass(slots=True)
class Settled:
    """How a send ended, until it is stored."""

    row: Outgoing
    state: str = "pendiente"
    attempts: int = 0
    wait: float = 0.0
    error: str | None = None


async def turn(work: Work, settled: list[Settled], free: int, skip: int | None, flying: set[int]) -> list[Outgoing]:
    """Store how sends ended and claim what goes next, oldest first: one commit.

    `skip`: begin so many rows later; None: take the newest. A due time or a lease further away than it can be was
    written by a clock that has been put back since, and counts as passed.
    """
    for end in settled:
        await work.con.execute(
            """
            UPDATE outgoing
               SET state = :state, attempts = :attempts, due_at = :due, lease_until = 0, last_error = :error,
                   done_at = CASE WHEN :state = 'hecho' THEN CAST(:ahora AS BIGINT) END
             WHERE id = :id
               AND state = 'pendiente'
            """,
            {
                "state": end.state,
                "attempts": end.attempts,
                "due": work.ahora + int(end.wait * 1000),
                "error": end.error,
                "ahora": work.ahora,
                "id": end.row.id,
            },
        )
    claimed: list[Any] = []
    if free > 0:
        claimed = await _claim(work, free, skip)
        if skip and not claimed:
            claimed = await _claim(work, free, 0)
    return sorted((Outgoing(**dict(row)) for row in claimed if row["id"] not in flying), key=lambda row: row.id)


async def _claim(work: Work, free: int, skip: int | None) -> list[Any]:
    return await work.con.fetch_all(
        f"""
        UPDATE outgoing
           SET lease_until = CAST(:ahora AS BIGINT) + {LEASE_MS}
         WHERE id IN (SELECT o.id
                        FROM outgoing AS o
                       WHERE o.state = 'pendiente'
                         AND (o.due_at <= :ahora OR o.due_at > CAST(:ahora AS BIGINT) + {int(CEILING_S * 1000)})
                         AND (o.lease_until <= :ahora OR o.lease_until > CAST(:ahora AS BIGINT) + {LEASE_MS})
                         AND NOT EXISTS (SELECT 1
                                           FROM outgoing AS before
                                          WHERE before.lane = o.lane
                                            AND before.state = 'pendiente'
                                            AND before.id < o.id)
                       ORDER BY o.id {"DESC" if skip is None else "ASC"}
                       LIMIT CAST(:free AS BIGINT) OFFSET CAST(:skip AS BIGINT))
        RETURNING id, key, lane, body, headers, attempts, created_at
        """,  # noqa: S608  (constants only)
        {"ahora": work.ahora, "free": free, "skip": skip or 0},
    )


async def release_leases(work: Work) -> None:
    """Take back what a former life of this process had claimed."""
    await work.con.execute("UPDATE outgoing SET lease_until = 0 WHERE state = 'pendiente' AND lease_until > 0")


def log_alert(reason: str, detail: Mapping[str, object]) -> None:
    """What the relay does with an alert unless it is told better."""
    log.error("outgoing queue: %s %s", reason, dict(detail))


class Relay:
    """Empties the queue through `send(row) -> Verdict`, at most `at_once` in flight and `rate` per second.

    While the peer is away the back-off is the queue's: one probe a second, nothing is counted against a row.
    A row that fails while others pass backs off by itself, then is set aside. `stop` keeps everything and
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
        self._tokens, self._filled_at = float(at_once), time.monotonic()
        self._last_pass = -RECENT
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
            rows: list[Outgoing] = []
            try:
                if settled or free > 0:
                    rows = await self.base.do(turn, settled, free, self._skip(), set(self._flying))
            except Exception as error:  # the loop must live; what ended is stored when the database is back
                log.log(logging.WARNING if isinstance(error, Unavailable) else logging.ERROR, "relay: %r", error)
                self._settled = settled + self._settled
                await asyncio.sleep(TICK)
                continue
            for row in rows:
                self._tokens -= 1
                self._flying[row.id] = asyncio.create_task(self._send(row), name=f"relay-{row.key}")
            if rows and self.state != "yendo":
                self._next_probe = time.monotonic() + PROBE_EVERY
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), self._pause())

    def _free(self) -> int:
        """How many rows may be claimed now."""
        now = time.monotonic()
        self._tokens = min(max(self.rate / 2, 1), self._tokens + (now - self._filled_at) * self.rate)
        self._filled_at = now
        if self.state != "yendo":
            return int(not self._flying and now >= self._next_probe)
        return min(self._width - len(self._flying), int(self._tokens))

    def _skip(self) -> int | None:
        """Which row a probe takes: the oldest, unless that row itself may be why the last ones failed."""
        if self.state == "yendo" or not self._rows_fail:
            return 0
        return None if self._probes % 8 == 7 else self._probes % self.at_once

    def _pause(self) -> float:
        """Seconds until there may be something to do without news."""
        if self.state != "yendo" and not self._flying:
            return min(TICK, max(0.01, self._next_probe - time.monotonic()))
        if self.state == "yendo" and self._tokens < 1:
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
        if verdict.kind == "done":
            end.state = "hecho"
            self._pass(now)
        elif verdict.kind == "refused":
            self._set_aside(end)
            self._pass(now)
        elif verdict.kind == "stop":
            self._halt(now, "detenida", verdict)
        elif verdict.own and now - self._last_pass < RECENT:
            end.attempts += 1
            end.wait = random.uniform(0, min(CEILING_S, BACKOFF_S * 2**end.attempts))  # noqa: S311
            if end.attempts >= PARK_AFTER:
                self._set_aside(end)
        else:
            self._halt(now, "esperando", verdict)

    def _pass(self, now: float) -> None:
        """The peer is there and answers."""
        self._last_pass = now
        if self.state != "yendo":
            log.info("outgoing queue: going again")
            self.state, self.reason, self._width = "yendo", "", 1
        else:
            self._width = min(self.at_once, self._width * 2)

    def _halt(self, now: float, state: Literal["esperando", "detenida"], verdict: Verdict) -> None:
        """The queue itself waits, and probes."""
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
