"""Alerts on their way: one row for each way they have to go, until it has gone.

A way's rows leave in their order, so that no end comes before its beginning; one that fails waits longer each time
and is given up after three days.
"""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from belgrano.database.migrations import big_id
from belgrano.database.work import Work
from belgrano.words.times import DIA, MINUTO, SEGUNDO

LEASE_MS = MINUTO  # of one that is being sent; longer than any way may take
FIRST_WAIT_MS, MOST_WAIT_MS = 2 * SEGUNDO, 5 * MINUTO
GIVEN_UP_MS = 3 * DIA


@dataclass(frozen=True, slots=True)
class Message:
    """One alert. `key` is the same at each try, so that a receiver can tell a repetition; `body` is JSON."""

    key: str
    body: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claimed row."""

    id: int
    attempts: int
    message: Message


def create_tables(op: Any) -> None:
    """The table, from an app's migration."""
    op.create_table(
        "alerts",
        sa.Column("id", big_id(), primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("way", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("key", "way", name="alerts_once"),
        sqlite_autoincrement=True,
    )


async def insert_alert(work: Work, way: str, message: Message) -> None:
    """Queue an alert for one way; the same twice is one."""
    await work.con.execute(
        """
        INSERT INTO alerts (key, way, body, due_at, attempts, created_at)
        VALUES (:key, :way, :body, :ahora, 0, :ahora)
            ON CONFLICT (key, way) DO NOTHING
        """,
        {"key": message.key, "way": way, "body": message.body, "ahora": work.ahora},
    )


async def claim_alert(work: Work, way: str) -> Waiting | None:
    """The next alert of a way, nobody else's for a minute; None while none is due.

    A due time further away than it can be was written by a clock that has been put back since, and counts as passed.
    """
    await work.con.execute("DELETE FROM alerts WHERE created_at < :before", {"before": work.ahora - GIVEN_UP_MS})
    row = await work.con.fetch_one(
        """
        UPDATE alerts
           SET due_at = CAST(:ahora AS BIGINT) + :lease
         WHERE id = (SELECT MIN(id) FROM alerts WHERE way = :way)
           AND (due_at <= :ahora OR due_at > CAST(:ahora AS BIGINT) + :most)
        RETURNING id, key, body, attempts
        """,
        {"ahora": work.ahora, "way": way, "lease": LEASE_MS, "most": max(LEASE_MS, MOST_WAIT_MS)},
    )
    return Waiting(row["id"], row["attempts"], Message(row["key"], row["body"])) if row else None


async def delete_alert(work: Work, alert_id: int) -> None:
    """It has gone."""
    await work.con.execute("DELETE FROM alerts WHERE id = :id", {"id": alert_id})


async def postpone_alert(work: Work, waiting: Waiting) -> None:
    """It failed once more."""
    await work.con.execute(
        "UPDATE alerts SET due_at = :due, attempts = attempts + 1 WHERE id = :id",
        {"due": work.ahora + wait_after(waiting.attempts), "id": waiting.id},
    )


async def release_alerts(work: Work) -> None:
    """Take back what a former life of this process had claimed."""
    await work.con.execute("UPDATE alerts SET due_at = :ahora WHERE due_at > :ahora", {"ahora": work.ahora})


async def select_due(work: Work) -> set[str]:
    """The ways that have something to send now."""
    rows = await work.con.fetch_all("SELECT DISTINCT way FROM alerts WHERE due_at <= :ahora", {"ahora": work.ahora})
    return {row["way"] for row in rows}


def wait_after(attempts: int) -> int:
    """How long an alert waits after so many failures before this one, in ms."""
    return int(min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** min(attempts, 10)))
