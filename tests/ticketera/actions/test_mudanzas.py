"""Moves on the board: places, anchors, refusals, two admins at once, and taking them back."""

import asyncio
import itertools
import json
import random
import uuid

import pytest

from belgrano.database.base import Base
from tests.ticketera.cast import Cast
from ticketera.actions.mudanzas import deshacer
from ticketera.actions.usuarios import cambiar_repartidor
from ticketera.domain.errors import CamposInvalidos, ClaveConOtroContenido, NoExiste
from ticketera.domain.ticket import Estado, Ticket


async def varios(cast: Cast, n: int) -> list[Ticket]:
    """Some tickets of Rita's, in order."""
    return [await cast.pedido(repartidor_id=cast.rita.id) for _ in range(n)]


async def deshace(cast: Cast, clave: str) -> dict:  # type: ignore[type-arg]
    respuesta = await cast.base.do(deshacer, cast.ana.quien, clave)
    return {"codigo": respuesta.codigo, **json.loads(respuesta.cuerpo)}


async def test_a_move_to_another_phone_tells_both_and_the_board(cast: Cast) -> None:
    (ticket,) = await varios(cast, 1)
    await cast.acts(cast.rita, ticket, "iniciar")
    ticket = await cast.get_ticket(ticket.id)

    answer = await cast.move(ticket, a=cast.raul)

    after = await cast.get_ticket(ticket.id)
    assert (after.estado, after.repartidor_id, after.en_camino_en) == (Estado.ASIGNADO, cast.raul.id, None)
    assert answer["resultados"] == [{"id": ticket.id, "ok": True, "version": after.version, "lugar": after.lugar}]
    lost, got, board = cast.novedades(cast.rita)[-1], cast.novedades(cast.raul)[-1], cast.novedades(0)[-1]
    assert (lost["tipo"], got["tipo"], board["tipo"]) == ("ticket.retirado", "ticket.asignado", "ticket.movido")
    assert set(lost) == {"epoca", "seq", "tipo", "en", "ticket_id", "clave", "por"}
    assert lost["clave"] == answer["clave"]
    assert lost["por"] == {"id": cast.ana.id, "nombre": "Ana"}


async def test_to_nobody_is_pendiente_and_the_rule_leaves_it_there(cast: Cast) -> None:
    await cast.set_turno()
    ticket = await cast.pedido()

    await cast.move(ticket, a=None)
    await cast.pedido()

    after = await cast.get_ticket(ticket.id)
    assert (after.estado, after.repartidor_id) == (Estado.PENDIENTE, None)


async def test_within_the_column_only_the_place_changes(cast: Cast) -> None:
    a, b, c = await varios(cast, 3)
    await cast.acts(cast.rita, c, "iniciar")
    c = await cast.get_ticket(c.id)

    await cast.move(c, a=cast.rita, antes_de=a)

    assert await cast.columna(cast.rita) == [c.id, a.id, b.id]
    assert (await cast.get_ticket(c.id)).estado is Estado.EN_CAMINO
    assert await cast.get_ticket(a.id) == a
    assert cast.tipos(cast.rita)[-1] == "ticket.movido"


async def test_several_keep_their_order_in_front_of_the_anchor(cast: Cast) -> None:
    a, b, c, d = await varios(cast, 4)

    await cast.move(d, b, a=cast.rita, antes_de=a)
    assert await cast.columna(cast.rita) == [d.id, b.id, a.id, c.id]

    b, a = await cast.get_ticket(b.id), await cast.get_ticket(a.id)
    await cast.move(b, a, a=cast.rita)
    assert await cast.columna(cast.rita) == [d.id, c.id, b.id, a.id]


async def test_a_lost_anchor_means_last_and_says_so(cast: Cast) -> None:
    a, b, c = await varios(cast, 3)
    await cast.move(b, a=cast.raul)

    answer = await cast.move(a, a=cast.rita, antes_de=b)

    assert answer["ancla_perdida"] is True
    assert answer["resultados"][0]["ancla_perdida"] is True
    assert await cast.columna(cast.rita) == [c.id, a.id]


async def test_an_anchor_that_moves_itself_is_a_mistake(cast: Cast) -> None:
    a, b = await varios(cast, 2)

    for moving in ((a, b), (a, a)):
        with pytest.raises(CamposInvalidos):
            await cast.move(*moving, a=cast.raul, antes_de=b)


async def test_two_admins_on_one_card_one_wins_the_other_hears_who(cast: Cast) -> None:
    eva = await cast.otro("Eva", "admin")
    (ticket,) = await varios(cast, 1)

    answers = await asyncio.gather(
        cast.move(ticket, a=cast.raul), cast.move(ticket, a=None, quien=eva), cast.move(ticket, a=cast.raul, quien=eva)
    )

    won, *lost = sorted(answers, key=lambda a: not a["resultados"][0]["ok"])
    assert won["codigo"] is None
    for answer in lost:
        assert answer["codigo"] == "mudanza_rechazada"
        (result,) = answer["resultados"]
        assert (result["codigo"], result["por"]) == ("version_vieja", {"id": cast.ana.id, "nombre": "Ana"})
        assert result["ticket"]["repartidor_id"] == cast.raul.id


async def test_each_ticket_has_its_own_result(cast: Cast) -> None:
    stale, closed, good = await varios(cast, 3)
    await cast.acts(cast.rita, stale, "iniciar")
    await cast.acts(cast.rita, closed, "entregar")
    ghost = await cast.pedido()
    ghost.id = 10**9

    answer = await cast.move(stale, closed, ghost, good, a=cast.raul)

    assert [r.get("codigo") for r in answer["resultados"]] == ["version_vieja", "cerrado", "no_existe", None]
    assert answer["resultados"][0]["por"]["nombre"] == "Rita"
    assert await cast.columna(cast.raul) == [good.id]


async def test_over_the_cap_needs_insisting(cast: Cast) -> None:
    await cast.configura(max_tickets_por_repartidor=2)
    a, b, c = await varios(cast, 3)

    answer = await cast.move(a, b, c, a=cast.raul)
    assert [r.get("codigo") for r in answer["resultados"]] == [None, None, "sin_lugar"]

    assert (await cast.move(c, a=cast.raul))["resultados"][0]["codigo"] == "sin_lugar"
    assert (await cast.move(c, a=cast.raul, forzar=True))["codigo"] is None
    assert (await cast.persona(cast.raul)).tickets_abiertos == 3


async def test_what_they_have_already_takes_no_room(cast: Cast) -> None:
    await cast.configura(max_tickets_por_repartidor=2)
    a, b = await varios(cast, 2)

    assert (await cast.move(b, a=cast.rita, antes_de=a))["codigo"] is None


async def test_an_inactive_repartidor_gets_nothing_and_an_unknown_one_is_a_mistake(cast: Cast, base: Base) -> None:
    (ticket,) = await varios(cast, 1)
    await base.do(cambiar_repartidor, cast.ana.quien, cast.raul.id, {"activo": False})

    answer = await cast.move(ticket, a=cast.raul)

    assert answer["resultados"][0]["codigo"] == "repartidor_inactivo"
    with pytest.raises(CamposInvalidos):
        await cast.move(ticket, a=cast.ana)


async def test_the_same_clave_moves_once_and_answers_alike(cast: Cast) -> None:
    (ticket,) = await varios(cast, 1)
    clave = str(uuid.uuid4())

    answers = await asyncio.gather(*(cast.move(ticket, a=cast.raul, clave=clave) for _ in range(20)))

    assert all(a == answers[0] for a in answers)
    assert answers[0]["codigo"] is None
    assert (await cast.get_ticket(ticket.id)).version == ticket.version + 1
    with pytest.raises(ClaveConOtroContenido):
        await cast.move(ticket, a=None, clave=clave)


async def test_a_move_makes_room_where_it_came_from(cast: Cast) -> None:
    await cast.configura(max_tickets_por_repartidor=1)
    await cast.set_turno(cast.rita)
    held, waiting = await cast.pedido(), await cast.pedido()

    await cast.move(held, a=cast.raul)

    assert (await cast.get_ticket(waiting.id)).repartidor_id == cast.rita.id


class TestTakingBack:
    """Undo."""

    async def test_holder_place_and_state_come_back(self, cast: Cast) -> None:
        a, b, c = await varios(cast, 3)
        await cast.acts(cast.rita, b, "iniciar")
        b = await cast.get_ticket(b.id)
        moved = await cast.move(a, b, a=cast.raul)

        answer = await deshace(cast, moved["clave"])

        assert [r["ok"] for r in answer["resultados"]] == [True, True]
        assert await cast.columna(cast.rita) == [a.id, b.id, c.id]
        back = await cast.get_ticket(b.id)
        assert (back.estado, back.en_camino_en, back.asignado_en) == (Estado.EN_CAMINO, b.en_camino_en, b.asignado_en)
        assert cast.tipos(cast.raul) == ["ticket.asignado"] * 2 + ["ticket.retirado"] * 2

    async def test_what_was_touched_stays_and_names_who(self, cast: Cast) -> None:
        a, b = await varios(cast, 2)
        moved = await cast.move(a, b, a=cast.raul)
        await cast.acts(cast.raul, a, "iniciar")

        answer = await deshace(cast, moved["clave"])

        assert [r.get("codigo") for r in answer["resultados"]] == ["version_vieja", None]
        assert answer["resultados"][0]["por"]["nombre"] == "Raúl"
        assert answer["codigo"] is None

    async def test_when_all_was_touched_it_is_refused(self, cast: Cast) -> None:
        (a,) = await varios(cast, 1)
        moved = await cast.move(a, a=cast.raul)
        await cast.acts(cast.raul, a, "entregar")

        assert (await deshace(cast, moved["clave"]))["codigo"] == "mudanza_rechazada"

    async def test_twice_is_once(self, cast: Cast) -> None:
        (a,) = await varios(cast, 1)
        moved = await cast.move(a, a=cast.raul)

        first, again = await asyncio.gather(deshace(cast, moved["clave"]), deshace(cast, moved["clave"]))

        assert first == again
        assert (await cast.get_ticket(a.id)).version == a.version + 2

    async def test_step_by_step_the_same_ticket_goes_back_to_where_it_was_first(self, cast: Cast) -> None:
        a, b, c = await varios(cast, 3)
        await cast.acts(cast.rita, b, "iniciar")
        before = await cast.get_ticket(b.id)
        first = await cast.move(before, a=cast.raul)
        second = await cast.move(await cast.get_ticket(b.id), a=None)
        third = await cast.move(await cast.get_ticket(b.id), a=cast.raul)

        answers = [await deshace(cast, moved["clave"]) for moved in (third, second, first)]

        assert [r["ok"] for answer in answers for r in answer["resultados"]] == [True, True, True]
        assert await cast.columna(cast.rita) == [a.id, b.id, c.id]
        after = await cast.get_ticket(b.id)
        assert (after.estado, after.en_camino_en) == (Estado.EN_CAMINO, before.en_camino_en)
        # Back to the start and on again, the newest is the one to take back; each is still taken back once.
        fourth = await cast.move(after, a=None)
        assert (await deshace(cast, third["clave"])) == answers[0]
        assert (await deshace(cast, fourth["clave"]))["codigo"] is None
        assert await cast.columna(cast.rita) == [a.id, b.id, c.id]

    async def test_step_by_step_several_that_moved_together_and_apart(self, cast: Cast) -> None:
        a, b = await varios(cast, 2)
        both = await cast.move(a, b, a=cast.raul)
        alone = await cast.move(await cast.get_ticket(a.id), a=None)
        place = await cast.move(await cast.get_ticket(b.id), a=cast.raul)

        for moved in (place, alone, both):
            assert all(r["ok"] for r in (await deshace(cast, moved["clave"]))["resultados"])
        assert await cast.columna(cast.rita) == [a.id, b.id]

    async def test_out_of_order_a_move_that_another_lies_over_stays(self, cast: Cast) -> None:
        (a,) = await varios(cast, 1)
        first = await cast.move(a, a=cast.raul)
        await cast.move(await cast.get_ticket(a.id), a=None)

        assert (await deshace(cast, first["clave"]))["codigo"] == "mudanza_rechazada"
        assert await cast.columna(None) == [a.id]

    @pytest.mark.parametrize("touch", ["volver a tocarlo", "tocarlo en el medio", "mudarlo otro"])
    async def test_what_somebody_did_in_between_ends_the_way_back(self, cast: Cast, touch: str) -> None:
        (a,) = await varios(cast, 1)
        first = await cast.move(a, a=cast.raul)
        if touch == "tocarlo en el medio":
            await cast.acts(cast.raul, a, "iniciar")
        second = await cast.move(await cast.get_ticket(a.id), a=None)
        assert (await deshace(cast, second["clave"]))["codigo"] is None
        if touch == "volver a tocarlo":
            await cast.acts(cast.raul, a, "iniciar")
        if touch == "mudarlo otro":
            await cast.move(await cast.get_ticket(a.id), a=cast.rita)

        assert (await deshace(cast, first["clave"]))["resultados"][0]["codigo"] == "version_vieja"

    async def test_two_who_take_back_at_once_take_back_each_step_once(self, cast: Cast) -> None:
        (a,) = await varios(cast, 1)
        first = await cast.move(a, a=cast.raul)
        second = await cast.move(await cast.get_ticket(a.id), a=None)

        mine, theirs = await asyncio.gather(deshace(cast, second["clave"]), deshace(cast, second["clave"]))
        assert mine == theirs
        one, other = await asyncio.gather(deshace(cast, first["clave"]), deshace(cast, first["clave"]))

        assert one == other
        assert one["codigo"] is None
        assert (await cast.get_ticket(a.id)).version == a.version + 4

    async def test_over_the_cap_too(self, cast: Cast) -> None:
        a, b = await varios(cast, 2)
        moved = await cast.move(a, a=cast.raul)
        await cast.configura(max_tickets_por_repartidor=1)

        assert (await deshace(cast, moved["clave"]))["codigo"] is None
        assert await cast.columna(cast.rita) == [a.id, b.id]

    async def test_a_former_holder_who_left_gets_nothing(self, cast: Cast, base: Base) -> None:
        (a,) = await varios(cast, 1)
        moved = await cast.move(a, a=cast.raul)
        await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, {"activo": False})

        answer = await deshace(cast, moved["clave"])

        assert answer["resultados"][0]["codigo"] == "repartidor_inactivo"

    async def test_where_what_followed_is_gone_it_goes_last(self, cast: Cast) -> None:
        a, b, c = await varios(cast, 3)
        moved = await cast.move(a, a=cast.raul)
        await cast.acts(cast.rita, b, "entregar")

        await deshace(cast, moved["clave"])

        assert await cast.columna(cast.rita) == [c.id, a.id]

    @pytest.mark.parametrize("within", [False, True])
    async def test_whatever_order_they_were_moved_in_they_stand_as_before(self, cast: Cast, within: bool) -> None:
        before = [t.id for t in await varios(cast, 3)]
        for picked in (p for n in (1, 2, 3) for p in itertools.permutations(before, n)):
            moved = await cast.move(*[await cast.get_ticket(i) for i in picked], a=cast.rita if within else cast.raul)

            answer = await deshace(cast, moved["clave"])

            assert [r["id"] for r in answer["resultados"]] == list(picked)
            assert await cast.columna(cast.rita) == before, picked

    async def test_back_into_sin_asignar_the_rule_leaves_it(self, cast: Cast) -> None:
        ticket = await cast.pedido()
        moved = await cast.move(ticket, a=cast.rita)
        await cast.set_turno()

        await deshace(cast, moved["clave"])

        assert await cast.columna(None) == [ticket.id]

    async def test_an_unknown_clave_is_unknown(self, cast: Cast) -> None:
        with pytest.raises(NoExiste):
            await deshace(cast, str(uuid.uuid4()))


async def test_any_order_can_be_made_by_moves(cast: Cast) -> None:
    moving = await varios(cast, 8)
    rng = random.Random(7)
    model = [t.id for t in moving]
    for _ in range(150):
        picked = rng.sample(model, rng.randint(1, 3))
        rest = [i for i in model if i not in picked]
        anchor = rng.choice([*rest, None])
        at = len(rest) if anchor is None else rest.index(anchor)
        model = [*rest[:at], *picked, *rest[at:]]
        chosen = [await cast.get_ticket(i) for i in picked]
        await cast.move(*chosen, a=cast.rita, antes_de=None if anchor is None else await cast.get_ticket(anchor))

        assert await cast.columna(cast.rita) == model
