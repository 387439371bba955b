"""Two processes of Ticketera on PostgreSQL and Redis are one: contract, section 5, last sentence."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from tests.people import Crew, Person, Shop, act, body, get_ticket, move, set_turno, ticket_data, until
from tests.phone import Board, Phone
from tests.servers import POSTGRES, REDIS, Server, Servers, answers
from tests.wire import Refused, Wire


def missing() -> str:
    """What these tests need and does not answer."""
    return " and ".join(url.rsplit("@", 1)[-1] for url in (POSTGRES, REDIS) if not answers(url))


@dataclass
class Pair:
    """The same Ticketera at two addresses."""

    crew: Crew
    here: Server
    there: Server


@pytest.fixture(params=["redis", "redis_away"])
async def pair(request: pytest.FixtureRequest) -> AsyncIterator[Pair]:
    """Once with Redis, once with one that never answers: slower then, never wrong."""
    if needed := missing():
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail(f"nobody answers at {needed}")
        pytest.skip(f"nobody answers at {needed}")
    over = {} if request.param == "redis" else {"REDIS_URL": "redis://127.0.0.1:1"}
    with Servers(postgres=True, redis=True, **over) as town:
        town.start("ticketera")
        second = town.second("ticketera").start()
        crew = await Crew.gather(town, repartidores=2, turno=False)
        yield Pair(crew, town.ticketera, second)
        await crew.close()


async def test_a_phone_there_hears_once_and_in_order_what_happens_here(pair: Pair) -> None:
    rita, raul = pair.crew.repartidores
    there, board = (
        await Phone(rita, url=pair.there.url).connect(),
        await Board(pair.crew.admin, url=pair.there.url).connect(),
    )
    here = await Phone(raul).connect()

    mine = [(await pair.crew.shop.post_ticket(repartidor_id=rita.id))["ticket_id"] for _ in range(20)]
    theirs = [(await pair.crew.shop.post_ticket(repartidor_id=raul.id))["ticket_id"] for _ in range(5)]

    assert await until(lambda: len(there.tickets) == 20)
    assert await until(lambda: set(mine + theirs) <= set(board.tickets))
    assert await until(lambda: len(here.tickets) == 5)
    for listener in (there, board, here):
        seqs = [n["seq"] for n in listener.applied]
        assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))
        assert not listener.faults
    assert [n["ticket_id"] for n in there.applied] == mine
    for listener in (there, board, here):
        await listener.end()


async def test_a_move_made_there_takes_the_ticket_from_the_phone_here(pair: Pair) -> None:
    rita, raul = pair.crew.repartidores
    mine, theirs = await Phone(rita).connect(), await Phone(raul, url=pair.there.url).connect()
    ticket = await get_ticket(pair.crew.admin, (await pair.crew.shop.post_ticket(repartidor_id=rita.id))["ticket_id"])
    assert await mine.knows(ticket["id"])

    admin_there = Person(pair.there.url, headers={"Cookie": pair.crew.admin.cookie})
    assert (await move(admin_there, [ticket], raul.id)).status_code == 200

    assert await mine.lost(ticket["id"])
    assert await theirs.knows(ticket["id"])
    assert (await act(raul, ticket["id"], "entregar")).status_code == 200
    await admin_there.close()
    await mine.end()
    await theirs.end()


async def test_a_logout_here_cuts_the_sockets_there(pair: Pair) -> None:
    rita, raul = pair.crew.repartidores
    own, other = await Wire(pair.there.url, rita.cookie).open(), await Wire(pair.there.url, raul.cookie).open()
    copied = rita.cookie

    await rita.delete("/api/sesion")
    assert await own.gone()
    await pair.crew.admin.ok("PATCH", f"/api/repartidores/{raul.id}", {"activo": False})
    assert await other.gone()

    for cookie in (copied, raul.cookie):
        with pytest.raises(Refused):
            await Wire(pair.there.url, cookie).open()


async def test_what_has_no_number_reaches_the_other_process_too(pair: Pair) -> None:
    rita, raul = pair.crew.repartidores
    await pair.crew.admin.ok("PATCH", "/api/configuracion", {"modo_asignacion": "oferta"})
    board, phone = await Board(pair.crew.admin).connect(), await Phone(rita, url=pair.there.url).connect()
    admin_there = Person(pair.there.url, headers={"Cookie": pair.crew.admin.cookie})
    assert board.wire is not None and phone.wire is not None
    wire, mine = board.wire, phone.wire
    assert await until(lambda: [p for p in wire.events("presencia") if p["id"] == rita.id and p["en_linea"]])

    ticket = await pair.crew.shop.post_ticket(repartidor_id=rita.id)
    assert await phone.knows(ticket["ticket_id"])
    await phone.confirm()
    assert await until(lambda: [a for a in wire.events("acuse") if a["ticket_id"] == ticket["ticket_id"]])

    await admin_there.ok("PATCH", f"/api/repartidores/{raul.id}", {"nombre": "Raúl de Allá"})
    assert await until(lambda: [p for p in wire.events("presencia") if p["nombre"] == "Raúl de Allá"])
    await admin_there.ok("PATCH", "/api/configuracion", {"minutos_respeto": 3})
    assert await until(lambda: wire.events("configuracion"))

    await set_turno(rita)
    before = len(mine.events("ofertas"))
    await pair.crew.shop.post_ticket()
    assert await until(lambda: len(mine.events("ofertas")) > before)
    await phone.end()
    assert await until(lambda: not [p for p in wire.events("presencia") if p["id"] == rita.id][-1]["en_linea"])
    await board.end()
    await admin_there.close()


async def test_forty_equal_posts_to_both_make_one_ticket_and_numbers_without_gap(pair: Pair) -> None:
    rita = pair.crew.repartidores[0]
    shop_there = Shop(pair.there.url, pair.crew.town.api_key, pool=30)
    data = [ticket_data(repartidor_id=rita.id) for _ in range(10)]

    sent = await asyncio.gather(
        *(shop.post("/api/tickets", d) for d in data for shop in (pair.crew.shop, shop_there) for _ in (1, 2))
    )

    assert {a.status_code for a in sent} == {200, 201}
    assert len({body(a)["ticket_id"] for a in sent}) == 10
    mine = await rita.ok("GET", "/api/mis-tickets")
    told = await rita.ok("GET", "/api/novedades", epoca=mine["epoca"], desde=0)
    assert [n["seq"] for n in told["novedades"]] == list(range(1, 11))
    await shop_there.close()


async def test_what_happens_here_right_after_the_welcome_there_is_not_missed(pair: Pair) -> None:
    for n in range(6):
        await pair.crew.hire("repartidores", f"temprano{n}@belgrano.test", f"Temprano {n}", pair.crew.repartidores)
    people = pair.crew.repartidores[-6:]
    phones = [Phone(person, url=pair.there.url) for person in people]

    for phone, person in zip(phones, people, strict=True):
        await phone.connect()
        await asyncio.sleep(0.15)  # the pulls of the welcome are over, the other process has not looked yet
        await pair.crew.shop.post_ticket(repartidor_id=person.id)

    assert await until(lambda: all(len(phone.tickets) == 1 for phone in phones))
    for phone in phones:
        await phone.end()
