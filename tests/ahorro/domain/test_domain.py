"""The shop's rules, as tables of cases."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from ahorro.domain.carrito import check_cantidad, sumar_cantidad
from ahorro.domain.cuenta import cuit_valido
from ahorro.domain.errors import CampoInvalido
from ahorro.domain.paquete import Paquete, proxima_despues, siguiente
from ahorro.domain.pedido import Entrega, numero_de_paquete, numero_de_pedido
from belgrano.words.text import folded
from belgrano.words.times import dia_de


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("instant", "numero"),
    [
        ("2026-11-24T02:59:59.999", "PED-20261123-ABCDEFGH"),
        ("2026-11-24T03:00:00", "PED-20261124-ABCDEFGH"),
        ("2027-01-01T01:00:00", "PED-20261231-ABCDEFGH"),
    ],
)
def test_a_numero_bears_the_buenos_aires_date(instant: str, numero: str) -> None:
    assert numero_de_pedido(ms(instant), "ABCDEFGH") == numero


def test_a_paquetes_numero_names_it_and_its_day() -> None:
    assert numero_de_paquete(17, dia_de(ms("2026-11-24T02:00:00"))) == "PAQ-17-20261123"


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("Ñandú  AZÚCAR", "nandu azucar"),
        ("Cafe\u0301", "cafe"),
        ("STRASSE ß", "strasse ss"),
        ("  ", ""),
    ],
)
def test_a_search_folds_accents_capitals_and_blanks(text: str, searched: str) -> None:
    assert folded(text) == searched


@pytest.mark.parametrize("value", [0, -1, 1000, 1.0, "1", True, None])
def test_a_quantity_outside_1_to_999_is_none(value: Any) -> None:
    with pytest.raises(CampoInvalido) as refused:
        check_cantidad(value)
    assert refused.value.campo == "cantidad"


def test_a_sum_may_reach_999_and_no_more() -> None:
    assert sumar_cantidad(998, 1) == 999
    with pytest.raises(CampoInvalido):
        sumar_cantidad(999, 1)


@pytest.mark.parametrize(
    ("desde", "frecuencia", "dia", "next_"),
    [
        ("2026-11-24", "semanal", 24, "2026-12-01"),
        ("2026-11-24", "quincenal", 24, "2026-12-09"),
        ("2026-11-24", "mensual", 24, "2026-12-24"),
        ("2026-12-31", "mensual", 31, "2027-01-31"),
        ("2027-01-31", "mensual", 31, "2027-02-28"),
        ("2027-02-28", "mensual", 31, "2027-03-31"),
        ("2028-01-31", "mensual", 31, "2028-02-29"),
    ],
)
def test_a_rhythm_has_a_next_date(desde: str, frecuencia: str, dia: int, next_: str) -> None:
    assert siguiente(date.fromisoformat(desde), frecuencia, dia) == date.fromisoformat(next_)


def test_the_next_date_is_after_today_however_long_the_shop_was_off() -> None:
    entrega = Entrega("", "", "efectivo")
    paquete = Paquete(1, 1, "", "semanal", date(2026, 1, 1), 1, True, entrega, None, None)

    assert proxima_despues(paquete, date(2026, 11, 24)) == date(2026, 11, 26)
    assert proxima_despues(paquete, date(2026, 1, 1)) == date(2026, 1, 8)


@pytest.mark.parametrize(
    ("cuit", "good"),
    [
        ("20-12345678-6", True),
        ("20123456786", True),
        ("20-12345678-5", False),
        ("30-71234567-1", True),
        ("27 28033514 8", True),
        ("20.12345678.6", True),
        ("20-00000000-1", False),
        ("30-00000000-7", False),
        ("00-00000000-0", False),
        ("21-12345678-2", False),
        ("99-12345678-1", False),
        ("20-12345678-6 y algo", False),
        ("2012345678", False),
        ("20-1234567٨-6", False),
        ("", False),
        ("abc", False),
    ],
)
def test_a_cuit_has_a_check_digit(cuit: str, good: bool) -> None:
    assert cuit_valido(cuit) is good
