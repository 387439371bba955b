"""Two Ticketera processes over one PostgreSQL and one Redis: the same promises as of one."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.people import Crew, Person, act, body, every_ticket, get_ticket, move, ticket_data, until
from tests.phone import Board, Phone
from tests.servers import REDIS, Server, Servers, answers


@pytest_asyncio.fixture(loop_scope="session")
async def pair(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Servers, Server]]:
    """One town with a second Ticketera, both up."""
    request.getfixturevalue("postgres")
    if not answers(REDIS):
        reason = f"Redis does not answer at {REDIS}"
        pytest.fail(reason) if os.environ.get("REQUIRE_SERVICES") == "1" else pytest.skip(reason)
    with Servers(postgres=True, redis=True, BELGRANO_LIMITS="off") as town:
        town.start("ticketera")
        second = town.second("ticketera")
        await asyncio.to_thread(second.start)
        yield town, second


async def test_a_ticket_posted_to_one_process_reaches_phone_and_board_of_the_other_once(
    pair: tuple[Servers, Server],
) -> None:
    town, second = pair
    crew = await Crew.gather(town, repartidores=2)
    near = await Phone(crew.repartidores[0]).connect()
    far = await Phone(crew.repartidores[1], url=second.url).connect()
    boards = [await Board(crew.admin, url=url).connect() for url in (town.ticketera.url, second.url)]

    numeros = Counter[str]()
    for n in range(20):
        url = second.url if n % 2 else town.ticketera.url
        data = ticket_data(repartidor_id=(near, far)[n // 2 % 2].person.id)
        answer = await crew.shop.client.post(f"{url}/api/tickets", json=data)
        assert answer.status_code == 201, answer.text
        numeros[data["numero"]] += 1
    await until(lambda: len(near.tickets) == len(far.tickets) == 10)

    assert (len(near.tickets), len(far.tickets)) == (10, 10)
    for board in boards:
        assert await until(lambda b=board: len(b.applied) == 20)  # type: ignore[misc]
    for listener in (near, far, *boards):
        pushed = [n["seq"] for n in listener.wire.events()]  # type: ignore[union-attr]
        assert len(set(pushed)) == len(pushed), "pushed twice"
        assert listener.faults == []
        await listener.end()
    await crew.close()


async def test_forty_equal_posts_at_both_doors_make_one_ticket(pair: tuple[Servers, Server]) -> None:
    town, second = pair
    crew = await Crew.gather(town, repartidores=1)
    data = ticket_data()
    urls = [town.ticketera.url, second.url] * 20

    sent = (crew.shop.client.post(f"{url}/api/tickets", json=data) for url in urls)
    statuses = Counter(a.status_code for a in await asyncio.gather(*sent))

    assert statuses == {201: 1, 200: 39}
    assert len(await every_ticket(crew.admin)) == 1
    await crew.close()


async def test_two_admins_at_two_processes_do_not_both_win(pair: tuple[Servers, Server]) -> None:
    town, second = pair
    crew = await Crew.gather(town, repartidores=2)
    elsewhere = Person(second.url, headers={"Cookie": crew.admin.cookie})
    tickets = [await crew.shop.post_ticket() for _ in range(5)]
    for n in range(20):
        ticket = await get_ticket(crew.admin, tickets[n % 5]["ticket_id"])
        to = next(r.id for r in crew.repartidores if r.id != ticket["repartidor_id"])
        both = await asyncio.gather(move(crew.admin, [ticket], to), move(elsewhere, [ticket], None))
        assert sorted(a.status_code for a in both) == [200, 409], [a.text[:200] for a in both]
    await elsewhere.close()
    await crew.close()


async def test_a_session_ended_at_one_process_is_cut_at_the_other(
    pair: tuple[Servers, Server],
) -> None:
    town, second = pair
    crew = await Crew.gather(town, repartidores=2)
    phones = [await Phone(r, url=second.url).connect() for r in crew.repartidores]

    await crew.repartidores[0].delete("/api/sesion")
    await crew.admin.ok("PATCH", f"/api/repartidores/{crew.repartidores[1].id}", {"activo": False})

    for phone in phones:
        assert await phone.wire.gone(), "still connected"  # type: ignore[union-attr]
        await phone.end()
    await crew.close()


async def test_one_process_killed_again_and_again_loses_nothing_for_the_phones_of_the_other(
    pair: tuple[Servers, Server],
) -> None:
    town, second = pair
    crew = await Crew.gather(town, repartidores=2)
    phones = [await Phone(r, url=second.url).connect() for r in crew.repartidores]
    stop = asyncio.Event()
    taken: list[int] = []

    async def poster() -> None:
        while not stop.is_set():
            data = ticket_data()
            for url in (town.ticketera.url, second.url):
                try:
                    answer = await crew.shop.client.post(f"{url}/api/tickets", json=data)
                except Exception:  # that process is gone: the other one takes it
                    continue
                if answer.is_success:
                    taken.append(body(answer)["ticket_id"])
                    break
            await asyncio.sleep(0.02)

    async def carrier(phone: Phone) -> None:
        delivered = set()
        while not stop.is_set():
            for ticket in phone.open_tickets():
                if ticket["id"] not in delivered:
                    there = Person(second.url, headers={"Cookie": phone.person.cookie})
                    if (await act(there, ticket["id"], "entregar")).is_success:
                        delivered.add(ticket["id"])
                    await there.close()
            await asyncio.sleep(0.05)

    tasks = [asyncio.create_task(poster()) for _ in range(2)] + [asyncio.create_task(carrier(p)) for p in phones]
    for _ in range(5):
        await asyncio.sleep(0.5)
        await asyncio.to_thread(town.ticketera.kill)
        await asyncio.to_thread(town.ticketera.start)
    stop.set()
    await asyncio.gather(*tasks)

    held = {t["id"]: t["repartidor_id"] for t in await every_ticket(crew.admin)}
    assert set(taken) == set(held)
    for phone in phones:
        mine = {i for i, holder in held.items() if holder == phone.person.id}
        told = lambda p=phone: Counter(n["ticket_id"] for n in p.applied if n["tipo"] == "ticket.asignado")  # noqa: E731
        assert await until(lambda t=told, m=mine: set(t()) == m), "a ticket did not reach its phone"  # type: ignore[misc]
        assert set(told().values()) <= {1}
        assert phone.faults == []
        assert phone.snapshots == 1
        await phone.end()
    await crew.close()
