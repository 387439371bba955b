"""Which days sales are compared with."""

from datetime import date

import pytest

from ahorro.domain.ventas import anterior, lapsos


@pytest.mark.parametrize(
    ("desde", "hasta", "antes"),
    [
        ("2026-12-01", "2026-12-01", ("2026-11-30", "2026-11-30")),  # a day: the day before, also on the first
        ("2026-12-01", "2026-12-05", ("2026-11-01", "2026-11-05")),  # of a month so many days
        ("2026-03-01", "2026-03-30", ("2026-02-01", "2026-02-28")),  # as many as there were
        ("2026-02-01", "2026-02-28", ("2026-01-01", "2026-01-31")),  # a whole one: all of the other
        ("2026-11-30", "2026-12-02", ("2026-11-23", "2026-11-25")),  # from a Monday: the same days of the week
        ("2026-11-03", "2026-11-09", ("2026-10-27", "2026-11-02")),  # any others: as many just before
        ("0001-01-03", "9999-01-01", ("0001-01-01", "0001-01-02")),
    ],
)
def test_some_days_are_compared_with_as_many_before(desde: str, hasta: str, antes: tuple[str, str]) -> None:
    found = anterior(date.fromisoformat(desde), date.fromisoformat(hasta))

    assert tuple(map(str, found)) == antes


def test_a_week_begins_on_monday() -> None:
    assert lapsos(date(2026, 12, 2))["Esta semana"] == (date(2026, 11, 30), date(2026, 12, 2))
