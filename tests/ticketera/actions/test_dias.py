"""What is expected later is not given out now: it falls due by itself, once, whatever the clock and the process do."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

import belgrano.database.work
from belgrano.database.base import Base
from belgrano.database.running import advance, select_running
from belgrano.database.work import Work
from belgrano.words.times import BUENOS_AIRES, DIA, HORA, MINUTO
from tests.conftest import MakeBase
from tests.ticketera.actions.test_ofertas import ofrecidos, toma
from tests.ticketera.cast import Cast
from tests.ticketera.conftest import MIGRATIONS
from ticketera.actions import turnos
from ticketera.actions.usuarios import cambiar_repartidor
from ticketera.domain.errors import NoExiste
from ticketera.domain.espera import espera_de
from ticketera.domain.events import Ofertas
from ticketera.store.panorama import select_panorama


class Reloj:
    """The clock of all acts; tests set it. It begins on Monday 30/11/2026 at 14:00 in Buenos Aires."""

    def __init__(self) -> None:
        self.ahora = a_las("14:00")

    def now(self) -> int:
        return self.ahora


def a_las(hora: str, dias: int = 0) -> int:
    """An instant of Monday 30/11/2026, or some days later, in Buenos Aires (ms UTC)."""
    day = datetime.fromisoformat(f"2026-11-30T{hora}").replace(tzinfo=BUENOS_AIRES) + timedelta(days=dias)
    return int(day.timestamp() * 1000)


@pytest.fixture
def reloj(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reloj]:
    reloj = Reloj()
    monkeypatch.setattr(belgrano.database.work, "now", reloj.now)
    return reloj


async def pasa(base: Base, reloj: Reloj, who: Cast, ahora: int) -> None:
    """Time goes on to an instant; the phones are there, and the sweep comes by."""
    await base.do(goes_by, ahora - reloj.ahora)
    reloj.ahora = ahora
    await sweep(base, who)


async def goes_by(work: Work, ms: int) -> None:
    """The apps have run for so much longer."""
    await advance(work, await select_running(work.con) + ms, True)


async def sweep(base: Base, who: Cast) -> None:
    for persona in (who.rita, who.raul):
        await base.do(turnos.conectar, "uno", persona.id)
    await base.do(turnos.barrer)


async def test_an_order_for_another_day_is_given_to_nobody_on_arrival(reloj: Reloj, cast: Cast) -> None:
    await cast.set_turno(cast.rita)

    jueves = await cast.pedido(franja_desde=a_las("18:00", 3), franja_hasta=a_las("20:00", 3))
    solo_desde = await cast.pedido(franja_desde=a_las("09:00", 1))
    sin_hora = await cast.pedido()

    assert [t.repartidor_id for t in (jueves, solo_desde, sin_hora)] == [None, None, cast.rita.id]
    assert (jueves.estado, solo_desde.franja_desde) == ("pendiente", a_las("09:00", 1))
    assert (await cast.persona(cast.rita)).tickets_abiertos == 1


@pytest.mark.parametrize(("desde", "sale"), [("15:59", True), ("16:00", True), ("16:01", False)])
async def test_two_hours_before_its_franja_it_is_due(reloj: Reloj, cast: Cast, desde: str, sale: bool) -> None:
    await cast.set_turno(cast.rita)
    ticket = await cast.pedido(franja_desde=a_las(desde), franja_hasta=a_las("20:00"))
    assert (ticket.repartidor_id == cast.rita.id) is sale


async def test_no_act_that_makes_room_gives_it_before(reloj: Reloj, cast: Cast, base: Base) -> None:
    later = await cast.pedido(prioridad="urgente", franja_desde=a_las("18:00"), franja_hasta=a_las("20:00"))
    await cast.set_turno(cast.rita)
    now = await cast.pedido()
    await cast.acts(cast.rita, now, "fallar", motivo="no_contesta")
    await cast.acts(cast.ana, now, "reintentar")
    await cast.acts(cast.rita, now, "entregar")
    await base.do(turnos.conectar, "uno", cast.rita.id)
    await cast.configura(max_tickets_por_repartidor=20)
    await base.do(turnos.barrer)

    assert (await cast.get_ticket(later.id)).repartidor_id is None

    await pasa(base, reloj, cast, a_las("16:00"))

    assert (await cast.get_ticket(later.id)).repartidor_id == cast.rita.id
    assert cast.tipos(cast.rita, later.id) == ["ticket.asignado"]


async def test_what_waits_for_its_hour_holds_up_nothing_that_is_due(reloj: Reloj, cast: Cast) -> None:
    await cast.pedido(prioridad="urgente", franja_desde=a_las("18:00", 1), franja_hasta=a_las("20:00", 1))
    due = await cast.pedido(prioridad="baja")

    await cast.set_turno(cast.rita)

    assert await cast.columna(cast.rita) == [due.id]


async def test_a_person_gives_it_when_they_like(reloj: Reloj, cast: Cast, base: Base) -> None:
    await cast.set_turno()
    manana = {"franja_desde": a_las("18:00", 1), "franja_hasta": a_las("20:00", 1)}
    named = await cast.pedido(repartidor_id=cast.raul.id, **manana)
    moved = await cast.pedido(**manana)
    assert (await cast.move(moved, a=cast.rita))["codigo"] is None

    await base.do(turnos.barrer)

    assert [(await cast.get_ticket(t.id)).repartidor_id for t in (named, moved)] == [cast.raul.id, cast.rita.id]


async def test_back_in_sin_asignar_it_waits_for_its_hour_and_not_for_the_minutos_de_respeto(
    reloj: Reloj, cast: Cast, base: Base
) -> None:
    await cast.set_turno(cast.rita)
    ticket = await cast.pedido(
        repartidor_id=cast.rita.id, franja_desde=a_las("18:00", 1), franja_hasta=a_las("20:00", 1)
    )
    await cast.move(ticket, a=None)
    await pasa(base, reloj, cast, a_las("20:00"))
    assert await cast.columna(cast.rita) == []

    await pasa(base, reloj, cast, a_las("16:00", 1))
    assert await cast.columna(cast.rita) == [ticket.id]


@pytest.mark.parametrize("jump", [DIA, -DIA, HORA])
@pytest.mark.parametrize("modo", ["automatico", "oferta"])
async def test_a_clock_that_is_set_ends_nobodys_wish_to_leave_a_ticket_alone(
    reloj: Reloj, cast: Cast, base: Base, jump: int, modo: str
) -> None:
    await cast.configura(modo_asignacion=modo)
    await cast.set_turno(cast.rita)
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.move(ticket, a=None)

    reloj.ahora += jump
    await sweep(base, cast)
    assert (await cast.columna(cast.rita), await ofrecidos(cast, cast.rita)) == ([], [])

    await base.do(goes_by, 10 * MINUTO + 1)
    await sweep(base, cast)
    found = await cast.columna(cast.rita) if modo == "automatico" else await ofrecidos(cast, cast.rita)
    assert found == [ticket.id]


async def test_who_leaves_hands_it_to_nobody_before_its_hour(reloj: Reloj, cast: Cast, base: Base) -> None:
    await cast.set_turno()
    ticket = await cast.pedido(
        repartidor_id=cast.rita.id, franja_desde=a_las("18:00", 1), franja_hasta=a_las("20:00", 1)
    )
    await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, {"activo": False})

    assert (await cast.get_ticket(ticket.id)).repartidor_id is None


async def test_the_setting_says_how_long_before(reloj: Reloj, cast: Cast) -> None:
    await cast.set_turno(cast.rita)
    ticket = await cast.pedido(franja_desde=a_las("18:00"), franja_hasta=a_las("20:00"))
    assert ticket.repartidor_id is None

    await cast.configura(minutos_antes=241)

    assert await cast.columna(cast.rita) == [ticket.id]


async def test_fijo_obeys(reloj: Reloj, cast: Cast, base: Base) -> None:
    await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, {"zona": "Núñez"})
    await cast.configura(modo_asignacion="fijo")
    await cast.set_turno()
    ticket = await cast.pedido(cliente_barrio="Núñez", franja_desde=a_las("09:00", 1), franja_hasta=a_las("11:00", 1))
    await base.do(turnos.barrer)
    assert (await cast.get_ticket(ticket.id)).repartidor_id is None

    await pasa(base, reloj, cast, a_las("07:00", 1))
    assert await cast.columna(cast.rita) == [ticket.id]


async def test_it_is_no_offer_before_and_rings_when_it_is_due(reloj: Reloj, cast: Cast, base: Base) -> None:
    await cast.configura(modo_asignacion="oferta")
    await cast.set_turno(cast.rita)
    ticket = await cast.pedido(franja_desde=a_las("18:00"), franja_hasta=a_las("20:00"))
    assert await ofrecidos(cast, cast.rita) == []
    with pytest.raises(NoExiste):
        await toma(base, cast.rita, ticket)

    base.told.clear()  # type: ignore[attr-defined]
    await pasa(base, reloj, cast, a_las("16:00") + 2_000)

    assert await ofrecidos(cast, cast.rita) == [ticket.id]
    assert Ofertas((cast.rita.id,)) in base.told  # type: ignore[attr-defined]


@pytest.mark.parametrize("modo", ["sugerido", "manual"])
async def test_where_a_person_gives_nothing_changes_by_itself(reloj: Reloj, cast: Cast, base: Base, modo: str) -> None:
    await cast.configura(modo_asignacion=modo)
    await cast.set_turno()
    ticket = await cast.pedido(franja_desde=a_las("18:00"), franja_hasta=a_las("20:00"))
    await pasa(base, reloj, cast, a_las("16:00"))

    assert await cast.columna(None) == [ticket.id]


async def test_the_card_says_why_it_waits(reloj: Reloj, cast: Cast, base: Base) -> None:
    await cast.set_turno(cast.rita)
    ticket = await cast.pedido(franja_desde=a_las("18:00", 1), franja_hasta=a_las("20:00", 1))

    panorama = await base.read(select_panorama, reloj.ahora)

    assert espera_de(panorama, ticket, 0).motivo == "Es para mañana: se reparte desde las 16:00"


async def test_a_clock_that_jumps_over_midnight_and_back_releases_each_once(
    reloj: Reloj, cast: Cast, base: Base
) -> None:
    await cast.configura(max_tickets_por_repartidor=100)
    await cast.set_turno()
    tickets = [
        await cast.pedido(franja_desde=a_las("22:00") + n * HORA, franja_hasta=a_las("23:00") + n * HORA)
        for n in range(12)
    ]
    instants = [a_las("23:59"), a_las("00:01", 1), a_las("20:30"), a_las("07:00", 1), a_las("14:00"), a_las("09:00", 1)]
    for ahora in instants:
        await pasa(base, reloj, cast, ahora)
        given = {t.id for t in tickets if (await cast.get_ticket(t.id)).repartidor_id is not None}
        latest = max(instants[: instants.index(ahora) + 1])
        assert given == {t.id for t in tickets if (t.franja_desde or 0) <= latest + 120 * MINUTO}

    asignados = Counter(n["ticket_id"] for who in (cast.rita, cast.raul) for n in cast.novedades(who))
    assert asignados == {t.id: 1 for t in tickets}


async def test_forty_restarts_release_each_once(reloj: Reloj, make_base: MakeBase, schema: str) -> None:
    base = await make_base(MIGRATIONS, app=schema)
    cast = await Cast.of(base)
    await cast.configura(max_tickets_por_repartidor=100)
    await cast.set_turno()
    tickets = [
        await cast.pedido(franja_desde=a_las("16:30") + n * 30 * MINUTO, franja_hasta=a_las("23:00", 1))
        for n in range(40)
    ]
    asignados: Counter[int] = Counter()
    for restart in range(40):
        await base.close()
        base = await make_base(MIGRATIONS, app=schema)
        cast.base = base
        await pasa(base, reloj, cast, a_las("14:30") + restart * 30 * MINUTO)
        new = [n for who in (cast.rita, cast.raul) for n in cast.novedades(who)]
        asignados.update(n["ticket_id"] for n in new)
        assert [n["tipo"] for n in new] == ["ticket.asignado"]

    assert asignados == {t.id: 1 for t in tickets}
