"""Hundreds of acts at random: what must hold whatever happens."""

import asyncio
import contextlib
import json
import os
import random
import time
from collections import Counter
from typing import Any

import pytest

from belgrano.contract import PAGOS
from belgrano.database.base import Base
from belgrano.database.work import Connection
from belgrano.words.times import MINUTO
from tests.conftest import MakeBase
from tests.ticketera.cast import Cast, dicha, un_pedido
from tests.ticketera.conftest import MIGRATIONS
from ticketera.actions import turnos
from ticketera.actions.caja import rendir
from ticketera.actions.conflictos import resolver_conflicto
from ticketera.actions.direcciones import anotar, ubicar
from ticketera.actions.intake import recibir_ticket
from ticketera.actions.mudanzas import deshacer
from ticketera.actions.ofertas import tomar
from ticketera.actions.tickets import editar_ticket
from ticketera.actions.usuarios import cambiar_repartidor
from ticketera.domain.acciones import ACCIONES
from ticketera.domain.errors import DomainError
from ticketera.domain.events import Novedad
from ticketera.domain.ticket import TIENDA
from ticketera.domain.usuario import Usuario
from ticketera.store import caja, conflictos
from ticketera.store.tablero import select_mis_tickets, select_tablero
from ticketera.wire.tablero import mis_tickets_json, tablero_json
from ticketera.wire.text import encode

STEPS = int(os.environ.get("WALK_STEPS", "400"))
FIRST_SEED = int(os.environ.get("WALK_SEED", "1"))


class Walk:
    """One random walk over everything that can change a ticket."""

    def __init__(self, cast: Cast, people: list[Usuario], seed: int) -> None:
        self.cast, self.base, self.people, self.rng = cast, cast.base, people, random.Random(seed)
        self.claves: list[str] = []
        self.ids: list[int] = []

    async def step(self) -> None:
        """One act of somebody; what is refused is part of life."""
        moves = [self.order] * 4 + [self.act] * 6 + [self.move] * 3
        moves += [self.undo, self.turno, self.person, self.edit, self.settings, self.decide, self.sweep]
        moves += [self.claim, self.claim, self.locate, self.hand_in]
        with contextlib.suppress(DomainError):
            await self.rng.choice(moves)()

    async def order(self) -> None:
        more: dict[str, Any] = {"prioridad": self.rng.choice(["baja", "normal", "alta", "urgente"])}
        if self.rng.random() < 0.2:
            more["repartidor_id"] = self.rng.choice(self.people).id
        if self.rng.random() < 0.5:
            more["cliente_barrio"] = self.rng.choice(["Núñez", "Palermo", "Boedo"])
        if self.rng.random() < 0.3:
            more["franja_desde"] = time.time_ns() // 1_000_000 + self.rng.randint(-60, 300) * MINUTO
        self.ids.append((await self.base.do(recibir_ticket, un_pedido(**more))).ticket.id)

    async def act(self) -> None:
        accion = self.rng.choice([*ACCIONES, "iniciar", "entregar", "entregar", "fallar"])
        who = self.rng.choice([self.cast.ana.quien, TIENDA, *(p.quien for p in self.people)])
        more: dict[str, Any] = {"motivo": "no_contesta"} if accion == "fallar" else {}
        if accion == "entregar" and self.rng.random() < 0.7:
            more |= {"cobrado": self.rng.randint(0, 9) * 100, "medio": self.rng.choice([None, *PAGOS])}
        if self.rng.random() < 0.5:
            more["prueba"] = {"fotos": ["f1"], "pin": "0000"}
        await self.cast.act(who, self.rng.choice(self.ids[-30:]), accion, **more)

    async def move(self) -> None:
        picked = self.rng.sample(self.ids[-30:], min(len(self.ids), self.rng.randint(1, 4)))
        moving = [await self.cast.get_ticket(i) for i in picked]
        anchor = await self.cast.get_ticket(self.rng.choice(self.ids[-30:])) if self.rng.random() < 0.6 else None
        answer = await self.cast.move(
            *moving,
            a=self.rng.choice([None, *self.people]),
            antes_de=anchor,
            forzar=self.rng.random() < 0.5,
        )
        self.claves.append(answer["clave"])

    async def undo(self) -> None:
        if self.claves:
            await self.base.do(deshacer, self.cast.ana.quien, self.rng.choice(self.claves[-5:]))

    async def turno(self) -> None:
        act = self.rng.choice([turnos.abrir_turno, turnos.abrir_turno, turnos.cerrar_turno])
        await self.base.do(act, self.rng.choice(self.people).id)

    async def person(self) -> None:
        who, heir = self.rng.sample(self.people, 2)
        if self.rng.random() < 0.3:
            cambios = {"activo": False}
            await self.base.do(
                cambiar_repartidor, self.cast.ana.quien, who.id, cambios, self.rng.choice([None, heir.id])
            )
        for each in self.people:
            if self.rng.random() < 0.5:
                await self.base.do(cambiar_repartidor, self.cast.ana.quien, each.id, {"activo": True})

    async def edit(self) -> None:
        ticket = await self.cast.get_ticket(self.rng.choice(self.ids))
        text = str(self.rng.random())
        await self.base.do(editar_ticket, self.cast.ana.quien, ticket.id, ticket.version, {"indicaciones": text})

    async def settings(self) -> None:
        await self.cast.configura(
            max_tickets_por_repartidor=self.rng.choice([1, 3, 10]),
            minutos_respeto=self.rng.choice([0, 10]),
            minutos_antes=self.rng.choice([0, 120, 240]),
            modo_asignacion=self.rng.choice(["automatico", "automatico", "manual", "oferta", "oferta", "fijo"]),
            prueba_foto=self.rng.choice(["no", "avisar", "obligatoria"]),
            geocodificador="http://nowhere.example/?q={q}",
        )
        zona = {"zona": self.rng.choice(["", "Nunez, Palermo", "boedo"])}
        await self.base.do(cambiar_repartidor, self.cast.ana.quien, self.rng.choice(self.people).id, zona)

    async def claim(self) -> None:
        who, ticket_id = self.rng.choice(self.people), self.rng.choice(self.ids[-30:])
        await self.base.do(tomar, who.id, ticket_id, f"t-{self.rng.random()}")

    async def locate(self) -> None:
        asked = await self.base.do(ubicar)
        if asked is not None:
            place = (self.rng.uniform(-34.7, -34.5), -58.4) if self.rng.random() < 0.7 else None
            await self.base.do(anotar, asked.texto, place)

    async def decide(self) -> None:
        for conflicto in (await self.base.read(conflictos.select_conflictos))[:1]:
            decision = self.rng.choice(["aceptar", "descartar"])
            await self.base.do(resolver_conflicto, self.cast.ana.quien, conflicto.id, decision)

    async def hand_in(self) -> None:
        who = await self.cast.persona(self.rng.choice(self.people))
        owed = who.por_rendir
        clave = f"c-{self.rng.random()}"
        await self.base.do(rendir, self.cast.ana.quien, clave=clave, repartidor_id=who.id, esperado=owed, contado=owed)
        await self.base.do(cambiar_repartidor, self.cast.ana.quien, who.id, {"fondo": self.rng.choice([0, 50_00])})

    async def sweep(self) -> None:
        await self.base.do(turnos.barrer)


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + 3))
async def test_whatever_happens_these_hold(cast: Cast, base: Base, seed: int) -> None:
    people = [cast.rita, cast.raul, await cast.otro("Eva"), await cast.otro("Iván")]
    walk = Walk(cast, people, seed)
    await walk.order()

    for n in range(STEPS):
        await walk.step()
        if n % 50 == 0:
            await base.read(check_tables, people)

    await base.read(check_tables, people)
    await check_streams(cast, people, base)


async def test_four_at_once_over_two_processes_leave_the_same_in_order(
    cast: Cast, base: Base, make_base: MakeBase
) -> None:
    other = await make_base(MIGRATIONS, app=cast.base.app)
    people = [cast.rita, cast.raul, await cast.otro("Eva"), await cast.otro("Iván")]
    there = Cast(other, cast.ana, cast.rita, cast.raul)
    walks = [Walk(each, people, FIRST_SEED + n) for n, each in enumerate([cast, there, cast, there])]
    for walk in walks:
        await walk.order()
        walk.ids = walks[0].ids

    async def stroll(walk: Walk) -> None:
        for _ in range(STEPS // 4):
            await walk.step()

    await asyncio.gather(*map(stroll, walks))

    await base.read(check_tables, people)
    await check_streams(cast, people, base, other)


async def check_tables(con: Connection, people: list[Usuario]) -> None:
    """Counters count, versions are the number of changes, places are unique, and reports say every state."""
    for person in people:
        row = await con.fetch_one(
            """
            SELECT u.tickets_abiertos, u.fondo + u.efectivo AS counted,
                   (SELECT COUNT(*) FROM tickets t WHERE t.repartidor_id = u.id AND t.cerrado_en IS NULL) AS held,
                   u.seq,
                   (SELECT COUNT(*) FROM novedades n WHERE n.oyente = u.id) AS told,
                   (SELECT MAX(n.seq) FROM novedades n WHERE n.oyente = u.id) AS last
              FROM usuarios u
             WHERE u.id = :id
            """,
            {"id": person.id},
        )
        assert row is not None
        assert row["tickets_abiertos"] == row["held"]
        assert row["counted"] == (await caja.select_caja(con, person.id, 0)).a_rendir
        assert row["seq"] == row["told"] == (row["last"] or 0)
    wrong = await con.fetch_all(
        """
        SELECT t.id, t.version, (SELECT COUNT(*) FROM cambios c
                                  WHERE c.ticket_id = t.id AND c.que NOT IN ('conflicto', 'conflicto_descartado')) AS n
          FROM tickets t
        """,
        {},
    )
    assert [r["id"] for r in wrong if r["version"] != r["n"]] == []
    states = await con.fetch_val("SELECT COUNT(*) FROM cambios WHERE de IS NULL OR de <> a", {})
    assert await con.fetch_val("SELECT COUNT(*) FROM outgoing", {}) == states
    board = await con.fetch_val("SELECT COUNT(*) FROM novedades WHERE oyente = 0", {})
    assert board == await con.fetch_val("SELECT COUNT(*) FROM cambios", {})


async def check_streams(cast: Cast, people: list[Usuario], *bases: Base) -> None:
    """Who follows the pushed stream by the contract's rule has exactly what a snapshot gives; nobody holds it twice."""
    told = [e for base in bases for e in base.told if isinstance(e, Novedad)]  # type: ignore[attr-defined]
    told.sort(key=lambda e: e.seq)
    holders: Counter[int] = Counter()
    for person in people:
        model: dict[int, Any] = {}
        stream = [dicha(e) for e in told if e.oyente == person.id]
        assert [n["seq"] for n in stream] == list(range(1, len(stream) + 1))
        for n in stream:
            ticket = n.get("ticket")
            keeps = ticket and ticket["estado"] in ("asignado", "en_camino") and ticket["repartidor_id"] == person.id
            if keeps:
                assert n["tipo"] == "ticket.asignado" or n["ticket_id"] in model
                model[n["ticket_id"]] = ticket
            else:
                model.pop(n["ticket_id"], None)
        mine = await cast.base.read(select_mis_tickets, person.id)
        expected = json.loads(encode(mis_tickets_json(mine)))["tickets"]
        assert [t for _, t in sorted(model.items())] == sorted(expected, key=lambda t: t["id"])
        assert sorted(model.values(), key=lambda t: t["lugar"].encode()) == expected
        holders.update(model.keys())
    assert set(holders.values()) <= {1}
    board: dict[int, Any] = {}
    for e in told:
        if e.oyente == 0:
            n = dicha(e)
            previous = board.get(n["ticket_id"])
            step = 0 if n["tipo"] == "ticket.conflicto" else 1
            assert n["ticket"]["version"] == (previous["version"] if previous else 0) + step
            board[n["ticket_id"]] = n["ticket"]
    tablero = await cast.base.read(select_tablero, 0)
    now = json.loads(encode(tablero_json(tablero)))["tickets"]
    assert [board[t["id"]] for t in now] == now
