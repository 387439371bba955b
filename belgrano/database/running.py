"""How long an app has been running: the time by which it is decided who was idle, and for how long.

A wall clock may jump, and two hosts' clocks differ; so nothing that ends by itself is judged by one. `running.ms` is
one number in the database that only grows: each process adds what its own monotonic clock has seen go by since it last
read the number, and the largest wins, so that several count no faster than one. What is "seen" is stamped with it
(`NOW`), and idle is the difference of two of its values.

The hours in which no process ran count as well: the first one back adds what has gone by since `running.wall` was
written, by the same clock (this host's with SQLite, the server's with PostgreSQL). That is written down anew at once
when it jumped, so a jump counts for nothing, before a restart and after it; only one that happens while nothing runs
cannot be told from a pause of that length.
"""

import logging
import time
from typing import Any

import sqlalchemy as sa

from belgrano.database.base import Base
from belgrano.database.loops import every
from belgrano.database.work import Connection, Work
from belgrano.words.times import now

TICK_S = 1.0
BEAT_S = 10.0
JUMP_S = 2.0
NOW = "(SELECT ms FROM running WHERE id = 1)"
# The same at the instant `:ahora` of the wall clock: with what has gone by since the beat, where that is no jump.
AT = f"""(SELECT ms + CASE WHEN CAST(:ahora AS BIGINT) - wall BETWEEN 0 AND {int(BEAT_S * 1000)}
                            THEN CAST(:ahora AS BIGINT) - wall ELSE 0 END
                  FROM running WHERE id = 1)"""  # noqa: S608
log = logging.getLogger(__name__)


def create_tables(op: Any) -> None:
    """The one row, from an app's migration. It begins as the wall clock stands, as older stamps were made by it."""
    op.create_table(
        "running",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True, autoincrement=False),
        sa.Column("ms", sa.BigInteger, nullable=False),
        sa.Column("wall", sa.BigInteger, nullable=False),
    )
    ahora = now()
    op.execute(f"INSERT INTO running VALUES (1, {ahora}, {ahora})")  # noqa: S608


async def select_running(con: Connection) -> int:
    """The running time in ms, as of the last beat: at most some 10 s ago while a process runs."""
    return int(await con.fetch_val("SELECT ms FROM running WHERE id = 1"))


async def select_running_at(con: Connection, ahora: int) -> int:
    """The running time in ms at this instant of the wall clock, which a jump of the clock does not change."""
    return int(await con.fetch_val(f"SELECT {AT}", {"ahora": ahora}))


async def long_ago(work: Work, ms: int) -> int:
    """The instant so long ago, by clock or running time, whichever is earlier: nothing is forgotten too soon."""
    return min(work.ahora, await select_running(work.con)) - ms


async def advance(work: Work, here: int | None, own_clock: bool) -> int:
    """Raise the stored number to what this process has counted (None: it has just begun). Returns what it is then."""
    wall = work.ahora
    if not own_clock:
        wall = await work.con.fetch_val("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)")
    row: Any = await work.con.fetch_one("SELECT ms, wall FROM running WHERE id = 1")
    ms = max(row["ms"], row["ms"] + wall - row["wall"] if here is None else here)
    await work.con.execute("UPDATE running SET ms = :ms, wall = :wall WHERE id = 1", {"ms": ms, "wall": wall})
    return int(ms)


class Running:
    """Keeps the running time of one process and stores it at each beat."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._ms: int | None = None
        self._at = 0.0  # of the monotonic clock, when `_ms` was the number
        self._offset = 0.0  # of the wall clock, then

    async def start(self) -> None:
        """Read the stored number; call it before anything is decided by the running time."""
        await self._beat()

    async def run(self) -> None:
        """Store the running time at each beat, for ever."""
        await every(TICK_S, self._turn, "running time")

    async def _turn(self) -> None:
        jump = _offset() - self._offset
        if abs(jump) > JUMP_S:
            log.warning("the wall clock was set by %+.0f s", jump)
        if abs(jump) > JUMP_S or time.monotonic() - self._at >= BEAT_S:
            await self._beat()

    async def _beat(self) -> None:
        at, offset = time.monotonic(), _offset()
        here = None if self._ms is None else self._ms + int((at - self._at) * 1000)
        self._ms = await self._base.do(advance, here, self._base.alone)
        self._at, self._offset = at, offset


def _offset() -> float:
    return time.time() - time.monotonic()
