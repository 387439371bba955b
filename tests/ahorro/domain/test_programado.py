"""Scheduled prices: when, in plain words, and what is left alone when the moment comes."""

from datetime import datetime

import pytest

from ahorro.domain.errors import CampoInvalido
from ahorro.domain.precios import Movimiento, Vigente
from ahorro.domain.programado import al_llegar, check_desde, cuando_dicho
from belgrano.words.times import BUENOS_AIRES, DIA, HORA, ms_of

AHORA = ms_of(datetime(2026, 12, 31, 22, 15, tzinfo=BUENOS_AIRES))


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2027-01-01T00:00", "esta noche a las 00:00"),
        ("2026-12-31T23:30", "hoy a las 23:30"),
        ("2027-01-01T08:00", "mañana a las 08:00"),
        ("2027-01-02T00:00", "el sáb 2/1 a las 00:00"),
        ("2027-11-02T09:05", "el mar 2/11/2027 a las 09:05"),
        ("2026-12-31T22:00", "el 31/12/2026 22:00"),
    ],
)
def test_a_moment_is_said_as_people_say_it(moment: str, said: str) -> None:
    assert cuando_dicho(ms_of(datetime.fromisoformat(moment).replace(tzinfo=BUENOS_AIRES)), AHORA) == said


def test_a_year_ahead_is_not_too_far_and_a_moment_more_is() -> None:
    for moment in (None, 0, AHORA, AHORA + 365 * DIA):
        check_desde(moment, AHORA)

    with pytest.raises(CampoInvalido) as refused:
        check_desde(AHORA + 365 * DIA + 1, AHORA)

    assert refused.value.campo == "desde"


def vigente(cual: int, precio: int, oferta: int | None = None, *, activo: bool = True) -> Vigente:
    return Vigente(cual, f"Cosa {cual}", precio, oferta, None, AHORA + HORA if oferta else None, activo)


def test_only_what_stands_as_it_was_seen_moves_and_an_offer_made_since_goes_where_it_is_none_any_more() -> None:
    seen = [Movimiento(cual, f"Cosa {cual}", 100, 80) for cual in range(1, 7)]
    seen.append(Movimiento(7, "Fuera de temporada", 100, 80, a_la_venta=False))
    now = [
        vigente(1, 100), vigente(2, 99), vigente(3, 80), vigente(4, 100, activo=False), vigente(5, 100, 80),
        vigente(7, 100, 79, activo=False),
    ]  # fmt: skip

    move, stay = al_llegar(seen, {each.id: each for each in now})

    assert [(m.id, m.antes, m.despues, m.oferta) for m in move] == [
        (1, 100, 80, None),
        (5, 100, 80, (80, None, AHORA + HORA)),
        (7, 100, 80, None),
    ]
    assert [(each.id, each.codigo) for each in stay] == [
        (2, "otro_precio"), (3, "otro_precio"), (4, "no_se_vende"), (6, "no_se_vende"),
    ]  # fmt: skip
