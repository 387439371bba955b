"""Several orders in one commit, what a search finds of them, and what their history can undo."""

import json
from typing import Any

from belgrano.database.base import Base
from tests.ticketera.cast import Cast, un_pedido
from ticketera.actions.intake import Recibido, recibir_lote
from ticketera.actions.mudanzas import deshacer
from ticketera.domain.errors import CamposInvalidos, NumeroEnConflicto
from ticketera.store.busqueda import Busqueda, count_tickets, select_negocios, select_tickets
from ticketera.store.cambios import select_historial
from ticketera.wire.text import encode
from ticketera.wire.ticket import historia_json


async def historial(base: Base, ticket_id: int) -> list[dict[str, Any]]:
    return list(json.loads(encode([historia_json(row) for row in await base.read(select_historial, ticket_id)])))


async def test_one_refused_order_holds_up_no_other_and_leaves_nothing(cast: Cast, base: Base) -> None:
    await cast.pedido(numero="A-2")
    lote = [
        un_pedido(numero="A-1"), un_pedido(numero="A-2", total=1), un_pedido(numero="A-3", repartidor_id=999),
        un_pedido(numero="A-1"), un_pedido(numero="A-4"),
    ]  # fmt: skip

    hechos = await base.do(recibir_lote, lote, cast.ana.quien)

    assert [each.repetido for each in hechos if isinstance(each, Recibido)] == [False, True, False]
    assert [type(hechos[n]) for n in (1, 2)] == [NumeroEnConflicto, CamposInvalidos]
    found = await base.read(select_tickets, Busqueda())
    assert [t.numero for t in found] == ["A-4", "A-1", "A-2"]
    assert (await historial(base, found[0].id))[0]["quien"]["nombre"] == cast.ana.nombre


async def test_a_search_by_negocio_and_time_goes_page_by_page_in_both_directions(cast: Cast, base: Base) -> None:
    tickets = [await cast.pedido(negocio="Kiosco") for _ in range(5)]
    await cast.pedido(negocio="Otro")
    await cast.pedido()
    ids = [t.id for t in tickets][::-1]
    kiosco = Busqueda(negocio="Kiosco", desde=tickets[0].creado_en, hasta=tickets[-1].creado_en + 1)

    assert [t.id for t in await base.read(select_tickets, kiosco, limite=2)] == ids[:2]
    assert [t.id for t in await base.read(select_tickets, kiosco, limite=2, antes_de_id=ids[1])] == ids[2:4]
    assert [t.id for t in await base.read(select_tickets, kiosco, limite=2, despues_de_id=ids[3])] == ids[1:3]
    assert await base.read(count_tickets, kiosco, 100) == 5
    assert await base.read(count_tickets, kiosco, 3) == 3
    assert await base.read(count_tickets, Busqueda(negocio="Kiosco", hasta=tickets[0].creado_en), 100) == 0
    assert await base.read(select_negocios) == ["Kiosco", "Otro"]


async def test_a_history_says_what_its_mudanza_would_put_back_until_it_did(cast: Cast, base: Base) -> None:
    one, other = await cast.pedido(), await cast.pedido()
    await cast.move(one, other, a=cast.rita)

    (moved,) = [each for each in await historial(base, one.id) if each["que"] == "movido"]
    assert moved["mudados"] == 2
    await base.do(deshacer, cast.ana.quien, moved["clave"])

    told = await historial(base, one.id)
    assert [each["que"] for each in told] == ["creado", "movido", "deshecho"]
    assert not [each for each in told if "mudados" in each]


async def test_the_history_tells_whom_the_rule_chose_from_whom_the_order_named(cast: Cast, base: Base) -> None:
    await cast.configura(modo_asignacion="automatico")
    await cast.set_turno(cast.rita)

    chosen, named = await cast.pedido(), await cast.pedido(repartidor_id=cast.raul.id)

    assert chosen.repartidor_id == cast.rita.id
    assert (await historial(base, chosen.id))[0]["detalle"] == {"regla": "automatico"}
    assert "detalle" not in (await historial(base, named.id))[0]
