"""Points in drawn areas."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahorro.domain.area import Area, contiene, falla_de, sin_repetir

BELGRANO: Area = ((-34.55, -58.47), (-34.55, -58.44), (-34.57, -58.44), (-34.57, -58.47))
BOW: Area = ((-34.55, -58.47), (-34.57, -58.44), (-34.55, -58.44), (-34.57, -58.47))
# An L, whose middle is outside of it.
ELE: Area = ((-34.0, -58.0), (-34.0, -57.0), (-34.2, -57.0), (-34.2, -57.8), (-34.9, -57.8), (-34.9, -58.0))


@st.composite
def stars(draw: st.DrawFn) -> Area:
    """A polygon around a centre, its corners at growing angles: it never crosses itself."""
    many = draw(st.integers(3, 12))
    radii = draw(st.lists(st.integers(1_000, 90_000), min_size=many, max_size=many))
    return tuple(
        (
            round(-34.6 + r / 1e6 * math.sin(n * math.tau / many), 6),
            round(-58.4 + r / 1e6 * math.cos(n * math.tau / many), 6),
        )
        for n, r in enumerate(radii)
    )


near = st.tuples(st.integers(-120_000, 120_000), st.integers(-120_000, 120_000)).map(
    lambda p: (round(-34.6 + p[0] / 1e6, 6), round(-58.4 + p[1] / 1e6, 6))
)


def turned(area: Area, punto: tuple[float, float]) -> int:
    """How often the border goes around a point, by the sum of the angles: another way to the same answer."""
    whole = 0.0
    for (a, b), (c, d) in zip(area, area[1:] + area[:1], strict=True):
        step = math.atan2(c - punto[0], d - punto[1]) - math.atan2(a - punto[0], b - punto[1])
        whole += (step + math.pi) % math.tau - math.pi
    return round(whole / math.tau)


def distance(area: Area, punto: tuple[float, float]) -> float:
    """How far a point is from the border."""
    found = []
    for (a, b), (c, d) in zip(area, area[1:] + area[:1], strict=True):
        length = (c - a) ** 2 + (d - b) ** 2
        t = max(0.0, min(1.0, ((punto[0] - a) * (c - a) + (punto[1] - b) * (d - b)) / length)) if length else 0.0
        found.append(math.hypot(punto[0] - a - t * (c - a), punto[1] - b - t * (d - b)))
    return min(found)


@given(stars(), near)
def test_a_point_is_inside_where_the_border_goes_around_it(area: Area, punto: tuple[float, float]) -> None:
    if distance(area, punto) > 1e-7:
        assert contiene(area, punto) == (turned(area, punto) != 0)


@given(stars(), near, st.integers(0, 11))
def test_it_matters_not_where_the_drawing_began_nor_which_way_it_went(
    area: Area, punto: tuple[float, float], n: int
) -> None:
    other = (area[n % len(area) :] + area[: n % len(area)])[::-1]

    assert contiene(other, punto) == contiene(area, punto)
    assert bool(falla_de(other)) == bool(falla_de(area))


@given(stars())
def test_what_is_drawn_around_a_centre_is_an_area_and_has_its_corners(area: Area) -> None:
    assert falla_de(area) == ""
    assert all(contiene(area, corner) for corner in area)


@pytest.mark.parametrize(
    ("area", "punto", "inside"),
    [
        (BELGRANO, (-34.56, -58.45), True),
        (BELGRANO, (-34.55, -58.45), True),
        (BELGRANO, (-34.57, -58.47), True),
        (BELGRANO, (-34.58, -58.45), False),
        (BELGRANO, (-34.56, -58.48), False),
        (ELE, (-34.1, -57.1), True),
        (ELE, (-34.8, -57.9), True),
        (ELE, (-34.6, -57.3), False),
    ],
)
def test_the_border_belongs_to_it(area: Area, punto: tuple[float, float], inside: bool) -> None:
    assert contiene(area, punto) is inside


@pytest.mark.parametrize(
    ("area", "said"),
    [
        (BELGRANO, ""),
        (ELE, ""),
        (BOW, "El borde del área se cruza: mirá los puntos 1 y 3."),
        (BELGRANO[:2], "El área necesita al menos 3 puntos."),
        ((), "El área necesita al menos 3 puntos."),
        (((-34.5, -58.4), (-34.5, -58.3), (-34.5, -58.35)), "El borde del área se cruza"),
        ((*BELGRANO, (-34.56, -58.44)), "El borde del área se cruza"),
        (((-58.4, -34.5), *BELGRANO), "El punto 1 del área no está en la Argentina"),
        ((*BELGRANO, (40.4, -3.7)), "El punto 5 del área no está en la Argentina"),
        (tuple((-34.5 - n / 1e4, -58.4) for n in range(201)), "hasta 200 puntos"),
    ],
)
def test_what_is_no_area_is_said_in_words(area: Area, said: str) -> None:
    assert falla_de(area).startswith(said) if said.startswith("El") else said in falla_de(area)
    assert bool(falla_de(area)) == bool(said)


def test_the_first_corner_again_at_the_end_closes_it() -> None:
    assert sin_repetir([BELGRANO[0], *BELGRANO, BELGRANO[3], BELGRANO[0]]) == BELGRANO
