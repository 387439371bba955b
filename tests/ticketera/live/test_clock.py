"""The wall clock is set while people work: timestamps follow it, and nothing else does."""

from collections.abc import AsyncIterator

import pytest

from tests.people import Crew, enter, until
from tests.phone import Phone
from tests.servers import Servers

DAY = 86_400.0


@pytest.fixture
async def crew() -> AsyncIterator[Crew]:
    """One admin and two repartidores in turno, at a Ticketera whose clock can be set."""
    with Servers() as servers:
        servers.ticketera.set_clock(0)
        servers.start("ticketera")
        gathered = await Crew.gather(servers, repartidores=2)
        yield gathered
        await gathered.close()


async def everybody_is_there(crew: Crew) -> None:
    """All are logged in and in turno, and are given tickets."""
    for person in (*crew.admins, *crew.repartidores):
        assert (await person.get("/api/sesion")).status_code == 200
    people = (await crew.admin.ok("GET", "/api/repartidores"))["repartidores"]
    assert [p["en_turno"] for p in people] == [True, True]
    given = [await crew.shop.post_ticket() for _ in range(2)]
    assert {each["repartidor_id"] for each in given} == {each.id for each in crew.repartidores}


@pytest.mark.parametrize("days", [1, -1, 40])
async def test_a_jump_ends_no_session_and_no_turno_neither_at_once_nor_after_a_restart(crew: Crew, days: int) -> None:
    server = crew.town.ticketera
    phone = await Phone(crew.repartidores[0]).stay_connected()

    server.set_clock(days * DAY)
    assert await until(lambda: "the wall clock was set" in server.text())
    given = await crew.shop.post_ticket(repartidor_id=crew.repartidores[0].id)
    assert await phone.knows(given["ticket_id"])
    await everybody_is_there(crew)

    server.stop()
    server.start()
    await everybody_is_there(crew)
    server.set_clock(0)
    assert await until(lambda: server.text().count("the wall clock was set") == 2)
    await everybody_is_there(crew)
    await phone.end()


async def test_a_session_that_nobody_used_for_15_hours_ends_all_the_same(crew: Crew) -> None:
    server = crew.town.ticketera
    server.stop()
    server.set_clock(15 * 3600)
    server.start()

    for person in (crew.admin, crew.repartidores[0]):
        assert (await person.get("/api/sesion")).status_code == 401
    again = await enter(server.url, crew.admin.me["email"])

    async def closed() -> bool:
        people = (await again.ok("GET", "/api/repartidores"))["repartidores"]
        return [p["en_turno"] for p in people] == [False, False]

    assert await until(closed)
    await again.close()
