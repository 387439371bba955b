"""Prices whose moment comes while processes are killed and clocks are set: each change whole or not, and once."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from typing import Any

from belgrano.database.work import Work
from belgrano.words.times import DIA, iso, now
from tests.ahorro.cast import un_producto
from tests.people import Person, closing, enter, until
from tests.servers import Servers

MANY, ROUNDS = 600, 2
DAY_S = DIA / 1_000


async def test_a_change_comes_once_and_whole_however_its_processes_end_and_its_clock_is_set(town: Servers) -> None:
    lotes = {f"lote-{n}": await asyncio.to_thread(town.in_shop, some_products, n) for n in range(ROUNDS)}
    town.create_user("ahorro", "admin", "elena@belgrano.test", "Elena")
    servers = [town.ahorro, *([town.second("ahorro")] if town.database else [])]
    for server in servers:
        server.set_clock(0)
        await asyncio.to_thread(server.start)
    async with closing(await enter(town.ahorro.url, "elena@belgrano.test")) as (elena,):
        for n, (lote, ids) in enumerate(lotes.items()):
            await schedule(elena, lote, ids, n + 1)
        for n, lote in enumerate(lotes):
            assert (await done(town))[lote] == 0
            for server in servers:
                server.set_clock((n + 1) * DAY_S + 60)
            await asyncio.sleep(random.uniform(0, 1.1))
            await asyncio.to_thread(town.ahorro.kill)
            assert (await done(town))[lote] in {0, MANY}
            await asyncio.to_thread(town.ahorro.start)
            assert await until(lambda lote=lote: whole(town, lote), step=0.2), f"{lote} does not come"  # type: ignore[misc]
        for server in servers:  # back to where nothing was due, and there again
            server.set_clock(0)
        await asyncio.sleep(1.2)
        for server in servers:
            server.set_clock((ROUNDS + 1) * DAY_S)
        await asyncio.sleep(1.2)

        assert await done(town) == dict.fromkeys(lotes, MANY)
        assert await asyncio.to_thread(town.in_shop, prices) == {(110_00, 2): MANY * ROUNDS}
    async with closing(await enter(town.ahorro.url, "elena@belgrano.test")) as (elena,):  # days have gone by
        lines = await elena.ok("GET", "/api/admin/auditoria", que="precios")
        assert Counter(each["campo"] for each in lines["asientos"]) == {"programado": ROUNDS, "alta": ROUNDS}


async def some_products(work: Work, n: int) -> list[int]:
    return [await un_producto(work, f"Cosa {n} {i}", 100_00) for i in range(MANY)]


async def schedule(elena: Person, lote: str, ids: list[int], days: int) -> None:
    asked = {"filtro": {"ids": ids}, "monto": 10, "clave": lote, "desde": iso(now() + days * DIA)}
    await elena.ok("POST", "/api/admin/precios", asked)


async def done(town: Servers) -> Any:
    """How many prices each lote has moved, as the history has it."""
    counted = await asyncio.to_thread(town.in_shop, moved)
    return Counter(counted)


async def whole(town: Servers, lote: str) -> bool:
    return bool((await done(town))[lote] == MANY)


async def moved(work: Work) -> dict[str, int]:
    rows = await work.con.fetch_all(
        "SELECT lote, count(*) AS cuantos FROM precio_cambios WHERE lote IS NOT NULL GROUP BY lote"
    )
    return {row["lote"]: row["cuantos"] for row in rows}


async def prices(work: Work) -> dict[tuple[int, int], int]:
    """How many products cost what, in which version."""
    rows = await work.con.fetch_all(
        "SELECT precio_centavos AS precio, version, count(*) AS cuantos FROM productos GROUP BY 1, 2"
    )
    return {(row["precio"], row["version"]): row["cuantos"] for row in rows}
