"""Instants as text and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belgrano.words.times import DIA, FIRST, LAST, comienzo_del_dia, fecha_hora, hora, iso, ms_de_iso, otro_dia


@given(st.integers(FIRST, LAST))
def test_there_and_back(ms: int) -> None:
    assert ms_de_iso(iso(ms)) == ms


def test_it_is_utc_with_milliseconds() -> None:
    assert iso(1_767_225_600_007) == "2026-01-01T00:00:00.007Z"
    assert ms_de_iso("2025-12-31T21:00:00.007-03:00") == 1_767_225_600_007


@pytest.mark.parametrize("text", ["", "ayer", "2026-01-01", "2026-01-01T00:00:00"])
def test_a_text_without_a_zone_is_no_instant(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        ms_de_iso(text)


@pytest.mark.parametrize(
    "text",
    ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999Z", "9999-12-31T23:59:59-12:00"],
)
def test_an_instant_at_the_end_of_time_can_still_be_said_anywhere(text: str) -> None:
    """A shop's franja in the year 1 took down the board, a phone's clock the list of repartidores."""
    ms = ms_de_iso(text)

    assert ms_de_iso(iso(ms)) == ms
    assert all(said(at) for at in (ms - DIA, ms + DIA) for said in (hora, fecha_hora, iso))
    assert comienzo_del_dia(ms) <= ms


@pytest.mark.parametrize(
    ("instant", "said"),
    [
        ("2026-11-30T00:00-03:00", ""),
        ("2026-11-30T23:59-03:00", ""),
        ("2026-12-01T02:59Z", ""),  # the 1st in UTC
        ("2026-12-01T03:00Z", "mañana"),
        ("2026-12-02T02:59Z", "mañana"),
        ("2026-12-02T03:00Z", "mié 2/12"),
        ("2026-12-03T18:00-03:00", "jue 3/12"),
        ("2027-01-02T10:00-03:00", "sáb 2/1"),
        ("2026-11-29T23:00-03:00", "ayer"),
        ("2026-11-23T23:00-03:00", "lun 23/11"),
        ("2031-05-04T18:00-03:00", "dom 4/5/2031"),
    ],
)
def test_today_needs_no_word_and_every_other_day_has_one(instant: str, said: str) -> None:
    for now in ("2026-11-30T00:00-03:00", "2026-11-30T23:59-03:00"):
        assert otro_dia(ms_de_iso(instant), ms_de_iso(now)) == said


@given(st.integers(FIRST, LAST), st.integers(FIRST, LAST))
def test_every_day_can_be_said_at_any_time(ms: int, ahora: int) -> None:
    assert (otro_dia(ms, ahora) == "") is (comienzo_del_dia(ms) == comienzo_del_dia(ahora))
