"""A model phone and a model board: what a listener must do to miss nothing and apply nothing twice.

Each keeps (epoca, seq, tickets), applies seq + 1, ignores what it has, lets what comes early wait a moment, pulls when
a hole stays, and pulls on every connect. `applied` is its whole life, in order, for a checker to read afterwards.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from typing import Any

import httpx

from tests.people import Json, Person, body, until
from tests.wire import Refused, Wire

OPEN = ("pendiente", "asignado", "en_camino")
TICKET_FIELDS = (
    "id", "numero", "estado", "prioridad", "tipo_cliente", "cliente_nombre", "cliente_direccion", "cliente_telefono",
    "productos", "total", "metodo_pago", "indicaciones", "repartidor_id", "repartidor_nombre", "lugar", "version",
    "intento", "creado_en", "asignado_en", "recibido_en", "visto_en", "en_camino_en", "cerrado_en", "motivo",
)  # fmt: skip


class Listener:
    """A phone or a board: holds a snapshot and keeps it true."""

    snapshot_path = ""

    def __init__(self, person: Person, *, url: str | None = None) -> None:
        self.person = person
        self.url = url or person.url
        self.epoca: str | None = None
        self.seq = 0
        self.tickets: dict[Any, Json] = {}
        self.applied: list[Json] = []
        self.faults: list[str] = []
        self.snapshots = 0
        self.pulls = 0
        self.wire: Wire | None = None
        self.random = random.Random(id(self))
        self._hole = asyncio.Event()
        self._pulling = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []

    # the life of a connection

    async def connect(self) -> Listener:
        """Socket first, then the pull, so that nothing falls between."""
        self.wire = await Wire(self.url, self.person.cookie, hook=self._hear).open()
        if not self._tasks:
            self._tasks.append(asyncio.create_task(self._fill_holes()))
        await self.pull()
        return self

    async def stay_connected(self) -> Listener:
        """Connect, and again after every loss, with a small jittered pause, until `end`."""
        await self.connect()
        self._tasks.append(asyncio.create_task(self._reconnect()))
        return self

    async def _reconnect(self) -> None:
        while True:
            if self.wire is not None:
                await self.wire.gone(3600)
            await asyncio.sleep(self.random.uniform(0.05, 0.3))
            with contextlib.suppress(Refused, httpx.HTTPError):
                await self.connect()

    async def go_dark(self) -> None:
        """The line is cut without a word, and nothing of the phone works until it connects again."""
        self._forget()
        if self.wire is not None:
            await self.wire.cut()

    async def end(self) -> None:
        self._forget()
        if self.wire is not None:
            await self.wire.close()

    def _forget(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._tasks.clear()
        self._hole.clear()

    # what it does with news

    def _hear(self, name: str, argument: Any) -> None:
        if name == "novedad":
            if not self.apply(argument):
                self._hole.set()
        elif name == "pulso" and (argument["epoca"], argument["seq"]) != (self.epoca, self.seq):
            self._hole.set()

    def apply(self, novedad: Json) -> bool:
        """True when it is applied or was known; False when something is missing in front of it."""
        if novedad["epoca"] != self.epoca or novedad["seq"] > self.seq + 1:
            return False
        if novedad["seq"] == self.seq + 1:
            self.seq += 1
            self.applied.append(novedad)
            self.change(novedad)
        return True

    def change(self, novedad: Json) -> None:
        raise NotImplementedError

    async def _fill_holes(self) -> None:
        while True:
            await self._hole.wait()
            await asyncio.sleep(0.03)  # what comes early may be followed by what was missing
            self._hole.clear()
            try:
                answered = await self.pull()
            except httpx.HTTPError:
                answered = False
            if not answered:  # the hole stays, as on a real phone: the next pulso may be half a minute away
                self._hole.set()
                await asyncio.sleep(0.3)

    async def pull(self) -> bool:
        """Everything after `seq`, or a snapshot at the first time and when the server says so; False when it cannot."""
        async with self._pulling:
            self.pulls += 1
            if self.epoca is None:
                answer = await self.person.get(self.snapshot_path)
                if answer.status_code == 200:
                    self.take_snapshot(body(answer))
                return answer.status_code < 500
            while True:
                answer = await self.person.get("/api/novedades", epoca=self.epoca, desde=self.seq)
                if answer.status_code != 200:
                    return answer.status_code < 500
                news = body(answer)
                if news.get("completo"):
                    self.take_snapshot(news)
                    return True
                for novedad in news["novedades"]:
                    if not self.apply(novedad):
                        self.faults.append(f"pulled {novedad['seq']} after {self.seq}")
                if self.seq >= news["seq"]:
                    return True

    def take_snapshot(self, answer: Json) -> None:
        self.epoca, self.seq = answer["epoca"], answer["seq"]
        self.tickets = {t["id"]: t for t in answer["tickets"]}
        self.snapshots += 1

    # what a test asks

    async def confirm(self) -> Any:
        """Tell the server that everything up to here is on this phone."""
        assert self.wire is not None
        return await self.wire.call("recibido", {"epoca": self.epoca, "seq": self.seq})

    async def knows(self, ticket_id: Any, limit: float = 30.0) -> Json | None:
        """The ticket, once it is here; None when it does not come in time."""
        await until(lambda: ticket_id in self.tickets, limit)
        return self.tickets.get(ticket_id)

    async def lost(self, ticket_id: Any, limit: float = 30.0) -> bool:
        return bool(await until(lambda: ticket_id not in self.tickets, limit))

    def story(self, ticket_id: Any) -> list[str]:
        """The tipos of what happened to one ticket, in order."""
        return [n["tipo"] for n in self.applied if n["ticket_id"] == ticket_id]

    def open_tickets(self) -> list[Json]:
        """The open ones in the order of `lugar`, compared byte by byte."""
        tickets = [t for t in self.tickets.values() if t["estado"] in OPEN]
        return sorted(tickets, key=lambda t: str(t["lugar"]).encode())


class Phone(Listener):
    """A repartidor's phone: their open tickets."""

    snapshot_path = "/api/mis-tickets"

    def change(self, novedad: Json) -> None:
        ticket = novedad.get("ticket")
        if ticket and ticket["estado"] in OPEN and ticket["repartidor_id"] == self.person.id:
            self.tickets[ticket["id"]] = ticket
        else:
            self.tickets.pop(novedad["ticket_id"], None)


class Board(Listener):
    """An admin's board: every ticket that it was told of."""

    snapshot_path = "/api/tablero"

    def change(self, novedad: Json) -> None:
        self.tickets[novedad["ticket_id"]] = novedad["ticket"]


def unlike_contract(novedad: Json) -> str:
    """What is wrong with a novedad's form; empty when nothing is."""
    missing = [k for k in ("epoca", "seq", "tipo", "en", "ticket_id") if k not in novedad]
    if missing:
        return f"lacks {missing}"
    tipo, ticket = novedad["tipo"], novedad.get("ticket")
    if tipo == "ticket.retirado":
        more = set(novedad) - {"epoca", "seq", "tipo", "en", "ticket_id", "clave", "por"}
        return f"ticket.retirado tells {sorted(more)}" if more else ""
    if not isinstance(ticket, dict):
        return f"{tipo} without its ticket"
    missing = [k for k in TICKET_FIELDS if k not in ticket]
    if missing:
        return f"{tipo}: the ticket lacks {missing}"
    if "cliente_email" in ticket:
        return f"{tipo} carries the customer's address"
    return "" if ticket["id"] == novedad["ticket_id"] else f"{tipo} with another ticket"
