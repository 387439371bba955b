"""Handing in: exactly what was collected, once, and what is corrected afterwards stays in the books."""

import asyncio
import json
import random
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from belgrano.database.base import Base
from belgrano.words.times import HORA
from tests.ticketera.cast import Cast
from ticketera.actions.caja import rendir
from ticketera.actions.conflictos import resolver_conflicto
from ticketera.actions.usuarios import cambiar_repartidor
from ticketera.domain.caja import Caja, Rendicion
from ticketera.domain.errors import CajaCambio, CamposInvalidos, ClaveConOtroContenido, NoExiste
from ticketera.domain.ticket import Ticket
from ticketera.domain.usuario import Usuario
from ticketera.store.caja import select_caja, select_rendiciones

AHORA = 1_900_000_000_000


async def entregado(
    cast: Cast, cobrado: int | None, medio: str | None = "efectivo", a: Usuario | None = None
) -> Ticket:
    who = a or cast.rita
    ticket = await cast.pedido(repartidor_id=who.id)
    return await cast.acts(who, ticket, "entregar", cobrado=cobrado, medio=medio if cobrado is not None else None)


async def caja(cast: Cast, who: Usuario | None = None) -> Caja:
    return await cast.base.read(select_caja, (who or cast.rita).id, AHORA)


async def rinde(cast: Cast, **more: Any) -> Rendicion:
    given = {"clave": "c-1", "repartidor_id": cast.rita.id, "nota": "", **more}
    given.setdefault("contado", given["esperado"])
    return await cast.base.do(rendir, cast.ana.quien, **given)


async def test_what_is_handed_in_is_the_fondo_and_the_cash_of_that_person_alone(cast: Cast, base: Base) -> None:
    await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, {"fondo": 500_00})
    await entregado(cast, 1900_00)
    await entregado(cast, 300_50, "transferencia")
    await entregado(cast, 100_00, None)  # an older phone: cash
    await entregado(cast, None)
    await entregado(cast, 777_00, a=cast.raul)

    now = await caja(cast)

    assert (now.fondo, now.a_rendir) == (500_00, 2500_00)
    assert now.por_medio == {"efectivo": 2000_00, "transferencia": 300_50}
    assert [(await cast.persona(who)).por_rendir for who in (cast.rita, cast.raul)] == [2500_00, 777_00]


async def test_after_a_rendicion_the_caja_begins_anew_and_everything_in_it_is_accounted_for(
    cast: Cast, base: Base
) -> None:
    await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, {"fondo": 500_00})
    cash, card, other = (
        await entregado(cast, 1900_00), await entregado(cast, 300_00, "tarjeta"), await entregado(cast, 1, a=cast.raul)
    )  # fmt: skip

    done = await rinde(cast, esperado=2400_00, contado=2390_00, nota="Faltó cambio")

    assert (done.diferencia, done.por_nombre) == (-10_00, "Ana")
    now = await caja(cast)
    assert (now.fondo, now.cobrado, now.a_rendir) == (0, [], 0)
    assert [(await cast.get_ticket(t.id)).rendicion_id for t in (cash, card, other)] == [done.id, done.id, None]
    assert [r.id for r in await base.read(select_rendiciones)] == [done.id]
    assert (await base.read(select_caja, cast.rita.id, done.en)).rendido_hoy == 2390_00
    assert (await base.read(select_caja, cast.rita.id, done.en + 25 * HORA)).rendido_hoy == 0


async def test_a_figure_that_changed_is_refused_with_the_new_one_and_nothing_is_kept(cast: Cast, base: Base) -> None:
    await entregado(cast, 1900_00)
    await entregado(cast, 100_00)

    with pytest.raises(CajaCambio) as refused:
        await rinde(cast, esperado=1900_00)

    assert refused.value.a_rendir == 2000_00
    assert (await caja(cast)).a_rendir == 2000_00
    assert await base.read(select_rendiciones) == []


async def test_a_difference_wants_a_word(cast: Cast) -> None:
    await entregado(cast, 1900_00)

    for nota in ("", "   "):
        with pytest.raises(CamposInvalidos) as refused:
            await rinde(cast, esperado=1900_00, contado=1900_01, nota=nota)
        assert [campo for campo, _ in refused.value.errores] == ["nota"]
    with pytest.raises(CamposInvalidos):
        await rinde(cast, esperado=1900_00, contado=-1, nota="no")


async def test_the_same_clave_is_one_rendicion_and_another_content_is_refused(cast: Cast, base: Base) -> None:
    await entregado(cast, 1900_00)
    done = await rinde(cast, esperado=1900_00)
    await entregado(cast, 100_00)

    assert await rinde(cast, esperado=1900_00) == done
    with pytest.raises(ClaveConOtroContenido):
        await rinde(cast, esperado=100_00)

    assert len(await base.read(select_rendiciones)) == 1
    assert (await caja(cast)).a_rendir == 100_00


async def test_of_two_admins_at_once_one_counts(cast: Cast, base: Base) -> None:
    await entregado(cast, 1900_00)

    answers = await asyncio.gather(
        *(rinde(cast, clave=f"c-{n}", esperado=1900_00) for n in range(4)), return_exceptions=True
    )

    assert sorted(type(each).__name__ for each in answers) == ["CajaCambio"] * 3 + ["Rendicion"]
    assert len(await base.read(select_rendiciones)) == 1


async def test_nobody_hands_in_for_who_is_no_repartidor(cast: Cast) -> None:
    for nobody in (cast.ana.id, 10**9):
        with pytest.raises(NoExiste):
            await rinde(cast, repartidor_id=nobody, esperado=0)


async def test_what_is_corrected_after_it_was_handed_in_comes_back_with_the_opposite_sign(cast: Cast) -> None:
    ticket = await entregado(cast, 1900_00)
    done = await rinde(cast, esperado=1900_00)

    await cast.acts(cast.ana, ticket, "corregir")

    now = await caja(cast)
    assert [(line.ticket_id, line.monto, line.corrige) for line in now.cobrado] == [(ticket.id, -1900_00, True)]
    assert now.a_rendir == -1900_00
    await cast.acts(cast.rita, ticket, "entregar", cobrado=1800_00, medio="efectivo")
    now = await caja(cast)
    assert now.a_rendir == -100_00
    assert (await cast.get_ticket(ticket.id)).rendicion_id is None
    back = await rinde(cast, clave="c-2", esperado=-100_00)
    assert (back.diferencia, (await caja(cast)).cobrado) == (0, [])
    assert done.esperado + back.esperado == 1800_00


async def test_what_somebody_else_collects_after_a_correction_is_theirs_to_hand_in(cast: Cast) -> None:
    ticket = await entregado(cast, 1900_00)
    await rinde(cast, esperado=1900_00)
    opened = await cast.acts(cast.ana, ticket, "corregir")
    await cast.move(opened, a=cast.raul)

    await cast.acts(cast.raul, ticket, "entregar", cobrado=1900_00, medio="efectivo")

    assert (await caja(cast)).a_rendir == -1900_00
    assert (await caja(cast, cast.raul)).a_rendir == 1900_00


@pytest.mark.parametrize("handed_in", [False, True])
async def test_what_was_collected_at_an_attempt_outlives_the_next(cast: Cast, handed_in: bool) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.rita, ticket, "fallar", motivo="no_contesta", cobrado=100_00)
    if handed_in:
        await rinde(cast, esperado=100_00)

    again = await cast.acts(cast.ana, ticket, "reintentar")
    await cast.move(again, a=cast.raul)
    await cast.acts(cast.raul, ticket, "fallar", motivo="no_contesta", cobrado=50_00)
    late = await cast.act(cast.rita, ticket, "entregar", cobrado=1900_00)
    await cast.base.do(resolver_conflicto, cast.ana.quien, json.loads(late.cuerpo)["conflicto_id"], "aceptar")

    assert (await caja(cast)).a_rendir == 1900_00 + (0 if handed_in else 100_00)
    assert (await caja(cast, cast.raul)).a_rendir == 50_00
    owed = [(await cast.persona(who)).por_rendir for who in (cast.rita, cast.raul)]
    assert owed == [(await caja(cast)).a_rendir, 50_00]


async def test_a_change_that_is_not_about_money_leaves_the_books_alone(cast: Cast, base: Base) -> None:
    from ticketera.actions.cambios import registrar_cambio
    from ticketera.domain.cambio import Cambio

    ticket = await entregado(cast, 1900_00)
    done = await rinde(cast, esperado=1900_00)
    stored = await cast.get_ticket(ticket.id)

    await base.do(registrar_cambio, Cambio(stored, replace(stored, nota="otra"), "editado", cast.ana.quien))

    assert (await caja(cast)).cobrado == []
    assert (await cast.get_ticket(ticket.id)).rendicion_id == done.id


async def test_what_waits_for_a_decision_is_shown_and_not_counted(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.move(ticket, a=cast.raul)

    answer = await cast.act(cast.rita, ticket, "entregar", cobrado=1900_00, medio="efectivo")

    assert answer.codigo == "ticket_ajeno"
    now = await caja(cast)
    assert (now.a_rendir, now.en_conflicto) == (0, 1900_00)


async def test_what_an_admin_delivered_meanwhile_is_not_shown_twice(cast: Cast) -> None:
    await cast.configura(prueba_foto="obligatoria")
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.act(cast.rita, ticket, "entregar", cobrado=1900_00)
    assert (await caja(cast)).en_conflicto == 1900_00

    await cast.acts(cast.ana, ticket, "entregar", cobrado=1900_00)

    now = await caja(cast)
    assert (now.a_rendir, now.en_conflicto) == (1900_00, 0)


async def test_whatever_is_corrected_moved_and_handed_in_no_peso_is_lost_or_doubled(cast: Cast, base: Base) -> None:
    """What a person handed in and carries is, at any time, the change they had and the cash of their deliveries."""
    rng = random.Random(7)
    tickets: list[Ticket] = []
    given: Counter[int] = Counter()
    for step in range(80):
        who = rng.choice((cast.rita, cast.raul))
        what = rng.choice(("entrega", "entrega", "corrige", "corrige", "rinde", "fondo"))
        if what == "entrega":
            reopened = [t for t in tickets if (await cast.get_ticket(t.id)).abierto]
            if reopened and rng.random() < 0.7:
                ticket = await cast.get_ticket(rng.choice(reopened).id)
                if rng.random() < 0.5:
                    await cast.move(ticket, a=who)
                holder = cast.rita if (await cast.get_ticket(ticket.id)).repartidor_id == cast.rita.id else cast.raul
                medio = rng.choice(("efectivo", "tarjeta"))
                await cast.acts(holder, ticket, "entregar", cobrado=rng.randrange(1, 99), medio=medio)
            else:
                tickets.append(await entregado(cast, rng.randrange(1, 99), rng.choice(("efectivo", "tarjeta")), who))
        elif what == "corrige" and (closed := [t for t in tickets if not (await cast.get_ticket(t.id)).abierto]):
            await cast.acts(cast.ana, rng.choice(closed), "corregir")
        elif what == "rinde":
            owed = (await caja(cast, who)).a_rendir
            await rinde(cast, clave=f"r{step}", repartidor_id=who.id, esperado=owed, contado=max(owed, -1), nota="x")
        elif what == "fondo":
            before = (await caja(cast, who)).fondo
            await base.do(cambiar_repartidor, cast.ana.quien, who.id, {"fondo": 10})
            given[who.id] += 10 - before

        for each in (cast.rita, cast.raul):
            stored = [await cast.get_ticket(t.id) for t in tickets]
            cash = sum(t.cobrado or 0 for t in stored if t.repartidor_id == each.id and t.medio == "efectivo")
            handed_in = sum(r.esperado for r in await base.read(select_rendiciones, each.id))
            assert handed_in + (await caja(cast, each)).a_rendir == given[each.id] + cash, (step, what)
