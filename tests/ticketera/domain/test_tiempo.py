"""Instants as text and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketera.domain.tiempo import iso, ms_de_iso


@given(st.integers(0, 253402300799999))
def test_there_and_back(ms: int) -> None:
    assert ms_de_iso(iso(ms)) == ms


def test_it_is_utc_with_milliseconds() -> None:
    assert iso(1_767_225_600_007) == "2026-01-01T00:00:00.007Z"
    assert ms_de_iso("2025-12-31T21:00:00.007-03:00") == 1_767_225_600_007


@pytest.mark.parametrize("text", ["", "ayer", "2026-01-01", "2026-01-01T00:00:00"])
def test_a_text_without_a_zone_is_no_instant(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        ms_de_iso(text)
