"""Turnos, signals and settings: who may be given a ticket, and what that gives out."""

from typing import Any

import pytest

from belgrano.database.base import Base
from tests.ticketera.cast import Cast, un_pedido
from ticketera.actions import turnos
from ticketera.actions.intake import recibir_ticket
from ticketera.domain.errors import CamposInvalidos, NoExiste
from ticketera.domain.events import Presencia
from ticketera.domain.usuario import Usuario

HOUR = 3_600_000


async def seen_ago(base: Base, who: Usuario, ms: int) -> None:
    """This phone was last seen some time ago."""

    async def earlier(work) -> None:  # type: ignore[no-untyped-def]
        await work.con.execute(
            "UPDATE usuarios SET senal_en = senal_en - :ms, senal_marcha = senal_marcha - :ms WHERE id = :id",
            {"id": who.id, "ms": ms},
        )

    await base.do(earlier)


async def waited(base: Base, ms: int) -> None:
    """What persons put aside was put there some time ago."""

    async def earlier(work) -> None:  # type: ignore[no-untyped-def]
        await work.con.execute("UPDATE tickets SET apartado_en = apartado_en - :ms", {"ms": ms})

    await base.do(earlier)


async def test_opening_gives_out_by_priority_then_age_up_to_the_cap(cast: Cast) -> None:
    await cast.configura(max_tickets_por_repartidor=4)
    old = await cast.pedido()
    low = await cast.pedido(prioridad="baja")
    new = await cast.pedido()
    urgent = await cast.pedido(prioridad="urgente")
    comerciante = await cast.pedido(tipo_cliente="comerciante")

    await cast.set_turno(cast.rita)

    assert await cast.columna(cast.rita) == [urgent.id, comerciante.id, old.id, new.id]
    assert await cast.columna(None) == [low.id]
    assert cast.tipos(0)[5:] == ["ticket.movido"] * 4


async def test_opening_twice_changes_nothing_and_closing_keeps_the_tickets(cast: Cast, base: Base) -> None:
    first = await base.do(turnos.abrir_turno, cast.rita.id)
    ticket = await cast.pedido()

    again = await base.do(turnos.abrir_turno, cast.rita.id)
    closed = await base.do(turnos.cerrar_turno, cast.rita.id)

    assert again.turno_desde == first.turno_desde
    assert (closed.en_turno, closed.turno_desde, closed.tickets_abiertos) == (False, None, 1)
    assert await cast.columna(cast.rita) == [ticket.id]


async def test_only_an_active_repartidor_has_a_turno(cast: Cast, base: Base) -> None:
    with pytest.raises(NoExiste):
        await base.do(turnos.abrir_turno, cast.ana.id)


async def test_a_phone_not_seen_is_passed_over_until_it_is_seen_again(cast: Cast, base: Base) -> None:
    await cast.set_turno(cast.rita)
    await seen_ago(base, cast.rita, 10 * 60_000)
    ticket = await cast.pedido()
    assert ticket.repartidor_id is None

    await base.do(turnos.registrar_senal, cast.rita.id)

    assert await cast.columna(cast.rita) == [ticket.id]


async def test_a_connected_phone_is_seen(cast: Cast, base: Base) -> None:
    await cast.set_turno(cast.rita)
    await seen_ago(base, cast.rita, HOUR)
    ticket = await cast.pedido()

    await base.do(turnos.conectar, "one", cast.rita.id)

    assert await cast.columna(cast.rita) == [ticket.id]
    assert (await cast.persona(cast.rita)).en_linea


def lines_told(base: Base) -> list[bool]:
    """What the board was told of lines since the last time."""
    told = [e.repartidor.en_linea for e in base.told if isinstance(e, Presencia)]  # type: ignore[attr-defined]
    base.told.clear()  # type: ignore[attr-defined]
    return told


async def test_a_phone_is_online_as_long_as_any_process_has_a_socket_of_it(cast: Cast, base: Base) -> None:
    lines_told(base)
    await base.do(turnos.conectar, "old", cast.rita.id)
    await base.do(turnos.conectar, "new", cast.rita.id)
    await base.do(turnos.desconectar, "old", cast.rita.id)
    await base.do(turnos.conectar, "old", cast.rita.id)
    await base.do(turnos.desconectar, "new", cast.rita.id)
    assert lines_told(base) == [True] * 5

    await base.do(turnos.desconectar, "old", cast.rita.id)

    assert lines_told(base) == [False]


async def test_the_lines_of_a_process_that_died_go_with_it_and_not_those_of_others(cast: Cast, base: Base) -> None:
    for proceso in ("dead", "alive"):
        assert not await base.do(turnos.latir, proceso)
    await base.do(turnos.conectar, "dead", cast.rita.id)
    await base.do(turnos.conectar, "dead", cast.raul.id)
    await base.do(turnos.conectar, "alive", cast.raul.id)
    assert await base.do(turnos.latir, "dead")
    lines_told(base)

    await base.do(turnos.enterrar, "dead", 0)  # it has beaten since
    assert lines_told(base) == []
    await base.do(turnos.enterrar, "dead", 1)
    await base.do(turnos.enterrar, "dead", 1)

    assert lines_told(base) == [False]
    assert [(await cast.persona(p)).en_linea for p in (cast.rita, cast.raul)] == [False, True]
    assert not await base.do(turnos.latir, "dead")  # it lives after all, and is to say who is there


async def test_a_beat_is_a_sign_of_life_of_who_is_connected_there(cast: Cast, base: Base) -> None:
    await cast.set_turno()
    await base.do(turnos.latir, "one")
    await base.do(turnos.conectar, "one", cast.rita.id)
    for who in (cast.rita, cast.raul):
        await seen_ago(base, who, 15 * HOUR)

    await base.do(turnos.latir, "one")
    await base.do(turnos.desconectar, "one", cast.rita.id)
    await base.do(turnos.barrer)

    assert [(await cast.persona(p)).en_turno for p in (cast.rita, cast.raul)] == [True, False]


async def test_a_connected_phone_is_never_tired_whatever_the_clock_says(cast: Cast, base: Base) -> None:
    await cast.set_turno(cast.rita)
    await base.do(turnos.conectar, "one", cast.rita.id)
    await seen_ago(base, cast.rita, 100 * HOUR)

    await base.do(turnos.barrer)

    assert (await cast.persona(cast.rita)).en_turno
    assert (await cast.pedido()).repartidor_id == cast.rita.id


@pytest.mark.parametrize("days", [1, -1, 400, -400])
async def test_a_clock_that_is_set_moves_timestamps_and_nothing_else(cast: Cast, base: Base, days: int) -> None:
    await cast.set_turno()
    await base.do(turnos.conectar, "one", cast.rita.id)

    async def then(work, act, *args) -> Any:  # type: ignore[no-untyped-def]
        work.ahora += days * 24 * HOUR
        return await act(work, *args)

    await base.do(then, turnos.barrer)
    assert [(await cast.persona(p)).en_turno for p in (cast.rita, cast.raul)] == [True, True]
    await base.do(then, turnos.registrar_senal, cast.raul.id)
    first = await base.do(then, recibir_ticket, un_pedido())
    await base.do(turnos.barrer)  # and put right again
    second = await base.do(recibir_ticket, un_pedido())

    assert {first.ticket.repartidor_id, second.ticket.repartidor_id} == {cast.rita.id, cast.raul.id}
    assert [(await cast.persona(p)).en_turno for p in (cast.rita, cast.raul)] == [True, True]


async def test_a_turno_unseen_for_fourteen_hours_closes_itself(cast: Cast, base: Base) -> None:
    await cast.set_turno()
    await seen_ago(base, cast.rita, 14 * HOUR + 1000)
    await seen_ago(base, cast.raul, 13 * HOUR)

    await base.do(turnos.barrer)

    assert [(await cast.persona(p)).en_turno for p in (cast.rita, cast.raul)] == [False, True]


async def test_what_a_person_set_aside_is_given_out_when_its_time_is_over(cast: Cast, base: Base) -> None:
    await cast.set_turno()
    ticket = await cast.pedido()
    await cast.move(ticket, a=None)
    await waited(base, 9 * 60_000)
    await base.do(turnos.barrer)
    assert await cast.columna(None) == [ticket.id]

    await waited(base, 61_000)
    await base.do(turnos.barrer)

    assert await cast.columna(None) == []


async def test_a_clock_set_back_keeps_nothing_waiting_for_a_day(cast: Cast, base: Base) -> None:
    await cast.set_turno()
    ticket = await cast.pedido()
    await cast.move(ticket, a=None)
    await waited(base, 11 * 60_000)
    await seen_ago(base, cast.rita, -24 * HOUR)

    await base.do(turnos.barrer)

    assert await cast.columna(cast.raul) == [ticket.id]


async def test_manual_leaves_all_to_people_and_automatic_again_gives_out(cast: Cast) -> None:
    await cast.configura(modo_asignacion="manual")
    await cast.set_turno()
    ticket = await cast.pedido()
    assert ticket.repartidor_id is None

    await cast.configura(modo_asignacion="automatico")

    assert (await cast.get_ticket(ticket.id)).repartidor_id is not None


async def test_a_higher_cap_gives_out_in_its_commit(cast: Cast) -> None:
    await cast.configura(max_tickets_por_repartidor=1)
    await cast.set_turno(cast.rita)
    await cast.pedido()
    waiting = await cast.pedido()
    assert waiting.repartidor_id is None

    await cast.configura(max_tickets_por_repartidor=2)

    assert (await cast.get_ticket(waiting.id)).repartidor_id == cast.rita.id


@pytest.mark.parametrize(
    "wrong",
    [
        {"modo_asignacion": "sorteo"},
        {"max_tickets_por_repartidor": "muchos"},
        {"max_tickets_por_repartidor": True},
        {"max_tickets_por_repartidor": 0},
        {"minutos_respeto": -1},
        {"minutos_sin_senal": 0},
        {"color": "verde"},
    ],
)
async def test_a_wrong_setting_is_named(cast: Cast, wrong: dict[str, object]) -> None:
    with pytest.raises(CamposInvalidos) as error:
        await cast.configura(**wrong)

    assert [campo for campo, _ in error.value.errores] == list(wrong)


async def test_a_place_is_kept_in_turno_only(cast: Cast, base: Base) -> None:
    assert not await base.do(turnos.registrar_ubicacion, cast.rita.id, -34.6, -58.4, 12.0)
    await cast.set_turno(cast.rita)

    assert await base.do(turnos.registrar_ubicacion, cast.rita.id, -34.6, -58.4, 12.0)

    rita = await cast.persona(cast.rita)
    assert (rita.lat, rita.lng, rita.precision_m) == (-34.6, -58.4, 12.0)


async def test_the_change_in_hand_is_said_when_the_turno_begins(cast: Cast, base: Base) -> None:
    opened = await base.do(turnos.abrir_turno, cast.rita.id, 500_000)
    again = await base.do(turnos.abrir_turno, cast.rita.id, 100)
    await base.do(turnos.cerrar_turno, cast.rita.id)
    unsaid = await base.do(turnos.abrir_turno, cast.rita.id)

    await base.do(turnos.cerrar_turno, cast.rita.id)
    less = await base.do(turnos.abrir_turno, cast.rita.id, 0)  # what was not handed in is still owed

    assert [each.fondo for each in (opened, again, unsaid, less)] == [500_000] * 4
