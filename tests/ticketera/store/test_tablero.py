"""The board's counts are exact at any volume, and what failed stays on it until somebody dealt with it."""

import json
from typing import Any

import pytest

from belgrano.database.base import Base
from belgrano.database.work import Connection, Work
from belgrano.words.times import DIA
from tests.ticketera.actions.test_dias import Reloj, a_las, reloj
from tests.ticketera.cast import Cast
from ticketera.actions.tickets import poner_resuelto
from ticketera.domain.errors import AccionNoPermitida, NoExiste, VersionVieja
from ticketera.domain.ticket import Ticket
from ticketera.store.cambios import select_historial
from ticketera.store.novedades import select_posicion
from ticketera.store.tablero import CERRADOS_POR_ESTADO, select_tablero
from ticketera.wire.tablero import tablero_json
from ticketera.wire.text import encode

__all__ = ["reloj"]
SEMANA = 7 * DIA


async def tablero(cast: Cast, ahora: int) -> dict[str, Any]:
    answer = tablero_json(await cast.base.read(select_tablero, ahora))
    return dict(json.loads(encode(answer)))


async def cierra(cast: Cast, accion: str, cuantos: int = 1) -> list[Ticket]:
    """So many tickets of Rita's are closed."""
    more = {"motivo": "no_contesta"} if accion == "fallar" else {}
    return [
        await cast.acts(cast.rita, await cast.pedido(repartidor_id=cast.rita.id), accion, **more)
        for _ in range(cuantos)
    ]


async def test_after_200_closed_ones_the_counts_are_exact_and_no_failed_one_is_forgotten(
    reloj: Reloj, cast: Cast
) -> None:
    fallidos = await cierra(cast, "fallar", 5)
    reloj.ahora += 1_000
    entregados = await cierra(cast, "entregar", 203)
    await cast.pedido()

    board = await tablero(cast, reloj.ahora)

    assert board["cuentas"] == {
        "pendiente": 1, "asignado": 0, "en_camino": 0, "entregado": 203, "fallido": 5, "cancelado": 0
    }  # fmt: skip
    assert (board["dia"], board["hechos"]) == ("2026-11-30", {str(cast.rita.id): 208})
    shown = [t["id"] for t in board["tickets"]]
    assert len(shown) == len(set(shown)) == 1 + 200 + 5
    assert {t.id for t in fallidos} < set(shown)
    assert len({t.id for t in entregados} & set(shown)) == 200


async def test_today_is_buenos_aires_day(reloj: Reloj, cast: Cast) -> None:
    reloj.ahora = a_las("23:59")
    await cierra(cast, "entregar", 2)
    await cierra(cast, "fallar")
    open_ = await cast.pedido(repartidor_id=cast.rita.id)
    assert (await tablero(cast, reloj.ahora))["cuentas"]["entregado"] == 2

    reloj.ahora = a_las("00:00", 1)
    board = await tablero(cast, reloj.ahora)
    assert (board["dia"], board["hechos"]) == ("2026-12-01", {})
    assert [board["cuentas"][e] for e in ("asignado", "entregado", "fallido")] == [1, 0, 0]
    assert [t["estado"] for t in board["tickets"]].count("entregado") == 2  # of the last 24 h, as ever

    # Done before midnight, heard of after: it is yesterday's.
    await cast.acts(cast.rita, open_, "entregar", ocurrido_en=a_las("23:59"))
    assert (await tablero(cast, reloj.ahora))["cuentas"]["entregado"] == 0


async def test_a_failed_one_is_shown_for_a_week_until_it_is_tried_again_or_put_away(
    reloj: Reloj, cast: Cast, base: Base
) -> None:
    waits, again, away = await cierra(cast, "fallar", 3)
    reloj.ahora += 3 * DIA
    await cast.acts(cast.ana, again, "reintentar")
    await base.do(poner_resuelto, cast.ana.quien, away.id, away.version, True)

    async def failed() -> list[int]:
        return [t["id"] for t in (await tablero(cast, reloj.ahora))["tickets"] if t["estado"] == "fallido"]

    assert await failed() == [waits.id]
    reloj.ahora = a_las("14:00") + SEMANA - 1
    assert await failed() == [waits.id]
    reloj.ahora += 2
    assert await failed() == []


async def test_putting_away_is_a_change_like_any_other_and_can_be_undone(cast: Cast, base: Base) -> None:
    (ticket,) = await cierra(cast, "fallar")

    put = await base.do(poner_resuelto, cast.ana.quien, ticket.id, ticket.version, True)
    again = await base.do(poner_resuelto, cast.ana.quien, ticket.id, ticket.version, True)

    assert (put.version, put.estado) == (ticket.version + 1, "fallido")
    assert put.resuelto_en is not None and again == await cast.get_ticket(ticket.id) and again.version == put.version
    told = cast.novedades(0, ticket.id)[-1]
    assert (told["tipo"], told["por"]["id"], told["ticket"]["resuelto_en"] is None) == (
        "ticket.actualizado", cast.ana.id, False
    )  # fmt: skip
    with pytest.raises(VersionVieja):
        await base.do(poner_resuelto, cast.ana.quien, ticket.id, ticket.version, False)

    back = await base.do(poner_resuelto, cast.ana.quien, ticket.id, put.version, False)
    assert back.resuelto_en is None
    historial = [h["que"] for h in await base.read(select_historial, ticket.id)]
    assert historial[-2:] == ["resuelto", "sin_resolver"]


async def test_only_what_failed_can_be_put_away(cast: Cast, base: Base) -> None:
    (done,) = await cierra(cast, "entregar")
    with pytest.raises(AccionNoPermitida):
        await base.do(poner_resuelto, cast.ana.quien, done.id, done.version, True)
    with pytest.raises(NoExiste):
        await base.do(poner_resuelto, cast.ana.quien, 999, 1, True)


@pytest.mark.parametrize("accion", ["reintentar", "corregir"])
async def test_what_is_opened_again_is_put_away_no_more(cast: Cast, base: Base, accion: str) -> None:
    (ticket,) = await cierra(cast, "fallar")
    await base.do(poner_resuelto, cast.ana.quien, ticket.id, ticket.version, True)

    opened = await cast.acts(cast.ana, ticket, accion)

    assert opened.resuelto_en is None
    (failed,) = [await cast.acts(cast.ana, opened, "corregir")] if not opened.abierto else [opened]
    assert failed.resuelto_en is None


async def test_a_change_of_a_closed_one_says_how_it_counted_before_and_to_the_tablero_only(cast: Cast) -> None:
    (ticket,) = await cierra(cast, "entregar")
    was = cast.novedades(0, ticket.id)[-1]["ticket"]
    assert "antes" not in cast.novedades(0, ticket.id)[-1]

    await cast.acts(cast.ana, ticket, "corregir")

    assert cast.novedades(0, ticket.id)[-1]["antes"] == {
        "estado": "entregado", "cerrado_en": was["cerrado_en"], "repartidor_id": cast.rita.id
    }  # fmt: skip
    assert "antes" not in cast.novedades(cast.rita, ticket.id)[-1]


async def test_whoever_counts_the_changes_has_what_a_new_board_is_given(cast: Cast, base: Base) -> None:
    """The board's rule (static/js/tablero/cuentas.js), over everything that can happen to a closed ticket."""
    await cast.set_turno()
    a, b, c = await cierra(cast, "fallar", 3)
    await cierra(cast, "entregar", 2)
    await cast.acts(cast.ana, a, "reintentar")
    await cast.acts(cast.ana, b, "corregir")
    await base.do(poner_resuelto, cast.ana.quien, c.id, c.version, True)
    await cast.acts(cast.ana, await cast.pedido(), "cancelar")

    counted = dict.fromkeys(("entregado", "fallido", "cancelado"), 0)
    for n in cast.novedades(0):
        for part, sign in ((n.get("antes"), -1), (n["ticket"], 1)):
            if part and part["estado"] in counted:
                counted[part["estado"]] += sign

    _, seq = await base.read(select_posicion, 0)
    board = await base.read(select_tablero, await _now(base))
    assert board.seq == seq == len(cast.novedades(0))
    assert {estado: board.cuentas.por_estado[estado] for estado in counted} == counted
    assert sum(board.cuentas.por_estado.values()) == 6


async def test_history_costs_the_counts_nothing(cast: Cast, base: Base) -> None:
    """They are read from the day's end of one index, which holds all they need."""
    if not base.alone:
        pytest.skip("the plan is asked of SQLite")

    async def plan(con: Connection) -> list[str]:
        return [row["detail"] for row in await con.fetch_all(f"EXPLAIN QUERY PLAN {CERRADOS_POR_ESTADO}", {"desde": 0})]

    assert (await base.read(plan))[0] == "SEARCH tickets USING COVERING INDEX tickets_cerrados (cerrado_en>?)"


async def _now(base: Base) -> int:
    async def ahora(work: Work) -> int:
        return work.ahora

    return await base.do(ahora)
