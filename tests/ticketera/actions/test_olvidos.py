"""The shop forgets a customer: nothing in Ticketera says any more whose the order was; what happened stays."""

import asyncio
from typing import Any

import pytest

from belgrano.database.work import Connection
from tests.ticketera.cast import Cast, un_pedido
from ticketera.actions.conflictos import resolver_conflicto
from ticketera.actions.direcciones import anotar
from ticketera.actions.fotos import guardar_foto
from ticketera.actions.intake import recibir_ticket
from ticketera.actions.olvidos import pedir_olvido
from ticketera.actions.tickets import editar_ticket, poner_resuelto
from ticketera.domain.encargo import CAMPOS
from ticketera.domain.errors import FotoTarde, NumeroEnConflicto, TicketCerrado
from ticketera.domain.olvido import DE_LA_PERSONA
from ticketera.domain.ticket import Ticket
from ticketera.store.cambios import select_historial
from ticketera.store.fotos import select_fotos
from ticketera.store.novedades import select_novedades

KNOWN = ("Quintrel", "quintrel", "9876")
NOT_THE_CUSTOMERS = {
    "numero", "cliente_barrio", "negocio", "franja_desde", "franja_hasta", "productos", "total", "metodo_pago",
    "prioridad", "tipo_cliente", "repartidor_id",
}  # fmt: skip


async def de_quintrel(cast: Cast, **more: Any) -> Ticket:
    """An order whose customer stands in all that can be said of it."""
    return await cast.pedido(
        cliente_nombre="Ana Quintrel",
        cliente_direccion="Calle Quintrel 4321",
        cliente_piso="Quintrel B",
        cliente_barrio="Alberdi",
        cliente_telefono="11 9876-5432",
        cliente_email="quintrel@example.com",
        indicaciones="Timbre Quintrel",
        cliente_lat=-31.4,
        cliente_lng=-64.2,
        **{"repartidor_id": cast.rita.id, **more},
    )


async def written(cast: Cast) -> str:
    """Every row of every table."""
    tables = (
        "tickets", "cambios", "conflictos", "respuestas", "mudanzas", "fotos", "direcciones", "outgoing", "tenencias",
        "contraasientos", "rendiciones", "novedades",
    )  # fmt: skip

    async def read(con: Connection) -> str:
        return "\n".join([str(dict(row)) for t in tables for row in await con.fetch_all(f"SELECT * FROM {t}", {})])

    return await cast.base.read(read)


async def olvidar(cast: Cast, ticket: Ticket) -> bool:
    return await cast.base.do(pedir_olvido, ticket.numero)


async def test_of_a_closed_order_nothing_says_any_more_whose_it_was(cast: Cast) -> None:
    ticket = await de_quintrel(cast)
    await cast.base.do(anotar, "Calle Quintrel 4321, Alberdi", (-31.4, -64.2))
    stale = await cast.get_ticket(ticket.id)
    await cast.base.do(editar_ticket, cast.ana.quien, ticket.id, 1, {"cliente_nombre": "Anita Quintrel"})
    assert (await cast.move(stale, a=cast.raul))["resultados"][0]["codigo"] == "version_vieja"
    await cast.acts(cast.rita, ticket, "fallar", motivo="otro", nota="Quintrel no estaba")
    await cast.act(cast.rita, ticket, "entregar", nota="Sí estaba Quintrel", prueba={"receptor_nombre": "Sra Quintrel"})
    await cast.act(cast.rita, ticket, "entregar", nota="La de Quintrel")  # again, with an answer of its own
    await cast.base.do(guardar_foto, cast.rita.id, ticket.id, "f1", "firma", b"la firma")
    before = await cast.base.read(select_historial, ticket.id)
    assert "Quintrel" in await written(cast)

    assert await olvidar(cast, ticket)

    kept = await written(cast)
    assert [known for known in KNOWN if known in kept] == []
    assert await cast.base.read(select_fotos, ticket.id) == []
    gone = await cast.get_ticket(ticket.id)
    assert (gone.cliente_nombre, gone.cliente_barrio, gone.total) == ("Cuenta borrada", "Alberdi", ticket.total)
    after = await cast.base.read(select_historial, ticket.id)
    acts = [(row["que"], row["quien_nombre"], row["en"]) for row in before]
    assert [(row["que"], row["quien_nombre"], row["en"]) for row in after] == [
        *acts, ("olvidado", "Tienda", after[-1]["en"]),
    ]  # fmt: skip


async def test_who_pulls_what_they_missed_and_who_acts_again_get_nobody(cast: Cast) -> None:
    ticket = await de_quintrel(cast)
    first = await cast.act(cast.rita, ticket, "entregar", accion_id="e1", cobrado=190000)
    await olvidar(cast, ticket)

    again = await cast.act(cast.rita, ticket, "entregar", accion_id="e1", cobrado=190000)
    pulled = [await cast.base.read(select_novedades, oyente, 0, 99) for oyente in (0, cast.rita.id)]

    assert "Quintrel" in first.cuerpo and "Quintrel" not in again.cuerpo and '"estado":"entregado"' in again.cuerpo
    assert all(len(rows) == 3 for rows in pulled) and "Quintrel" not in str([[dict(r) for r in x] for x in pulled])
    for listener in (0, cast.rita):
        told = cast.novedades(listener, ticket.id)[-1]
        assert (told["tipo"], told["ticket"]["cliente_nombre"]) == ("ticket.actualizado", "Cuenta borrada")


async def test_an_open_order_keeps_its_customer_until_it_is_closed(cast: Cast) -> None:
    ticket = await de_quintrel(cast)

    assert not await olvidar(cast, ticket)
    assert (await cast.get_ticket(ticket.id)).cliente_direccion == "Calle Quintrel 4321"
    await cast.acts(cast.rita, ticket, "iniciar")
    assert not await olvidar(cast, ticket)
    answer = await cast.act(cast.rita, ticket, "entregar", nota="A Quintrel", accion_id="fin")

    again = await cast.act(cast.rita, ticket, "entregar", nota="A Quintrel", accion_id="fin")
    assert "Quintrel" not in answer.cuerpo + again.cuerpo
    assert [known for known in KNOWN if known in await written(cast)] == []


async def test_twice_at_once_later_and_of_nobodys_numero_is_once(cast: Cast) -> None:
    ticket = await de_quintrel(cast)
    await cast.acts(cast.rita, ticket, "entregar")

    both = await asyncio.gather(olvidar(cast, ticket), olvidar(cast, ticket))
    after = await cast.get_ticket(ticket.id)

    assert both == [True, True] and await olvidar(cast, ticket)
    assert await cast.base.do(pedir_olvido, "PED-DE-NADIE")
    assert (await cast.get_ticket(ticket.id)) == after and after.version == 3


async def test_what_is_forgotten_is_not_opened_again_nor_written_on(cast: Cast) -> None:
    ticket = await de_quintrel(cast)
    await cast.acts(cast.rita, ticket, "fallar", motivo="otro", nota="No estaba")
    await olvidar(cast, ticket)
    version = (await cast.get_ticket(ticket.id)).version

    for quien, accion in ((cast.ana, "reintentar"), (cast.ana, "corregir"), (cast.rita, "corregir")):
        with pytest.raises(TicketCerrado) as refused:
            await cast.act(quien, ticket, accion)
        assert refused.value.acciones == [] and "borró su cuenta" in str(refused.value.detalle)
    with pytest.raises(TicketCerrado):
        await cast.base.do(editar_ticket, cast.ana.quien, ticket.id, version, {"cliente_nombre": "Ana Quintrel"})
    with pytest.raises(FotoTarde):
        await cast.base.do(guardar_foto, cast.rita.id, ticket.id, "f2", "foto", b"tarde")
    with pytest.raises(NumeroEnConflicto):
        await cast.base.do(recibir_ticket, un_pedido(numero=ticket.numero, cliente_nombre="Ana Quintrel"))
    await cast.base.do(poner_resuelto, cast.ana.quien, ticket.id, version, True)  # that names nobody


async def test_what_a_phone_says_late_counts_and_brings_no_person_back(cast: Cast) -> None:
    ticket = await de_quintrel(cast)
    await cast.acts(cast.ana, ticket, "cancelar", motivo="Llamó Quintrel")
    await olvidar(cast, ticket)

    late = await cast.act(
        cast.rita, ticket, "entregar", motivo="Quintrel", nota="A Quintrel", prueba={"receptor_nombre": "Quintrel"}
    )
    said = await cast.act(cast.rita, ticket, "fallar", motivo="otro", nota="No estaba Quintrel")
    assert (late.codigo, said.codigo) == ("cerrado", "cerrado")
    conflicto_id = int(late.cuerpo.partition('"conflicto_id":')[2].partition(",")[0])
    _, accepted = await cast.base.do(resolver_conflicto, cast.ana.quien, conflicto_id, "aceptar")

    assert accepted.estado == "entregado"
    assert [known for known in KNOWN if known in await written(cast)] == []


async def test_other_orders_keep_their_customers(cast: Cast) -> None:
    ticket, other = await de_quintrel(cast), await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.rita, ticket, "entregar")
    closed = await cast.acts(cast.rita, other, "entregar", nota="A Clara")

    await olvidar(cast, ticket)

    assert await cast.get_ticket(other.id) == closed
    assert "A Clara" in str((await cast.base.read(select_historial, other.id))[-1]["detalle"])


def test_every_field_of_an_order_is_the_customers_or_is_not() -> None:
    assert CAMPOS.keys() == (DE_LA_PERSONA.keys() & CAMPOS.keys()) | NOT_THE_CUSTOMERS
