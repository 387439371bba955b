"""What people read of money, numbers, times and text: one way of writing each."""

import unicodedata

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from belgrano.words.ages import duracion, hace, rato
from belgrano.words.money import pesos, pesos_justos
from belgrano.words.numbers import distancia, is_whole, miles, whole
from belgrano.words.text import folded, unaccented
from belgrano.words.times import DIA, HORA, MINUTO, en_punto, fecha, fecha_hora, hora, ms_de_iso

AHORA = ms_de_iso("2026-11-24T21:05:00Z")


@given(st.integers(-(10**13), 10**13))
def test_money_is_written_as_babel_writes_decimals_here(centavos: int) -> None:
    decimal = format_decimal(centavos / 100, "#,##0.00", locale="es_AR")

    assert pesos(centavos) == f"$\u00a0{decimal}"
    assert pesos_justos(centavos) == f"$\u00a0{decimal.removesuffix(',00')}"


def test_nothing_is_written_of_nothing() -> None:
    assert (pesos(None), fecha(None), hora(None), fecha_hora(None)) == ("", "", "", "")
    assert duracion(None) == "—"


def test_a_day_and_a_time_are_buenos_aires() -> None:
    assert (fecha(AHORA), hora(AHORA), fecha_hora(AHORA)) == ("24/11/2026", "18:05", "24/11/2026 18:05")
    assert [en_punto(AHORA + step * MINUTO) for step in (0, -5, 355)] == ["18:05", "18", "0"]


@pytest.mark.parametrize(
    ("paso", "words"),
    [(-5, "recién"), (MINUTO - 1, "recién"), (MINUTO, "hace 1 min"), (HORA - 1, "hace 59 min"), (HORA, "hace 1 h"),
     (2 * DIA - 1, "hace 47 h"), (2 * DIA, "hace 2 días"), (30 * DIA, "hace 30 días")],
)  # fmt: skip
def test_how_long_ago(paso: int, words: str) -> None:
    assert hace(AHORA - paso, AHORA) == words


def test_how_long() -> None:
    assert [rato(ms) for ms in (0, 59 * MINUTO, HORA, 50 * HORA)] == ["0 min", "59 min", "1 h", "50 h"]
    assert [rato(ms, horas_desde=2) for ms in (HORA, 2 * HORA - 1, 2 * HORA)] == ["60 min", "119 min", "2 h"]
    assert [duracion(ms) for ms in (45_400, 89_999, 90_000, HORA - 30_001, HORA - 30_000, HORA + 5 * MINUTO)] == [
        "45 s", "90 s", "2 min", "59 min", "1 h 00 min", "1 h 05 min",
    ]  # fmt: skip


def test_numbers_and_distances() -> None:
    assert [miles(n) for n in (0, 999, 1_234, 1_234_567)] == ["0", "999", "1.234", "1.234.567"]
    assert [distancia(m) for m in (0, 999, 1_000, 1_249, 12_345)] == ["0 m", "999 m", "1,0 km", "1,2 km", "12,3 km"]


@pytest.mark.parametrize("text", ["", " 1", "-1", "+1", "1.0", "1_0", "٣", "²", "1" * 19, "9" * 5_000])
def test_what_is_no_whole_number_is_none(text: str) -> None:
    assert whole(text) is None


def test_a_whole_number_has_at_most_so_many_digits() -> None:
    assert (whole("0"), whole("007"), whole("9" * 18)) == (0, 7, 10**18 - 1)
    assert (whole("123", 3), whole("1234", 3)) == (123, None)
    assert is_whole("9" * 5_000) and not is_whole("²")


@given(st.text())
def test_text_loses_its_marks_whatever_its_script(text: str) -> None:
    parted = unicodedata.normalize("NFKD", text.casefold())

    assert unaccented(text) == "".join(letter for letter in parted if not unicodedata.combining(letter))
    assert folded(text) == " ".join(unaccented(text).split())
