"""The order of a route, on plain distance."""

import itertools
import random
from typing import Any

import pytest

from tests.ticketera.domain.test_asignacion import un_ticket
from ticketera.domain.ruta import largo, metros, ordenar, por_cercania
from ticketera.domain.ticket import Estado, Ticket

OBELISCO, CONGRESO = (-34.6037, -58.3816), (-34.6098, -58.3925)


def parada(n: int, lat: float | None, **cambios: Any) -> Ticket:
    """A stop on a street that runs north: what is nearer has the smaller `lat`."""
    return un_ticket(
        id=n, cliente_lat=lat, cliente_lng=None if lat is None else -58.4, estado=Estado.ASIGNADO, **cambios
    )


def test_a_distance_in_metres() -> None:
    assert metros(OBELISCO, CONGRESO) == pytest.approx(1205, abs=10)
    assert metros(OBELISCO, OBELISCO) == 0


@pytest.mark.parametrize("begins", [None, (-34.6, -58.4)])
@pytest.mark.parametrize("seed", range(5))
def test_seven_stops_are_as_short_as_can_be(seed: int, begins: tuple[float, float] | None) -> None:
    rng = random.Random(seed)
    stops = [(-34.6 + rng.uniform(-0.05, 0.05), -58.4 + rng.uniform(-0.05, 0.05)) for _ in range(7)]

    route = por_cercania(stops, begins)

    assert sorted(route) == list(range(7))
    best = min(largo(list(each), begins) for each in itertools.permutations(stops))
    assert largo([stops[i] for i in route], begins) <= best * 1.03


@pytest.mark.parametrize("n", [0, 1, 2, 100, 400])
def test_every_stop_is_in_the_route_once(n: int) -> None:
    rng = random.Random(n)
    stops = [(rng.uniform(-35, -34), rng.uniform(-59, -58)) for _ in range(n)]

    assert sorted(por_cercania(stops, OBELISCO)) == list(range(n))


def test_stops_at_one_place_end() -> None:
    assert sorted(por_cercania([OBELISCO] * 30)) == list(range(30))


def test_by_nearness_what_is_under_way_stays_on_top_and_what_has_no_place_comes_last() -> None:
    tickets = [
        parada(1, None), parada(2, -34.60), parada(3, -34.63), parada(4, -34.62),
        parada(5, None), parada(6, -34.61),
    ]  # fmt: skip
    tickets[3].estado = Estado.EN_CAMINO

    orden = ordenar(tickets, "cercania", None)

    assert [t.id for t in orden.tickets] == [4, 3, 6, 2, 1, 5]
    assert orden.sin_lugar == [1, 5]
    assert orden.metros_despues < orden.metros_antes


def test_by_franja_its_end_decides_and_nearness_within_it() -> None:
    tickets = [
        parada(1, -34.60), parada(2, -34.62, franja_hasta=2000), parada(3, -34.61, franja_hasta=2000),
        parada(4, None, franja_hasta=1000), parada(5, -34.60, franja_hasta=1000),
    ]  # fmt: skip

    orden = ordenar(tickets, "franja", (-34.60, -58.4))

    assert [t.id for t in orden.tickets] == [5, 4, 3, 2, 1]


def test_an_empty_route_has_an_order() -> None:
    orden = ordenar([], "cercania", None)

    assert (orden.tickets, orden.metros_antes, orden.metros_despues, orden.sin_lugar) == ([], 0, 0, [])
