"""What a listener missed: the pushed objects again, or the whole when that is too much, too old, or of another life."""

import json
import time
from typing import Any

import pytest

from belgrano.database.base import Base
from tests.ticketera.cast import Cast
from ticketera.actions.limpieza import nueva_epoca, podar
from ticketera.actions.novedades import registrar_recibido, registrar_visto
from ticketera.actions.tickets import editar_ticket
from ticketera.domain.events import Acuse
from ticketera.domain.ticket import Ticket
from ticketera.domain.usuario import Usuario
from ticketera.routes.tablero import read_novedades
from ticketera.store import novedades
from ticketera.store.cambios import select_historial


async def pull(cast: Cast, who: Usuario | int, epoca: str, desde: int) -> dict[str, Any]:
    oyente = who if isinstance(who, int) else who.id
    ahora = time.time_ns() // 1_000_000
    answer: dict[str, Any] = json.loads(await cast.base.read(read_novedades, oyente, epoca, desde, ahora))
    return answer


async def epoca_de(cast: Cast) -> str:
    return (await cast.base.read(novedades.select_posicion, 0))[0]


async def touch(cast: Cast, ticket: Ticket, times: int) -> None:
    """Changes that the phone hears of."""
    for _ in range(times):
        now = await cast.get_ticket(ticket.id)
        text = f"cambio {now.version}"
        await cast.base.do(editar_ticket, cast.ana.quien, now.id, now.version, {"indicaciones": text})


async def test_what_is_pulled_is_what_was_pushed(cast: Cast) -> None:
    a = await cast.pedido(repartidor_id=cast.rita.id)
    b = await cast.pedido(repartidor_id=cast.rita.id)
    await touch(cast, a, 3)
    await cast.move(b, a=cast.raul)
    await cast.act(cast.rita, b, "entregar")
    epoca = await epoca_de(cast)

    for who in (0, cast.rita, cast.raul):
        pushed = cast.novedades(who)
        assert [n["seq"] for n in pushed] == list(range(1, len(pushed) + 1))
        for desde in range(len(pushed) + 1):
            answer = await pull(cast, who, epoca, desde)
            theirs = [n["ticket_id"] != b.id or who != cast.rita for n in pushed[desde:]]
            assert [n for n, kept in zip(answer["novedades"], theirs, strict=True) if kept] == [
                n for n, kept in zip(pushed[desde:], theirs, strict=True) if kept
            ]
            assert answer["seq"] == len(pushed)


async def test_of_a_ticket_that_was_taken_away_a_pull_tells_nothing_of_the_customer(cast: Cast) -> None:
    gone = await cast.pedido(repartidor_id=cast.rita.id, cliente_nombre="Secreta Pérez", indicaciones="Timbre secreto")
    kept = await cast.pedido(repartidor_id=cast.rita.id)
    back = await cast.pedido(repartidor_id=cast.rita.id, cliente_direccion="Volvió 100")
    await touch(cast, kept, 2)
    for ticket in (gone, back):
        await cast.move(await cast.get_ticket(ticket.id), a=cast.raul)
    await cast.move(await cast.get_ticket(back.id), a=cast.rita)
    await cast.acts(cast.rita, kept, "entregar")
    pushed = cast.novedades(cast.rita)

    answer = await pull(cast, cast.rita, await epoca_de(cast), 0)

    told = answer["novedades"]
    assert [(n["seq"], n["tipo"], n["ticket_id"]) for n in told] == [
        (n["seq"], n["tipo"], n["ticket_id"]) for n in pushed
    ]
    for pulled, was in zip(told, pushed, strict=True):
        if was["ticket_id"] != gone.id or "ticket" not in was:
            assert pulled == was
            continue
        assert pulled["ticket"].keys() == was["ticket"].keys()
        for field in ("id", "numero", "estado", "version"):
            assert pulled["ticket"][field] == was["ticket"][field]
        for field in ("cliente_nombre", "cliente_direccion", "cliente_telefono", "indicaciones", "metodo_pago"):
            assert pulled["ticket"][field] == ""
        assert (pulled["ticket"]["productos"], pulled["ticket"]["total"]) == ([], 0)
    text = json.dumps(answer, ensure_ascii=False)
    assert not [each for each in ("Secreta", "Timbre secreto") if each in text]
    assert "Volvió 100" in text
    whole = await pull(cast, 0, await epoca_de(cast), 0)
    assert whole["novedades"] == cast.novedades(0)


async def test_a_ticket_that_is_tried_again_by_another_is_no_more_ones_own(cast: Cast) -> None:
    failed = await cast.pedido(repartidor_id=cast.rita.id, cliente_nombre="Secreta Pérez")
    await cast.acts(cast.rita, failed, "fallar", motivo="no_contesta")
    before = json.dumps(await pull(cast, cast.rita, await epoca_de(cast), 0))
    await cast.acts(cast.ana, failed, "reintentar")

    after = json.dumps(await pull(cast, cast.rita, await epoca_de(cast), 0))

    assert "Secreta" in before
    assert "Secreta" not in after


async def test_another_epoca_a_future_number_or_a_negative_one_gives_the_whole(cast: Cast) -> None:
    a = await cast.pedido(repartidor_id=cast.rita.id)
    epoca = await epoca_de(cast)

    for asked, desde in (("otra", 1), ("otra", 0), (epoca, 2), (epoca, 10**18), (epoca, -1)):
        answer = await pull(cast, cast.rita, asked, desde)
        assert answer["completo"] is True
        assert (answer["epoca"], answer["seq"]) == (epoca, 1)
        assert [t["id"] for t in answer["tickets"]] == [a.id]
        assert "novedades" not in answer


async def test_five_hundred_are_novedades_and_one_more_the_whole(cast: Cast) -> None:
    a = await cast.pedido(repartidor_id=cast.rita.id)
    await touch(cast, a, 500)
    epoca = await epoca_de(cast)

    assert len((await pull(cast, cast.rita, epoca, 1))["novedades"]) == 500
    assert (await pull(cast, cast.rita, epoca, 0))["completo"] is True


async def test_more_than_a_mebibyte_gives_the_whole(cast: Cast) -> None:
    a = await cast.pedido(repartidor_id=cast.rita.id, productos=["ñandú " * 1000] * 10)
    await touch(cast, a, 20)
    epoca = await epoca_de(cast)

    assert len((await pull(cast, cast.rita, epoca, 16))["novedades"]) == 5
    assert (await pull(cast, cast.rita, epoca, 0))["completo"] is True


async def test_what_was_forgotten_gives_the_whole(cast: Cast) -> None:
    a = await cast.pedido(repartidor_id=cast.rita.id)
    await touch(cast, a, 3)
    epoca = await epoca_de(cast)
    await older(cast, days=8)
    assert (await pull(cast, cast.rita, epoca, 1))["completo"] is True
    await touch(cast, a, 2)

    assert await cast.base.do(podar)
    assert not await cast.base.do(podar)

    assert (await pull(cast, cast.rita, epoca, 1))["completo"] is True
    assert len((await pull(cast, cast.rita, epoca, 4))["novedades"]) == 2
    left = await cast.base.read(novedades.select_novedades, cast.rita.id, 0, 100)
    assert [r["seq"] for r in left] == [5, 6]
    assert len(await cast.base.read(select_historial, a.id)) == 6


async def older(cast: Cast, days: int) -> None:
    """All that happened, happened some days ago."""

    async def earlier(work: Any) -> None:
        await work.con.execute("UPDATE cambios SET en = en - :ms", {"ms": days * 86_400_000})

    await cast.base.do(earlier)


async def test_an_admin_also_gets_repartidores_and_acuses(cast: Cast) -> None:
    a = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.pedido()
    await cast.base.do(registrar_recibido, cast.rita.id, None, 1)
    epoca = await epoca_de(cast)

    for desde, asked in ((1, epoca), (1, "otra")):
        answer = await pull(cast, 0, asked, desde)
        assert [r["nombre"] for r in answer["repartidores"]] == ["Raúl", "Rita"]
        (acuse,) = answer["acuses"]
        assert acuse["ticket_id"] == a.id
        assert acuse["recibido_en"] is not None


async def test_a_new_epoca_sends_everybody_the_whole(cast: Cast) -> None:
    a = await cast.pedido(repartidor_id=cast.rita.id)
    old = await epoca_de(cast)

    await cast.base.do(nueva_epoca)
    after = await cast.pedido()

    assert await epoca_de(cast) != old
    assert (await pull(cast, cast.rita, old, 1))["completo"] is True
    assert after.id > a.id + 1_000_000


class TestAcuses:
    """A phone has it; a person opened it."""

    async def test_recibido_counts_up_to_its_number_and_once(self, cast: Cast, base: Base) -> None:
        a = await cast.pedido(repartidor_id=cast.rita.id)
        b = await cast.pedido(repartidor_id=cast.rita.id)

        await base.do(registrar_recibido, cast.rita.id, await epoca_de(cast), 1)
        first = await cast.get_ticket(a.id)
        await base.do(registrar_recibido, cast.rita.id, None, 1)

        assert first.recibido_en is not None
        assert await cast.get_ticket(a.id) == first
        assert (await cast.get_ticket(b.id)).recibido_en is None
        assert first.version == a.version
        assert [e.ticket_id for e in acuses(base)] == [a.id]

    @pytest.mark.parametrize(("epoca", "seq"), [("otra", 1), (None, 2), (None, 10**18)])
    async def test_nonsense_does_nothing(self, cast: Cast, base: Base, epoca: str | None, seq: int) -> None:
        a = await cast.pedido(repartidor_id=cast.rita.id)

        await base.do(registrar_recibido, cast.rita.id, epoca, seq)

        assert await cast.get_ticket(a.id) == a
        assert not acuses(base)

    async def test_nobody_else_can_say_it(self, cast: Cast, base: Base) -> None:
        a = await cast.pedido(repartidor_id=cast.rita.id)
        await cast.pedido(repartidor_id=cast.raul.id)

        await base.do(registrar_recibido, cast.raul.id, None, 1)
        await base.do(registrar_visto, cast.raul.id, a.id)

        assert await cast.get_ticket(a.id) == a

    async def test_a_change_of_holder_clears_both(self, cast: Cast, base: Base) -> None:
        a = await cast.pedido(repartidor_id=cast.rita.id)
        await base.do(registrar_recibido, cast.rita.id, None, 1)
        await base.do(registrar_visto, cast.rita.id, a.id)
        seen = await cast.get_ticket(a.id)
        assert seen.visto_en is not None

        await cast.move(seen, a=cast.raul)

        moved = await cast.get_ticket(a.id)
        assert (moved.recibido_en, moved.visto_en) == (None, None)


def acuses(base: Base) -> list[Acuse]:
    return [e for e in base.told if isinstance(e, Acuse)]  # type: ignore[attr-defined]
