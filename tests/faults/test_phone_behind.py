"""A phone that is 0, 1, 499 or 500 changes behind gets exactly those; one that is 501 behind gets one snapshot."""

import asyncio

import pytest

from tests.faults import LONG
from tests.people import Crew, Person, get_ticket
from tests.phone import Phone
from tests.servers import Servers


async def change(admin: Person, ticket_id: int, times: int) -> None:
    version = (await get_ticket(admin, ticket_id))["version"]
    for n in range(times):
        data = {"version": version, "indicaciones": f"Cambio {n} de {times}"}
        version = (await admin.ok("PATCH", f"/api/tickets/{ticket_id}", data))["version"]


CASES = [(n, how) for how in ("quiet", "stopped", "killed") for n in (0, 1, 499, 500, 501)]
SHORT = [(0, "killed"), (1, "quiet"), (499, "quiet"), (500, "killed"), (501, "stopped")]


@pytest.mark.parametrize(("behind", "restart"), CASES if LONG else SHORT)
async def test_a_phone_gets_what_it_missed_or_one_snapshot(
    town: Servers, crew: Crew, behind: int, restart: str
) -> None:
    phone = await Phone(crew.repartidores[0]).connect()
    made = await crew.shop.post_ticket(repartidor_id=phone.person.id)
    assert await phone.knows(made["ticket_id"])
    await phone.go_dark()
    seq = phone.seq

    await change(crew.admin, made["ticket_id"], behind // 2)
    if restart != "quiet":
        await asyncio.to_thread(town.ticketera.stop if restart == "stopped" else town.ticketera.kill)
        await asyncio.to_thread(town.ticketera.start)
    await change(crew.admin, made["ticket_id"], behind - behind // 2)
    await phone.connect()

    missed = [n["seq"] for n in phone.applied if n["seq"] > seq]
    if behind <= 500:
        assert missed == list(range(seq + 1, seq + behind + 1))
        assert phone.snapshots == 1
    else:
        assert missed == []
        assert phone.snapshots == 2
    assert phone.seq == seq + behind
    assert phone.faults == []
    if behind:
        wanted = behind - behind // 2
        assert phone.tickets[made["ticket_id"]]["indicaciones"] == f"Cambio {wanted - 1} de {wanted}"
    await phone.end()


async def test_a_phone_with_another_epoca_or_a_number_from_the_future_gets_the_truth(crew: Crew) -> None:
    phone = await Phone(crew.repartidores[0]).connect()
    made = await crew.shop.post_ticket(repartidor_id=phone.person.id)
    assert await phone.knows(made["ticket_id"])
    epoca, seq = phone.epoca, phone.seq

    for phone.epoca, phone.seq in (("otra", seq), (epoca, seq + 1)):
        phone.tickets = {}
        snapshots = phone.snapshots
        await phone.pull()
        assert (phone.epoca, phone.seq, phone.snapshots) == (epoca, seq, snapshots + 1)
        assert set(phone.tickets) == {made["ticket_id"]}
    await phone.end()
