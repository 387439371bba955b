"""Ticketera away: what the shop does meanwhile (little), and how it catches up (in order, fast, without a stampede)."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.faults import LONG
from tests.people import Crew, Customer, body, every_ticket, ticket_data, until
from tests.servers import Servers

PEDIDOS = 240
WATCH = 5.0


async def buy(customers: list[Customer], count: int) -> list[str]:
    """So many pedidos, shared out among the customers; their numeros."""

    async def some(customer: Customer, n: int) -> list[str]:
        numeros = []
        for which in range(n):
            answer = await customer.buy(which)
            assert answer.status_code == 201, answer.text
            numeros.append(body(answer)["numero"])
        return numeros

    each = count // len(customers)
    return [n for numeros in await asyncio.gather(*(some(c, each) for c in customers)) for n in numeros]


async def outbox(customer: Customer) -> Any:
    return body(await customer.get("/health"))["outbox"]


async def drain(customer: Customer, count: int) -> tuple[float, float]:
    """Seconds until the first of `count` was handed over, and pedidos per second from there to the last."""
    began = time.perf_counter()

    async def moving() -> bool:
        return bool((await outbox(customer))["pendientes"] < count)

    async def empty() -> bool:
        return bool((await outbox(customer))["pendientes"] == 0)

    assert await until(moving, 60, 0.02), "nothing moves"
    first, left = time.perf_counter(), (await outbox(customer))["pendientes"]
    assert await until(empty, 120, 0.02), await outbox(customer)
    return first - began, left / max(0.001, time.perf_counter() - first)


async def test_a_backlog_drains_soon_and_many_at_once(
    town: Servers, crew: Crew, customers: list[Customer], capsys: pytest.CaptureFixture[str]
) -> None:
    await asyncio.to_thread(town.ticketera.kill)
    numeros = await buy(customers, PEDIDOS)
    assert (await outbox(customers[0]))["pendientes"] == PEDIDOS

    await asyncio.to_thread(town.ticketera.start)
    first, rate = await drain(customers[0], PEDIDOS)

    with capsys.disabled():
        print(f"\ngoing again after {first:.1f} s, {rate:.0f} pedidos/s")
    tickets = await every_ticket(crew.admin)
    assert sorted(t["numero"] for t in tickets) == sorted(numeros)
    assert first <= 30
    assert rate >= 10  # one at a time, as while it probes, would be 1


class Impostor:
    """Somebody who listens where Ticketera should, counts who comes, and does not behave like Ticketera."""

    def __init__(self, port: int, answer: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]):
        self.port, self.answer = port, answer
        self.requests: list[float] = []
        self.open: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> "Impostor":
        self.server = await asyncio.start_server(self.take, "127.0.0.1", self.port)
        return self

    async def __aexit__(self, *_: Any) -> None:
        self.server.close()
        for writer in self.open:
            writer.transport.abort()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open.add(writer)
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            await self.hear(reader, writer)

    async def hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            size = next((int(x[15:]) for x in head.split(b"\r\n") if x.lower().startswith(b"content-length:")), 0)
            await reader.readexactly(size)
            if b"/api/tickets" in head.split(b"\r\n")[0]:
                self.requests.append(time.monotonic())
            await self.answer(reader, writer)


async def unavailable(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")


async def resets(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def silence(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()


@pytest.mark.parametrize("how", [unavailable, resets, silence] if LONG else [silence])
async def test_while_ticketera_is_away_one_probe_a_second_is_all_it_sees(
    town: Servers, crew: Crew, customers: list[Customer], how: Any
) -> None:
    await asyncio.to_thread(town.ticketera.kill)
    async with Impostor(town.ticketera.port, how) as impostor:
        began = time.perf_counter()
        await buy(customers, 40)
        took = (time.perf_counter() - began) / 10
        await asyncio.sleep(1)
        from_here = time.monotonic()
        await asyncio.sleep(WATCH)
        probes, watched = sum(t >= from_here for t in impostor.requests), time.monotonic() - from_here

    assert 1 <= probes <= watched + 1, f"{probes} requests in {watched} s"
    assert took < 2.5, f"a pedido takes {took:.2f} s"
    health = body(await customers[0].get("/health"))
    assert (health["status"], health["outbox"]["pendientes"]) == ("degraded", 40)
    await asyncio.to_thread(town.ticketera.start)
    first, _ = await drain(customers[0], 40)
    assert first <= 30
    assert len(await every_ticket(crew.admin)) == 40


async def test_a_pedido_that_is_refused_for_good_is_set_aside_and_holds_up_nobody(
    town: Servers, crew: Crew, customers: list[Customer]
) -> None:
    await asyncio.to_thread(town.ticketera.kill)
    numeros = await buy(customers, 12)
    # Another process takes the first numero with other content, at an address that the shop does not know.
    other = town.second("ticketera")
    await asyncio.to_thread(other.start)
    answer = await crew.shop.client.post(f"{other.url}/api/tickets", json=ticket_data(numero=numeros[0], total=0.01))
    assert answer.status_code == 201, answer.text
    await asyncio.to_thread(other.stop)

    await asyncio.to_thread(town.ticketera.start)
    await drain(customers[0], 12)

    assert (await outbox(customers[0]))["apartados"] == 1
    assert sorted(t["numero"] for t in await every_ticket(crew.admin)) == sorted(numeros)
    listed = await asyncio.to_thread(town.belgrano, "outbox", "list")
    assert numeros[0] in listed.stdout, listed.stdout + listed.stderr


async def test_a_key_that_ticketera_does_not_know_stops_the_queue_and_keeps_everything(
    town: Servers, crew: Crew, customers: list[Customer]
) -> None:
    await asyncio.to_thread(town.ahorro.stop)
    await asyncio.to_thread(lambda: town.ahorro.start(TICKETERA_API_KEY="otra-clave-que-nadie-conoce-000000000"))
    numeros = await buy(customers, 8)
    assert await until(lambda: "stopped" in town.ahorro.text()), "no alert in the log"
    await asyncio.sleep(1)

    now = await outbox(customers[0])
    assert (now["pendientes"], now["apartados"]) == (8, 0)

    await asyncio.to_thread(town.ahorro.stop)
    await asyncio.to_thread(town.ahorro.start)
    await drain(customers[0], 8)
    assert sorted(t["numero"] for t in await every_ticket(crew.admin)) == sorted(numeros)


async def test_the_shop_away_loses_no_report(town: Servers, crew: Crew, customers: list[Customer]) -> None:
    numeros = await buy(customers, 8)

    async def arrived() -> bool:
        return len(await every_ticket(crew.admin)) == 8

    assert await until(arrived)
    await asyncio.to_thread(town.ahorro.kill)
    for ticket in await every_ticket(crew.admin):
        holder = next(r for r in crew.repartidores if r.id == ticket["repartidor_id"])
        for accion in ("iniciar", "entregar"):
            await holder.ok("POST", f"/api/tickets/{ticket['id']}/acciones", {
                "accion": accion, "accion_id": f"{accion}-{ticket['id']}",
            })  # fmt: skip
    await asyncio.to_thread(town.ahorro.start)

    async def all_known() -> bool:
        known = []
        for n, numero in enumerate(numeros):
            pedido = await customers[n // 2].ok("GET", f"/api/pedidos/{numero}")
            known.append((pedido["entrega"] or {}).get("estado"))
        return known == ["entregado"] * 8

    assert await until(all_known, 60, 0.2)
