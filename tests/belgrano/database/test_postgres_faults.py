"""What happens when PostgreSQL goes away: real connections, cut on the way."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import psycopg
import pytest

from belgrano.database.base import Base, Unavailable, Work
from tests.belgrano.cosas import MIGRATIONS, contar, guardar, nombres
from tests.belgrano.wire_to_postgres import Wire

KILL = """
SELECT pg_terminate_backend(pid)
  FROM pg_stat_activity
 WHERE application_name = 'belgrano-prueba' AND datname = current_database()
"""
KILL += " AND datname = current_database()"


@pytest.fixture
async def wire(postgres_url: str) -> AsyncIterator[Wire]:
    wire = Wire(postgres_url)
    await wire.connect()
    yield wire
    await wire.close()


@pytest.fixture
async def base(wire: Wire) -> AsyncIterator[Any]:
    told: list[object] = []
    base: Any = Base(wire.url, app="prueba", migrations=MIGRATIONS, tell=told.extend)
    base.told = told
    await base.open()
    yield base
    await base.close()


async def test_a_connection_lost_before_commit_is_tried_again_without_the_caller_noticing(
    base: Any, postgres_url: str
) -> None:
    await base.do(guardar, "antes")
    runs = 0

    async def guardar_y_perder(work: Work, nombre: str) -> None:
        nonlocal runs
        runs += 1
        await guardar(work, nombre)
        if runs == 1:
            with psycopg.connect(postgres_url, autocommit=True) as killer:
                killer.execute(KILL)
        await work.con.fetch_one("SELECT 1")

    await asyncio.gather(base.do(guardar, "a"), base.do(guardar_y_perder, "b"), base.do(guardar, "c"))

    assert runs == 2
    assert await base.read(nombres) == ["antes", "a", "b", "c"]
    assert base.told == ["antes", "a", "b", "c"]


async def test_a_commit_whose_answer_is_lost_is_not_tried_again(base: Any, wire: Wire) -> None:
    await base.do(guardar, "antes")

    wire.cut_after = b"COMMIT"
    with pytest.raises(Unavailable):
        await base.do(guardar, "duda")

    assert await base.read(nombres) == ["antes", "duda"]  # it was stored, and once
    assert base.told == ["antes"]
    assert await base.do(guardar, "después")


async def test_a_server_that_is_away_is_unavailable_at_once_and_works_again_when_it_is_back(
    base: Any, wire: Wire
) -> None:
    await base.do(guardar, "antes")
    wire.cut()

    began = time.monotonic()
    results = await asyncio.gather(
        *(base.do(guardar, f"{n}") for n in range(100)), *(base.read(contar) for _ in range(20)), return_exceptions=True
    )
    took = time.monotonic() - began
    await wire.connect()

    assert [type(each) for each in results] == [Unavailable] * 120 or all(isinstance(r, Unavailable) for r in results)
    assert took < 20
    assert await base.do(guardar, "después")
    assert await base.read(nombres) == ["antes", "después"]


async def test_a_server_that_hangs_is_unavailable_in_time_and_works_again(base: Any, wire: Wire) -> None:
    await base.do(guardar, "antes")
    wire.hold()

    began = time.monotonic()
    results = await asyncio.gather(base.do(guardar, "a"), base.read(contar), return_exceptions=True)
    took = time.monotonic() - began
    wire.held.set()

    assert all(isinstance(each, Unavailable) for each in results), results
    assert took < 30
    began = time.monotonic()
    while time.monotonic() - began < 60:
        try:
            await base.do(guardar, "después")
            break
        except Unavailable:
            await asyncio.sleep(0.1)
    assert await base.read(nombres) == ["antes", "después"]


async def test_a_lock_held_by_another_process_is_unavailable_in_time(base: Any, postgres_url: str) -> None:
    from belgrano.database.migrations import lock_number

    with psycopg.connect(postgres_url) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [lock_number("prueba")])
        began = time.monotonic()
        with pytest.raises(Unavailable):
            await base.do(guardar, "a")
        assert time.monotonic() - began < 30

    assert await base.do(guardar, "a")


async def test_killed_connections_under_load_lose_nothing_that_was_answered(base: Any, postgres_url: str) -> None:
    answered: list[str] = []

    async def poster(who: int) -> None:
        for n in range(60):
            try:
                await base.do(guardar, f"{who}-{n}")
                answered.append(f"{who}-{n}")
            except Unavailable:
                pass

    posters = [asyncio.create_task(poster(who)) for who in range(8)]
    async with await psycopg.AsyncConnection.connect(postgres_url, autocommit=True) as killer:
        while not all(each.done() for each in posters):
            await asyncio.sleep(0.03)
            await killer.execute(KILL)
    await asyncio.gather(*posters)

    stored = await base.read(nombres)
    assert len(stored) == len(set(stored))
    assert set(answered) <= set(stored)
    assert set(base.told) == set(answered)
    print(len(answered), "answered,", len(stored), "stored")
