"""Prices that move together: rounded once, to the nearest, half up."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ahorro.domain.precios import Regla

PRECIOS = st.integers(1, 10_000_000_000)


@given(PRECIOS, st.integers(-10_000, 100_000), st.sampled_from([1, 100, 1_000, 5_000, 10_000]))
def test_the_outcome_is_the_nearest_multiple_half_up(antes: int, por_diez_mil: int, redondeo: int) -> None:
    exacto = antes * (1 + Fraction(por_diez_mil, 10_000))

    despues = Regla(por_diez_mil, 0, redondeo).precio(antes)

    assert despues % redondeo == 0
    assert Fraction(-redondeo, 2) < despues - exacto <= Fraction(redondeo, 2)


@given(PRECIOS, st.integers(-1_000_000, 1_000_000))
def test_an_amount_is_added_to_the_centavo(antes: int, monto: int) -> None:
    assert Regla(monto=monto).precio(antes) == antes + monto


def test_a_half_goes_up() -> None:
    assert Regla(redondeo=10_000).precio(15_000) == 20_000
    assert Regla(por_diez_mil=-5_000).precio(3) == 2
