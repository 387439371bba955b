"""Two processes whose wall clocks say different things, as two hosts' do: nothing that is decided depends on them."""

import os
import time
from collections.abc import AsyncIterator

import pytest

from tests.people import Crew, Person, set_turno, until
from tests.phone import Board, Phone
from tests.servers import Server, Servers
from tests.ticketera.live.test_two_processes import Pair, missing
from tests.wire import Refused, Wire

DAY = 86_400.0


@pytest.fixture(params=[120.0, DAY, -DAY], ids=["two minutes ahead", "a day ahead", "a day back"])
async def pair(request: pytest.FixtureRequest) -> AsyncIterator[Pair]:
    """The second process' clock is wrong from its start."""
    if needed := missing():
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail(f"nobody answers at {needed}")
        pytest.skip(f"nobody answers at {needed}")
    with Servers(postgres=True, redis=True) as town:
        town.start("ticketera")
        second: Server = town.second("ticketera")
        second.set_clock(request.param)
        second.start()
        crew = await Crew.gather(town, repartidores=2, turno=False)
        yield Pair(crew, town.ticketera, second)
        await crew.close()


def since_online(wire: Wire, who: Person) -> list[bool]:
    """What a board heard of somebody's line since it was first online."""
    lines = [p["en_linea"] for p in wire.events("presencia") if p["id"] == who.id]
    return lines[lines.index(True) :] if True in lines else []


async def test_what_ends_here_is_cut_there_within_a_second(pair: Pair) -> None:
    rita, raul = pair.crew.repartidores
    own, other = await Wire(pair.there.url, rita.cookie).open(), await Wire(pair.there.url, raul.cookie).open()
    copied = rita.cookie

    began = time.perf_counter()
    await rita.delete("/api/sesion")
    assert await own.gone()
    await pair.crew.admin.ok("PATCH", f"/api/repartidores/{raul.id}", {"activo": False})
    assert await other.gone()
    assert time.perf_counter() - began < 6  # 1 s each, and a busy machine

    for cookie in (copied, raul.cookie):
        with pytest.raises(Refused):
            await Wire(pair.there.url, cookie).open()


async def test_who_is_in_here_is_in_there_and_connected_without_a_blink(pair: Pair) -> None:
    rita, raul = pair.crew.repartidores
    board = await Board(pair.crew.admin).connect()
    assert board.wire is not None
    wire = board.wire
    for who in (rita, raul):
        await set_turno(who)
        assert await until(lambda who=who: any(p["id"] == who.id and p["en_turno"] for p in wire.events("presencia")))
    phone = await Phone(rita, url=pair.there.url).connect()
    assert await until(lambda: any(p["id"] == rita.id and p["en_linea"] for p in wire.events("presencia")))

    assert not await until(lambda: False in since_online(wire, rita), 7)
    people = (await pair.crew.admin.ok("GET", "/api/repartidores"))["repartidores"]
    assert {p["id"]: (p["en_turno"], p["en_linea"]) for p in people} == {rita.id: (True, True), raul.id: (True, False)}
    given = {(await pair.crew.shop.post_ticket())["repartidor_id"] for _ in range(2)}
    assert given == {rita.id, raul.id}
    await board.end()
    await phone.end()


async def test_a_phone_that_went_over_to_another_process_is_online_all_the_time(pair: Pair) -> None:
    rita = pair.crew.repartidores[0]
    board = await Board(pair.crew.admin).connect()
    assert board.wire is not None
    wire = board.wire
    first = await Phone(rita).connect()
    second = await Phone(rita, url=pair.there.url).connect()
    assert await until(lambda: any(p["id"] == rita.id and p["en_linea"] for p in wire.events("presencia")))

    await first.end()
    assert not await until(lambda: False in since_online(wire, rita), 4)
    third = await Phone(rita).connect()
    await second.end()
    assert not await until(lambda: False in since_online(wire, rita), 4)

    await third.end()
    assert await until(lambda: False in since_online(wire, rita))
    await board.end()
