"""Acts and reads, the same on both databases."""

import asyncio
import random
import threading
import time
from collections.abc import Sequence
from typing import Any

import pytest

from belgrano.database.base import Base, Connection, Integrity, Unavailable, Work
from belgrano.database.work import ActAwaited
from tests.belgrano.cosas import (
    MIGRATIONS,
    NoQuiero,
    contar,
    correr,
    guardar,
    guardar_si_falta,
    guardar_y_dormir,
    guardar_y_fallar,
    guardar_y_tragar,
    nombres,
)
from tests.conftest import MakeBase


@pytest.fixture
async def base(make_base: MakeBase) -> Base:
    return await make_base(MIGRATIONS)


async def test_an_act_is_stored_and_told_when_it_returns(base: Any) -> None:
    cosa = await base.do(guardar, "yerba")

    assert cosa == 1
    assert await base.read(nombres) == ["yerba"]
    assert base.told == ["yerba"]


async def test_an_act_that_raises_leaves_no_trace(base: Any) -> None:
    await base.do(guardar, "yerba")

    with pytest.raises(NoQuiero):
        await base.do(guardar_y_fallar, "azúcar")

    assert await base.read(nombres) == ["yerba"]
    assert base.told == ["yerba"]


async def test_an_act_that_awaits_something_else_is_named_and_leaves_no_trace(base: Any) -> None:
    with pytest.raises(ActAwaited, match="guardar_y_dormir"):
        await base.do(guardar_y_dormir, "yerba")

    assert await base.read(nombres) == []
    assert await base.do(guardar, "yerba")


async def test_a_read_that_awaits_something_else_is_named(base: Any) -> None:
    async def leer_y_dormir(con: Connection) -> None:
        await contar(con)
        await asyncio.sleep(0)

    with pytest.raises(ActAwaited, match="leer_y_dormir"):
        await base.read(leer_y_dormir)

    assert await base.read(contar) == 0


async def test_a_broken_constraint_ends_the_act_even_when_it_is_swallowed(base: Any) -> None:
    await base.do(guardar, "yerba")

    with pytest.raises(Integrity):
        await base.do(guardar, "yerba")
    with pytest.raises(Integrity):
        await base.do(guardar_y_tragar, "azúcar")
    with pytest.raises(Integrity):
        await base.do(correr, "INSERT INTO cosas (nombre, dueno) VALUES ('mate', 999)")

    assert await base.read(nombres) == ["yerba"]
    assert base.told == ["yerba"]


async def test_a_mistake_in_the_sql_is_the_acts_own(base: Any) -> None:
    async def mal(work: Work) -> None:
        await work.con.execute("SELEC 1")

    results = await asyncio.gather(base.do(guardar, "a"), base.do(mal), base.do(guardar, "b"), return_exceptions=True)

    assert not isinstance(results[1], Unavailable)
    assert isinstance(results[1], Exception)
    assert await base.read(nombres) == ["a", "b"]


async def test_a_value_no_database_takes_is_the_acts_own_error(base: Any) -> None:
    with pytest.raises(Exception) as caught:  # noqa: PT011  (each driver has its own)
        await base.do(correr, "SELECT CAST(:n AS BIGINT)", {"n": 2**70})

    assert not isinstance(caught.value, Unavailable)
    assert await base.do(guardar, "yerba")


async def test_execute_says_how_many_rows_changed(base: Any) -> None:
    async def borrar(work: Work, menos: str) -> int:
        return await work.con.execute("DELETE FROM cosas WHERE nombre <> :menos", {"menos": menos})

    for nombre in "abc":
        await base.do(guardar, nombre)

    assert await base.do(borrar, "a") == 2
    assert await base.do(borrar, "a") == 0


async def test_one_instant_for_the_whole_act(base: Any) -> None:
    async def mirar(work: Work) -> tuple[int, int]:
        first = work.ahora
        time.sleep(0.005)
        return first, work.ahora

    first, second = await base.do(mirar)

    assert first == second
    assert abs(first - time.time() * 1000) < 5000


async def test_looking_first_and_then_writing_has_no_race(base: Any, make_base: MakeBase) -> None:
    other = await make_base(MIGRATIONS)

    results = await asyncio.gather(*(each.do(guardar_si_falta, "yerba") for each in (base, other) * 20))

    assert results.count(True) == 1


async def test_a_caller_that_is_cancelled_stops_nothing(base: Any) -> None:
    callers = [asyncio.ensure_future(base.do(guardar, f"{n}")) for n in range(50)]
    await asyncio.sleep(0)
    for caller in callers:
        caller.cancel()
    await asyncio.gather(*callers, return_exceptions=True)

    await base.do(guardar, "fin")

    assert await base.read(nombres) == [*(f"{n}" for n in range(50)), "fin"]
    assert base.told == [*(f"{n}" for n in range(50)), "fin"]


async def test_four_hundred_acts_at_once_with_bad_ones_among_them(base: Any) -> None:
    seed = random.randrange(2**32)
    print("seed", seed)
    chance = random.Random(seed)
    kinds = [chance.choice(["bueno", "bueno", "bueno", "falla", "duerme", "repite", "cancela"]) for _ in range(400)]
    await base.do(guardar, "repetido")
    act = {"falla": guardar_y_fallar, "duerme": guardar_y_dormir}

    callers = []
    for n, kind in enumerate(kinds):
        nombre = "repetido" if kind == "repite" else f"{n}"
        callers.append(asyncio.ensure_future(base.do(act.get(kind, guardar), nombre)))
        if chance.random() < 0.1:
            await asyncio.sleep(0)
        if kind == "cancela":
            asyncio.get_running_loop().call_later(chance.random() / 50, callers[-1].cancel)
    results = await asyncio.gather(*callers, return_exceptions=True)
    await base.do(guardar, "fin")

    expected = [f"{n}" for n, kind in enumerate(kinds) if kind in {"bueno", "cancela"}]
    assert await base.read(nombres) == ["repetido", *expected, "fin"]
    assert base.told == ["repetido", *expected, "fin"]
    allowed = {
        "bueno": (int,),
        "falla": (NoQuiero,),
        "duerme": (ActAwaited,),
        "repite": (Integrity,),
        "cancela": (int, asyncio.CancelledError),
    }
    assert [r for kind, r in zip(kinds, results, strict=True) if not isinstance(r, allowed[kind])] == []


async def test_a_read_is_one_snapshot(base: Any) -> None:
    reading, go_on = threading.Event(), threading.Event()

    async def dos_veces(con: Connection) -> tuple[int, int]:
        before = await contar(con)
        reading.set()
        return before, await contar(con)

    async def dos_veces_despacio(con: Connection) -> tuple[int, int]:
        before = await contar(con)
        reading.set()
        go_on.wait(60)
        return before, await contar(con)

    await base.do(guardar, "a")
    if base.alone:  # a reader's thread may be held up; the loop may not
        read = asyncio.ensure_future(base.read(dos_veces_despacio))
        await asyncio.to_thread(reading.wait)
        await base.do(guardar, "b")
        go_on.set()
        assert await read == (1, 1)
    else:
        reads = [base.read(dos_veces) for _ in range(50)]
        writes = [base.do(guardar, f"{n}") for n in range(50)]
        both = await asyncio.gather(*(each for pair in zip(reads, writes, strict=True) for each in pair))
        assert all(first == second for first, second in both[::2])


async def test_a_read_cannot_write(base: Any) -> None:
    async def escribir(con: Connection) -> None:
        await con.execute("INSERT INTO cosas (nombre) VALUES ('yerba')")

    with pytest.raises(Exception):  # noqa: B017, PT011  (each database says it its own way)
        await base.read(escribir)

    assert await base.read(nombres) == []


async def test_a_broken_tell_undoes_nothing(make_base: MakeBase) -> None:
    told: list[object] = []

    def tell(events: Sequence[object]) -> None:
        told.extend(events)
        if "b" in events:
            raise RuntimeError("no")

    base = await make_base(MIGRATIONS, tell=tell)

    await asyncio.gather(*(base.do(guardar, nombre) for nombre in "abc"))

    assert told == ["a", "b", "c"]
    assert await base.read(nombres) == ["a", "b", "c"]


async def test_too_many_waiting_acts_are_refused_and_the_others_are_done(base: Any) -> None:
    results = await asyncio.gather(*(base.do(guardar, f"{n}") for n in range(1100)), return_exceptions=True)

    refused = [each for each in results if isinstance(each, Exception)]
    assert len(refused) >= 100
    assert all(isinstance(each, Unavailable) for each in refused)
    assert await base.read(contar) == 1100 - len(refused)


async def test_closing_finishes_what_was_accepted(make_base: MakeBase) -> None:
    base = await make_base(MIGRATIONS)
    callers = [asyncio.ensure_future(base.do(guardar, f"{n}")) for n in range(300)]
    await asyncio.sleep(0)

    await base.close()

    assert len(await asyncio.gather(*callers)) == 300
    with pytest.raises(Unavailable):
        await base.do(guardar, "tarde")
    with pytest.raises(Unavailable):
        await base.read(contar)
    await base.open()
    assert await base.read(contar) == 300


async def test_the_context_of_the_caller_reaches_the_act(base: Any) -> None:
    import contextvars

    request = contextvars.ContextVar("request", default="")

    async def mirar(work: Work) -> str:
        return request.get()

    async def call(name: str) -> str:
        request.set(name)
        result: str = await base.do(mirar)
        return result

    assert await asyncio.gather(*(asyncio.create_task(call(name)) for name in "abc")) == ["a", "b", "c"]


async def test_one_statement_with_many_values(base: Any) -> None:
    async def guardar_varias(work: Work, *varias: str) -> None:
        await work.con.execute_many(
            "INSERT INTO cosas (nombre) VALUES (:nombre)", [{"nombre": nombre} for nombre in varias]
        )

    await base.do(guardar_varias, "a", "b", "c")

    assert await base.read(nombres) == ["a", "b", "c"]
