"""The shop's later word: in order, once, in one commit, and never on a closed ticket."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest

from belgrano.database.work import Connection
from belgrano.words.times import iso
from tests.ticketera.cast import Cast, un_pedido
from ticketera.actions.intake import recibir_ticket
from ticketera.actions.revisiones import Revisado, aplicar_revision
from ticketera.domain.errors import NoExiste, NumeroEnConflicto, PedidoCerrado
from ticketera.domain.revision import Revision
from ticketera.domain.ticket import Ticket
from ticketera.store.cambios import select_historial
from ticketera.wire.ticket import historia_json

LECHE = {"nombre": "Leche entera 1 l", "cantidad": 1, "precio": 1250}
ARROZ = {"nombre": "Arroz 1kg", "cantidad": 2, "precio": 950}


async def dice(cast: Cast, ticket: Ticket, revision: int, **dicho: Any) -> Revisado:
    if "productos" in dicho:
        dicho["productos"] = json.dumps(dicho["productos"])
    return await cast.base.do(aplicar_revision, Revision(ticket.numero, revision, **dicho))


async def contado(cast: Cast, ticket: Ticket) -> Any:
    """What the history says of the newest change."""
    rows = await cast.base.read(select_historial, ticket.id)
    return json.loads(json.dumps(historia_json(rows[-1]), default=lambda raw: json.loads(str(bytes(raw), "utf-8"))))


async def test_a_newer_word_is_taken_at_once_and_both_hear_it_once(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id, productos=[LECHE, ARROZ], total=315000)

    hecho = await dice(cast, ticket, 4, productos=[ARROZ], total=190000, pagado=True, preparado=True)

    stored = await cast.get_ticket(ticket.id)
    assert hecho == Revisado(stored, repetido=False)
    assert (stored.version, stored.revision, stored.total, stored.pagado) == (2, 4, 190000, True)
    assert json.loads(stored.productos) == [ARROZ]
    assert stored.preparado_en is not None
    for listener in (0, cast.rita):
        assert cast.tipos(listener, ticket.id)[1:] == ["ticket.actualizado"]
        told = cast.novedades(listener)[-1]["ticket"]
        assert (told["revision"], told["pagado"], told["total"]) == (4, True, 1900)
        assert told["preparado_en"].endswith("Z")


async def test_before_any_word_nobody_said_anything(cast: Cast) -> None:
    ticket = await cast.pedido()

    assert (ticket.revision, ticket.pagado, ticket.preparado_en) == (0, None, None)
    assert await cast.get_ticket(ticket.id) == ticket


async def test_the_same_or_an_older_word_changes_nothing(cast: Cast) -> None:
    ticket = await cast.pedido()
    after = (await dice(cast, ticket, 5, total=100)).ticket

    for older in (5, 4, 1):
        assert await dice(cast, ticket, older, total=7, pagado=True) == Revisado(after, repetido=True)

    assert await cast.get_ticket(ticket.id) == after
    assert cast.tipos(0) == ["ticket.creado", "ticket.actualizado"]


async def test_what_a_word_does_not_speak_of_stays(cast: Cast) -> None:
    ticket = await cast.pedido(franja_desde=1_000, franja_hasta=2_000)
    words: list[dict[str, Any]] = [
        {"pagado": True}, {"pagado": False}, {"preparado": True}, {"indicaciones": " Portón verde "}, {"total": 0},
        {"franja_desde": 5_000, "franja_hasta": 6_000}, {"franja_hasta": 7_000}, {"preparado": False},
    ]  # fmt: skip
    told: list[dict[str, Any]] = [
        {"pagado": True}, {"pagado": False}, {}, {"indicaciones": "Portón verde"}, {"total": 0},
        {"franja_desde": 5_000, "franja_hasta": 6_000}, {"franja_hasta": 7_000}, {"preparado_en": None},
    ]  # fmt: skip
    for revision, (word, change) in enumerate(zip(words, told, strict=True), 1):
        before = await cast.get_ticket(ticket.id)
        after = (await dice(cast, ticket, revision, **word)).ticket
        if word == {"preparado": True}:
            assert after.preparado_en is not None
            change = {"preparado_en": after.preparado_en}
        expected = replace(before, revision=revision, version=before.version + 1, **change)
        assert await cast.get_ticket(ticket.id) == expected


async def test_the_history_says_instants_as_everything_else_does(cast: Cast) -> None:
    ticket = await cast.pedido()

    after = (await dice(cast, ticket, 1, preparado=True, franja_desde=5_000)).ticket

    assert (await contado(cast, ticket))["detalle"] == {
        "preparado_en": {"de": None, "a": iso(after.preparado_en or 0)},
        "franja_desde": {"de": None, "a": "1970-01-01T00:00:05.000Z"},
    }


async def test_packed_again_keeps_when_it_was_packed_first(cast: Cast) -> None:
    ticket = await cast.pedido()
    first = (await dice(cast, ticket, 1, preparado=True)).ticket
    await asyncio.sleep(0.01)

    again = (await dice(cast, ticket, 2, preparado=True, total=5)).ticket

    assert again.preparado_en == first.preparado_en


@pytest.mark.parametrize(
    "word", [{"franja_hasta": 900}, {"franja_desde": 2_000}, {"franja_desde": 9, "franja_hasta": 9}]
)
async def test_a_window_that_is_none_is_no_word_on_it(cast: Cast, word: dict[str, int]) -> None:
    ticket = await cast.pedido(franja_desde=1_000, franja_hasta=2_000)

    after = (await dice(cast, ticket, 1, **word)).ticket

    assert (after.franja_desde, after.franja_hasta, after.revision) == (1_000, 2_000, 1)


async def test_the_history_says_what_the_shop_changed_from_what_to_what(cast: Cast) -> None:
    pan = "Pan lactal"
    ticket = await cast.pedido(productos=[LECHE, ARROZ, ARROZ, pan], total=505000, indicaciones="")

    await dice(cast, ticket, 1, productos=[pan, ARROZ, {**ARROZ, "cantidad": 1}], total=380050, preparado=True)

    said = await contado(cast, ticket)
    assert (said["que"], said["quien"]["rol"]) == ("revisado", "tienda")
    assert said["detalle"]["productos"] == {
        "de": [{"nombre": "Leche entera 1 l", "cantidad": 1}, {"nombre": "Arroz 1kg", "cantidad": 2}],
        "a": [{"nombre": "Arroz 1kg", "cantidad": 1}],
    }
    assert said["detalle"]["total"] == {"de": 5050, "a": 3800.5}
    assert said["detalle"]["preparado_en"]["de"] is None
    assert "pagado" not in said["detalle"]


async def test_a_word_that_brings_nothing_new_is_remembered_and_says_nothing(cast: Cast) -> None:
    ticket = await cast.pedido(productos=[ARROZ], total=190000)

    after = (await dice(cast, ticket, 3, productos=[{**ARROZ, "precio": 1}], total=190000)).ticket

    assert (after.revision, after.version) == (3, 2)
    assert "detalle" not in await contado(cast, ticket)


async def test_a_numero_that_nobody_knows_has_no_later_word(cast: Cast) -> None:
    with pytest.raises(NoExiste):
        await cast.base.do(aplicar_revision, Revision("PED-DE-NADIE", 1, total=5))


@pytest.mark.parametrize(
    ("acts", "estado"),
    [
        ([("iniciar", {}), ("entregar", {})], "entregado"),
        ([("iniciar", {}), ("fallar", {"motivo": "no_contesta"})], "fallido"),
        ([("cancelar", {})], "cancelado"),
    ],
)
async def test_a_closed_ticket_takes_no_newer_word(
    cast: Cast, acts: list[tuple[str, dict[str, str]]], estado: str
) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await dice(cast, ticket, 2, total=500)
    for accion, more in acts:
        await cast.acts(cast.ana if accion == "cancelar" else cast.rita, ticket, accion, **more)
    closed = await cast.get_ticket(ticket.id)

    with pytest.raises(PedidoCerrado) as refused:
        await dice(cast, ticket, 3, total=1)

    assert refused.value.estado == estado
    assert await dice(cast, ticket, 2, total=1) == Revisado(closed, repetido=True)
    assert await cast.get_ticket(ticket.id) == closed


async def test_a_ticket_that_is_tried_again_takes_the_word_it_could_not_take(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.rita, ticket, "fallar", motivo="no_contesta")
    with pytest.raises(PedidoCerrado):
        await dice(cast, ticket, 1, total=500)
    await cast.acts(cast.ana, ticket, "reintentar")

    assert (await dice(cast, ticket, 1, total=500)).ticket.total == 500


async def test_a_later_word_changes_nothing_of_what_makes_a_repeated_order_the_same(cast: Cast) -> None:
    order = un_pedido()
    ticket = (await cast.base.do(recibir_ticket, order)).ticket
    await dice(cast, ticket, 1, total=100, productos=["Otra cosa"], indicaciones="Otra", pagado=True)

    again = await cast.base.do(recibir_ticket, un_pedido(numero=order.numero))

    assert again.repetido
    assert (again.ticket.total, again.ticket.revision, again.ticket.version) == (100, 1, 2)
    with pytest.raises(NumeroEnConflicto):
        await cast.base.do(recibir_ticket, un_pedido(numero=order.numero, total=100, indicaciones="Otra"))


async def test_twenty_words_at_once_in_any_order_end_at_the_newest(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    words = [7, 20, 3, 1, 19, 5, 11, 2, 13, 17, 4, 6, 18, 8, 9, 16, 10, 12, 15, 14, 20, 7]

    done = await asyncio.gather(*(dice(cast, ticket, each, total=each) for each in words))

    taken = sorted({each.ticket.revision for each in done if not each.repetido})
    stored = await cast.get_ticket(ticket.id)
    assert (stored.revision, stored.total, stored.version) == (20, 20, 1 + len(taken))
    for listener in (0, cast.rita):
        assert [n["ticket"]["revision"] for n in cast.novedades(listener)[1:]] == taken


async def test_a_word_and_the_delivery_at_once_are_one_after_the_other(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.rita, ticket, "iniciar")

    *words, delivered = await asyncio.gather(
        *(dice(cast, ticket, each, total=1000 + each) for each in range(1, 7)),
        cast.act(cast.rita, ticket, "entregar", cobrado=100, medio="efectivo"),
        return_exceptions=True,
    )

    assert not isinstance(delivered, BaseException)
    taken = [each.ticket.revision for each in words if isinstance(each, Revisado)]
    assert all(isinstance(each, Revisado | PedidoCerrado) for each in words)
    stored = await cast.get_ticket(ticket.id)
    assert (stored.estado, stored.cobrado) == ("entregado", 100)
    assert stored.revision == max(taken, default=0)


async def test_a_later_word_reports_nothing_back(cast: Cast) -> None:
    ticket = await cast.pedido()
    before = await cast.base.read(reports)

    await dice(cast, ticket, 1, total=5)

    assert await cast.base.read(reports) == before == 1


async def reports(con: Connection) -> Any:
    return await con.fetch_val("SELECT COUNT(*) FROM outgoing", {})
