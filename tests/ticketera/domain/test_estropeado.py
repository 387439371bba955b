"""What a spreadsheet leaves of a value it lost is an error of its cell; what only looks like it is text."""

import pytest

from ticketera.domain.celdas import campos_de

ANA = {"cliente_nombre": "Ana", "cliente_direccion": "Moreno 1840", "productos": "2 x Yerba", "total": "100"}
CAMPOS = (
    "numero", "cliente_nombre", "cliente_direccion", "cliente_piso", "cliente_barrio", "cliente_telefono",
    "cliente_email", "negocio", "productos", "total", "metodo_pago", "indicaciones", "prioridad", "tipo_cliente",
    "cliente_lat", "cliente_lng", "franja_fecha", "franja_desde", "franja_hasta", "repartidor", "estado",
)  # fmt: skip
LOST = (
    "#N/A", "#N/D", "#REF!", "#¡REF!", "#VALUE!", "#¡VALOR!", "#VALOR!", "#NAME?", "#¿NOMBRE?", "#DIV/0!", "#¡DIV/0!",
    "#NUM!", "#¡NUM!", "#NULL!", "#¡NULO!", "#ERROR!", "#CALC!", "#SPILL!", "#¡DESBORDAMIENTO!", "#BLOCKED!", "#n/a",
    "####", "########", "Err:502", "5,49116E+12", "5.49E+12", "5,49116e+12", "1,84E+03", "7,79012E+12", "-5,8E-02",
    " #N/A ", "Loading...", "Cargando…", "5.491155551234E12", "4,2E10",
)  # fmt: skip


@pytest.mark.parametrize("lost", LOST)
def test_a_lost_value_is_an_error_of_its_cell_whatever_the_cell(lost: str) -> None:
    for campo in CAMPOS:
        _, errores = campos_de({**ANA, campo: lost})
        assert [each for each, _ in errores] == [campo]


@pytest.mark.parametrize(
    ("campo", "texto"),
    [
        ("cliente_nombre", "Mar\ufffda N\ufffd\ufffdez"), ("indicaciones", "Timbre\n" * 20 + "port\ufffdn"),
        ("productos", "2 x Yerba | #N/A"), ("productos", "7,79012E+12\n1 x Pan"),
        ("cliente_piso", "4-feb"), ("cliente_piso", "01-ene"), ("numero", "12-mar"), ("cliente_piso", "feb-04"),
        ("cliente_piso", "01/02/2026"), ("cliente_telefono", "2026-12-05"), ("numero", "1/2/2026 0:00"),
    ],
)  # fmt: skip
def test_letters_that_are_lost_and_codes_that_became_dates_are_errors_too(campo: str, texto: str) -> None:
    assert [each for each, _ in campos_de({**ANA, campo: texto})[1]] == [campo]


@pytest.mark.parametrize(
    ("campo", "texto"),
    [
        ("cliente_piso", "4E"), ("cliente_piso", "4°E"), ("cliente_piso", "2-4"), ("numero", "4E12"),
        ("numero", "1E05"), ("numero", "#1001"), ("numero", "# 12"), ("cliente_direccion", "Ruta 8 km 50,5"),
        ("cliente_nombre", "¡Ana!"), ("indicaciones", "#urgente! llamar"), ("indicaciones", "Depto #3"),
        ("cliente_direccion", "12-feb y Moreno 3"), ("cliente_telefono", "no tiene"),
        ("cliente_telefono", "11 5555-1234"), ("productos", "Vitamina E+C"), ("productos", "12-feb"),
    ],
)  # fmt: skip
def test_what_a_person_writes_is_text(campo: str, texto: str) -> None:
    assert campos_de({**ANA, campo: texto})[1] == []
