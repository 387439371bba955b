"""Open offers: to whom they are made, and who has one when many want it."""

import asyncio
import contextlib
import json
from collections import Counter
from typing import Any

import pytest

from belgrano.database.base import Base
from tests.conftest import MakeBase
from tests.ticketera.actions.test_turnos import waited
from tests.ticketera.cast import Cast
from tests.ticketera.conftest import MIGRATIONS
from ticketera.actions import ofertas, turnos
from ticketera.actions.usuarios import cambiar_repartidor
from ticketera.domain.errors import ClaveConOtroContenido, NoExiste, TicketCerrado
from ticketera.domain.events import Ofertas
from ticketera.domain.ticket import Ticket
from ticketera.domain.usuario import Usuario
from ticketera.store.ofertas import select_ofertas
from ticketera.store.respuestas import Respuesta
from ticketera.wire.oferta import oferta_json


@pytest.fixture
async def abierto(cast: Cast) -> Cast:
    """The mode `oferta`, with Rita and Raúl in turno."""
    await cast.configura(modo_asignacion="oferta")
    await cast.set_turno()
    return cast


async def ofrecidos(cast: Cast, who: Usuario) -> list[int]:
    """The ids of what is offered to somebody at this moment."""

    async def ids(work: Any) -> list[int]:
        return [t.id for t in await select_ofertas(work.con, who.id, work.ahora)]

    return await cast.base.do(ids)


async def toma(base: Base, who: Usuario, ticket: Ticket | int, accion_id: str = "") -> Respuesta:
    ticket_id = ticket if isinstance(ticket, int) else ticket.id
    return await base.do(ofertas.tomar, who.id, ticket_id, accion_id or f"toma-{who.id}-{ticket_id}")


def avisados(base: Base) -> list[tuple[int, ...]]:
    return [e.repartidor_ids for e in base.told if isinstance(e, Ofertas)]  # type: ignore[attr-defined]


async def test_an_offer_goes_to_every_free_phone_and_to_nobody_by_itself(abierto: Cast) -> None:
    ticket = await abierto.pedido()

    assert ticket.repartidor_id is None
    assert await ofrecidos(abierto, abierto.rita) == await ofrecidos(abierto, abierto.raul) == [ticket.id]
    assert avisados(abierto.base)[-1] == (abierto.rita.id, abierto.raul.id)


@pytest.mark.parametrize("modo", ["automatico", "manual", "sugerido", "fijo"])
async def test_no_other_mode_offers_anything(cast: Cast, modo: str) -> None:
    ticket = await cast.pedido()
    await cast.configura(modo_asignacion=modo)
    await cast.base.do(turnos.abrir_turno, cast.rita.id)
    await cast.move(await cast.get_ticket(ticket.id), a=None)

    assert await ofrecidos(cast, cast.rita) == []
    assert avisados(cast.base) == []
    with pytest.raises(NoExiste):
        await toma(cast.base, cast.rita, ticket)


async def test_nothing_is_offered_off_duty_or_to_an_admin(abierto: Cast, base: Base) -> None:
    ticket = await abierto.pedido()
    await base.do(turnos.cerrar_turno, abierto.rita.id)

    for who in (abierto.rita, abierto.ana):
        assert await ofrecidos(abierto, who) == []
        with pytest.raises(NoExiste):
            await toma(base, who, ticket)


@pytest.mark.parametrize("whose", ["configured", "own"])
async def test_nothing_is_offered_at_the_cap_and_taking_says_so(abierto: Cast, base: Base, whose: str) -> None:
    if whose == "own":

        async def small(work: Any) -> None:
            await work.con.execute("UPDATE usuarios SET capacidad = 1 WHERE id = :id", {"id": abierto.rita.id})

        await base.do(small)
    else:
        await abierto.configura(max_tickets_por_repartidor=1)
    await abierto.pedido(repartidor_id=abierto.rita.id)
    ticket = await abierto.pedido()

    answer = await toma(base, abierto.rita, ticket)

    assert await ofrecidos(abierto, abierto.rita) == []
    assert avisados(base)[-1] == (abierto.raul.id,)
    assert answer.codigo == "sin_lugar"
    assert (await abierto.get_ticket(ticket.id)).repartidor_id is None


async def test_what_a_person_set_apart_is_offered_when_the_respect_ends(abierto: Cast, base: Base) -> None:
    ticket = await abierto.pedido(repartidor_id=abierto.rita.id)
    await abierto.move(ticket, a=None)
    assert await ofrecidos(abierto, abierto.raul) == []
    with pytest.raises(NoExiste):
        await toma(base, abierto.raul, ticket)

    await waited(base, 10 * 60_000 + 1_000)
    before = len(avisados(base))
    await base.do(turnos.barrer)

    assert await ofrecidos(abierto, abierto.raul) == [ticket.id]
    assert len(avisados(base)) == before + 1


async def test_taking_makes_it_an_ordinary_asignado_that_does_not_ring_again(abierto: Cast, base: Base) -> None:
    ticket = await abierto.pedido()

    answer = await toma(base, abierto.rita, ticket)

    taken = await abierto.get_ticket(ticket.id)
    assert (taken.estado, taken.repartidor_id, taken.version) == ("asignado", abierto.rita.id, ticket.version + 1)
    assert taken.visto_en == taken.asignado_en
    assert json.loads(answer.cuerpo)["id"] == ticket.id
    assert abierto.tipos(abierto.rita) == ["ticket.asignado"]
    assert abierto.tipos(0, ticket.id) == ["ticket.creado", "ticket.movido"]
    assert await ofrecidos(abierto, abierto.raul) == []
    assert len(avisados(base)) == 2  # the order, and its taking


async def test_the_loser_reads_a_first_name_and_the_same_tap_gets_the_same_answer(abierto: Cast, base: Base) -> None:
    ticket = await abierto.pedido()
    nadia = await abierto.otro("Nadia Beatriz Souza")
    await abierto.set_turno(nadia)
    first = await toma(base, nadia, ticket, "a1")

    lost = await toma(base, abierto.rita, ticket, "b1")
    again = await toma(base, nadia, ticket, "a1")
    await abierto.move(await abierto.get_ticket(ticket.id), a=None)
    lost_again = await toma(base, abierto.rita, ticket, "b1")

    assert (lost.codigo, json.loads(lost.cuerpo)) == ("ya_tomado", {"detalle": "Ya lo tomó Nadia"})
    assert again == first
    assert lost_again == lost
    with pytest.raises(ClaveConOtroContenido):
        await toma(base, nadia, ticket.id + 1, "a1")


async def test_what_was_never_taken_as_an_offer_does_not_exist_for_the_others(abierto: Cast, base: Base) -> None:
    given = await abierto.pedido(repartidor_id=abierto.raul.id)
    offered = await abierto.pedido()
    await abierto.move(offered, a=abierto.raul)

    for ticket in (given.id, offered.id, 10**9):
        with pytest.raises(NoExiste):
            await toma(base, abierto.rita, ticket)


async def test_an_offer_tells_where_and_how_much_but_not_whom(abierto: Cast) -> None:
    ticket = await abierto.pedido(cliente_lat=-34.6, cliente_lng=-58.4, cliente_barrio="Núñez")

    async def here(work: Any) -> Any:
        await turnos.registrar_ubicacion(work, abierto.rita.id, -34.6, -58.411, 10)
        return await ofertas.usuarios.select_repartidor(work.con, abierto.rita.id), work.ahora

    rita, ahora = await abierto.base.do(here)
    said = oferta_json(await abierto.get_ticket(ticket.id), rita, ahora)

    assert said["distancia_m"] == pytest.approx(1007, abs=3)
    assert (said["barrio"], said["bultos"]) == ("Núñez", 2)
    text = json.dumps(said, default=str)
    assert not any(secret in text for secret in ("Clara", "5555", "clara@", "Timbre"))


async def test_fifty_at_once_one_has_it_and_the_others_are_told_who(cast: Cast, make_base: MakeBase) -> None:
    other = await make_base(MIGRATIONS, app=cast.base.app)
    await cast.configura(modo_asignacion="oferta")
    people = [await cast.otro(f"Nadia{n}") for n in range(50)]
    await cast.set_turno(*people)
    ticket = await cast.pedido()

    answers = await asyncio.gather(
        *[toma(base, who, ticket) for who, base in zip(people, [cast.base, other] * 25, strict=True)]
    )

    (winner,) = [who for who, answer in zip(people, answers, strict=True) if answer.codigo is None]
    lost = Counter((a.codigo, json.loads(a.cuerpo).get("detalle")) for a in answers if a.codigo)
    assert lost == {("ya_tomado", f"Ya lo tomó {winner.nombre}"): 49}
    assert (await cast.get_ticket(ticket.id)).repartidor_id == winner.id
    assert sum([(await cast.persona(p)).tickets_abiertos for p in people]) == 1


@pytest.mark.parametrize("what", ["moved", "cancelled"])
async def test_a_claim_against_the_central_leaves_one_truth(abierto: Cast, base: Base, what: str) -> None:
    for n in range(10):
        ticket = await abierto.pedido()

        async def central(ticket: Ticket = ticket) -> Any:
            if what == "moved":
                return await abierto.move(ticket, a=abierto.raul)
            return await abierto.act(abierto.ana, ticket, "cancelar")

        both: list[Any] = [toma(base, abierto.rita, ticket), central()]
        claim, _ = (await asyncio.gather(*(both if n % 2 else both[::-1]), return_exceptions=True))[
            :: 1 if n % 2 else -1
        ]

        after = await abierto.get_ticket(ticket.id)
        won = isinstance(claim, Respuesta) and claim.codigo is None
        if what == "moved":
            assert after.repartidor_id == (abierto.rita.id if won else abierto.raul.id)
        else:  # cancelling needs no version: it ends so either way
            assert (after.estado, after.repartidor_id) == ("cancelado", abierto.rita.id if won else None)
        assert won or isinstance(claim, NoExiste)
        with contextlib.suppress(TicketCerrado):  # room for the next
            await abierto.act(abierto.ana, after, "cancelar")


async def test_with_room_for_one_two_offers_give_one(abierto: Cast, base: Base) -> None:
    await abierto.configura(max_tickets_por_repartidor=1)
    one, two = await abierto.pedido(), await abierto.pedido()

    answers = await asyncio.gather(toma(base, abierto.rita, one), toma(base, abierto.rita, two))

    assert sorted(str(a.codigo) for a in answers) == ["None", "sin_lugar"]
    assert (await abierto.persona(abierto.rita)).tickets_abiertos == 1


async def test_free_phones_hear_that_the_mode_ended_and_that_an_offer_was_withdrawn(abierto: Cast, base: Base) -> None:
    both = (abierto.rita.id, abierto.raul.id)
    ticket = await abierto.pedido()
    await abierto.move(ticket, a=None)  # set apart: withdrawn
    await abierto.configura(modo_asignacion="manual")

    assert avisados(base)[-3:] == [both, both, both]


async def test_a_phone_whose_cap_was_raised_or_whose_turno_ended_pulls(abierto: Cast, base: Base) -> None:
    for cambios in ({"capacidad": 5}, {"en_turno": False}):
        await base.do(cambiar_repartidor, abierto.ana.quien, abierto.rita.id, cambios)

        assert avisados(base)[-1] == (abierto.rita.id,)
