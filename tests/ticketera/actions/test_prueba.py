"""A delivery with its proof: what is kept, what waits for an admin, and that nothing is lost."""

import asyncio
import json

import pytest

from belgrano.database.base import Base
from belgrano.database.running import long_ago
from belgrano.database.work import Connection, Work
from belgrano.words.times import DIA
from tests.ticketera.cast import SECRETO, Cast
from ticketera.actions.conflictos import resolver_conflicto
from ticketera.actions.fotos import guardar_foto
from ticketera.actions.limpieza import podar
from ticketera.actions.prueba import DE_ALGUIEN, DEL_TICKET, probar_pin
from ticketera.domain.errors import ClaveConOtroContenido, FotoTarde, NoExiste
from ticketera.domain.prueba import pin_de
from ticketera.domain.ticket import Estado, Ticket
from ticketera.domain.usuario import Usuario
from ticketera.store.conflictos import select_conflictos, select_en_revision
from ticketera.store.fotos import select_fotos

COBRO = {"cobrado": 190_000, "medio": "transferencia"}


async def test_what_was_brought_is_kept_with_the_money_and_taken_back_with_it(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    prueba = {"receptor": "vecino", "receptor_nombre": "Nora", "pin": pin_de(SECRETO, ticket.numero), "fotos": ["f1"]}

    done = await cast.acts(cast.rita, ticket, "entregar", **COBRO, prueba=prueba)

    assert (done.cobrado, done.medio) == (190_000, "transferencia")
    assert json.loads(done.prueba or "") == {
        "receptor": "vecino", "receptor_nombre": "Nora", "pin": "correcto", "fotos": ["f1"], "firma": None,
        "intentos": [], "faltan": [],
    }  # fmt: skip
    undone = await cast.acts(cast.rita, ticket, "corregir")
    assert (undone.cobrado, undone.medio, undone.prueba) == (None, None, None)


async def test_a_proof_that_is_only_asked_for_is_missed_by_name(cast: Cast) -> None:
    await cast.configura(prueba_foto="avisar", prueba_receptor="opcional")
    ticket = await cast.pedido(repartidor_id=cast.rita.id)

    done = await cast.acts(cast.rita, ticket, "entregar")

    assert done.estado is Estado.ENTREGADO
    assert json.loads(done.prueba or "")["faltan"] == ["foto"]
    assert cast.novedades(0)[-1]["ticket"]["prueba"]["faltan"] == ["foto"]


async def test_without_an_obligatory_proof_an_admin_decides_and_nothing_is_lost(cast: Cast, base: Base) -> None:
    await cast.configura(prueba_foto="obligatoria", prueba_pin="obligatoria")
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    brought = {"pin": "12345", "receptor": "familiar"}

    first = await cast.act(cast.rita, ticket, "entregar", accion_id="e1", cobrado=5000, prueba=brought)
    again = await cast.act(cast.rita, ticket, "entregar", accion_id="e1", cobrado=5000, prueba=brought)

    assert first == again
    assert first.codigo == "falta_prueba"
    told = json.loads(first.cuerpo)
    assert (told["faltan"], told["ticket"]["estado"]) == (["foto", "pin"], "asignado")
    assert await cast.get_ticket(ticket.id) == ticket
    (conflicto,) = await base.read(select_conflictos)
    assert json.loads(conflicto.prueba or "")["faltan"] == ["foto", "pin"]
    assert cast.tipos(0, ticket.id)[-1] == "ticket.conflicto"
    await base.do(resolver_conflicto, cast.ana.quien, conflicto.id, "aceptar")
    after = await cast.get_ticket(ticket.id)
    assert (after.estado, after.cobrado, after.medio, after.repartidor_id) == (
        Estado.ENTREGADO, 5000, "efectivo", cast.rita.id,
    )  # fmt: skip
    assert json.loads(after.prueba or "")["receptor"] == "familiar"
    assert cast.tipos(cast.rita, ticket.id)[-1] == "ticket.entregado"


async def test_who_comes_back_with_the_proof_leaves_nothing_to_decide(cast: Cast, base: Base) -> None:
    await cast.configura(prueba_foto="obligatoria")
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.act(cast.rita, ticket, "entregar")

    done = await cast.acts(cast.rita, ticket, "entregar", prueba={"fotos": ["f1"]})

    assert (done.estado, json.loads(done.prueba or "")["faltan"]) == (Estado.ENTREGADO, [])
    assert await base.read(select_conflictos) == []
    assert cast.tipos(0, ticket.id)[-2:] == ["ticket.entregado", "ticket.conflicto"]
    assert cast.novedades(0)[-1]["conflicto"]["decision"] == "descartar"


async def test_who_says_delivered_and_then_not_leaves_both_to_the_admin(cast: Cast, base: Base) -> None:
    await cast.configura(prueba_foto="obligatoria")
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    first = await cast.act(cast.rita, ticket, "entregar", cobrado=500000, nota="Portón verde")

    again = [await cast.act(cast.rita, ticket, "fallar", accion_id=f"f{n}", motivo="cliente_ausente") for n in range(2)]

    assert [each.codigo for each in again] == ["en_revision"] * 2
    assert {json.loads(each.cuerpo)["conflicto_id"] for each in (first, *again)} == {
        json.loads(first.cuerpo)["conflicto_id"]
    }
    assert await cast.get_ticket(ticket.id) == ticket
    (conflicto,) = await base.read(select_conflictos)
    assert (conflicto.accion, conflicto.cobrado) == ("entregar", 500000)
    assert conflicto.nota == "Portón verde. Después dijo que no lo pudo entregar (cliente ausente)"
    assert await base.read(select_en_revision, cast.rita.id) == [ticket.id]
    assert await base.read(select_en_revision, cast.raul.id) == []

    await base.do(resolver_conflicto, cast.ana.quien, conflicto.id, "descartar")
    failed = await cast.acts(cast.rita, ticket, "fallar", motivo="cliente_ausente")
    assert failed.estado is Estado.FALLIDO
    assert await base.read(select_en_revision, cast.rita.id) == []


async def test_an_admin_delivers_without_proof_and_a_failed_one_needs_none(cast: Cast) -> None:
    await cast.configura(prueba_foto="obligatoria", prueba_pin="obligatoria")
    one, two = [await cast.pedido(repartidor_id=cast.rita.id) for _ in range(2)]

    delivered = await cast.acts(cast.ana, one, "entregar", prueba={"fotos": ["f1"]})
    tries = [{"medio": "llamada", "en": "2026-01-01T21:04:00.000Z"}]
    failed = await cast.acts(cast.rita, two, "fallar", motivo="no_contesta", prueba={"intentos": tries, "fotos": ["f"]})

    assert (delivered.estado, delivered.prueba) == (Estado.ENTREGADO, None)
    kept = json.loads(failed.prueba or "")
    assert (kept["intentos"], kept["fotos"], kept["faltan"]) == (tries, ["f"], [])


async def test_the_proof_is_part_of_what_the_act_is(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.rita, ticket, "entregar", accion_id="e1", prueba={"fotos": ["f1"]})

    with pytest.raises(ClaveConOtroContenido):
        await cast.act(cast.rita, ticket, "entregar", accion_id="e1", prueba={"fotos": ["f2"]})


async def test_the_policy_of_the_moment_it_arrives_counts_also_for_a_ticket_that_moved(cast: Cast, base: Base) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.move(ticket, a=cast.raul)
    await cast.configura(prueba_firma="obligatoria")

    respuesta = await cast.act(cast.rita, ticket, "entregar", prueba={"fotos": ["f1"]})

    assert respuesta.codigo == "ticket_ajeno"
    (conflicto,) = await base.read(select_conflictos)
    assert json.loads(conflicto.prueba or "")["faltan"] == ["firma"]


async def test_with_and_without_proof_at_once_closes_it_once(cast: Cast) -> None:
    await cast.configura(prueba_foto="obligatoria")
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    with_photo = {"prueba": {"fotos": ["f1"]}}

    answers = await asyncio.gather(
        *(
            cast.act(cast.rita, ticket, "entregar", accion_id=f"a{n}", **(with_photo if n == 2 else {}))
            for n in range(4)
        ),
        return_exceptions=True,
    )

    assert [getattr(a, "codigo", a) for a in answers][2] is None
    assert (await cast.get_ticket(ticket.id)).estado is Estado.ENTREGADO


async def test_photos_go_after_their_days_and_no_sooner(cast: Cast, base: Base) -> None:
    await cast.configura(fotos_dias=2)
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    for foto_id in ("old", "young"):
        await base.do(guardar_foto, cast.rita.id, ticket.id, foto_id, "foto", b"...")
    await base.do(_antedate, ticket.id)

    await base.do(podar)

    assert [foto["foto_id"] for foto in await base.read(select_fotos, ticket.id)] == ["young"]


async def test_a_photo_may_come_until_seven_days_after_the_end_and_its_repeat_for_ever(cast: Cast, base: Base) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.rita, ticket, "entregar")
    for closed_for, foto_id in ((7 * DIA - 7_200_000, "f1"), (7 * DIA + 7_200_000, "f1")):
        await base.do(_closed_ago, ticket.id, closed_for)
        await base.do(guardar_foto, cast.rita.id, ticket.id, foto_id, "foto", b"...")

    with pytest.raises(FotoTarde, match="hace más de 7 días"):
        await base.do(guardar_foto, cast.rita.id, ticket.id, "f2", "foto", b"...")


async def _closed_ago(work: Work, ticket_id: int, ms: int) -> None:
    await work.con.execute(
        "UPDATE tickets SET cerrado_en = :en WHERE id = :ticket_id", {"ticket_id": ticket_id, "en": work.ahora - ms}
    )


async def _antedate(work: Work, ticket_id: int) -> None:
    await work.con.execute(
        "UPDATE fotos SET en = :en WHERE ticket_id = :ticket_id AND foto_id = 'old'",
        {"ticket_id": ticket_id, "en": await long_ago(work, 2 * DIA + 1)},
    )


async def prueba_pin(cast: Cast, quien: Usuario, ticket: Ticket, pin: str) -> tuple[bool, int, int]:
    return await cast.base.do(probar_pin, quien.quien, ticket.id, pin, SECRETO)


def wrong(ticket: Ticket) -> str:
    return f"{(int(pin_de(SECRETO, ticket.numero)) + 1) % 10_000:04d}"


async def test_five_guesses_at_a_pin_are_all_by_whatever_way(cast: Cast) -> None:
    await cast.configura(prueba_pin="obligatoria")
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    for quedan in (4, 3, 2):
        assert await prueba_pin(cast, cast.rita, ticket, wrong(ticket)) == (False, quedan, 0)
    for _ in range(2):  # a delivery with a wrong one waits for an admin, and counts
        assert (await cast.act(cast.rita, ticket, "entregar", prueba={"pin": wrong(ticket)})).codigo == "falta_prueba"

    right = pin_de(SECRETO, ticket.numero)
    correcto, _, espera = await prueba_pin(cast, cast.rita, ticket, right)
    assert (correcto, espera > 0) == (False, True)
    assert (await cast.act(cast.rita, ticket, "entregar", prueba={"pin": right})).codigo == "falta_prueba"


async def test_an_act_that_is_sent_again_is_no_other_guess(cast: Cast) -> None:
    await cast.configura(prueba_pin="obligatoria")
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    for _ in range(10):
        await cast.act(cast.rita, ticket, "entregar", accion_id="the same", prueba={"pin": wrong(ticket)})

    assert await prueba_pin(cast, cast.rita, ticket, wrong(ticket)) == (False, 3, 0)


async def test_guesses_at_tickets_that_are_not_ones_own_are_kept_nowhere(cast: Cast, base: Base) -> None:
    before = await base.read(kept_tries)
    theirs = await cast.pedido(repartidor_id=cast.raul.id)
    for ticket_id in (theirs.id, 999_999):
        with pytest.raises(NoExiste):
            await cast.act(cast.rita, ticket_id, "entregar", prueba={"pin": "0000"})
        with pytest.raises(NoExiste):
            await base.do(probar_pin, cast.rita.quien, ticket_id, "0000", SECRETO)

    assert await base.read(kept_tries) == before


async def test_the_pin_of_a_ticket_that_was_taken_away_still_proves_its_delivery(cast: Cast, base: Base) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.move(ticket, a=cast.raul)

    right = pin_de(SECRETO, ticket.numero)
    assert (await cast.act(cast.rita, ticket, "entregar", prueba={"pin": right})).codigo == "ticket_ajeno"
    (conflicto,) = [c for c in await base.read(select_conflictos) if c.ticket_id == ticket.id]
    assert json.loads(conflicto.prueba or "")["pin"] == "correcto"


async def test_after_twenty_wrong_guesses_a_ticket_takes_no_more_of_anybody(cast: Cast, base: Base) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    for _ in range(DEL_TICKET.most // DE_ALGUIEN.most):
        for _ in range(DE_ALGUIEN.most):
            assert (await prueba_pin(cast, cast.rita, ticket, wrong(ticket)))[2] == 0
        await base.do(a_while_later)

    assert (await prueba_pin(cast, cast.rita, ticket, pin_de(SECRETO, ticket.numero)))[2] > DIA
    await cast.move(await cast.get_ticket(ticket.id), a=cast.raul)
    assert (await prueba_pin(cast, cast.raul, ticket, pin_de(SECRETO, ticket.numero)))[2] > DIA


async def kept_tries(con: Connection) -> int:
    count: int = await con.fetch_val("SELECT count(*) FROM tries")
    return count


async def a_while_later(work: Work) -> None:
    for row in await work.con.fetch_all("SELECT key, times FROM tries"):
        times = json.dumps([each - DE_ALGUIEN.ms for each in json.loads(row["times"])])
        await work.con.execute("UPDATE tries SET times = :times WHERE key = :key", {"times": times, "key": row["key"]})
