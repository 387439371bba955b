"""Editing a ticket, finding it again, and what the shop is told."""

import asyncio
import json
from typing import Any

import pytest

from belgrano.database.base import Base
from belgrano.database.work import Connection
from tests.ticketera.cast import Cast
from ticketera.actions.tickets import editar_ticket
from ticketera.domain.encargo import Prioridad
from ticketera.domain.errors import CamposInvalidos, NoExiste, VersionVieja
from ticketera.domain.ticket import Estado, Ticket
from ticketera.store.busqueda import Busqueda, select_tickets


async def edita(cast: Cast, ticket: Ticket, version: int | None = None, **cambios: Any) -> Ticket:
    return await cast.base.do(editar_ticket, cast.ana.quien, ticket.id, version or ticket.version, cambios)


async def test_an_edit_changes_what_was_sent_and_tells_both(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)

    after = await edita(cast, ticket, cliente_direccion=" Perú 1 ", prioridad="urgente")

    assert await cast.get_ticket(ticket.id) == after
    assert (after.cliente_direccion, after.prioridad, after.version) == ("Perú 1", Prioridad.urgente, 2)
    assert after.cliente_nombre == ticket.cliente_nombre
    assert (cast.tipos(0)[-1], cast.tipos(cast.rita)[-1]) == ("ticket.actualizado", "ticket.actualizado")
    assert cast.novedades(cast.rita)[-1]["ticket"]["cliente_direccion"] == "Perú 1"


async def test_of_two_admins_one_wins_and_the_other_sees_the_ticket(cast: Cast) -> None:
    ticket = await cast.pedido()

    answers = await asyncio.gather(
        *(edita(cast, ticket, indicaciones=f"Timbre {n}") for n in range(5)), return_exceptions=True
    )

    won = [a for a in answers if isinstance(a, Ticket)]
    lost = [a for a in answers if isinstance(a, VersionVieja)]
    assert (len(won), len(lost)) == (1, 4)
    assert all(error.ticket == won[0] for error in lost)


async def test_an_edit_that_changes_nothing_is_no_change(cast: Cast) -> None:
    ticket = await cast.pedido(indicaciones="Timbre 2B")

    assert await edita(cast, ticket, indicaciones=" Timbre 2B ") == ticket
    assert cast.tipos(0) == ["ticket.creado"]


async def test_what_cannot_be_edited_is_named(cast: Cast) -> None:
    ticket = await cast.pedido()

    with pytest.raises(CamposInvalidos) as wrong:
        await edita(cast, ticket, total=5, estado="entregado")

    assert [campo for campo, _ in wrong.value.errores] == ["total", "estado"]
    with pytest.raises(NoExiste):
        await cast.base.do(editar_ticket, cast.ana.quien, 10**9, 1, {"indicaciones": "x"})


class TestFinding:
    """The list of an admin."""

    @pytest.mark.parametrize("q", ["nunez", "NÚÑEZ", "peru 1", "1155551234", "5555-12", "ped-x"])
    async def test_by_numero_name_address_and_phone_without_accents(self, cast: Cast, base: Base, q: str) -> None:
        found = await cast.pedido(numero="PED-X", cliente_nombre="José Núñez", cliente_direccion="Perú 1")
        await cast.pedido(cliente_telefono="4")

        assert [t.id for t in await base.read(select_tickets, Busqueda(q=q))] == [found.id]

    @pytest.mark.parametrize("q", ["%", "_", "\\", "'", "clara@example.com"])
    async def test_signs_stand_for_themselves(self, cast: Cast, base: Base, q: str) -> None:
        await cast.pedido()

        assert await base.read(select_tickets, Busqueda(q=q)) == []

    async def test_newest_first_a_page_at_a_time(self, cast: Cast, base: Base) -> None:
        ids = [(await cast.pedido(repartidor_id=cast.rita.id)).id for _ in range(5)]
        await cast.acts(cast.rita, ids[0], "entregar")

        page = await base.read(select_tickets, Busqueda(), limite=2)
        rest = await base.read(select_tickets, Busqueda(repartidor_id=cast.rita.id), limite=9, antes_de_id=page[-1].id)

        assert [t.id for t in (*page, *rest)] == ids[::-1]
        assert [t.id for t in await base.read(select_tickets, Busqueda(estado="entregado"))] == ids[:1]


async def reports(con: Connection) -> list[tuple[str, Any]]:
    rows = await con.fetch_all("SELECT lane, body FROM outgoing ORDER BY id", {})
    return [(r["lane"], json.loads(r["body"])) for r in rows]


async def test_the_shop_is_told_every_state_in_order(cast: Cast, base: Base) -> None:
    ticket = await cast.pedido(numero="A-1")
    await cast.move(ticket, a=cast.rita)
    await cast.move(await cast.get_ticket(ticket.id), a=cast.raul)
    await cast.acts(cast.raul, ticket, "llegar")
    after = await cast.acts(cast.raul, ticket, "fallar", motivo="no_contesta")

    told = await base.read(reports)

    assert [lane for lane, _ in told] == ["A-1"] * 3
    assert [body["type"] for _, body in told] == ["ticket.pendiente", "ticket.asignado", "ticket.fallido"]
    last = told[-1][1]["data"]
    assert set(last) == {"numero", "estado", "epoca", "version", "repartidor_nombre", "en", "motivo"}
    assert (last["estado"], last["version"], last["repartidor_nombre"]) == ("fallido", after.version, "Raúl")
    assert "motivo" not in told[0][1]["data"]
    assert after.estado is Estado.FALLIDO
