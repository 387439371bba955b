"""A database that is away at the start: the app is there all the same, says so, and works as soon as it comes."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.belgrano.wire_to_postgres import Wire
from tests.people import until
from tests.servers import Servers


@pytest.fixture
async def town() -> AsyncIterator[tuple[Servers, Wire]]:
    with Servers(postgres=True) as town:
        wire = Wire(town.env["TICKETS_DATABASE_URL"])
        town.env.update(TICKETS_DATABASE_URL=wire.url)
        yield town, wire
        await wire.close()


async def test_an_app_starts_while_its_database_is_away_says_so_once_and_works_when_it_is_there(
    town: tuple[Servers, Wire],
) -> None:
    servers, wire = town
    server = servers.ticketera
    server.by_belgrano = True

    await asyncio.to_thread(server.start)
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as client:
        health = await client.get("/health")
        assert (health.status_code, health.json()["status"]) == (503, "unhealthy")
        for _ in range(20):
            assert (await client.get("/entrar")).status_code in {404, 503}
            assert (await client.get("/api/sesion")).status_code in {401, 503}
        await asyncio.sleep(4)

        said = [line for line in server.text().splitlines() if "away" in line or "503" in line]
        assert len([line for line in said if "the database is away" in line]) == 1, said
        assert len([line for line in said if "request_failed" in line]) <= 1, said

        await wire.connect()

        async def healthy() -> bool:
            return (await client.get("/health")).status_code == 200

        assert await until(healthy, 60), server.text()
        wire.cut()
        assert not await until(lambda: asyncio.sleep(2, False), 2)
        assert (await client.get("/health")).status_code == 503
        await wire.connect()
        assert await until(healthy, 60), server.text()
    assert "Traceback" not in server.text()
    assert await asyncio.to_thread(server.stop) < 10


async def test_one_that_never_came_is_no_hindrance_to_the_end(town: tuple[Servers, Wire]) -> None:
    servers, _ = town
    servers.ahorro.by_belgrano = True
    away = "postgresql://postgres@127.0.0.1:9/nada"

    await asyncio.to_thread(servers.ahorro.start, AHORRO_DATABASE_URL=away)

    assert await asyncio.to_thread(servers.ahorro.stop) < 10
    assert "Traceback" not in servers.ahorro.text()
