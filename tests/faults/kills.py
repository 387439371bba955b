"""Kill -9 under load: posters through the shop and the intake, phones and a board live, either app killed at random.

A run only writes down what happened: what each client was promised, and what each listener applied, in order. The
checks afterwards read that history against what both apps say once everything has settled.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import httpx

from tests.people import Crew, Customer, act, body, enter_customer, every_ticket, new_clave, ticket_data, until
from tests.phone import Board, Listener, Phone
from tests.servers import Servers

MISSING = object()


@dataclass
class Promises:
    """What the clients were told: acknowledged numeros with their totals, and the acts that were answered."""

    orders: dict[str, Decimal] = field(default_factory=dict)
    pedidos: dict[str, Customer] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    delivered: set[Any] = field(default_factory=set)
    repeats: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass
class Run:
    """One run: a town, its people, a seed, and what came of it."""

    town: Servers
    seed: int
    kills: int
    customers: int = 4
    shops: int = 4
    pause: float = 0.9
    patience: float = 240.0  # seconds for everything to settle after the last kill
    victims: tuple[str, ...] = ("ahorro", "ticketera")
    target: dict[str, str] = field(default_factory=dict)
    promises: Promises = field(default_factory=Promises)
    killed: Counter[str] = field(default_factory=Counter)
    pids: list[int] = field(default_factory=list)
    listeners: list[Listener] = field(default_factory=list)
    known: dict[str, Any] = field(default_factory=dict)  # what the shop said last of each pedido

    async def go(self) -> list[str]:
        """Everything, from the start of the apps to the list of what did not hold (empty: all held)."""
        self.random = random.Random(self.seed)
        town = self.town
        town.env["BELGRANO_LIMITS"] = "off"
        await asyncio.to_thread(town.catalogue)
        for n in range(self.customers):
            await asyncio.to_thread(town.create_user, "ahorro", "cliente", f"c{n}@belgrano.test", f"Cliente {n}")
        for app, target in self.target.items():
            town[app].target = target
        await asyncio.to_thread(town.start)
        self.crew = await Crew.gather(town, repartidores=2)
        await self.crew.admin.ok("PATCH", "/api/configuracion", {"max_tickets_por_repartidor": 100_000})
        self.customers_in = [
            await enter_customer(town.ahorro.url, f"c{n}@belgrano.test") for n in range(self.customers)
        ]
        phones = [Phone(r) for r in self.crew.repartidores]
        self.board = Board(self.crew.admin)
        self.listeners = [*phones, self.board]
        for listener in self.listeners:
            await listener.stay_connected()

        self.stop = asyncio.Event()
        tasks = [asyncio.create_task(self.buyer(c)) for c in self.customers_in]
        tasks += [asyncio.create_task(self.poster()) for _ in range(self.shops)]
        tasks += [asyncio.create_task(self.carrier(p)) for p in phones]
        began = time.monotonic()
        await self.killer()
        self.stop.set()
        await asyncio.gather(*tasks)
        self.seconds = time.monotonic() - began
        settled = time.monotonic()
        self.left = [body(await c.get("/health")).get("outbox") for c in self.customers_in[:1]]
        await until(self.settled, self.patience, 0.2)
        self.settle_seconds = time.monotonic() - settled
        faults = await self.check()
        for listener in self.listeners:
            await listener.end()
        await self.crew.close()
        for customer in self.customers_in:
            await customer.close()
        return faults

    # what happens during the run

    async def buyer(self, customer: Customer) -> None:
        """Orders, and the same order again until the shop says yes."""
        which = self.random.randrange(50)
        while not self.stop.is_set():
            clave = new_clave()
            if await self.insist(lambda w=which: self.fill(customer, w)) is None:  # type: ignore[misc]
                return
            answer = await self.insist(lambda c=clave: customer.order(c))  # type: ignore[misc]
            if answer is None:
                return
            if answer.status_code == 201:
                pedido = body(answer)
                self.promises.orders[pedido["numero"]] = Decimal(pedido["total"])
                self.promises.pedidos[pedido["numero"]] = customer
            which += 1
            await asyncio.sleep(self.random.uniform(0.1, 0.5))

    async def fill(self, customer: Customer, which: int) -> httpx.Response:
        """A cart with one line. PUT sets the quantity, so that a repeat changes nothing."""
        if not customer.products:
            customer.products = tuple(body(await customer.get("/api/productos", limite=50))["productos"])
        product = customer.products[which % len(customer.products)]["id"]
        return await customer.put(f"/api/carrito/items/{product}", {"cantidad": 1 + which % 3})

    async def poster(self) -> None:
        """Tickets with odd cents, each again until Ticketera says yes."""
        while not self.stop.is_set():
            centavos = self.random.randrange(1, 10_000_000)
            data = ticket_data(total=centavos / 100)
            self.promises.sent.add(data["numero"])
            if self.random.random() < 0.2:  # somebody who hangs up, and does not know what became of it
                with contextlib.suppress(TimeoutError, httpx.HTTPError):
                    async with asyncio.timeout(self.random.uniform(0.002, 0.03)):
                        await self.crew.shop.post("/api/tickets", data)
            answer = await self.insist(lambda d=data: self.crew.shop.post("/api/tickets", d))  # type: ignore[misc]
            if answer is None:
                return
            if answer.is_success:
                self.promises.orders[data["numero"]] = Decimal(centavos) / 100
            await asyncio.sleep(self.random.uniform(0.1, 0.5))

    async def carrier(self, phone: Listener) -> None:
        """Delivers what is on the phone, each act again until it is answered."""
        while not self.stop.is_set():
            await asyncio.sleep(0.1)
            waiting = [t for t in phone.open_tickets() if t["id"] not in self.promises.delivered]
            for ticket in waiting[:2]:
                key = new_clave()
                answer = await self.insist(
                    lambda t=ticket, k=key: act(phone.person, t["id"], "entregar", k)  # type: ignore[misc]
                )
                if answer is not None and answer.status_code == 200:
                    self.promises.delivered.add(ticket["id"])
                elif answer is not None:
                    self.promises.wrong.append(f"entregar {ticket['id']}: {answer.status_code} {answer.text[:150]}")

    async def insist(self, request: Any) -> httpx.Response | None:
        """The same request until it is answered with neither a broken line nor a 503; None after two minutes."""
        end = time.monotonic() + 120
        while time.monotonic() < end:
            with contextlib.suppress(httpx.HTTPError):
                answer: httpx.Response = await request()
                if answer.status_code < 500:
                    if not answer.is_success:
                        self.promises.wrong.append(f"{answer.request.url}: {answer.status_code} {answer.text[:150]}")
                    return answer
                if answer.status_code != 503:
                    self.promises.wrong.append(f"{answer.request.url}: {answer.status_code} {answer.text[:150]}")
            self.promises.repeats += 1
            await asyncio.sleep(0.05)
        self.promises.wrong.append("no answer in two minutes")
        return None

    async def killer(self) -> None:
        """Kill one of the apps at a random instant, start it again, and see that somebody new answers."""
        for _ in range(self.kills):
            await asyncio.sleep(self.random.uniform(0.02, self.pause))
            app = self.random.choice(self.victims)
            server = self.town[app]
            before = server.pid
            await asyncio.to_thread(server.kill)
            assert not server.answers(), "somebody else answers on its port"
            await asyncio.to_thread(server.start)
            after = server.pid
            assert after != before, "the killed process still answers"
            self.killed[app] += 1
            self.pids.append(after)

    # what must hold afterwards

    async def settled(self) -> bool:
        with contextlib.suppress(httpx.HTTPError):
            health = body(await self.customers_in[0].get("/health"))
            if health.get("outbox", {}).get("pendientes", 1):
                return False
            board = body(await self.crew.admin.get("/api/tablero"))
            if self.board.seq != board["seq"]:
                return False
            for listener in self.listeners:
                if body(await listener.person.get(listener.snapshot_path)).get("seq") != listener.seq:
                    return False
            return not await self.late_reports()
        return False

    async def late_reports(self) -> list[str]:
        """The pedidos of which the shop does not yet know what Ticketera knows."""
        states = {t["numero"]: t["estado"] for t in await every_ticket(self.crew.admin)}
        late = []
        for numero, customer in self.promises.pedidos.items():
            if self.known.get(numero) != states.get(numero, MISSING):
                answer = await customer.get(f"/api/pedidos/{numero}")
                self.known[numero] = (body(answer).get("entrega") or {}).get("estado")
            if self.known[numero] != states.get(numero, MISSING):
                late.append(f"{numero}: the shop says {self.known[numero]}, Ticketera {states.get(numero)}")
        return late

    async def check(self) -> list[str]:
        """Everything that does not hold, in sentences."""
        faults = list(self.promises.wrong[:5])
        tickets = await every_ticket(self.crew.admin)
        counts = Counter(t["numero"] for t in tickets)
        totals = {t["numero"]: Decimal(t["total"]) for t in tickets}
        orders = self.promises.orders
        faults += [f"{n} was acknowledged and is lost" for n in orders if n not in counts][:5]
        faults += [f"{n} became {k} tickets" for n, k in counts.items() if k > 1][:5]
        faults += [f"{n}: {o} ordered, {totals[n]} in the ticket" for n, o in orders.items() if totals.get(n, o) != o][
            :5
        ]
        faults += (await self.late_reports())[:5]
        states = {t["id"]: t["estado"] for t in tickets}
        undone = [i for i in self.promises.delivered if states.get(i) != "entregado"]
        faults += [f"ticket {i} was delivered, and is {states.get(i)}" for i in undone][:5]
        for listener in self.listeners:
            faults += await self.check_listener(listener, tickets)
        for app in ("ahorro", "ticketera"):
            faults += [
                f"{app} logged a traceback" for line in self.town[app].text().splitlines() if "Traceback" in line
            ][:1]
        return faults

    async def check_listener(self, listener: Listener, tickets: list[Any]) -> list[str]:
        name = "the board" if listener is self.board else f"phone {listener.person.id}"
        faults = [f"{name}: {fault}" for fault in listener.faults[:5]]
        seqs = [n["seq"] for n in listener.applied]
        if seqs != list(range(1, len(seqs) + 1)):
            faults.append(f"{name} applied {len(seqs)} novedades, not 1 to {seqs[-1:]} in order")
        if listener.snapshots != 1:
            faults.append(f"{name} needed {listener.snapshots} snapshots")
        answer = body(await listener.person.get(listener.snapshot_path))
        if answer["seq"] != listener.seq:
            faults.append(f"{name} is at {listener.seq}, the server at {answer['seq']}")
        first = "ticket.creado" if listener is self.board else "ticket.asignado"
        mine = [t for t in tickets if listener is self.board or t["repartidor_id"] == listener.person.id]
        told = Counter(n["ticket_id"] for n in listener.applied if n["tipo"] == first)
        faults += [f"{name} heard {told[t['id']]} times of ticket {t['id']}" for t in mine if told[t["id"]] != 1][:5]
        if listener is not self.board:
            truth = {t["id"]: t["version"] for t in answer["tickets"]}
            if {i: t["version"] for i, t in listener.tickets.items()} != truth:
                faults.append(f"{name} shows {sorted(listener.tickets)[:9]}, the server {sorted(truth)[:9]}")
        return faults

    def report(self) -> str:
        """One line of figures, for people and for trends."""
        return json.dumps({
            "seed": self.seed, "kills": dict(self.killed), "acknowledged": len(self.promises.orders),
            "through_the_shop": len(self.promises.pedidos), "delivered": len(self.promises.delivered),
            "repeats": self.promises.repeats, "novedades": [len(x.applied) for x in self.listeners],
            "pulls": [x.pulls for x in self.listeners], "new_pids": len(set(self.pids)),
            "seconds": round(self.seconds, 1), "settled_in": round(self.settle_seconds, 1), "left": self.left,
        })  # fmt: skip
