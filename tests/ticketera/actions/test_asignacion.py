"""The modes of assignment: `fijo` by negocio or barrio, one's own cap, and what `automatico` may cost."""

from typing import Any

import pytest

from belgrano.database.base import Base
from belgrano.database.work import Work
from tests.ticketera.cast import Cast, un_pedido
from ticketera.actions import asignacion, intake, turnos
from ticketera.actions.usuarios import cambiar_repartidor
from ticketera.domain.espera import esperas
from ticketera.domain.usuario import Usuario
from ticketera.store.panorama import select_panorama


async def es(cast: Cast, who: Usuario, **cambios: Any) -> None:
    """Ana writes down how somebody works."""
    await cast.base.do(cambiar_repartidor, cast.ana.quien, who.id, cambios)


@pytest.fixture
async def fijo(cast: Cast) -> Cast:
    """The mode `fijo`: Rita has Núñez, Raúl the orders of Sol; both in turno."""
    await es(cast, cast.rita, zona="Núñez, Saavedra")
    await es(cast, cast.raul, negocio="Sol")
    await cast.configura(modo_asignacion="fijo", max_tickets_por_repartidor=2)
    await cast.set_turno()
    return cast


async def test_fijo_gives_on_arrival_by_negocio_before_barrio(fijo: Cast) -> None:
    by_shop = await fijo.pedido(negocio="SOL", cliente_barrio="Núñez")
    by_barrio = await fijo.pedido(negocio="Luna", cliente_barrio="nunez")
    nobodys = await fijo.pedido(cliente_barrio="Boedo")

    assert [t.repartidor_id for t in (by_shop, by_barrio, nobodys)] == [fijo.raul.id, fijo.rita.id, None]
    assert fijo.tipos(fijo.rita) == ["ticket.asignado"]


async def test_fijo_waits_for_whose_it_is_and_holds_up_nobody_else(fijo: Cast, base: Base) -> None:
    await base.do(turnos.cerrar_turno, fijo.raul.id)
    sols = [await fijo.pedido(negocio="Sol", prioridad="urgente") for _ in range(3)]
    nunez = await fijo.pedido(cliente_barrio="Núñez")
    assert [(await fijo.get_ticket(t.id)).repartidor_id for t in (*sols, nunez)] == [None, None, None, fijo.rita.id]

    await fijo.set_turno(fijo.raul)
    assert await fijo.columna(fijo.raul) == [sols[0].id, sols[1].id]  # the cap

    await fijo.acts(fijo.raul, sols[0], "entregar")
    assert await fijo.columna(fijo.raul) == [sols[1].id, sols[2].id]


async def test_fijo_leaves_what_a_person_set_apart(fijo: Cast, base: Base) -> None:
    ticket = await fijo.pedido(cliente_barrio="Núñez")
    await fijo.move(ticket, a=None)
    await base.do(turnos.barrer)

    assert await fijo.columna(None) == [ticket.id]


@pytest.mark.parametrize("modo", ["manual", "sugerido", "oferta"])
async def test_in_these_modes_nothing_is_given_by_itself(cast: Cast, base: Base, modo: str) -> None:
    await es(cast, cast.rita, zona="Núñez")
    await cast.configura(modo_asignacion=modo)
    await cast.set_turno()
    ticket = await cast.pedido(cliente_barrio="Núñez")
    await base.do(turnos.barrer)
    await base.do(turnos.registrar_senal, cast.rita.id)
    assert await cast.columna(None) == [ticket.id]

    await cast.configura(modo_asignacion="automatico")
    assert await cast.columna(None) == []


async def test_ones_own_capacidad_is_the_cap_of_the_rule_and_of_a_move(cast: Cast) -> None:
    await es(cast, cast.rita, capacidad=1)
    await cast.set_turno(cast.rita)
    first, second = await cast.pedido(), await cast.pedido()
    assert (first.repartidor_id, second.repartidor_id) == (cast.rita.id, None)

    refused = await cast.move(second, a=cast.rita)
    forced = await cast.move(second, a=cast.rita, forzar=True)

    assert [r["codigo"] for r in refused["resultados"]] == ["sin_lugar"]
    assert forced["codigo"] is None


class Counting:
    """A driver's connection that counts its statements."""

    def __init__(self, driver: Any) -> None:
        self.driver, self.count = driver, 0

    def __getattr__(self, name: str) -> Any:
        self.count += name in {"fetch_one", "fetch_all", "execute"}
        return getattr(self.driver, name)


@pytest.mark.parametrize(("somebody", "statements"), [(True, 9), (False, 8)])
async def test_an_order_in_automatico_costs_no_statement_more(
    cast: Cast, base: Base, somebody: bool, statements: int
) -> None:
    if somebody:
        await cast.set_turno(cast.rita)

    async def counted(work: Any) -> int:
        counting = work.con.driver = Counting(work.con.driver)
        try:
            await intake.recibir_ticket(work, un_pedido())
        finally:
            work.con.driver = counting.driver
        return counting.count

    assert await base.do(counted) == statements


async def test_a_mode_of_a_version_that_came_later_gives_nothing_by_itself(cast: Cast, base: Base) -> None:
    """Whoever goes back to the version before takes orders all the same; a person gives them."""
    await cast.set_turno()
    await base.do(choose, "de_manana")

    ticket = await cast.pedido()

    assert ticket.repartidor_id is None
    assert await base.do(asignacion.repartir) == []
    (why,) = esperas(await base.read(select_panorama, ticket.creado_en))
    assert why.motivo == "El reparto es manual"


async def choose(work: Work, modo: str) -> None:
    await work.con.execute("UPDATE configuracion SET modo_asignacion = :modo", {"modo": modo})
