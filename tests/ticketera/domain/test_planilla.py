"""Spreadsheets and what people write: read however they were saved, refused plainly, written so that they read back."""

import csv
import io
import time
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from belgrano.words.planilla import armar, desarmar, linea
from ticketera.domain.celdas import campos_de, lo_mismo, numero_de
from ticketera.domain.errors import CamposInvalidos, PlanillaIlegible
from ticketera.domain.escrito import (
    escribir_productos,
    leer_dia,
    leer_franja,
    leer_hora,
    leer_pesos,
    leer_productos,
)
from ticketera.domain.intake import encargo_de
from ticketera.domain.planilla import EJEMPLO, MOST_LINES, leer, texto_de

TITULOS = "Cliente;Dirección;Productos;Total"
UNA = f"{TITULOS}\nAna;Moreno 1840;2 x Yerba;100\n"


def orders(crudo: bytes | str) -> list[dict[str, str]]:
    texto = texto_de(crudo if isinstance(crudo, bytes) else crudo.encode())
    return [dict(each.celdas) for each in leer(texto).lineas]


ANA = {"cliente_nombre": "Ana", "cliente_direccion": "Moreno 1840", "productos": "2 x Yerba", "total": "100"}


@pytest.mark.parametrize(
    "crudo",
    [
        UNA.encode(),
        UNA.encode("utf-8-sig"),
        UNA.encode("cp1252"),
        UNA.encode("utf-16"),
        UNA.replace("\n", "\r\n").encode(),
        UNA.replace("\n", "\r").encode(),
        UNA.replace(";", ",").encode(),
        UNA.replace(";", "\t").encode(),
        b"\n\n" + UNA.encode() + b";;;\n\n  ;;;\n",
        "TOTAL;  nombre ;DIRECCION;ítems\n100;Ana;Moreno 1840;2 x Yerba".encode(),
        '"Cliente";"Domicilio";"Artículos";"Importe"\n"Ana";"Moreno 1840";"2 x Yerba";"100"'.encode(),
    ],
)
def test_the_same_order_however_the_file_was_saved(crudo: bytes) -> None:
    assert orders(crudo) == [ANA]


def test_a_quoted_cell_may_hold_lines_separators_and_quotes_and_lines_are_counted_as_in_the_file() -> None:
    texto = f'{TITULOS}\n"Ana ""la Nena""";"Moreno\n1840; fondo";"2 x Yerba\n1 x Pan";1\n\nLuis;Perú 1;pan;2\n'

    lineas = leer(texto).lineas

    assert [each.numero for each in lineas] == [2, 6]
    assert lineas[0].celdas["cliente_nombre"] == 'Ana "la Nena"'
    assert lineas[0].celdas["cliente_direccion"] == "Moreno\n1840; fondo"
    assert leer_productos(lineas[0].celdas["productos"]) == [
        {"nombre": "Yerba", "cantidad": 2},
        {"nombre": "Pan", "cantidad": 1},
    ]


@pytest.mark.parametrize(
    ("crudo", "said"),
    [
        (b"", "vacío"),
        (b" \r\n \n", "vacío"),
        (b";", "vacío"),
        (b"\n;;\n ; \n", "vacío"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "No parece un archivo de texto"),
        (b"\x81\x8d\x8f", "No parece un archivo de texto"),
        (b"PK\x03\x04planilla", "Excel"),
        (b"%PDF-1.7\n%\xe2\xe3", "No encontramos los títulos"),
        (b"hola, que tal\n1,2\n", "No encontramos los títulos"),
        (b"x" * 1024 * 1024, "demasiado larga"),
        (b"x" * (1024 * 1024 + 1), "1 MB"),
        (TITULOS.encode(), "ningún pedido"),
        (b"Cliente;Total\nAna;1", "Faltan columnas: Dirección, Productos"),
        (f"{TITULOS};importe\nAna;x;y;1;2".encode(), "dos columnas para lo mismo: “Total” y “importe”"),
        (f'{TITULOS}\nAna;x;y;1\nLuis;"Perú 1;pan;2\nEva;x;y;1\n'.encode(), "En la línea 3 empiezan unas comillas"),
        ((TITULOS + "\nAna;x;y;1" * (MOST_LINES + 1)).encode(), "más de 2.000"),
        (f"{TITULOS}\nAna;x;y;{'1' * 200_000}\n".encode(), "La línea 2 tiene una celda demasiado larga"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_in_a_sentence(crudo: bytes, said: str) -> None:
    with pytest.raises(PlanillaIlegible) as refused:
        orders(crudo)
    assert said in refused.value.detalle


def test_no_file_makes_anything_but_orders_or_a_refusal() -> None:
    @settings(max_examples=300)
    @given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"{TITULOS}\n{text}".encode()))
    def tried(crudo: bytes) -> None:
        try:
            lineas = leer(texto_de(crudo)).lineas
        except PlanillaIlegible:
            return
        for each in lineas:
            campos_de(each.celdas)

    tried()


def test_each_wrong_cell_is_named() -> None:
    campos, errores = campos_de(
        {
            "total": "mil", "productos": "0 x Harina", "prioridad": "máxima", "tipo_cliente": "vip",
            "cliente_lat": "sur", "franja_fecha": "31/02/2026", "franja_desde": "18", "franja_hasta": "20",
            "cliente_nombre": "Ana",
        }
    )  # fmt: skip

    assert {campo for campo, _ in errores} == {
        "total", "productos", "prioridad", "tipo_cliente", "cliente_lat", "franja_fecha",
    }  # fmt: skip
    assert campos == {"cliente_nombre": "Ana"}


@pytest.mark.parametrize(
    ("texto", "pesos"),
    [
        ("12.450,50", "12450.5"), ("12450,5", "12450.5"), ("12450.50", "12450.5"), ("12,450.50", "12450.5"),
        ("$ 12.450", "12450"), ("$\u00a01.234.567,89", "1234567.89"), ("0", "0"), ("007", "7"),
    ],
)  # fmt: skip
def test_money_is_read_with_comma_or_point(texto: str, pesos: str) -> None:
    assert leer_pesos(texto) == Decimal(pesos)


@pytest.mark.parametrize("texto", ["12,450", "1.2.3", "1e5", "-3", "mil", "١٢", "1,234,5", "NaN", "12.45.0,5", "$"])
def test_money_that_could_be_two_things_is_asked_again(texto: str) -> None:
    with pytest.raises(ValueError, match=r"monto|negativo"):
        leer_pesos(texto)


@pytest.mark.parametrize("texto", ["24/11/2026", "24-11-26", "24.11.2026", "2026-11-24", "2026-11-24 "])
def test_a_day_is_written_in_many_ways(texto: str) -> None:
    assert leer_dia(texto).isoformat() == "2026-11-24"


@pytest.mark.parametrize("texto", ["18:30", "18.30", "18:30:00", "18:30 hs", "18:30h"])
def test_a_time_is_written_in_many_ways(texto: str) -> None:
    assert f"{leer_hora(texto):%H:%M}" == "18:30"


@pytest.mark.parametrize("texto", ["", "25:00", "18:60", "ayer", "1830"])
def test_what_is_no_time_is_none(texto: str) -> None:
    with pytest.raises(ValueError, match="hora"):
        leer_hora(texto)


def at(hour: int, day: int = 24) -> int:
    return int(datetime(2026, 11, day, hour, tzinfo=UTC).timestamp() * 1000)


def test_a_franja_is_of_buenos_aires_and_may_end_with_the_day() -> None:
    assert leer_franja("24/11/2026", "18", "20:00") == (at(21), at(23))
    assert leer_franja("", "24/11/2026 18:00", "24/11/2026 20:00") == (at(21), at(23))
    assert leer_franja("", "2026-11-24T18:00", "20:00") == (at(21), at(23))
    assert leer_franja("24/11/2026", "22:00", "00:00") == (at(1, 25), at(3, 25))
    assert leer_franja("", " ", "") == (None, None)


@pytest.mark.parametrize(
    ("parts", "campo"),
    [
        (("24/11/2026", "", ""), "franja_desde"), (("24/11/2026", "18:00", ""), "franja_hasta"),
        (("", "18:00", "20:00"), "franja_fecha"), (("24/11/2026", "20:00", "18:00"), "franja_hasta"),
        (("24/11/2026", "18:00", "18:00"), "franja_hasta"), (("hoy", "18:00", "20:00"), "franja_fecha"),
    ],
)  # fmt: skip
def test_half_a_franja_names_the_half_that_is_missing(parts: tuple[str, str, str], campo: str) -> None:
    with pytest.raises(CamposInvalidos) as refused:
        leer_franja(*parts)
    assert [each for each, _ in refused.value.errores] == [campo]


def test_products_are_read_as_they_are_written() -> None:
    productos = leer_productos("2 x Yerba 1 kg\n 1,5 X Queso | 7 Up | 2x Pan\r\n\n3 \u00d7 Agua")

    assert productos == [
        {"nombre": "Yerba 1 kg", "cantidad": 2}, {"nombre": "Queso", "cantidad": Decimal("1.5")}, "7 Up",
        {"nombre": "Pan", "cantidad": 2}, {"nombre": "Agua", "cantidad": 3},
    ]  # fmt: skip
    assert leer_productos(escribir_productos(productos)) == productos


@given(st.text(alphabet="'=+-@\t\r\n;\"aé\uff1d ", max_size=12))
def test_no_cell_is_a_formula_and_each_comes_back_as_it_was(cell: str) -> None:
    shown = armar(cell)

    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"))
    assert desarmar(shown) == cell
    assert next(csv.reader(io.StringIO(linea([cell, "x"]), newline=""), delimiter=";")) == [shown, "x"]


def test_a_phone_stays_readable() -> None:
    assert linea(["+54 9 11 5555-1234", "-1+1", "Ana; Eva"]) == "'+54 9 11 5555-1234;'-1+1;\"Ana; Eva\"\r\n"


def order(**more: Any) -> Any:
    fields = {"numero": "-", "cliente_nombre": "Ana", "cliente_direccion": "Moreno 1840", "productos": ["pan"]}
    return encargo_de(**{**fields, "total": 100, **more})


def test_a_numero_by_content_is_the_same_for_the_same_order_and_another_for_any_other() -> None:
    numero = numero_de(order())

    assert numero == numero_de(order(repartidor_id=7))
    others = [{"total": 101}, {"cliente_piso": "1"}, {"franja_desde": 1, "franja_hasta": 2}, {"productos": ["Pan"]}]
    assert len({numero, *(numero_de(order(**each)) for each in others)}) == 5


def test_two_orders_say_the_same_as_far_as_the_first_says_anything() -> None:
    stored = {**ANA, "cliente_piso": "4", "total": "100,00", "prioridad": "alta"}

    assert lo_mismo(ANA, stored)
    assert not lo_mismo({**ANA, "cliente_piso": "5"}, stored)
    assert not lo_mismo({**ANA, "total": "mil"}, stored)


def test_the_example_can_be_imported() -> None:
    lineas = leer(texto_de(EJEMPLO.encode("utf-8-sig"))).lineas

    assert len(lineas) == 2
    assert all(campos_de(each.celdas)[1] == [] for each in lineas)


@pytest.mark.parametrize("cell", ["T" * 20_000, "\u0301\u0316" * 30_000], ids=["letters", "accents"])
def test_a_cell_of_nonsense_takes_no_time(cell: str) -> None:
    begun = time.process_time()

    for campo in ("franja_desde", "prioridad", "metodo_pago"):
        campos_de({**ANA, campo: cell})

    assert time.process_time() - begun < 3
