"""Ticketera is away: the shop sells as fast as ever, says so, and hands everything over afterwards."""

import asyncio
import time

from tests.people import Crew, Customer, body, every_ticket, until
from tests.servers import Servers

PEDIDOS = 30


async def test_pedidos_of_an_outage_become_tickets_in_their_order(
    town: Servers, crew: Crew, customer: Customer
) -> None:
    await asyncio.to_thread(town.ticketera.kill)
    pedidos, slowest = [], 0.0
    for n in range(PEDIDOS):
        began = time.perf_counter()
        answer = await customer.buy(n, cantidad=n % 3 + 1)
        slowest = max(slowest, time.perf_counter() - began)
        assert answer.status_code == 201, answer.text
        pedidos.append(body(answer))
    assert slowest < 10, f"{slowest:.2f} s"
    health = body(await customer.get("/health"))
    assert (health["status"], health["outbox"]["pendientes"]) == ("degraded", PEDIDOS)

    await asyncio.to_thread(town.ticketera.start)

    async def drained() -> bool:
        return bool(body(await customer.get("/health"))["outbox"]["pendientes"] == 0)

    assert await until(drained), body(await customer.get("/health"))
    tickets = sorted(await every_ticket(crew.admin), key=lambda t: t["id"])
    assert sorted(t["numero"] for t in tickets) == sorted(p["numero"] for p in pedidos)
    assert {t["numero"]: t["total"] for t in tickets} == {p["numero"]: p["total"] for p in pedidos}
    place = {p["numero"]: n for n, p in enumerate(pedidos)}
    # Four may be in flight at once, so a ticket may overtake those beside it and no others.
    assert all(abs(place[t["numero"]] - n) < 4 for n, t in enumerate(tickets)), [place[t["numero"]] for t in tickets]
