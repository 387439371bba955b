"""Sessions: a table decides who is signed in; the cookie (`cookies.py`) only carries a random token.

The table keeps the SHA-256 of each token, so a stolen database opens nothing; ending a row ends a copied cookie too.

`seen_at` is of the running time (`running.py`), so no clock that is set shuts anybody out. `ended_at` is the instant,
or the next number where that is not above the newest end: a number that grows with each commit, whatever the clocks of
those who write it, so another process that follows it misses no end.
"""
# ruff: noqa: S608  (SQL text is put together from this module's own constants, never from values)

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from belgrano.database.running import NOW
from belgrano.database.work import Connection, Work

NEXT_END = """(SELECT CASE WHEN COALESCE(MAX(ended_at), 0) < CAST(:ahora AS BIGINT) THEN CAST(:ahora AS BIGINT)
                       ELSE MAX(ended_at) + 1 END
                  FROM sessions)"""


@dataclass(frozen=True)
class Session:
    """One signed-in browser or phone; `user` is None for a guest."""

    token_hash: str
    user: Any


@dataclass(frozen=True)
class SessionEnded:
    """Told after the commit that ended a session: whoever holds sockets of it cuts them."""

    token_hash: str


def hash_token(token: str) -> str:
    """The SHA-256 of a token, in hex: what the table keeps of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def create_tables(op: Any) -> None:
    """The table, from an app's migration."""
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("user_id", sa.BigInteger),  # NULL: a guest
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger),  # NULL: open
    )
    op.create_index("sessions_of_user", "sessions", ["user_id"])
    op.create_index("sessions_ended", "sessions", ["ended_at"])


async def open_session(work: Work, user_id: int | None, replaces: str | None = None) -> str:
    """A new session with a new random token, which is returned; `replaces` (a token hash) ends in the same commit."""
    if replaces is not None:
        await end_session(work, replaces)
    token = secrets.token_urlsafe(32)
    await work.con.execute(
        f"""
        INSERT INTO sessions (token_hash, user_id, created_at, seen_at)
        VALUES (:token_hash, :user_id, :ahora, {NOW})
        """,
        {"token_hash": hash_token(token), "user_id": user_id, "ahora": work.ahora},
    )
    return token


async def end_session(work: Work, token_hash: str) -> None:
    """End one session; tells SessionEnded."""
    rows = await work.con.fetch_all(
        f"""
        UPDATE sessions
           SET ended_at = {NEXT_END}
         WHERE token_hash = :token_hash
           AND ended_at IS NULL
        RETURNING token_hash
        """,
        {"token_hash": token_hash, "ahora": work.ahora},
    )
    _tell_ended(work, rows)


async def end_sessions_of(work: Work, user_id: int, but: str | None = None) -> None:
    """End a user's sessions, maybe all but the one at hand; tells SessionEnded for each."""
    rows = await work.con.fetch_all(
        f"""
        UPDATE sessions
           SET ended_at = {NEXT_END}
         WHERE user_id = :user_id
           AND ended_at IS NULL
           AND token_hash <> :but
        RETURNING token_hash
        """,
        {"user_id": user_id, "but": but or "", "ahora": work.ahora},
    )
    _tell_ended(work, rows)


async def end_all_sessions(work: Work) -> None:
    """End every session, as a restored database does; tells SessionEnded for each."""
    rows = await work.con.fetch_all(
        f"UPDATE sessions SET ended_at = {NEXT_END} WHERE ended_at IS NULL RETURNING token_hash", {"ahora": work.ahora}
    )
    _tell_ended(work, rows)


async def touch_sessions(work: Work, token_hashes: Iterable[str]) -> None:
    """Note that these sessions are in use, by a request or an open socket."""
    for token_hash in token_hashes:
        await work.con.execute(
            f"UPDATE sessions SET seen_at = {NOW} WHERE token_hash = :token_hash AND ended_at IS NULL",
            {"token_hash": token_hash},
        )


async def select_session(
    con: Connection, token_hash: str, load_user: Callable[[Connection, int], Awaitable[Any]]
) -> tuple[Any, Any]:
    """An open session's row (user_id, None for a guest; `idle`, in ms) and its user; None for what is not."""
    row = await con.fetch_one(
        f"SELECT user_id, {NOW} - seen_at AS idle FROM sessions WHERE token_hash = :token_hash AND ended_at IS NULL",
        {"token_hash": token_hash},
    )
    user = await load_user(con, row["user_id"]) if row is not None and row["user_id"] is not None else None
    return row, user


async def select_owner(con: Connection, token_hash: str) -> int | None:
    """The id of the user whose session this is or was, ended or not; None for a guest's and an unknown one."""
    owner: int | None = await con.fetch_val(
        "SELECT user_id FROM sessions WHERE token_hash = :token_hash", {"token_hash": token_hash}
    )
    return owner


async def select_newest_end(con: Connection) -> int:
    """The number of the session that ended last: ends are numbered in their order."""
    return int(await con.fetch_val("SELECT COALESCE(MAX(ended_at), 0) FROM sessions"))


async def select_ended_after(con: Connection, number: int) -> list[tuple[str, int]]:
    """What ended after the end with this number, in that order: token hashes with their numbers."""
    rows = await con.fetch_all(
        "SELECT token_hash, ended_at FROM sessions WHERE ended_at > :number ORDER BY ended_at", {"number": number}
    )
    return [(row["token_hash"], row["ended_at"]) for row in rows]


async def select_open(con: Connection, token_hashes: Sequence[str]) -> set[str]:
    """The token hashes, out of these, whose sessions are open."""
    values = {f"h{n}": each for n, each in enumerate(token_hashes)}
    names = ", ".join(f":{name}" for name in values)
    rows = await con.fetch_all(
        f"SELECT token_hash FROM sessions WHERE ended_at IS NULL AND token_hash IN ({names})", values
    )
    return {row["token_hash"] for row in rows}


async def delete_old_sessions(work: Work, idle: int, at_most: int = 500) -> bool:
    """Forget what ended, or was last seen, so many ms of running time ago, a piece at a time; whether there is more."""
    return at_most == await _delete(
        work, f"ended_at < {NOW} - :idle OR seen_at < {NOW} - :idle LIMIT :at_most", idle=idle, at_most=at_most
    )


async def delete_old_guests(work: Work, idle: int, most: int, at_most: int = 500) -> bool:
    """Forget guests last seen so long ago, and the longest unseen where there are more than `most`, a piece at a time.

    Whether there is more to forget.
    """
    gone = await _delete(
        work, f"user_id IS NULL AND seen_at < {NOW} - :idle LIMIT :at_most", idle=idle, at_most=at_most
    )
    over = await _delete(
        work, "user_id IS NULL ORDER BY seen_at DESC LIMIT :at_most OFFSET :most", most=most, at_most=at_most
    )
    return at_most in {gone, over}


async def _delete(work: Work, which: str, **values: int) -> int:
    return int(
        await work.con.execute(
            f"DELETE FROM sessions WHERE token_hash IN (SELECT token_hash FROM sessions WHERE {which})", values
        )
    )


def _tell_ended(work: Work, rows: Iterable[Any]) -> None:
    for row in rows:
        work.tell(SessionEnded(row["token_hash"]))
