"""Deciding what happened in the street."""

import json
from typing import Any

import pytest

from belgrano.database.base import Base
from belgrano.database.work import Work
from belgrano.words.times import DIA
from tests.ticketera.cast import Cast
from ticketera.actions.acciones import actuar
from ticketera.actions.conflictos import resolver_conflicto
from ticketera.actions.fotos import guardar_foto
from ticketera.domain.acciones import Acto
from ticketera.domain.errors import CamposInvalidos, ConflictoResuelto, NoExiste, TicketCerrado
from ticketera.domain.ticket import Estado, Ticket
from ticketera.store.conflictos import select_conflictos


async def un_conflicto(cast: Cast, accion: str = "entregar", **more: object) -> tuple[Ticket, int]:
    """Rita did something to a ticket that is Raúl's by now."""
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.move(ticket, a=cast.raul)
    respuesta = await cast.act(cast.rita, ticket, accion, **more)
    return await cast.get_ticket(ticket.id), json.loads(respuesta.cuerpo)["conflicto_id"]


async def test_accepting_makes_it_what_happened(cast: Cast, base: Base) -> None:
    ticket, conflicto_id = await un_conflicto(cast, cobrado=5000, ocurrido_en=1)
    (conflicto,) = await base.read(select_conflictos)

    decidido, _ = await base.do(resolver_conflicto, cast.ana.quien, conflicto_id, "aceptar")

    after = await cast.get_ticket(ticket.id)
    assert (after.estado, after.repartidor_id, after.cobrado) == (Estado.ENTREGADO, cast.rita.id, 5000)
    assert after.cerrado_en == conflicto.ocurrido_en
    assert after.version == ticket.version + 1
    assert decidido.decision == "aceptar"
    assert cast.tipos(cast.raul, ticket.id) == ["ticket.asignado", "ticket.retirado"]
    assert cast.tipos(cast.rita, ticket.id)[-1] == "ticket.entregado"
    assert cast.tipos(0, ticket.id)[-1] == "ticket.entregado"
    assert [(await cast.persona(p)).tickets_abiertos for p in (cast.rita, cast.raul)] == [0, 0]
    assert await base.read(select_conflictos) == []


async def test_discarding_leaves_the_ticket_and_tells_the_board(cast: Cast, base: Base) -> None:
    ticket, conflicto_id = await un_conflicto(cast)

    await base.do(resolver_conflicto, cast.ana.quien, conflicto_id, "descartar")

    assert await cast.get_ticket(ticket.id) == ticket
    told = cast.novedades(0)[-1]
    assert (told["tipo"], told["conflicto"]["decision"]) == ("ticket.conflicto", "descartar")
    assert cast.tipos(cast.raul, ticket.id) == ["ticket.asignado"]


async def test_a_delivery_that_closed_it_leaves_only_discarding(cast: Cast, base: Base) -> None:
    ticket, conflicto_id = await un_conflicto(cast)
    await cast.acts(cast.raul, ticket, "entregar")

    with pytest.raises(TicketCerrado) as refused:
        await base.do(resolver_conflicto, cast.ana.quien, conflicto_id, "aceptar")
    await base.do(resolver_conflicto, cast.ana.quien, conflicto_id, "descartar")

    assert refused.value.acciones == ["descartar"]
    assert (await cast.get_ticket(ticket.id)).repartidor_id == cast.raul.id


async def test_a_cancelled_ticket_that_was_delivered_is_delivered(cast: Cast, base: Base) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.ana, ticket, "cancelar")
    respuesta = await cast.act(cast.rita, ticket, "fallar", motivo="sin_pago")

    await base.do(resolver_conflicto, cast.ana.quien, json.loads(respuesta.cuerpo)["conflicto_id"], "aceptar")

    after = await cast.get_ticket(ticket.id)
    assert (after.estado, after.motivo) == (Estado.FALLIDO, "sin_pago")
    assert cast.tipos(cast.rita)[-1] == "ticket.fallido"


async def test_the_same_decision_twice_is_one_and_another_is_refused(cast: Cast, base: Base) -> None:
    _, conflicto_id = await un_conflicto(cast)
    first = await base.do(resolver_conflicto, cast.ana.quien, conflicto_id, "descartar")

    assert await base.do(resolver_conflicto, cast.ana.quien, conflicto_id, "descartar") == first
    with pytest.raises(ConflictoResuelto):
        await base.do(resolver_conflicto, cast.ana.quien, conflicto_id, "aceptar")
    assert cast.tipos(0).count("ticket.conflicto") == 2


async def test_after_a_decision_there_may_be_another_conflicto(cast: Cast, base: Base) -> None:
    ticket, conflicto_id = await un_conflicto(cast)
    await base.do(resolver_conflicto, cast.ana.quien, conflicto_id, "descartar")

    again = json.loads((await cast.act(cast.rita, ticket, "entregar")).cuerpo)["conflicto_id"]

    assert again != conflicto_id


async def test_a_delivery_taken_back_is_in_its_authors_hands(cast: Cast, base: Base) -> None:
    ticket, conflicto_id = await un_conflicto(cast)
    await base.do(resolver_conflicto, cast.ana.quien, conflicto_id, "aceptar")

    after = await cast.acts(cast.ana, ticket, "corregir")

    assert (after.estado, after.repartidor_id) == (Estado.ASIGNADO, cast.rita.id)


async def test_unknown_ones_and_other_words_are_refused(cast: Cast, base: Base) -> None:
    with pytest.raises(NoExiste):
        await base.do(resolver_conflicto, cast.ana.quien, 10**9, "aceptar")
    with pytest.raises(CamposInvalidos):
        await base.do(resolver_conflicto, cast.ana.quien, 1, "olvidar")


async def test_a_cancelled_ticket_that_was_delivered_and_taken_back_is_to_be_delivered(cast: Cast, base: Base) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.ana, ticket, "cancelar")
    respuesta = await cast.act(cast.rita, ticket, "entregar")
    await base.do(resolver_conflicto, cast.ana.quien, json.loads(respuesta.cuerpo)["conflicto_id"], "aceptar")

    after = await cast.acts(cast.ana, ticket, "corregir")

    assert (after.estado, after.repartidor_id) == (Estado.ASIGNADO, cast.rita.id)


async def test_accepting_makes_room_for_what_waits(cast: Cast, base: Base) -> None:
    await cast.configura(max_tickets_por_repartidor=1)
    _, conflicto_id = await un_conflicto(cast)
    await cast.set_turno(cast.raul)
    waiting = await cast.pedido()
    assert waiting.repartidor_id is None

    await base.do(resolver_conflicto, cast.ana.quien, conflicto_id, "aceptar")

    assert await cast.columna(cast.raul) == [waiting.id]


async def test_what_another_one_did_at_the_door_is_not_what_the_author_did(cast: Cast, base: Base) -> None:
    ticket, conflicto_id = await un_conflicto(cast)
    for accion in ("iniciar", "llegar"):
        await cast.acts(cast.raul, ticket, accion)

    await base.do(resolver_conflicto, cast.ana.quien, conflicto_id, "aceptar")

    assert (await cast.get_ticket(ticket.id)).llego_en is None
    assert (await cast.acts(cast.ana, ticket, "corregir")).llego_en is None


@pytest.mark.parametrize("days", [8, 40, -40])
async def test_what_was_done_in_the_street_is_kept_whatever_the_clock_says(cast: Cast, base: Base, days: int) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.move(ticket, a=cast.raul)

    async def later(work: Work, act: Any, *args: Any) -> Any:
        work.ahora += days * DIA
        return await act(work, *args)

    acto = Acto(ticket.id, "entregar", "calle", cobrado=5000)
    told = await base.do(later, actuar, cast.rita.quien, acto)
    again = await base.do(actuar, cast.rita.quien, acto)
    foto, _ = await base.do(later, guardar_foto, cast.rita.id, ticket.id, "f1", "foto", b"...")

    assert told == again
    assert [c.id for c in await base.read(select_conflictos)] == [json.loads(told.cuerpo)["conflicto_id"]]
    assert foto["foto_id"] == "f1"


async def test_an_act_and_its_repeat_under_a_clock_that_jumped_are_one(cast: Cast, base: Base) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    acto = Acto(ticket.id, "iniciar", "uno")
    first = await base.do(actuar, cast.rita.quien, acto)

    async def in_forty_days(work: Work) -> Any:
        work.ahora += 40 * DIA
        return await actuar(work, cast.rita.quien, acto)

    assert await base.do(in_forty_days) == first
