"""What is wrong with an app just now, as its processes see it, and when they could work at all.

An incident is one open row, whichever process sees its cause: each that does stamps the row (`seen`, in running time),
and it is over once nobody has for `calm`. Who comes back within the hour has to stay away four times as long as
before (`CALM_MS` up to `MOST_CALM_MS`), so a cause that flaps tells itself some times and no more. What only happened
(`MOMENTS`) has no end that is told; what happens again within `MOMENT_MS` is told once after that, with how often.

`lives` are the times in which a process could work, by the wall clock: one row from its start, or from the database's
coming back, to its last turn. A row that was left open by its own process tells the next one that it ended badly.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from belgrano.database.migrations import big_id
from belgrano.database.running import select_running_at
from belgrano.database.work import Connection, Work
from belgrano.words.times import DIA, HORA, MINUTO, SEGUNDO

CALM_MS, MOST_CALM_MS = 20 * SEGUNDO, 30 * MINUTO
AGAIN_MS = HORA  # since its last end, within which the same incident is the same trouble
MOMENT_MS = 10 * MINUTO
GAP_MS = 20 * SEGUNDO  # between two turns of a process that worked all the while
KEEP_MS = 100 * DIA  # so that a whole month is still there at the end of the next
MOMENTS = frozenset({"apartado", "reinicio"})


@dataclass(frozen=True, slots=True)
class Incident:
    """One of the incidents of contract section 10, since `desde` (ms UTC)."""

    incidente: str
    detalle: str
    desde: int


@dataclass(frozen=True, slots=True)
class Turned:
    """What a turn found: what is open, what has begun and what is over; neither was told before."""

    open: tuple[Incident, ...]
    begun: tuple[Incident, ...]
    over: tuple[Incident, ...]


def create_tables(op: Any) -> None:
    """Both tables, from an app's migration."""
    op.create_table(
        "incidents",
        sa.Column("id", big_id(), primary_key=True),
        sa.Column("incidente", sa.Text, nullable=False),
        sa.Column("detalle", sa.Text, nullable=False),
        sa.Column("desde", sa.BigInteger, nullable=False),
        sa.Column("hasta", sa.BigInteger),  # NULL: open
        sa.Column("seen", sa.BigInteger, nullable=False),
        sa.Column("calm", sa.BigInteger, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("told", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    still = sa.text("hasta IS NULL")
    op.create_index(
        "incidents_open", "incidents", ["incidente"], unique=True, sqlite_where=still, postgresql_where=still
    )
    op.create_table(
        "lives",
        sa.Column("id", big_id(), primary_key=True),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("desde", sa.BigInteger, nullable=False),
        sa.Column("hasta", sa.BigInteger, nullable=False),
        sa.Column("ended", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("lives_hasta", "lives", ["hasta"])


async def note(work: Work, incidente: str, detalle: str) -> None:
    """Note one of the `MOMENTS`, in the commit of what happened; the next turn of whichever process tells it."""
    await _open(work, incidente, detalle, work.ahora, MOMENT_MS, told=False)


async def turn(work: Work, seen: Mapping[str, str], away_since: int | None = None) -> Turned:
    """Stamp what this process sees (incident: detail), open what is new, close what nobody has seen for its calm.

    `away_since`: this process has told by itself that the database was away since then; that is over from here on.
    """
    if away_since is not None:
        calm = await _calm(work, "sin_base")
        await _open(work, "sin_base", "La base de datos no guardaba lo que se le daba.", away_since, calm, told=True)
    for incidente, detalle in seen.items():
        await _open(work, incidente, detalle, work.ahora, await _calm(work, incidente), told=False)
    over = await _close(work)
    begun = await work.con.fetch_all(
        "UPDATE incidents SET told = :yes WHERE told = :no RETURNING incidente, detalle, desde",
        {"yes": True, "no": False},
    )
    return Turned(await select_open(work.con), tuple(map(_incident, begun)), over)


async def select_open(con: Connection) -> tuple[Incident, ...]:
    """What is open and not only happened, oldest first."""
    rows = await con.fetch_all("SELECT incidente, detalle, desde FROM incidents WHERE hasta IS NULL ORDER BY id")
    return tuple(_incident(row) for row in rows if row["incidente"] not in MOMENTS)


async def begin_life(work: Work, host: str, pid: int, alone: bool) -> int:
    """The row of a process that begins. Notes a restart where a former one of this machine's ended badly.

    `alone`: no other process has this database, so every open row is of a former life.
    """
    left = await work.con.fetch_all("SELECT id, host, pid FROM lives WHERE ended = :no", {"no": False})
    left = [row for row in left if alone or (row["host"] == host and not _lives(row["pid"]))]
    for row in left:
        await end_life(work, row["id"])
    if left:
        await note(work, "reinicio", "El proceso anterior terminó sin cerrarse y empezó otro.")
    # What was open is over when somebody has looked and seen nothing, not because nobody looked meanwhile.
    still = "UPDATE incidents SET seen = :running WHERE hasta IS NULL AND calm <> :moment"
    await work.con.execute(still, {"running": await _running(work), "moment": MOMENT_MS})
    return await _live(work, host, pid)


async def go_on(work: Work, life: int, host: str, pid: int) -> int:
    """Lengthen a life to now, or begin another where more time went by than its turns are apart. Its row."""
    lengthened = await work.con.execute(
        "UPDATE lives SET hasta = :ahora WHERE id = :id AND hasta BETWEEN :since AND :ahora",
        {"ahora": work.ahora, "id": life, "since": work.ahora - GAP_MS},
    )
    if lengthened:
        return life
    await end_life(work, life)
    return await _live(work, host, pid)


async def end_life(work: Work, life: int) -> None:
    """The process ends as it should, or its life goes on in another row."""
    await work.con.execute("UPDATE lives SET ended = :yes WHERE id = :id", {"yes": True, "id": life})


async def forget(work: Work) -> None:
    """Forget what is too old to be told of."""
    before = {"before": work.ahora - KEEP_MS}
    await work.con.execute("DELETE FROM lives WHERE hasta < :before", before)
    await work.con.execute("DELETE FROM incidents WHERE hasta < :before", before)


async def select_lives(con: Connection, desde: int) -> tuple[int | None, list[tuple[int, int]]]:
    """When the app first worked (None: never), and the times since `desde` in which a process could work."""
    first = await con.fetch_val("SELECT MIN(desde) FROM lives")
    rows = await con.fetch_all("SELECT desde, hasta FROM lives WHERE hasta >= :desde ORDER BY desde", {"desde": desde})
    return first, [(row["desde"], row["hasta"]) for row in rows]


def up_share(lives: Sequence[tuple[int, int]], desde: int, hasta: int) -> float:
    """Which part of the time from `desde` to `hasta` is within any of these, of which the earliest comes first."""
    up, until = 0, desde
    for begin, end in lives:
        begin, end = max(begin, until), min(end, hasta)
        if end > begin:
            up, until = up + end - begin, end
    return up / (hasta - desde) if hasta > desde else 1.0


async def _live(work: Work, host: str, pid: int) -> int:
    made = await work.con.fetch_val(
        """
        INSERT INTO lives (host, pid, desde, hasta, ended)
        VALUES (:host, :pid, :ahora, :ahora, :no)
        RETURNING id
        """,
        {"host": host, "pid": pid, "ahora": work.ahora, "no": False},
    )
    return int(made)


def _lives(pid: int) -> bool:
    """Whether another process of this machine has this id; in a container the next life has the same one."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid != os.getpid()


async def _open(work: Work, incidente: str, detalle: str, desde: int, calm: int, *, told: bool) -> None:
    """Open an incident, or stamp the one that is open. A moment counts, and is not kept open by happening again."""
    await work.con.execute(
        f"""
        INSERT INTO incidents (incidente, detalle, desde, seen, calm, times, told)
        VALUES (:incidente, :detalle, :desde, :seen, :calm, 1, :told)
            ON CONFLICT (incidente) WHERE hasta IS NULL
            DO UPDATE SET detalle = excluded.detalle, times = incidents.times + 1
                          {"" if incidente in MOMENTS else ", seen = excluded.seen"}
        """,  # noqa: S608  (constants only)
        {
            "incidente": incidente,
            "detalle": detalle,
            "desde": desde,
            "seen": await _running(work),
            "calm": calm,
            "told": told,
        },
    )


async def _running(work: Work) -> int:
    return await select_running_at(work.con, work.ahora)


async def _calm(work: Work, incidente: str) -> int:
    """How long the cause has to stay away: longer for one that was told to be over a while ago."""
    before = await work.con.fetch_val(
        "SELECT calm FROM incidents WHERE incidente = :incidente AND hasta > :since ORDER BY id DESC LIMIT 1",
        {"incidente": incidente, "since": work.ahora - AGAIN_MS},
    )
    return CALM_MS if before is None else min(4 * int(before), MOST_CALM_MS)


async def _close(work: Work) -> tuple[Incident, ...]:
    """Close what is over; a moment that came again meanwhile is opened anew, to be told with how often."""
    closed = await work.con.fetch_all(
        """
        UPDATE incidents
           SET hasta = :ahora
         WHERE hasta IS NULL
           AND seen + calm <= CAST(:running AS BIGINT)
        RETURNING incidente, detalle, desde, times
        """,
        {"ahora": work.ahora, "running": await _running(work)},
    )
    for row in closed:
        if row["incidente"] in MOMENTS and row["times"] > 1:
            detalle = f"{row['detalle']} Van {row['times'] - 1} más desde el último aviso."
            await _open(work, row["incidente"], detalle, work.ahora, MOMENT_MS, told=False)
    return tuple(_incident(row) for row in closed if row["incidente"] not in MOMENTS)


def _incident(row: Any) -> Incident:
    return Incident(row["incidente"], row["detalle"], row["desde"])
