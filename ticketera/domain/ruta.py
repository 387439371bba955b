"""The order of a route on plain distance: there is no road data, so a metre is a metre of air.

Stops are (lat, lng) in degrees. A route is an open path: it begins where the repartidor is (or anywhere) and ends at
its last stop.

Our own: `ortools` (30 MB) and `pyvroom` (5 MB) bring pandas and numpy besides, `fast-tsp` (345 kB) knows closed tours
and 16 bits of distance. Measured on random stops over 10 km, means of ten: 10 stops 0.8 ms and as short as that one's,
40 stops 17 ms and 2 % longer, 100 stops 39 ms and 3 % longer. It runs in a thread, outside of any act.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

from ticketera.domain.ticket import Estado, Ticket

Punto = tuple[float, float]
RADIO_M = 6_371_009
INTENTOS = 6  # nearest neighbour's routes that are tried, each with another first stop
MUCHAS = 60  # with more stops than this only one: it would take too long
DEMASIADAS = 250  # with more than this the nearest neighbour's route stays as it is: improving it grows with the cube


def metros(a: Punto, b: Punto) -> float:
    """The distance between two points over the ground, in metres."""
    lat_a, lat_b = radians(a[0]), radians(b[0])
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b[1] - a[1]) / 2) ** 2
    return 2 * RADIO_M * asin(sqrt(min(1.0, half)))


def largo(paradas: Sequence[Punto], desde: Punto | None = None) -> float:
    """The metres of a route in this order, from `desde` when it is known."""
    path = paradas if desde is None else [desde, *paradas]
    return sum(metros(a, b) for a, b in pairwise(path))


def por_cercania(paradas: Sequence[Punto], desde: Punto | None = None) -> list[int]:
    """The order (indices) of a short route over all stops.

    From the nearest neighbour's route, segments are reversed (2-opt) and moved (or-opt) as long as that shortens it.
    """
    n = len(paradas)
    if n < 2:
        return list(range(n))
    points = list(paradas) if desde is None else [*paradas, desde]
    dist = [[metros(a, b) for b in points] for a in points]
    start = None if desde is None else n
    firsts = sorted(range(n), key=lambda i: 0.0 if start is None else dist[start][i])
    if start is None:  # anywhere: stops all over the list
        firsts = firsts[:: max(1, n // INTENTOS)]
    if n > DEMASIADAS:
        return _vecinos(n, firsts[0], dist)
    routes = [_mejorada(_vecinos(n, first, dist), dist, start) for first in firsts[: INTENTOS if n <= MUCHAS else 1]]
    return min(routes, key=lambda route: _suma(route, dist, start))


def _vecinos(n: int, begin: int, dist: Sequence[Sequence[float]]) -> list[int]:
    left = set(range(n)) - {begin}
    route = [begin]
    at = begin
    while left:
        at = min(left, key=lambda j: (dist[at][j], j))
        left.remove(at)
        route.append(at)
    return route


def _suma(route: Sequence[int], dist: Sequence[Sequence[float]], start: int | None) -> float:
    first = 0.0 if start is None else dist[start][route[0]]
    return first + sum(dist[a][b] for a, b in pairwise(route))


def _mejorada(route: list[int], dist: Sequence[Sequence[float]], start: int | None) -> list[int]:
    """The route with no segment left whose turning or moving would shorten it."""
    while True:
        better = _dar_vuelta(route, dist, start) or _correr(route, dist, start)
        if better is None:
            return route
        route = better


def _dar_vuelta(route: list[int], dist: Sequence[Sequence[float]], start: int | None) -> list[int] | None:
    n = len(route)
    for i in range(n - 1):
        before = route[i - 1] if i else start
        for j in range(i + 1, n):
            a, b = route[i], route[j]
            gain = 0.0 if before is None else dist[before][a] - dist[before][b]
            if j + 1 < n:
                gain += dist[b][route[j + 1]] - dist[a][route[j + 1]]
            if gain > 0.01:
                return route[:i] + route[i : j + 1][::-1] + route[j + 1 :]
    return None


def _correr(route: list[int], dist: Sequence[Sequence[float]], start: int | None) -> list[int] | None:
    n = len(route)

    def d(a: int | None, b: int | None) -> float:
        return 0.0 if a is None or b is None else dist[a][b]

    for size in (1, 2, 3):
        for i in range(n - size + 1):
            part, rest = route[i : i + size], route[:i] + route[i + size :]
            before = rest[i - 1] if i else start
            after = rest[i] if i < len(rest) else None
            saved = d(before, part[0]) + d(part[-1], after) - d(before, after)
            for k in range(len(rest) + 1):
                a = rest[k - 1] if k else start
                b = rest[k] if k < len(rest) else None
                if k != i and saved - (d(a, part[0]) + d(part[-1], b) - d(a, b)) > 0.01:
                    return rest[:k] + part + rest[k:]
    return None


@dataclass(frozen=True, slots=True)
class Orden:
    """A proposed order of a repartidor's open tickets; metres over the stops whose place is known."""

    tickets: list[Ticket]
    metros_antes: int
    metros_despues: int
    sin_lugar: list[int]


def ordenar(tickets: Sequence[Ticket], criterio: str, desde: Punto | None) -> Orden:
    """The tickets (as they stand now, in order) by `franja` (its end, then nearness) or `cercania`.

    What is under way stays on top. A ticket without coordinates comes behind those of its franja, or of all.
    """
    arriba = [t for t in tickets if t.estado is Estado.EN_CAMINO]
    resto = [t for t in tickets if t.estado is not Estado.EN_CAMINO]
    en = next((lugar for t in reversed(arriba) if (lugar := _lugar(t))), desde)
    despues = list(arriba)
    if criterio == "franja":
        ends = sorted({_fin(t) for t in resto})
        groups = [[t for t in resto if _fin(t) == end] for end in ends]
    else:
        groups = [resto]
    for group in groups:
        places = {t.id: lugar for t in group if (lugar := _lugar(t))}
        located = [t for t in group if t.id in places]
        route = por_cercania([places[t.id] for t in located], en)
        ordered = [located[i] for i in route]
        en = places[ordered[-1].id] if ordered else en
        despues += [*ordered, *(t for t in group if t.id not in places)]
    return Orden(despues, _metros(tickets, desde), _metros(despues, desde), [t.id for t in despues if not _lugar(t)])


def _lugar(ticket: Ticket) -> Punto | None:
    if ticket.cliente_lat is None or ticket.cliente_lng is None:
        return None
    return ticket.cliente_lat, ticket.cliente_lng


def _fin(ticket: Ticket) -> float:
    end = ticket.franja_desde if ticket.franja_hasta is None else ticket.franja_hasta
    return float("inf") if end is None else end


def _metros(tickets: Sequence[Ticket], desde: Punto | None) -> int:
    return round(largo([lugar for t in tickets if (lugar := _lugar(t))], desde))
