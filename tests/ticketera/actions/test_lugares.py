"""What is no place is kept as none, by whatever way it comes, and a repeat is still a repeat."""

import importlib.util
from decimal import Decimal
from typing import Any

import pytest

from belgrano.database.work import Work
from tests.ticketera.cast import Cast, un_pedido
from tests.ticketera.conftest import MIGRATIONS
from ticketera.actions import intake, turnos
from ticketera.actions.tickets import editar_ticket
from ticketera.domain.direccion import lugar_de
from ticketera.domain.lugar import punto, que_tiene
from ticketera.store.direcciones import select_por_ubicar

HERE = (-34.6, -58.38)
NOWHERE: tuple[dict[str, Any], ...] = (
    {"cliente_lat": 0.0, "cliente_lng": 0.0}, {"cliente_lat": -0.0, "cliente_lng": 0.0},
    {"cliente_lat": -34.6}, {"cliente_lng": -58.38}, {"cliente_lat": -34.6, "cliente_lng": None},
)  # fmt: skip


@pytest.mark.parametrize("degrees", NOWHERE)
async def test_what_is_no_place_is_kept_as_none_and_is_looked_for(cast: Cast, degrees: dict[str, Any]) -> None:
    nuevo = un_pedido(**degrees)

    made = await cast.base.do(intake.recibir_ticket, nuevo)

    ticket = await cast.get_ticket(made.ticket.id)
    assert (ticket.cliente_lat, ticket.cliente_lng) == (None, None)
    waiting = await cast.base.read(select_por_ubicar, 0, 50)
    assert ticket.id in [each.ticket_id for each in waiting]
    again = await cast.base.do(intake.recibir_ticket, nuevo)
    assert (again.repetido, again.ticket.id) == (True, ticket.id)


async def test_an_edit_leaves_no_half_of_a_place(cast: Cast) -> None:
    ticket = await cast.pedido(cliente_lat=HERE[0], cliente_lng=HERE[1])
    quien = cast.ana.quien

    for cambios, place in (
        ({"cliente_lat": -34.7}, (-34.7, HERE[1])), ({"cliente_lng": None}, (None, None)),
        ({"cliente_lat": -34.7}, (None, None)), ({"cliente_lat": 0.0, "cliente_lng": 0.0}, (None, None)),
        ({"cliente_lat": HERE[0], "cliente_lng": HERE[1]}, HERE), ({"cliente_lat": 0, "cliente_lng": 0}, (None, None)),
    ):  # fmt: skip
        ticket = await cast.base.do(editar_ticket, quien, ticket.id, ticket.version, cambios)
        assert (ticket.cliente_lat, ticket.cliente_lng) == place


async def test_a_fix_that_is_no_place_says_only_that_the_phone_is_there(cast: Cast) -> None:
    await cast.set_turno(cast.rita)
    await cast.base.do(turnos.registrar_ubicacion, cast.rita.id, *HERE, 8.0)

    assert await cast.base.do(turnos.registrar_ubicacion, cast.rita.id, 0.0, 0.0, 8.0)

    rita = await cast.persona(cast.rita)
    assert (rita.lat, rita.lng) == HERE


def test_a_geocoder_that_answers_0_0_knows_no_place() -> None:
    assert lugar_de([{"lat": "0", "lon": "0.0"}]) is None
    assert lugar_de([{"lat": "-34.6", "lon": "-58.38"}]) == HERE


def test_what_makes_a_place_doubtful() -> None:
    around = [(-34.6 - n / 100, -58.4) for n in range(5)]

    assert punto(Decimal("0"), Decimal("0.0")) is None  # type: ignore[arg-type]
    assert que_tiene(HERE, around) is None
    assert "cambiadas" in str(que_tiene((HERE[1], HERE[0]), around))
    assert "fuera de la Argentina" in str(que_tiene((40.4, -3.7)))
    assert "km de los demás" in str(que_tiene((-54.8, -68.3), around))
    assert que_tiene((-54.8, -68.3)) is None  # nobody else says where we are
    for city in ((-24.79, -65.41), (-27.37, -55.9), (-34.92, -57.95), (-32.89, -68.84), (-51.62, -69.22)):
        assert que_tiene(city) is None


async def test_what_was_kept_as_a_place_and_is_none_is_forgotten(cast: Cast) -> None:
    file = next((MIGRATIONS / "versions").glob("*_sin_lugar.py"))
    spec = importlib.util.spec_from_file_location("sin_lugar", file)
    assert spec and spec.loader
    migration = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(migration)
    kept = [(0.0, 0.0), (-34.6, None), (None, -58.38), HERE, (None, None)]
    made = [await cast.pedido() for _ in kept]

    async def before_and_after(work: Work) -> None:
        for ticket, (lat, lng) in zip(made, kept, strict=True):
            await work.con.execute(
                "UPDATE tickets SET cliente_lat = :lat, cliente_lng = :lng WHERE id = :id",
                {"lat": lat, "lng": lng, "id": ticket.id},
            )
        for statement in migration.NO_PLACE:
            await work.con.execute(statement)

    await cast.base.do(before_and_after)

    now = [await cast.get_ticket(each.id) for each in made]
    assert [(each.cliente_lat, each.cliente_lng) for each in now] == [(None, None)] * 3 + [HERE, (None, None)]
