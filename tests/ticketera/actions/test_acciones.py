"""The acts: each by whoever may and who may not, stale, twice, too late, and on a ticket that has moved on."""

import asyncio
import itertools
import json
from typing import Any

import pytest

from belgrano.database.base import Base
from belgrano.database.work import Connection, Work
from tests.ticketera.cast import Cast
from ticketera.actions import acciones
from ticketera.domain.acciones import ACCIONES, Acto
from ticketera.domain.errors import (
    AccionNoPermitida,
    CamposInvalidos,
    ClaveConOtroContenido,
    FueraDePlazo,
    NoExiste,
    NoSePuede,
    RepartidorInactivo,
    RolNoPermitido,
    TicketAjeno,
    TicketCerrado,
    VersionVieja,
)
from ticketera.domain.intake import huella_de
from ticketera.domain.ticket import TIENDA, Estado, Rol, Ticket
from ticketera.store.cambios import select_historial
from ticketera.store.respuestas import Respuesta, insert_respuesta

MOTIVO = {"fallar": {"motivo": "no_contesta"}}


async def un_ticket_en(cast: Cast, estado: Estado) -> Ticket:
    """A ticket of Rita's (or nobody's) that came into this state."""
    if estado is Estado.PENDIENTE:
        return await cast.pedido()
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    if estado is Estado.EN_CAMINO:
        await cast.acts(cast.rita, ticket, "iniciar")
    elif estado is not Estado.ASIGNADO:
        accion = {Estado.ENTREGADO: "entregar", Estado.FALLIDO: "fallar", Estado.CANCELADO: "cancelar"}[estado]
        await cast.acts(cast.ana, ticket, accion, **MOTIVO.get(accion, {}))
    return await cast.get_ticket(ticket.id)


@pytest.mark.parametrize("accion", ACCIONES)
async def test_the_table_is_what_happens(cast: Cast, accion: str) -> None:
    entry = ACCIONES[accion]
    actors = {Rol.REPARTIDOR: cast.rita.quien, Rol.ADMIN: cast.ana.quien, Rol.TIENDA: TIENDA}
    for estado, rol in itertools.product(Estado, actors):
        if rol is Rol.REPARTIDOR and estado is Estado.PENDIENTE:
            continue  # nobody's: not theirs to act on
        ticket = await un_ticket_en(cast, estado)
        allowed = estado in entry.desde and not (rol is Rol.TIENDA and estado is Estado.EN_CAMINO)

        try:
            respuesta = await cast.act(actors[rol], ticket, accion, **MOTIVO.get(accion, {}))
        except RolNoPermitido:
            assert rol not in entry.quien, (estado, rol)
        except (AccionNoPermitida, TicketCerrado) as refused:
            assert rol in entry.quien, (estado, rol)
            assert not allowed, (estado, rol)
            assert refused.ticket == ticket
            assert accion not in refused.acciones
        else:
            assert rol in entry.quien, (estado, rol)
            if allowed:
                after = await cast.get_ticket(ticket.id)
                assert respuesta.codigo is None, (estado, rol)
                assert after.version == ticket.version + 1
                assert entry.a in (None, after.estado)
            else:
                assert respuesta.codigo == "cerrado", (estado, rol)
                assert "conflicto_id" in json.loads(respuesta.cuerpo)


async def test_the_same_act_twice_counts_once_and_is_answered_alike(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)

    first = await cast.act(cast.rita, ticket, "entregar", accion_id="uno", cobrado=190000)
    await cast.acts(cast.ana, ticket, "corregir")
    again = await cast.act(cast.rita, ticket, "entregar", accion_id="uno", cobrado=190000, version=77, ocurrido_en=5)

    assert again == first
    assert (await cast.get_ticket(ticket.id)).estado is Estado.ASIGNADO


async def test_forty_equal_acts_at_once_count_once(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)

    answers = await asyncio.gather(*(cast.act(cast.rita, ticket, "entregar", accion_id="uno") for _ in range(40)))

    assert len(set(answers)) == 1
    assert (await cast.get_ticket(ticket.id)).version == 2


async def test_an_accion_id_with_other_content_is_refused(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.act(cast.rita, ticket, "entregar", accion_id="uno", cobrado=100)

    with pytest.raises(ClaveConOtroContenido):
        await cast.act(cast.rita, ticket, "entregar", accion_id="uno", cobrado=200)


async def test_an_act_remembered_before_medio_and_prueba_were_known_is_answered_alike(cast: Cast, base: Base) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    marca, kept = huella_de([ticket.id, "fallar", "otro", "Perro suelto", None]), Respuesta(None, '{"id": 1}')

    async def before_the_upgrade(work: Work) -> None:
        await insert_respuesta(work.con, cast.rita.quien.clave, "uno", marca, kept, work.ahora)

    await base.do(before_the_upgrade)

    again = {"accion_id": "uno", "motivo": "otro", "nota": "Perro suelto"}
    assert await cast.act(cast.rita, ticket, "fallar", **again) == kept
    with pytest.raises(ClaveConOtroContenido):
        await cast.act(cast.rita, ticket, "fallar", **again, prueba={"fotos": ["f1"]})


async def test_accion_ids_are_each_actors_own(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.rita, ticket, "iniciar", accion_id="uno")

    assert (await cast.acts(cast.ana, ticket, "volver", accion_id="uno")).estado is Estado.ASIGNADO


async def test_a_refused_act_is_not_remembered(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    with pytest.raises(AccionNoPermitida):
        await cast.act(cast.rita, ticket, "volver", accion_id="uno")
    await cast.acts(cast.rita, ticket, "iniciar")

    assert (await cast.acts(cast.rita, ticket, "volver", accion_id="uno")).estado is Estado.ASIGNADO


async def test_a_stale_version_acts_on_nothing(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.rita, ticket, "iniciar")

    with pytest.raises(VersionVieja) as stale:
        await cast.act(cast.ana, ticket, "entregar", version=ticket.version)

    assert stale.value.ticket == await cast.get_ticket(ticket.id)
    assert "entregar" in stale.value.acciones


async def test_somebody_elses_ticket_is_like_none(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)

    for ticket_id in (ticket.id, 10**9):
        with pytest.raises(NoExiste) as refused:
            await cast.act(cast.raul, ticket_id, "entregar")
        assert refused.value.detalle == "No existe ese ticket."


async def test_the_wrong_role_is_told_so_before_the_version_and_the_state(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)

    with pytest.raises(RolNoPermitido):
        await cast.act(cast.rita, ticket, "reintentar", version=99)


@pytest.mark.parametrize(
    ("more", "campo"),
    [({}, "motivo"), ({"motivo": "porque_si"}, "motivo"), ({"motivo": "otro"}, "nota")],
)
async def test_failing_says_why(cast: Cast, more: dict[str, str], campo: str) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)

    with pytest.raises(CamposInvalidos) as wrong:
        await cast.act(cast.rita, ticket, "fallar", **more)

    assert [c for c, _ in wrong.value.errores] == [campo]


async def test_an_acts_own_time_is_held_between_the_giving_and_now(cast: Cast) -> None:
    early = await cast.pedido(repartidor_id=cast.rita.id)
    late = await cast.pedido(repartidor_id=cast.rita.id)

    early = await cast.acts(cast.rita, early, "iniciar", ocurrido_en=1000)
    late = await cast.acts(cast.rita, late, "iniciar", ocurrido_en=10**14)

    assert early.en_camino_en == early.asignado_en
    assert late.en_camino_en is not None
    assert late.asignado_en is not None
    assert late.asignado_en <= late.en_camino_en < 10**14


async def test_thirty_seconds_are_counted_between_the_acts_own_times(cast: Cast, base: Base) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await age(base, ticket.id, 3_600_000)
    asignado = (await cast.get_ticket(ticket.id)).asignado_en or 0
    await cast.acts(cast.rita, ticket, "entregar", ocurrido_en=asignado + 1000)

    with pytest.raises(FueraDePlazo):
        await cast.act(cast.rita, ticket, "corregir", ocurrido_en=asignado + 31_001)
    corrected = await cast.acts(cast.rita, ticket, "corregir", ocurrido_en=asignado + 31_000)

    assert corrected.estado is Estado.ASIGNADO
    assert corrected.cerrado_en is None


async def test_an_admin_corrects_for_a_day(cast: Cast, base: Base) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await age(base, ticket.id, 25 * 3_600_000)
    asignado = (await cast.get_ticket(ticket.id)).asignado_en or 0
    await cast.acts(cast.rita, ticket, "entregar", ocurrido_en=asignado)

    with pytest.raises(FueraDePlazo):
        await cast.act(cast.ana, ticket, "corregir")
    await cast.acts(cast.ana, ticket, "corregir", ocurrido_en=asignado + 24 * 3_600_000)


async def age(base: Base, ticket_id: int, ms: int) -> None:
    """The ticket was given some time ago."""

    async def earlier(work) -> None:  # type: ignore[no-untyped-def]
        await work.con.execute(
            "UPDATE tickets SET creado_en = creado_en - :ms, asignado_en = asignado_en - :ms WHERE id = :id",
            {"id": ticket_id, "ms": ms},
        )

    await base.do(earlier)


async def test_correcting_gives_it_back_to_its_phone_and_counts_it(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.rita, ticket, "iniciar")
    await cast.acts(cast.rita, ticket, "entregar")
    assert (await cast.persona(cast.rita)).tickets_abiertos == 0

    corrected = await cast.acts(cast.rita, ticket, "corregir")

    assert corrected.estado is Estado.EN_CAMINO
    assert (await cast.persona(cast.rita)).tickets_abiertos == 1
    assert cast.tipos(cast.rita) == ["ticket.asignado", "ticket.en_camino", "ticket.entregado", "ticket.asignado"]
    assert cast.tipos(0) == ["ticket.creado", "ticket.en_camino", "ticket.entregado", "ticket.en_camino"]


async def test_a_ticket_does_not_open_again_in_the_hands_of_who_left(cast: Cast, base: Base) -> None:
    from ticketera.actions.usuarios import cambiar_repartidor

    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.rita, ticket, "entregar")
    await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, {"activo": False})

    with pytest.raises(RepartidorInactivo):
        await cast.act(cast.ana, ticket, "corregir")


async def test_a_corrected_ticket_whose_place_was_taken_goes_last(cast: Cast) -> None:
    first = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.rita, first, "entregar")
    second = await cast.pedido(repartidor_id=cast.rita.id)
    assert second.lugar == first.lugar

    await cast.acts(cast.rita, first, "corregir")

    assert await cast.columna(cast.rita) == [second.id, first.id]


async def test_retrying_clears_the_holder_and_gives_it_out_at_once(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.rita, ticket, "fallar", motivo="no_contesta")
    await cast.set_turno(cast.raul)

    again = await cast.acts(cast.ana, ticket, "reintentar")

    assert (again.estado, again.repartidor_id, again.intento) == (Estado.ASIGNADO, cast.raul.id, 2)
    assert again.motivo is None
    assert cast.tipos(cast.rita) == ["ticket.asignado", "ticket.fallido", "ticket.retirado"]
    assert cast.tipos(cast.raul) == ["ticket.asignado"]
    assert cast.tipos(0) == ["ticket.creado", "ticket.fallido", "ticket.movido", "ticket.movido"]


async def test_the_answer_to_retrying_is_the_ticket_as_it_was_given_out(cast: Cast) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.rita, ticket, "fallar", motivo="no_contesta")
    await cast.set_turno(cast.raul)

    answer = json.loads((await cast.act(cast.ana, ticket, "reintentar")).cuerpo)

    assert (answer["estado"], answer["repartidor_nombre"], answer["version"]) == ("asignado", "Raúl", 4)


async def test_the_shop_cancels_only_before_it_is_on_its_way(cast: Cast) -> None:
    waiting = await cast.pedido()
    going = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.rita, going, "iniciar")

    assert (await cast.acts(TIENDA, waiting, "cancelar")).estado is Estado.CANCELADO
    with pytest.raises(AccionNoPermitida) as refused:
        await cast.act(TIENDA, going, "cancelar")
    assert refused.value.acciones == []


async def test_history_says_who_did_what_and_when(cast: Cast, base: Base) -> None:
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.rita, ticket, "fallar", motivo="otro", nota="Mudanza en la puerta", ocurrido_en=1)

    rows = await base.read(select_historial, ticket.id)

    assert [(r["que"], r["de"], r["a"], r["quien_nombre"]) for r in rows] == [
        ("creado", None, "asignado", "Tienda"),
        ("fallar", "asignado", "fallido", "Rita"),
    ]
    assert rows[1]["ocurrido_en"] == ticket.asignado_en
    assert json.loads(rows[1]["detalle"]) == {"motivo": "otro", "nota": "Mudanza en la puerta"}


async def test_what_made_room_gives_out_what_waits(cast: Cast) -> None:
    await cast.configura(max_tickets_por_repartidor=1)
    await cast.set_turno(cast.rita)
    held, low, high = await cast.pedido(), await cast.pedido(), await cast.pedido(prioridad="alta")

    await cast.acts(cast.rita, held, "entregar")

    assert (await cast.get_ticket(high.id)).repartidor_id == cast.rita.id
    assert (await cast.get_ticket(low.id)).repartidor_id is None


class TestALostTicket:
    """What Rita did in the street to a ticket that had moved on."""

    async def moved(self, cast: Cast) -> Ticket:
        ticket = await cast.pedido(repartidor_id=cast.rita.id)
        await cast.move(ticket, a=cast.raul)
        return await cast.get_ticket(ticket.id)

    async def test_delivering_it_is_kept_as_a_conflicto_without_its_data(self, cast: Cast) -> None:
        ticket = await self.moved(cast)

        respuesta = await cast.act(cast.rita, ticket, "entregar", cobrado=190000)

        assert respuesta.codigo == "ticket_ajeno"
        assert list(json.loads(respuesta.cuerpo)) == ["conflicto_id"]
        assert await cast.get_ticket(ticket.id) == ticket
        told = cast.novedades(0)[-1]
        assert (told["tipo"], told["conflicto"]["accion"], told["conflicto"]["cobrado"]) == (
            "ticket.conflicto",
            "entregar",
            1900,
        )
        assert told["conflicto"]["repartidor"] == {"id": cast.rita.id, "nombre": "Rita"}

    async def test_there_is_one_conflicto_however_often_it_is_said(self, cast: Cast) -> None:
        ticket = await self.moved(cast)

        answers = [
            await cast.act(cast.rita, ticket, "entregar", accion_id="uno"),
            await cast.act(cast.rita, ticket, "entregar", accion_id="uno"),
            await cast.act(cast.rita, ticket, "fallar", motivo="no_contesta"),
        ]

        assert len({a.cuerpo for a in answers}) == 1
        assert cast.tipos(0).count("ticket.conflicto") == 1

    async def test_a_retried_one_was_theirs_too(self, cast: Cast) -> None:
        ticket = await cast.pedido(repartidor_id=cast.rita.id)
        await cast.acts(cast.ana, ticket, "fallar", motivo="no_contesta")
        await cast.acts(cast.ana, ticket, "reintentar")

        assert (await cast.act(cast.rita, ticket, "entregar")).codigo == "ticket_ajeno"

    async def test_other_acts_are_refused(self, cast: Cast) -> None:
        ticket = await self.moved(cast)

        with pytest.raises(TicketAjeno):
            await cast.act(cast.rita, ticket, "llegar")

    async def test_after_a_week_it_is_unknown(self, cast: Cast, base: Base) -> None:
        ticket = await self.moved(cast)

        async def long_ago(work) -> None:  # type: ignore[no-untyped-def]
            await work.con.execute("UPDATE tenencias SET hasta = hasta - 7 * 86400000 - 7200000", {})

        await base.do(long_ago)

        with pytest.raises(NoExiste):
            await cast.act(cast.rita, ticket, "entregar")

    async def test_a_cancelled_one_gives_a_conflicto_with_the_ticket(self, cast: Cast) -> None:
        ticket = await cast.pedido(repartidor_id=cast.rita.id)
        await cast.acts(cast.ana, ticket, "cancelar")

        respuesta = await cast.act(cast.rita, ticket, "entregar")

        assert respuesta.codigo == "cerrado"
        assert json.loads(respuesta.cuerpo)["ticket"]["estado"] == "cancelado"

    async def test_what_they_closed_themselves_is_no_conflicto(self, cast: Cast) -> None:
        ticket = await cast.pedido(repartidor_id=cast.rita.id)
        await cast.acts(cast.rita, ticket, "entregar")

        with pytest.raises(TicketCerrado) as refused:
            await cast.act(cast.rita, ticket, "entregar")

        assert refused.value.acciones == ["corregir"]
        assert isinstance(refused.value, NoSePuede)


async def test_the_shop_is_told_what_was_collected_where_it_was_said(cast: Cast, base: Base) -> None:
    said, silent = [await cast.pedido(repartidor_id=cast.rita.id) for _ in range(2)]
    await cast.acts(cast.rita, said, "entregar", cobrado=200050, medio="tarjeta")
    await cast.acts(cast.rita, silent, "entregar")

    async def reports(con: Connection) -> list[Any]:
        rows = await con.fetch_all("SELECT body FROM outgoing ORDER BY id", {})
        return [json.loads(row["body"])["data"] for row in rows]

    done = {d["numero"]: d for d in await base.read(reports) if d["estado"] == "entregado"}
    assert (done[said.numero]["cobrado"], done[said.numero]["medio"]) == (2000.5, "tarjeta")
    assert not done[silent.numero].keys() & {"cobrado", "medio"}


async def test_an_act_of_nobody_known_is_refused(cast: Cast, base: Base) -> None:
    with pytest.raises(CamposInvalidos):
        await base.do(acciones.actuar, cast.ana.quien, Acto(1, "bailar", "uno"))
