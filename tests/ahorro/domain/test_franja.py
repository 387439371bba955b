"""The windows that one may choose, by the clock of Buenos Aires."""

from datetime import datetime, timedelta

import pytest

from ahorro.domain.franja import Franja, Horario, Jornada, franjas_de, leer_franja
from belgrano.words.times import BUENOS_AIRES


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=BUENOS_AIRES).timestamp() * 1000)


@pytest.mark.parametrize(
    ("now", "first", "many"),
    [
        ("2026-11-24T06:59:00", "2026-11-24T08:00", 12),
        ("2026-11-24T07:00:00", "2026-11-24T08:00", 12),
        ("2026-11-24T07:00:01", "2026-11-24T10:00", 11),
        ("2026-11-24T16:59:59", "2026-11-24T18:00", 7),
        ("2026-11-24T17:00:01", "2026-11-25T08:00", 6),
        ("2026-12-31T23:59:59", "2027-01-01T08:00", 6),
    ],
)
def test_a_window_can_be_chosen_until_an_hour_before(now: str, first: str, many: int) -> None:
    franjas = franjas_de(at(now))

    assert (franjas[0].clave, len(franjas)) == (first, many)
    assert all(f.hasta - f.desde == 2 * 3_600_000 for f in franjas)


def test_a_window_is_named_by_its_hours_here() -> None:
    franja = Franja(at("2026-11-24T18:00:00"), at("2026-11-24T20:00:00"))

    assert (franja.clave, franja.horas, franja.dia.isoformat()) == ("2026-11-24T18:00", "18 a 20", "2026-11-24")
    assert leer_franja(franja.clave) == franja


@pytest.mark.parametrize(
    "clave",
    ["", "ya", "2026-11-24", "2026-11-24T18", "2026-1-24T18:00", "2026-02-30T18:00", "0001-01-01T08:00",
     "9999-12-31T18:00x", "٢٠٢٦-11-24T18:00"],
)  # fmt: skip
def test_what_is_no_window_is_not_read_as_one(clave: str) -> None:
    assert leer_franja(clave) is None


@pytest.mark.parametrize("clave", ["2026-11-24T19:00", "2026-11-24T18:30", "2026-11-24T20:00", "2026-11-24T07:00"])
def test_a_window_begins_where_the_shop_has_one(clave: str) -> None:
    franja = leer_franja(clave)

    assert franja is not None and not Horario().tiene(franja)


def test_closed_days_are_left_out_and_two_open_ones_are_offered() -> None:
    horario = Horario(dias=(1, 2, 5), desde=9, hasta=14, duracion=2, feriados=("2026-11-24",))

    franjas = franjas_de(at("2026-11-24T06:00:00"), horario)  # a Tuesday, and closed

    assert [f.clave for f in franjas] == [
        "2026-11-27T09:00", "2026-11-27T11:00", "2026-11-30T09:00", "2026-11-30T11:00",
    ]  # fmt: skip


def test_notice_is_the_shops() -> None:
    assert franjas_de(at("2026-11-24T08:00:00"), Horario(anticipacion=24 * 60))[0].clave == "2026-11-25T08:00"


def test_a_longer_notice_than_two_days_leaves_windows_to_choose() -> None:
    franjas = franjas_de(at("2026-11-24T08:00:00"), Horario(anticipacion=5 * 24 * 60, duracion=12))

    assert [f.clave for f in franjas] == ["2026-11-29T08:00", "2026-11-30T08:00"]


@pytest.mark.parametrize(
    ("corte", "now", "first"),
    [
        (13, "2026-11-24T12:59:59", "2026-11-24T14:00"),
        (13, "2026-11-24T13:00:00", "2026-11-25T08:00"),
        (0, "2026-11-24T00:00:00", "2026-11-25T08:00"),
        (-4, "2026-11-24T19:59:59", "2026-11-25T08:00"),
        (-4, "2026-11-24T20:00:00", "2026-11-26T08:00"),
    ],
)
def test_from_the_cut_off_on_a_day_takes_nothing_more_and_the_next_two_are_offered(
    corte: int, now: str, first: str
) -> None:
    franjas = franjas_de(at(now), Horario(corte=corte))

    assert franjas[0].clave == first
    assert len({f.dia for f in franjas}) == 2


def test_a_weekday_has_its_own_hours_places_and_cut_off_where_it_says_so() -> None:
    sabado = Jornada(6, desde=9, hasta=13, cupo=3, corte=-4)
    horario = Horario(dias=(5, 6, 7), duracion=2, por_dia=(sabado, Jornada(7, cupo=1)))

    friday = franjas_de(at("2026-11-27T17:30:00"), horario)
    night = franjas_de(at("2026-11-27T20:00:00"), horario)

    assert [f.clave for f in friday] == ["2026-11-28T09:00", "2026-11-28T11:00"]
    assert {f.dia.isoformat() for f in night} == {"2026-11-29"}
    assert [horario.cupo_de(f.dia) for f in (friday[0], night[0])] == [3, 1]
    assert horario.cupo_de(night[0].dia + timedelta(days=5)) == 20
    assert horario.tiene(friday[0]) and not horario.tiene(Franja(at("2026-11-28T08:00:00"), 0))


def test_as_soon_as_possible_is_only_while_the_days_hours_run_and_before_its_cut_off() -> None:
    horario = Horario(corte=16, por_dia=(Jornada(6, desde=9, hasta=13),), feriados=("2026-11-26",))

    said = {
        now: horario.abierto(at(f"{now}:00"))
        for now in (
            "2026-11-24T15:59", "2026-11-24T16:00", "2026-11-24T07:59",
            "2026-11-26T12:00", "2026-11-28T12:59", "2026-11-28T13:00",
        )
    }  # fmt: skip

    assert [now for now, yes in said.items() if yes] == ["2026-11-24T15:59", "2026-11-28T12:59"]


def test_a_window_that_ends_with_the_day_ends_at_24() -> None:
    assert franjas_de(at("2026-11-24T08:00:00"), Horario(desde=22, hasta=24))[0].horas == "22 a 24"
