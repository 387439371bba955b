"""What must reach the other app: a stored queue, which `belgrano.outbox.relay` empties.

A row is written in the commit of the change it tells of; one that was sent and not settled is sent again, so
receivers are idempotent.

States: `pendiente`, `hecho`, `apartado` (set aside for a person: refused for good, or failing alone eight times).
Rows of one lane leave one after the other, in order; a row set aside does not hold up its lane.
"""

import logging
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from belgrano.database.incidents import note
from belgrano.database.migrations import big_id
from belgrano.database.work import Connection, Work
from belgrano.outbox.backoff import CEILING_S
from belgrano.words.times import now

log = logging.getLogger(__name__)

LEASE_MS = 20_000  # a claim of a process that died is free after this; longer than any send may take


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
    """Try again later. `after`: seconds the peer asked for. `own`: it may be this row's fault (a 500, no answer in
    time), against the peer being away (refused connection, 429, 503)."""
    return Verdict("retry", reason, after, own)


def refused(reason: str) -> Verdict:
    """Set aside: the peer is there and will not take this row."""
    return Verdict("refused", reason)


def stop(reason: str) -> Verdict:
    """Stop the queue, which keeps everything: the peer does not know us (401, 403), so no row would pass."""
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
    age = 0 if row["mas_viejo"] is None else max(0, now() - row["mas_viejo"]) // 1000
    return {"pendientes": row["pendientes"], "apartados": row["apartados"], "mas_viejo_s": age}


async def select_oldest(con: Connection) -> int | None:
    """When the oldest row that the peer has not confirmed was queued, in ms UTC; None where there is none."""
    oldest = await con.fetch_val("SELECT created_at FROM outgoing WHERE state = 'pendiente' ORDER BY id LIMIT 1")
    return None if oldest is None else int(oldest)


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


async def select_outgoing_of(con: Connection, key: str) -> Any | None:
    """How the row of this key is: state, attempts, last_error; None when there is none (any more)."""
    return await con.fetch_one("SELECT state, attempts, last_error FROM outgoing WHERE key = :key", {"key": key})


async def retry_outgoing(work: Work, desde: int | None = None, *, lane: str | None = None) -> int:
    """Send again what was set aside, of one lane or of all; with `desde` (ms UTC) also everything queued since then.

    How many rows.
    """
    return await work.con.execute(
        """
        UPDATE outgoing
           SET state = 'pendiente', attempts = 0, due_at = 0, done_at = NULL
         WHERE (state = 'apartado' OR (state = 'hecho' AND created_at >= CAST(:desde AS BIGINT)))
           AND (lane = CAST(:lane AS TEXT) OR CAST(:lane AS TEXT) IS NULL)
        """,
        {"desde": desde, "lane": lane},
    )


async def retry_done(work: Work, key: str) -> int:
    """Send one row again that the other app had confirmed and has lost; 0 where there is none (any more)."""
    return await work.con.execute(
        "UPDATE outgoing SET state = 'pendiente', attempts = 0, due_at = 0, done_at = NULL"
        " WHERE key = :key AND state = 'hecho'",
        {"key": key},
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
        if end.state == "apartado":
            why = (end.error or "").partition(": ")[0]  # what the peer said of it may name a person
            await note(work, "apartado", f"{end.row.key}: {why}.")
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
