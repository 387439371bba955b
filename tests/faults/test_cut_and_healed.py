"""A phone whose socket is cut and healed two hundred times at random, under load, has each time what the server has."""

import asyncio
import os
import random
from itertools import count

import pytest

from tests.people import Crew, act, get_ticket, move, until
from tests.phone import Phone

CUTS = 200


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
async def test_two_hundred_cuts_under_load_leave_the_phone_with_what_the_server_has(crew: Crew) -> None:
    seed = int(os.environ["BELGRANO_SEED"])
    print(f"BELGRANO_SEED={seed}")
    chance = random.Random(seed)
    one = crew.repartidores[0]
    phone = await Phone(one).connect()
    load = asyncio.create_task(keep_busy(crew, random.Random(seed + 1)))

    for cut in range(CUTS):
        await asyncio.sleep(chance.uniform(0, 0.02))
        assert phone.wire is not None
        await phone.wire.cut()
        await asyncio.sleep(chance.uniform(0, 0.02))
        await phone.connect()
        told = await one.ok("GET", "/api/mis-tickets")
        assert await until(lambda told=told: phone.seq >= told["seq"]), f"cut {cut}: stands still at {phone.seq}"
        if phone.seq == told["seq"]:  # else the server has gone on, and the next round compares
            assert {t["id"]: t["version"] for t in told["tickets"]} == versions(phone), f"cut {cut}"

    load.cancel()
    await asyncio.gather(load, return_exceptions=True)
    told = await one.ok("GET", "/api/mis-tickets")
    assert await until(lambda: phone.seq == told["seq"])
    assert {t["id"]: t["version"] for t in told["tickets"]} == versions(phone)
    assert [n["seq"] for n in phone.applied] == list(range(phone.applied[0]["seq"], phone.seq + 1)), (
        "each once, in order"
    )
    assert phone.faults == []
    await phone.end()


def versions(phone: Phone) -> dict[int, int]:
    return {ticket["id"]: ticket["version"] for ticket in phone.open_tickets()}


async def keep_busy(crew: Crew, chance: random.Random) -> None:
    """New tickets for the first repartidor, some delivered, some taken away and some given back, for ever."""
    one, other = crew.repartidores
    for _ in count():
        ticket = (await crew.shop.post_ticket(repartidor_id=one.id))["ticket_id"]
        fate = chance.random()
        if fate < 0.4:
            await act(one, ticket, "entregar")
        elif fate < 0.7:
            await move(crew.admin, [await get_ticket(crew.admin, ticket)], other.id)
        elif fate < 0.9:
            await crew.admin.ok("PATCH", f"/api/tickets/{ticket}", {"version": 1, "indicaciones": "Timbre roto"})
            await act(one, ticket, "entregar")
