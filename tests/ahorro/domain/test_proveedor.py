"""What a supplier's list says: headings, which product a line means, what its amounts are."""

from dataclasses import replace
from typing import Any

import pytest

from ahorro.domain.catalogo import Producto
from ahorro.domain.precios import Regla
from ahorro.domain.proveedor import Comparada, Proveedor, adivinar, comparar, encabezar

YERBA = Producto(
    id=1, clave="yerba", nombre="Yerba", descripcion="", unidad=None, contenido=None, medida=None,
    precio_centavos=100000, oferta_centavos=None, stock=None, imagen=None, destacado=False, activo=True, negocio_id=1,
    negocio_nombre="", categoria_id=1, categoria_nombre="", iva_por_mil=210, codigo_barras="7790000000222",
)  # fmt: skip
TE = replace(YERBA, id=2, clave="te", nombre="Té", codigo_barras="0012345678905")


def de(*filas: list[str], usos: tuple[str, ...] = ("codigo_barras", "clave", "precio"), regla: Any = None) -> Comparada:
    quien = Proveedor("Sur", ("",) * len(usos), usos, regla or Regla())
    return comparar(list(enumerate(filas, 2)), quien, [YERBA, TE])


@pytest.mark.parametrize(
    ("titulos", "usos"),
    [
        (("COD", "DETALLE", "EAN", "P. LISTA"), ("", "nombre", "codigo_barras", "precio")),
        (("Código de Barras", "Descripción", "P. Costo", "P.V.P."), ("codigo_barras", "nombre", "costo", "precio")),
        (("Artículo", "Detalle", "Cód. Barra", "Neto"), ("nombre", "", "codigo_barras", "costo")),
        (("Precio", "Precio lista", "", "clave"), ("precio", "", "", "clave")),
    ],
)
def test_headings_are_guessed(titulos: tuple[str, ...], usos: tuple[str, ...]) -> None:
    assert adivinar(titulos, [], set(), set()) == usos


def test_a_column_is_guessed_by_what_stands_in_it() -> None:
    filas = [(2, ["7790000000222", "yerba", "1"]), (3, ["7790000000223", "otra", "2"]), (4, ["", "te", ""])]

    assert adivinar(("a", "b", "c"), filas, {"yerba", "te"}, set()) == ("codigo_barras", "clave", "")


def test_what_stands_above_the_headings_is_none() -> None:
    assert (
        encabezar([(1, ["Lista", "de", "mayo", "2026"]), (3, ["COD", "DETALLE", "EAN"]), (4, ["1", "X", "779"])]) == 1
    )


@pytest.mark.parametrize(
    ("codigo", "clave", "ids"),
    [
        ("7790000000222", "", [1]),
        ("", "yerba", [1]),
        ("7790000000222", "desconocida", [1]),
        ("7799999999999", "te", [2]),
        ("12345678905", "", [2]),
        ("7790-0000 00222", "", [1]),
        ("", "Yerba", []),
        ("7799999999999", "", []),
    ],
)
def test_a_product_is_found_by_its_code_or_clave_and_never_by_its_name(codigo: str, clave: str, ids: list[int]) -> None:
    came = de([codigo, clave, "900"])

    assert [m.id for m in came.movida.movimientos] == ids
    assert len(came.ajenos) == 1 - len(ids) and came.errores == []


@pytest.mark.parametrize(
    ("fila", "campo"),
    [
        (["7790000000222", "te", "900"], "codigo_barras"),
        (["7,79E+12", "", "900"], "codigo_barras"),
        (["7.79E+12", "yerba", "900"], "codigo_barras"),
        (["EAN", "", "900"], "codigo_barras"),
        (["", "", "900"], "codigo_barras"),
        (["7790000000222", "", "consultar"], "precio"),
        (["7790000000222", "", ""], "precio"),
        (["7790000000222", "", "0"], "precio"),
        (["7790000000222", "", "-5"], "precio"),
        (["7790000000222", "", "1,234.50"], "precio"),
        (["7790000000222", "", "1,234"], "precio"),
        (["7790000000222", "", "#N/A"], "precio"),
        (["7790000000222", "", "999999999999"], "precio"),
        (["7790000000222"], "precio"),
    ],
)
def test_a_line_that_cannot_be_is_named_by_its_column(fila: list[str], campo: str) -> None:
    came = de(fila)

    assert [(e[0], e[1]) for e in came.errores] == [(2, campo)]
    assert came.movida.movimientos == [] and came.ajenos == []


def test_a_product_that_comes_twice_is_taken_once_and_sections_are_nothing() -> None:
    came = de(["", "", ""], ["7790000000222", "", "900"], [], ["", "yerba", "800"])

    assert [m.despues for m in came.movida.movimientos] == [90000]
    assert [e[0] for e in came.errores] == [5]


def test_a_code_that_two_products_have_means_neither() -> None:
    quien = Proveedor("Sur", ("", ""), ("codigo_barras", "precio"), Regla())

    came = comparar([(2, ["7790000000222", "900"])], quien, [YERBA, replace(YERBA, id=3, clave="otra")])

    assert [e[1] for e in came.errores] == ["codigo_barras"] and came.movida.movimientos == []


@pytest.mark.parametrize(
    ("texto", "regla", "precio"),
    [
        ("$ 1.234,50", Regla(), 123450),
        ("1234.5", Regla(), 123450),
        ("845,1254", Regla(), 84513),
        ("1.000", Regla(3000, 0, 1), 130000),
        ("1.001", Regla(3000, 0, 1000), 130000),
        ("1.100", Regla(3000, 0, 10000), 140000),
    ],
)
def test_the_price_follows_from_the_list(texto: str, regla: Regla, precio: int) -> None:
    came = de(["", "te", texto], regla=regla)

    assert [m.despues for m in came.movida.movimientos] == [precio]


def test_a_list_that_says_what_we_have_changes_nothing() -> None:
    came = de(["", "yerba", "1000"], ["", "te", "1.000,00"])

    assert came.iguales == 2 and came.movida.movimientos == []
