"""A phone that was away gets exactly what it missed, in order, over restarts and kills of the server."""

import asyncio

from tests.people import Crew, get_ticket, move, until
from tests.phone import Phone
from tests.servers import Servers


async def test_a_phone_gets_exactly_what_it_missed(town: Servers, crew: Crew) -> None:
    inside, other = crew.repartidores
    phone = await Phone(inside).connect()
    stays = (await crew.shop.post_ticket(repartidor_id=inside.id))["ticket_id"]
    assert await phone.knows(stays)
    seq, snapshots = phone.seq, phone.snapshots
    await phone.go_dark()

    passing = (await crew.shop.post_ticket(repartidor_id=inside.id))["ticket_id"]
    await move(crew.admin, [await get_ticket(crew.admin, passing)], other.id)
    await asyncio.to_thread(town.ticketera.stop)
    await asyncio.to_thread(town.ticketera.start)
    for n in range(5):
        version = (await get_ticket(crew.admin, stays))["version"]
        await crew.admin.ok("PATCH", f"/api/tickets/{stays}", {"version": version, "indicaciones": f"Timbre {n}"})
    await asyncio.to_thread(town.ticketera.kill)
    await asyncio.to_thread(town.ticketera.start)
    new = (await crew.shop.post_ticket(repartidor_id=inside.id))["ticket_id"]
    await phone.connect()

    missed = [n["tipo"] for n in phone.applied if n["seq"] > seq]
    assert missed == ["ticket.asignado", "ticket.retirado", *["ticket.actualizado"] * 5, "ticket.asignado"]
    assert set(phone.tickets) == {stays, new}
    assert phone.tickets[stays]["indicaciones"] == "Timbre 4"
    assert (phone.snapshots, phone.faults) == (snapshots, [])
    await phone.end()


async def test_a_push_that_got_lost_silently_is_noticed_without_reconnecting(crew: Crew) -> None:
    phone = await Phone(crew.repartidores[0]).connect()
    hear = phone.apply
    lost: list[int] = []

    def deaf_once(novedad: dict[str, int]) -> bool:
        if lost:
            return hear(novedad)
        lost.append(novedad["seq"])
        return True

    phone.apply = deaf_once  # type: ignore[method-assign]
    made = await crew.shop.post_ticket(repartidor_id=crew.repartidores[0].id)
    assert await until(lambda: lost)
    phone.apply = hear  # type: ignore[method-assign]

    assert await phone.knows(made["ticket_id"]), "no pulso told that something is missing"
    await phone.end()
