"""What the customer's page may say of a ticket, told by the clock and by whose it is. On both databases."""

import json
from dataclasses import fields, replace
from typing import Any

import pytest

from belgrano.database.base import Base
from belgrano.words.times import DIA, MINUTO
from tests.ticketera.cast import Cast
from ticketera.actions import turnos
from ticketera.domain.configuracion import Configuracion
from ticketera.domain.prueba import pin_de
from ticketera.domain.seguimiento import Posicion, Seguimiento, seguimiento, vencido
from ticketera.domain.ticket import Ticket
from ticketera.store.seguimiento import select_seguido

SECRETO = "whsec_c2VjcmV0bw=="


async def ve(cast: Cast, ticket: Ticket, ahora: int | None = None) -> Seguimiento:
    """What the customer sees of it, now or at an instant."""
    seguido = await cast.base.read(select_seguido, ticket.numero)
    assert seguido is not None
    cuando = seguido.ticket.creado_en if ahora is None else ahora
    return seguimiento(seguido.ticket, seguido.repartidor, seguido.antes, seguido.configuracion, SECRETO, cuando)


def way(s: Seguimiento) -> list[tuple[str, str]]:
    return [(paso.nombre, paso.como) for paso in s.pasos]


async def test_the_way_of_a_delivery_is_told_step_by_step(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    assert way(await ve(cast, ticket)) == [
        ("Recibido", "hecho"), ("Con repartidor", "ahora"), ("En camino", "falta"), ("Llegó", "falta"),
        ("Entregado", "falta"),
    ]  # fmt: skip

    await cast.acts(cast.rita, ticket, "iniciar")
    await cast.acts(cast.rita, ticket, "llegar")
    s = await ve(cast, ticket)
    assert s.llego and way(s)[3] == ("Llegó", "ahora")

    await cast.acts(cast.rita, ticket, "entregar")
    s = await ve(cast, ticket)
    assert way(s)[-1] == ("Entregado", "ahora") and all(paso.en for paso in s.pasos)


async def test_a_closed_one_tells_only_what_happened(cast: Cast) -> None:
    lost, failed = await cast.pedido(), await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.ana, lost, "cancelar")
    await cast.acts(cast.rita, failed, "fallar", motivo="cliente_ausente")

    assert way(await ve(cast, lost)) == [("Recibido", "hecho"), ("Cancelado", "ahora")]
    s = await ve(cast, failed)
    assert way(s)[-1] == ("No entregado", "ahora") and s.motivo == "cliente_ausente"


async def test_only_what_the_same_repartidor_brings_before_it_counts(cast: Cast) -> None:
    await cast.set_turno(cast.rita, cast.raul)
    first, second, mine, after = [await cast.pedido(repartidor_id=cast.rita.id) for _ in range(4)]
    await cast.pedido(repartidor_id=cast.raul.id)
    assert (await ve(cast, mine)).antes == 2 and (await ve(cast, first)).antes == 0

    await cast.acts(cast.rita, second, "entregar")
    assert (await ve(cast, mine)).antes == 1
    await cast.acts(cast.rita, after, "iniciar")  # whoever is on the way is served first
    assert (await ve(cast, mine)).antes == 2 and (await ve(cast, after)).antes == 0
    await cast.acts(cast.rita, mine, "iniciar")
    assert (await ve(cast, mine)).antes == 0 and (await ve(cast, after)).antes == 1

    await cast.acts(cast.rita, mine, "llegar")
    assert (await ve(cast, mine)).antes is None
    await cast.base.do(turnos.cerrar_turno, cast.rita.id)
    assert (await ve(cast, after)).antes is None, "nobody drives"


async def test_who_brings_it_is_named_while_it_is_theirs_and_by_first_name_only(cast: Cast) -> None:
    moto = await cast.otro("Martín Quiroga")
    ticket = await cast.pedido(repartidor_id=moto.id)
    assert (await ve(cast, ticket)).repartidor == "Martín"

    await cast.move(await cast.get_ticket(ticket.id), a=None)
    assert (await ve(cast, ticket)).repartidor is None
    await cast.move(await cast.get_ticket(ticket.id), a=moto)
    await cast.acts(moto, ticket, "entregar")
    assert (await ve(cast, ticket)).repartidor is None


async def test_the_position_is_shown_on_the_way_only_rounded_and_while_it_is_fresh(cast: Cast) -> None:
    await cast.set_turno(cast.rita)
    ticket = await cast.pedido(repartidor_id=cast.rita.id, cliente_lat=-34.5623, cliente_lng=-58.4567)
    ubicado = ticket.creado_en
    await cast.base.do(turnos.registrar_ubicacion, cast.rita.id, -34.5712345, -58.4567891, 8.0, ubicado)
    ubicado = (await cast.persona(cast.rita)).ubicado_en or 0
    assert (await ve(cast, ticket, ubicado)).posicion is None, "it has not left yet"

    await cast.acts(cast.rita, ticket, "iniciar")
    fresh = (await ve(cast, ticket, ubicado + 4 * MINUTO)).posicion
    assert fresh is not None and (fresh.lat, fresh.lng, fresh.minutos) == ("-34.5712", "-58.4568", 4)
    assert fresh.metros == 1000
    assert fresh.plano is not None and (fresh.plano.x, fresh.plano.y, fresh.plano.anillo) == (50, 94, 1000), "due south"
    assert (await ve(cast, ticket, ubicado + 5 * MINUTO)).posicion is None, "too old"
    assert (await ve(cast, ticket, ubicado - MINUTO)).posicion is None, "of a clock that was set back"

    await cast.acts(cast.rita, ticket, "entregar")
    assert (await ve(cast, ticket, ubicado + MINUTO)).posicion is None


@pytest.mark.parametrize(
    ("precision", "metros"), [(None, 1000), (8.0, 1000), (100.0, 1000), (300.0, 1000), (800.0, 1000)]
)
async def test_a_distance_is_no_finer_than_the_fix(cast: Cast, precision: float | None, metros: int) -> None:
    posicion = await seen(cast, (-34.5712, -58.4567), precision)

    assert posicion is not None and posicion.metros == metros


@pytest.mark.parametrize(("precision", "metros"), [(None, 100), (80.0, 100), (250.0, 500), (900.0, 1000)])
async def test_at_the_door_it_says_how_near_it_can_know(cast: Cast, precision: float | None, metros: int) -> None:
    posicion = await seen(cast, (-34.5624, -58.4567), precision)

    assert posicion is not None and posicion.metros == metros


@pytest.mark.parametrize(
    ("fix", "precision"),
    [
        ((-34.5624, -58.4567), 5000.0), ((-34.5624, -58.4567), 1500.0), ((-58.4567, -34.5624), 8.0),
        ((40.4, -3.7), 8.0), ((0.0, 0.0), 8.0),
    ],
)  # fmt: skip
async def test_a_fix_that_tells_nothing_is_not_told(cast: Cast, fix: tuple[float, float], precision: float) -> None:
    assert await seen(cast, fix, precision) is None


async def test_a_house_on_the_other_side_of_the_country_gives_no_distance(cast: Cast) -> None:
    posicion = await seen(cast, (-34.5624, -58.4567), 8.0, casa=(-54.8, -68.3))

    assert posicion is not None and (posicion.metros, posicion.plano) == (None, None)


async def seen(
    cast: Cast, fix: tuple[float, float], precision: float | None, casa: tuple[float, float] = (-34.5623, -58.4567)
) -> Posicion | None:
    """What the customer sees of a repartidor on the way whose phone says this."""
    await cast.set_turno(cast.rita)
    ticket = await cast.pedido(repartidor_id=cast.rita.id, cliente_lat=casa[0], cliente_lng=casa[1])
    await cast.acts(cast.rita, ticket, "iniciar")
    await cast.base.do(turnos.registrar_ubicacion, cast.rita.id, *fix, precision)
    return (await ve(cast, ticket, (await cast.persona(cast.rita)).ubicado_en)).posicion


async def test_the_pin_is_shown_while_it_is_open_and_where_it_is_asked_for(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    assert (await ve(cast, ticket)).pin is None

    await cast.configura(prueba_pin="opcional")
    assert (await ve(cast, ticket)).pin == pin_de(SECRETO, ticket.numero)

    await cast.acts(cast.rita, ticket, "entregar")
    assert (await ve(cast, ticket)).pin is None


@pytest.mark.parametrize(
    ("prueba", "shown"),
    [
        ({"receptor": "familiar", "receptor_nombre": "Marta Suárez"}, "Marta"),
        ({"receptor": "encargado", "receptor_nombre": None}, "encargado"),
        ({"receptor": None, "receptor_nombre": None}, None),
        (None, None),
    ],
)
async def test_who_received_it_is_named_by_one_word(cast: Cast, prueba: Any, shown: str | None) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    done = await cast.acts(cast.rita, ticket, "entregar")
    proved = replace(done, prueba=None if prueba is None else json.dumps(prueba))

    assert seguimiento(proved, None, 0, Configuracion(), SECRETO, proved.creado_en).receptor == shown


async def test_the_link_dies_seven_days_after_closing_and_lives_again_with_its_ticket(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    assert not vencido(ticket, ticket.creado_en + 400 * DIA), "open as long as it takes"

    done = await cast.acts(cast.rita, ticket, "fallar", motivo="no_contesta")
    assert done.cerrado_en is not None
    assert not vencido(done, done.cerrado_en + 7 * DIA)
    assert vencido(done, done.cerrado_en + 7 * DIA + 1)

    again = await cast.acts(cast.ana, ticket, "reintentar")
    assert not vencido(again, done.cerrado_en + 30 * DIA)


def test_the_page_is_given_nothing_that_it_may_not_say() -> None:
    known = {field.name for field in fields(Seguimiento)}

    assert not {name for name in known if name.startswith("cliente") or "telefono" in name or "email" in name}


async def test_whoever_came_back_from_the_door_is_not_there_any_more(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    for accion in ("iniciar", "llegar", "volver"):
        ticket = await cast.acts(cast.ana if accion == "volver" else cast.rita, ticket, accion)
    s = await ve(cast, ticket)
    assert (ticket.llego_en, s.llego, way(s)[1]) == (None, False, ("Con repartidor", "ahora"))

    ticket = await cast.acts(cast.rita, ticket, "iniciar")
    assert (ticket.llego_en, (await ve(cast, ticket)).llego) == (None, False)


async def test_whoever_sets_out_after_all_is_not_there_yet(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.rita, ticket, "llegar")
    assert (await cast.acts(cast.rita, ticket, "iniciar")).llego_en is None


async def test_at_the_door_nobody_is_so_many_metres_away(cast: Cast, base: Base) -> None:
    await cast.set_turno(cast.rita)
    ticket = await cast.pedido(repartidor_id=cast.rita.id, cliente_lat=-34.5624, cliente_lng=-58.4568)
    await cast.acts(cast.rita, ticket, "iniciar")
    await base.do(turnos.registrar_ubicacion, cast.rita.id, -34.5712, -58.4568, 10.0)
    ahora = ticket.creado_en + MINUTO
    assert (await ve(cast, ticket, ahora)).posicion is not None

    await cast.acts(cast.rita, ticket, "llegar")

    s = await ve(cast, ticket, ahora)
    assert (s.llego, s.posicion) == (True, None)


async def test_a_late_one_says_so_until_it_is_there(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id, franja_desde=10 * MINUTO, franja_hasta=70 * MINUTO)

    assert (await ve(cast, ticket, 70 * MINUTO)).demorado is False
    late = await ve(cast, ticket, 71 * MINUTO)
    assert (late.demorado, late.franja) == (True, (10 * MINUTO, 70 * MINUTO))
    await cast.acts(cast.rita, ticket, "iniciar")
    await cast.acts(cast.rita, ticket, "llegar")
    there = await ve(cast, ticket, 71 * MINUTO)
    assert (there.demorado, there.franja) == (False, None)
