"""Intake: one order, one ticket, given out by the rule."""

import asyncio
import json
from decimal import Decimal

import pytest

from belgrano.database.base import Base
from belgrano.database.work import Work
from tests.conftest import MakeBase
from tests.ticketera.cast import Cast, un_pedido
from tests.ticketera.conftest import MIGRATIONS
from ticketera.actions import intake
from ticketera.actions.tickets import editar_ticket
from ticketera.domain.encargo import Prioridad
from ticketera.domain.errors import CamposInvalidos, NumeroEnConflicto
from ticketera.domain.events import Novedad
from ticketera.domain.ticket import Estado
from ticketera.store.tablero import select_tablero
from ticketera.wire.text import encode
from ticketera.wire.ticket import ticket_json


async def test_an_order_with_nobody_in_turno_waits(cast: Cast) -> None:
    ticket = await cast.pedido()

    assert (ticket.estado, ticket.repartidor_id, ticket.version) == (Estado.PENDIENTE, None, 1)
    assert await cast.get_ticket(ticket.id) == ticket
    assert cast.tipos(0) == ["ticket.creado"]


async def test_an_order_goes_to_who_has_fewest_then_to_who_was_given_one_longest_ago(cast: Cast) -> None:
    await cast.set_turno()

    given = [(await cast.pedido()).repartidor_id for _ in range(6)]

    assert given == [cast.rita.id, cast.raul.id] * 3
    assert (await cast.persona(cast.rita)).tickets_abiertos == 3


async def test_among_equals_who_was_never_given_one_comes_first(cast: Cast) -> None:
    await cast.set_turno()
    first = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.rita, first, "entregar")

    assert [(await cast.pedido()).repartidor_id for _ in range(2)] == [cast.raul.id, cast.rita.id]


async def test_board_and_phone_hear_of_it_with_the_same_ticket(cast: Cast) -> None:
    await cast.set_turno(cast.rita)

    ticket = await cast.pedido()

    (board,), (phone,) = cast.novedades(0), cast.novedades(cast.rita)
    assert (board["tipo"], phone["tipo"]) == ("ticket.creado", "ticket.asignado")
    assert board["ticket"] == phone["ticket"]
    assert phone["ticket"]["repartidor_nombre"] == "Rita"
    assert "clara@example.com" not in json.dumps(phone)
    assert (phone["seq"], phone["ticket_id"]) == (1, ticket.id)


async def test_the_same_order_again_is_the_same_ticket(cast: Cast, base: Base) -> None:
    first = await cast.pedido(numero="A-1", productos=[{"nombre": "Arroz", "precio": Decimal("950.0")}])

    again = await base.do(
        intake.recibir_ticket, un_pedido(numero=" A-1 ", productos=[{"precio": 950, "nombre": "Arroz"}])
    )

    assert again.repetido
    assert again.ticket == first
    assert cast.tipos(0) == ["ticket.creado"]


@pytest.mark.parametrize(
    "cambio",
    [
        {"total": 190001},
        {"productos": [{"nombre": "Arroz 1kg", "cantidad": 3, "precio": 950}]},
        {"productos": [{"nombre": "Arroz 1kg", "cantidad": True, "precio": 950}]},
        {"prioridad": "alta"},
        {"tipo_cliente": "comerciante"},
        {"indicaciones": None},
        {"cliente_lat": -34.6},
    ],
)
async def test_the_same_numero_with_other_content_is_refused_and_changes_nothing(
    cast: Cast, base: Base, cambio: dict[str, object]
) -> None:
    first = await cast.pedido(numero="A-1")

    with pytest.raises(NumeroEnConflicto):
        await base.do(intake.recibir_ticket, un_pedido(numero="A-1", **cambio))

    assert await cast.get_ticket(first.id) == first


async def test_forty_equal_orders_at_once_make_one_ticket(cast: Cast, base: Base) -> None:
    await cast.set_turno()
    pedido = un_pedido()

    answers = await asyncio.gather(*(base.do(intake.recibir_ticket, pedido) for _ in range(40)))

    assert len({a.ticket.id for a in answers}) == 1
    assert sum(not a.repetido for a in answers) == 1
    assert cast.tipos(cast.rita) + cast.tipos(cast.raul) == ["ticket.asignado"]


async def test_two_processes_share_one_stream_without_gaps(cast: Cast, make_base: MakeBase) -> None:
    other = await make_base(MIGRATIONS, app=cast.base.app)
    await cast.set_turno()
    pedidos = [un_pedido() for _ in range(30)]

    answers = await asyncio.gather(
        *(base.do(intake.recibir_ticket, pedido) for pedido in pedidos for base in (cast.base, other))
    )

    assert len({a.ticket.id for a in answers}) == sum(not a.repetido for a in answers) == 30
    told = [e for base in (cast.base, other) for e in base.told if isinstance(e, Novedad)]  # type: ignore[attr-defined]
    for oyente in (0, cast.rita.id, cast.raul.id):
        seqs = sorted(e.seq for e in told if e.oyente == oyente)
        assert seqs == list(range(1, len(seqs) + 1))
    loads = [(await cast.persona(p)).tickets_abiertos for p in (cast.rita, cast.raul)]
    assert loads == [10, 10]


async def test_text_is_kept_composed_and_stripped(cast: Cast) -> None:
    ticket = await cast.pedido(cliente_nombre="  Jose\u0301 Nu\u0301n\u0303ez ")

    assert ticket.cliente_nombre == "José Núñez"


@pytest.mark.parametrize(("given", "kept"), [("baja", "alta"), ("normal", "alta"), ("urgente", "urgente")])
async def test_a_comerciante_is_at_least_alta(cast: Cast, given: str, kept: str) -> None:
    ticket = await cast.pedido(tipo_cliente="comerciante", prioridad=given)

    assert ticket.prioridad is Prioridad[kept]


async def test_an_order_may_name_its_repartidor_over_the_cap_and_off_duty(cast: Cast) -> None:
    given = [(await cast.pedido(repartidor_id=cast.rita.id)).repartidor_id for _ in range(12)]

    assert given == [cast.rita.id] * 12


@pytest.mark.parametrize("who", ["ana", "nobody"])
async def test_an_order_for_somebody_who_is_no_repartidor_names_the_field(cast: Cast, base: Base, who: str) -> None:
    repartidor_id = cast.ana.id if who == "ana" else 10**9

    with pytest.raises(CamposInvalidos) as wrong:
        await base.do(intake.recibir_ticket, un_pedido(repartidor_id=repartidor_id))

    assert [campo for campo, _ in wrong.value.errores] == ["repartidor_id"]


@pytest.mark.parametrize(
    "nothing", ["Sin indicaciones especiales", "SIN INDICACIONES ESPECIALES", " Sin indicaciones especiales. "]
)
async def test_a_sentence_that_says_nothing_is_shown_as_nothing_and_stays_the_same_order(
    cast: Cast, base: Base, nothing: str
) -> None:
    order = un_pedido(indicaciones=nothing)
    made = await base.do(intake.recibir_ticket, order)
    assert (made.ticket.indicaciones, (await cast.get_ticket(made.ticket.id)).indicaciones) == ("", "")
    assert (await base.do(intake.recibir_ticket, order)).repetido

    async def as_it_was_kept_before(work: Work) -> None:
        await work.con.execute("UPDATE tickets SET indicaciones = :i", {"i": nothing.strip()})

    await base.do(as_it_was_kept_before)
    assert (await cast.get_ticket(made.ticket.id)).indicaciones == ""
    assert (await base.do(intake.recibir_ticket, order)).repetido
    ticket = await cast.get_ticket(made.ticket.id)
    edited = await base.do(editar_ticket, cast.ana.quien, ticket.id, ticket.version, {"indicaciones": nothing})
    assert edited.version == ticket.version


async def test_checking_an_order_keeps_nothing(cast: Cast, base: Base) -> None:
    await base.read(intake.revisar_ticket, un_pedido())

    with pytest.raises(CamposInvalidos):
        await base.read(intake.revisar_ticket, un_pedido(repartidor_id=10**9))
    assert (await base.read(select_tablero, 10**13)).tickets == []


async def test_the_json_has_the_total_to_the_centavo_and_the_productos_as_given(cast: Cast) -> None:
    productos = ["Arroz x2", {"nombre": "Ñandú", "precio": Decimal("0.10"), "extra": [1, None, {"a": True}]}]
    ticket = await cast.pedido(total=99999999999, productos=productos)

    text = encode(ticket_json(ticket))

    parsed = json.loads(text, parse_float=Decimal)
    assert parsed["total"] == Decimal("999999999.99")
    assert parsed["productos"] == productos
