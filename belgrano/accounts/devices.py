"""The open sessions of a person, as they are shown to them: on which device, when it was last used; closed by its mark.

The mark of a session is the beginning of its token's hash: it tells sessions of one person apart and opens nothing.
"""
# ruff: noqa: S608  (SQL text is put together from this package's own constants, never from values)

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from belgrano.accounts.sessions import end_session
from belgrano.database.running import NOW
from belgrano.database.work import Connection, Work

MARK = 16  # hex digits


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One of them; `device` in people's words, `since` an instant (ms UTC), `idle` ms of running time without use."""

    mark: str
    device: str
    since: int
    idle: int


def mark_of(token_hash: str) -> str:
    """What a session is called where it may be seen."""
    return token_hash[:MARK]


def add_device(op: Any) -> None:
    """The column of the table of sessions, from an app's migration; empty: nobody noted it."""
    op.add_column("sessions", sa.Column("device", sa.Text, nullable=False, server_default=""))


async def note_device(work: Work, token_hash: str, device: str) -> None:
    """Keep on which device a session was opened, in people's words."""
    await work.con.execute(
        "UPDATE sessions SET device = :device WHERE token_hash = :token_hash",
        {"device": device, "token_hash": token_hash},
    )


async def select_open_sessions(con: Connection, user_id: int, idle: int) -> list[OpenSession]:
    """A person's sessions that were used in the last `idle` ms, the latest first."""
    rows = await con.fetch_all(
        f"""
        SELECT token_hash, device, created_at, {NOW} - seen_at AS idle
          FROM sessions
         WHERE user_id = :user_id AND ended_at IS NULL AND seen_at >= {NOW} - :idle
         ORDER BY seen_at DESC, created_at DESC
        """,
        {"user_id": user_id, "idle": idle},
    )
    return [
        OpenSession(mark_of(row["token_hash"]), row["device"], row["created_at"], max(0, row["idle"])) for row in rows
    ]


async def end_session_marked(work: Work, user_id: int, mark: str) -> bool:
    """End the session of this person with this mark; whether there was an open one. Tells SessionEnded."""
    found = await work.con.fetch_val(
        """
        SELECT token_hash
          FROM sessions
         WHERE user_id = :user_id AND ended_at IS NULL AND substr(token_hash, 1, 16) = :mark
        """,
        {"user_id": user_id, "mark": mark},
    )
    if found is None:
        return False
    await end_session(work, found)
    return True
