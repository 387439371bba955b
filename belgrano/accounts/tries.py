"""Tries at a secret (a password, a short code), counted in the database: a restart forgets none of them, and all
processes of an app count the same ones.

A row per key holds when it was tried, in running time (`running.py`): no clock that is set, or that another host has,
gives tries back or takes them. A try is counted before it is made and given back when it was right, so that a
thousand at once are no way around. Keys are hashed: a row tells nobody's address.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from belgrano.database.running import select_running
from belgrano.database.work import Work

MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Rule:
    """At most `most` tries of one key in any `ms`; `name` keeps the keys of rules apart."""

    name: str
    most: int
    ms: int


Try = tuple[Rule, str]


def create_tables(op: Any) -> None:
    """The table, from an app's migration. `times` is a JSON list of ms of running time, oldest first."""
    op.create_table(
        "tries",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("times", sa.Text, nullable=False),
        sa.Column("forget_at", sa.BigInteger, nullable=False),
    )
    op.create_index("tries_forget", "tries", ["forget_at"])


async def take_tries(work: Work, tries: Iterable[Try]) -> int:
    """Count a try under each of these, or none where one has had its most: how long it has to wait then (ms), else 0.

    The rows are held until the end of the Work, so that two processes count one after the other. A time further
    ahead than now is of another life of this database, and counts as now.
    """
    now = await select_running(work.con)
    held = []
    for hashed, rule in _in_order(tries):
        times = [min(time, now) for time in await _hold(work, hashed) if time > now - rule.ms]
        held.append((rule, hashed, times))
    wait = max(times[-rule.most] + rule.ms - now if len(times) >= rule.most else 0 for rule, _, times in held)
    for rule, hashed, times in held:
        await _keep(work, hashed, times if wait else [*times, now], rule)
    await work.con.execute("DELETE FROM tries WHERE forget_at <= :now", {"now": now})
    return wait


async def tries_left(work: Work, one: Try) -> int:
    """How many tries this key still has, as of its latest one."""
    return max(0, one[0].most - len(await _hold(work, _hash(one))))


async def give_back_tries(work: Work, tries: Iterable[Try]) -> None:
    """Uncount the latest try under each of these."""
    for hashed, rule in _in_order(tries):
        await _keep(work, hashed, (await _hold(work, hashed))[:-1], rule)


async def forget_tries(work: Work, tries: Iterable[Try]) -> None:
    """Uncount all tries under each of these."""
    for hashed, _ in _in_order(tries):
        await work.con.execute("DELETE FROM tries WHERE key = :key", {"key": hashed})


def _in_order(tries: Iterable[Try]) -> list[tuple[str, Rule]]:
    """The rules with their rows' keys, always in the same order, so that no two processes wait for each other."""
    return sorted(((_hash(each), each[0]) for each in tries), key=lambda both: both[0])


def _hash(one: Try) -> str:
    return hashlib.sha256(f"{one[0].name} {one[1]}".encode()).hexdigest()


async def _hold(work: Work, hashed: str) -> list[int]:
    """Make a key's row if there is none, and lock it until the Work ends."""
    times: list[int] = json.loads(
        await work.con.fetch_val(
            """
            INSERT INTO tries (key, times, forget_at)
            VALUES (:key, '[]', 0)
            ON CONFLICT (key) DO UPDATE SET key = excluded.key
            RETURNING times
            """,
            {"key": hashed},
        )
    )
    return times


async def _keep(work: Work, hashed: str, times: list[int], rule: Rule) -> None:
    await work.con.execute(
        "UPDATE tries SET times = :times, forget_at = :forget_at WHERE key = :key",
        {
            "times": json.dumps(times),
            "forget_at": times[-1] + rule.ms if times else 0,
            "key": hashed,
        },
    )
