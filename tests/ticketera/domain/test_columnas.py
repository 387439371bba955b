"""Sheets as people, Excel and shops' exports have them: each column where it belongs, nothing lost without a word."""

import time
from typing import Any

import pytest

from ticketera.domain.armado import Linea
from ticketera.domain.celdas import campos_de
from ticketera.domain.errors import PlanillaIlegible
from ticketera.domain.planilla import leer, texto_de

PLAIN = "Productos;Total\n"


def read(sheet: str) -> list[Linea]:
    return leer(texto_de(sheet.encode())).lineas


def said(linea: Linea) -> dict[str, str]:
    """What a line says, without what it leaves empty and without what all of them have."""
    return {campo: text for campo, text in linea.celdas.items() if text and campo not in ("productos", "total")}


def one(sheet: str) -> dict[str, str]:
    (linea,) = read(sheet)
    assert linea.errores == ()
    assert campos_de(linea.celdas)[1] == []
    return said(linea)


HOUSES = (
    # headings, a line, dirección, numero
    ("Cliente;Calle;Número;Productos;Total", "Ana;Moreno;1840;pan;1", "Moreno 1840", None),
    ("Cliente;Dirección;Nro;Productos;Total", "Ana;Moreno;1840;pan;1", "Moreno 1840", None),
    ("Cliente;Domicilio;Número;Productos;Total", "Ana;Av. Rivadavia;1840 bis;pan;1", "Av. Rivadavia 1840 bis", None),
    ("Cliente;Calle;N°;Productos;Total", "Ana;Moreno;1840;pan;1", "Moreno 1840", None),
    ("Cliente;Calle;Nº;Productos;Total", "Ana;25 de Mayo;300;pan;1", "25 de Mayo 300", None),
    ("Cliente;Calle;N°;Nro de orden;Productos;Total", "Ana;Moreno;1840;77;pan;1", "Moreno 1840", "77"),
    ("N° de pedido;Cliente;Calle;N°;Productos;Total", "77;Ana;Calle 50;845;pan;1", "Calle 50 845", "77"),
    ("Pedido;Cliente;Dirección;Piso;Número;Productos;Total", "A-7;Ana;Moreno;4;1840;pan;1", "Moreno 1840", "A-7"),
    ("Cliente;Calle;Entre calles;Número;Productos;Total", "Ana;Diagonal 74;;1234;pan;1", "Diagonal 74 1234", None),
    ("Cliente;Calle;Altura;Productos;Total", "Ana;Moreno;1840;pan;1", "Moreno 1840", None),
    ("Número;Cliente;Calle;Altura;Productos;Total", "1001;Ana;Moreno;1840;pan;1", "Moreno 1840", "1001"),
    ("Cliente;Calle;Altura;Productos;Total", "Ana;Moreno;1.840;pan;1", "Moreno 1840", None),
    ("Cliente;Calle;Altura;Productos;Total", "Ana;Moreno;1840,00;pan;1", "Moreno 1840", None),
    ("Cliente;Calle;Número de puerta;Productos;Total", "Ana;Moreno;1840;pan;1", "Moreno 1840", None),
    ("Cliente;Calle;Altura;Productos;Total", "Ana;Ruta 8;S/N;pan;1", "Ruta 8 S/N", None),
    ("Cliente;Calle;Altura;Productos;Total", "Ana;Moreno 1840;1840;pan;1", "Moreno 1840", None),
    ("Cliente;Calle;Altura;Productos;Total", "Ana;Moreno 1840;;pan;1", "Moreno 1840", None),
    # The order's number.
    ("Número;Cliente;Dirección;Productos;Total", "1001;Ana;Moreno 1840;pan;1", "Moreno 1840", "1001"),
    ("Número;Cliente;Dirección;Productos;Total", "A-1001;Ana;Barrio Norte;pan;1", "Barrio Norte", "A-1001"),
    ("Número;Cliente;Dirección;Productos;Total", "1001;Ana;Ruta 8;pan;1", "Ruta 8", "1001"),
    ("Cliente;Dirección;Número;Productos;Total", "Ana;Moreno 1840;77;pan;1", "Moreno 1840", "77"),
    ("Número;Cliente;Calle;Productos;Total", "77;Ana;Moreno 1840;pan;1", "Moreno 1840", "77"),
    ("Cliente;Calle;Número;Productos;Total", "Ana;Moreno 1840;PED-77;pan;1", "Moreno 1840", "PED-77"),
    ("Calle y altura;Número;Cliente;Productos;Total", "Moreno 1840;77;Ana;pan;1", "Moreno 1840", "77"),
    # Where streets have numbers for names.
    ("Cliente;Calle;N°;Productos;Total", "Ana;7;1580;pan;1", "7 N° 1580", None),
    ("Cliente;Calle;Número;Productos;Total", "Ana;13 bis;33;pan;1", "13 bis N° 33", None),
    ("Cliente;Calle;Nro;Productos;Total", "Ana;7 e/ 46 y 47;801;pan;1", "7 N° 801 e/ 46 y 47", None),
    ("Pedido;Cliente;Calle;Altura;Productos;Total", "9;Ana;44;1200;pan;1", "44 N° 1200", "9"),
    (
        "Cliente;Calle;Altura;Productos;Total",
        "Ana;Moreno entre Perú y Salta;18;pan;1",
        "Moreno 18 entre Perú y Salta",
        None,
    ),
    ("Cliente;Calle;Altura;Productos;Total", "Ana;Av. Entre Ríos;1840;pan;1", "Av. Entre Ríos 1840", None),
    # No number at all.
    ("Cliente;Calle;Altura;Productos;Total", "Ana;Los Cedros;0;pan;1", "Los Cedros", None),
    ("Cliente;Calle;Altura;Productos;Total", "Ana;Los Robles;-;pan;1", "Los Robles", None),
)


@pytest.mark.parametrize(("headings", "line", "direccion", "numero"), HOUSES)
def test_a_number_is_the_houses_or_the_orders_by_what_stands_beside_it(
    headings: str, line: str, direccion: str, numero: str | None
) -> None:
    for sheet in (f"{headings}\n{line}\n", f"{headings}\n{line}\n".replace(";", "\t")):
        known = one(sheet)
        assert (known["cliente_direccion"], known.get("numero")) == (direccion, numero)


def test_two_at_one_house_number_of_two_streets_are_two_orders() -> None:
    lines = read("Cliente;Calle;Número;Productos;Total\nAna;Moreno;1840;pan;1\nLuis;Perú;1840;pan;2\n")

    assert [each.celdas["cliente_direccion"] for each in lines] == ["Moreno 1840", "Perú 1840"]
    assert all("numero" not in each.celdas and each.errores == () for each in lines)


@pytest.mark.parametrize(
    "sheet",
    [
        "Número;Cliente;Calle;Productos;Total\n1840;Ana;Moreno;pan;1\n",
        "Cliente;Dirección;Piso;Nro;Productos;Total\nAna;Moreno;4;1840;pan;1\n",
    ],
)
def test_a_number_that_may_be_either_is_asked(sheet: str) -> None:
    with pytest.raises(PlanillaIlegible, match="“Pedido” o “Altura”"):
        read(sheet)


@pytest.mark.parametrize(
    ("line", "campo"),
    [
        ("Ana;Moreno 1840;12;pan;1", "cliente_direccion"), ("Ana;Moreno;1,84E+03;pan;1", "altura"),
        ("Ana;Moreno;#N/A;pan;1", "altura"), ("Ana;Moreno;4-feb;pan;1", "altura"),
    ],
)  # fmt: skip
def test_two_house_numbers_and_one_that_is_lost_are_errors(line: str, campo: str) -> None:
    (linea,) = read(f"Cliente;Calle;Altura;Productos;Total\n{line}\n")

    assert [each for each, _ in linea.errores] == [campo]


PARTS = (
    ("Nombre;Apellido;Dirección", "Ana;Gómez;Moreno 1", {"cliente_nombre": "Ana Gómez"}),
    ("Apellido;Nombre;Dirección", "Gómez;Ana;Moreno 1", {"cliente_nombre": "Ana Gómez"}),
    ("Nombre completo;Domicilio de entrega", "Ana;Moreno 1", {"cliente_nombre": "Ana"}),
    ("Nombre y Apellido;Dirección de envío", "Ana Gómez;Moreno 1", {"cliente_nombre": "Ana Gómez"}),
    ("N° de pedido;Cliente;Dirección", "77;Ana;Moreno 1", {"cliente_nombre": "Ana", "numero": "77"}),
    ("Número de orden;Cliente;Dirección", "77;Ana;Moreno 1", {"cliente_nombre": "Ana", "numero": "77"}),
    ("Cliente;Dirección;Piso;Depto", "Ana;Moreno 1;4;B", {"cliente_nombre": "Ana", "cliente_piso": "4° B"}),
    ("Cliente;Dirección;Piso;Depto", "Ana;Moreno 1;PB;A", {"cliente_nombre": "Ana", "cliente_piso": "PB A"}),
    ("Cliente;Dirección;Depto", "Ana;Moreno 1;B", {"cliente_nombre": "Ana", "cliente_piso": "B"}),
    (
        "Cliente;Dirección;Barrio;Localidad", "Ana;Moreno 1;Centro;Quilmes",
        {"cliente_nombre": "Ana", "cliente_barrio": "Centro, Quilmes"},
    ),
    (
        "Cliente;Dirección;Teléfono;Celular", "Ana;Moreno 1;4555-1234;15 5555-1234",
        {"cliente_nombre": "Ana", "cliente_telefono": "4555-1234 / 15 5555-1234"},
    ),
    (
        "Cliente;Dirección;Teléfono;Celular", "Ana;Moreno 1;11 5555-1234;+54 9 11 5555-1234",
        {"cliente_nombre": "Ana", "cliente_telefono": "11 5555-1234"},
    ),
    (
        "Cliente;Dirección;Tel;Celular", "Ana;Moreno 1;;11 5555-1234",
        {"cliente_nombre": "Ana", "cliente_telefono": "11 5555-1234"},
    ),
    (
        "Cliente;Dirección;Observaciones;Entre calles", "Ana;Moreno 1;timbre;Perú y Bolívar",
        {"cliente_nombre": "Ana", "indicaciones": "timbre\nEntre Perú y Bolívar"},
    ),
    (
        "Cliente;Dirección;Tel", 'Ana;Moreno 1;="1155551234"',
        {"cliente_nombre": "Ana", "cliente_telefono": "1155551234"},
    ),
    (
        'Pedido;Cliente;Dirección', '"=""0012""";Ana;Moreno 1', {"cliente_nombre": "Ana", "numero": "0012"},
    ),
)  # fmt: skip


@pytest.mark.parametrize(("headings", "line", "expected"), PARTS)
def test_what_people_keep_in_columns_of_its_own_is_put_together(
    headings: str, line: str, expected: dict[str, str]
) -> None:
    known = one(f"{headings};Productos;Total\n{line};pan;1\n")

    assert known == {"cliente_direccion": "Moreno 1", **expected}


TIENDA_NUBE = (
    "Número de orden;Email;Fecha;Estado de la orden;Estado del pago;Estado del envío;Moneda;Subtotal de productos;"
    "Descuento;Costo de envío;Total;Nombre del comprador;DNI / CUIT;Teléfono;Nombre para el envío;"
    "Teléfono para el envío;Dirección;Número;Piso;Localidad;Ciudad;Código postal;Provincia o estado;País;"
    "Medio de envío;Medio de pago;Cupón de descuento;Notas del comprador;Notas del vendedor;Fecha de pago;"
    "Fecha de envío;Nombre del producto;Precio del producto;Cantidad del producto;SKU;Canal\n"
    "101;ana@x.test;30/11/2026 10:33:01;Abierta;Recibido;No está empaquetado;ARS;12000;0;450.50;12450.50;Ana Gómez;"
    "30123456;+541155551234;Eva Paz;+541155551234;Av. Test;123;4 B;Palermo;CABA;1414;Capital Federal;Argentina;"
    "Moto;Mercado Pago;;Tocar timbre;;;;Yerba 1 kg;5000;2;X;Web\n"
    "101;ana@x.test;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;Azúcar;2000;1;Y;Web\n"
)
WOOCOMMERCE = (
    "Número de pedido,Estado del pedido,Fecha del pedido,Nota del cliente,Nombre (facturación),"
    "Apellidos (facturación),Dirección lineas 1 y 2 (facturación),Ciudad (facturación),"
    "Correo electrónico (facturación),Teléfono (facturación),Nombre (envío),Apellidos (envío),"
    "Dirección lineas 1 y 2 (envío),Ciudad (envío),Título del método de pago,Importe total del pedido,SKU,"
    "Nombre del artículo,Cantidad,Coste de artículo\n"
    "55,Procesando,2026-11-30,Golpear,Ana,Gómez,Moreno 1,CABA,ana@x.test,11 5555-1234,Eva,Paz,Perú 77 2° A,Quilmes,"
    "Efectivo,100.50,s,Yerba,2,3\n"
)


def test_an_export_of_tienda_nube_is_one_order_with_all_its_products() -> None:
    (linea,) = read(TIENDA_NUBE)

    assert campos_de(linea.celdas)[1] == []
    assert said(linea) == {
        "numero": "101", "cliente_email": "ana@x.test", "cliente_nombre": "Eva Paz",
        "cliente_direccion": "Av. Test 123", "cliente_piso": "4 B", "cliente_barrio": "Palermo, CABA",
        "cliente_telefono": "+541155551234", "metodo_pago": "Mercado Pago", "indicaciones": "Tocar timbre",
    }  # fmt: skip
    assert (linea.celdas["productos"], linea.celdas["total"]) == ("2 x Yerba 1 kg\n1 x Azúcar", "12450.50")
    assert "Fecha" in leer(TIENDA_NUBE).sin_usar  # of the sale


def test_an_export_of_woocommerce_goes_to_who_receives() -> None:
    assert one(WOOCOMMERCE) == {
        "numero": "55", "cliente_email": "ana@x.test", "cliente_nombre": "Eva Paz",
        "cliente_direccion": "Perú 77 2° A", "cliente_barrio": "Quilmes", "cliente_telefono": "11 5555-1234",
        "metodo_pago": "Efectivo", "indicaciones": "Golpear",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("above", "first"),
    [
        ("sep=;\n", 3), ("SEP=;\n", 3), ('"sep=;"\n', 3), ("\ufeffsep=;\n", 3), ("Pedidos del martes\n", 3),
        ("Pedidos del martes;;;\n;;;\n", 4), ("Reparto;24/11/2026\nTotal:;5\n\n", 5), ("\n\n", 4),
    ],
)  # fmt: skip
def test_what_stands_above_the_headings_is_passed_over_and_lines_are_counted(above: str, first: int) -> None:
    (linea,) = read(f"{above}Cliente;Dirección;Productos;Total\nAna;Moreno 1;pan;1\n")

    assert (linea.numero, linea.celdas["cliente_nombre"]) == (first, "Ana")


def test_the_separator_that_a_file_names_is_the_one() -> None:
    assert one("sep=,\r\nCliente,Dirección,Productos,Total\r\nAna,Moreno 1,pan,1\r\n")["cliente_nombre"] == "Ana"


FRANJAS = (
    # fecha, desde, hasta, horario: from and to in UTC
    (("24/11/2026", "", "", ""), "2026-11-24T03:00", "2026-11-25T02:59"),
    (("24/11/2026 0:00", "", "", ""), "2026-11-24T03:00", "2026-11-25T02:59"),
    (("24/11/2026 12:00:00 a. m.", "", "", ""), "2026-11-24T03:00", "2026-11-25T02:59"),
    (("2026-11-24T00:00:00", "", "", ""), "2026-11-24T03:00", "2026-11-25T02:59"),
    (("24/11/2026 10:00:00", "", "", ""), "2026-11-24T13:00", "2026-11-25T02:59"),
    (("martes, 24 de noviembre de 2026", "18", "20", ""), "2026-11-24T21:00", "2026-11-24T23:00"),
    (("2026/11/24", "18:00", "20:00", ""), "2026-11-24T21:00", "2026-11-24T23:00"),
    (("24-nov-26", "18:00", "20:00", ""), "2026-11-24T21:00", "2026-11-24T23:00"),
    (("mar 24/11/2026", "18:00", "20:00", ""), "2026-11-24T21:00", "2026-11-24T23:00"),
    (("24/11/2026 0:00", "18:00:00", "20:00:00", ""), "2026-11-24T21:00", "2026-11-24T23:00"),
    (("20/12/2026 10:00:00", "18:00", "20:00", ""), "2026-12-20T21:00", "2026-12-20T23:00"),
    (("24/11/2026", "6:00 p. m.", "8:00 p.\u00a0m.", ""), "2026-11-24T21:00", "2026-11-24T23:00"),
    (("24/11/2026", "9:30 AM", "12:00 PM", ""), "2026-11-24T12:30", "2026-11-24T15:00"),
    (("24/11/2026", "20 hs", "24 hs", ""), "2026-11-24T23:00", "2026-11-25T03:00"),
    (("24/11/2026", "", "", "18 a 20"), "2026-11-24T21:00", "2026-11-24T23:00"),
    (("24/11/2026", "", "", "de 18:00 a 20:30 hs."), "2026-11-24T21:00", "2026-11-24T23:30"),
    (("24/11/2026", "", "", "18-20"), "2026-11-24T21:00", "2026-11-24T23:00"),
    (("24/11/2026", "", "", "18:00 – 20:00"), "2026-11-24T21:00", "2026-11-24T23:00"),  # noqa: RUF001
    (("24/11/2026", "", "", "entre las 18 y las 20"), "2026-11-24T21:00", "2026-11-24T23:00"),
    (("24/11/2026", "", "", "6 a 8 pm"), "2026-11-24T21:00", "2026-11-24T23:00"),
    (("24/11/2026", "", "", "11 a 1 p. m."), "2026-11-24T14:00", "2026-11-24T16:00"),
)


@pytest.mark.parametrize(("cells", "begin", "end"), FRANJAS)
def test_days_and_hours_are_read_as_excel_and_people_write_them(cells: tuple[str, ...], begin: str, end: str) -> None:
    (linea,) = read(
        "Cliente;Dirección;Productos;Total;Fecha;Desde;Hasta;Horario\n" + f"Ana;Moreno 1;pan;1;{';'.join(cells)}\n"
    )
    campos, errores = campos_de(linea.celdas)

    assert errores == []
    assert [campos["franja_desde"][:16], campos["franja_hasta"][:16]] == [begin, end]


@pytest.mark.parametrize(("fecha", "horario"), [("24/11/2026", "por la tarde"), ("", "18 a 20"), ("24/11/2026", "18")])
def test_hours_that_are_no_franja_are_kept_and_said(fecha: str, horario: str) -> None:
    (linea,) = read(f"Cliente;Dirección;Productos;Total;Fecha;Horario\nAna;Moreno 1;pan;1;{fecha};{horario}\n")

    assert linea.celdas["indicaciones"] == f"Horario: {horario}"
    assert "quedó en las indicaciones" in linea.avisos[0]
    assert campos_de(linea.celdas)[1] == []


def rows(*lines: str, headings: str = "Pedido;Cliente;Dirección;Productos;Total") -> list[Linea]:
    return read("\n".join((headings, *lines)))


@pytest.mark.parametrize(
    "lines",
    [
        ("T-1;Ana;Moreno 1;2 x Yerba;5000", "T-1;Ana;Moreno 1;1 x Azúcar;5000"),
        ("T-1;Ana;Moreno 1;2 x Yerba;5000", "T-1;ANA;moreno 1;1 x Azúcar;5.000,00"),
        ("T-1;Ana;Moreno 1;2 x Yerba;5000", "T-1;;;1 x Azúcar;"),
        ("T-1;Ana;Moreno 1;2 x Yerba;5000", ";;;1 x Azúcar;"),
        ("T-1;Ana;Moreno 1;2 x Yerba;", "T-1;Ana;Moreno 1;1 x Azúcar;5000"),
    ],
)
def test_one_row_per_product_is_one_order_with_all_of_them(lines: tuple[str, ...]) -> None:
    (linea,) = rows(*lines)

    assert (linea.celdas["productos"], linea.celdas["total"]) == ("2 x Yerba\n1 x Azúcar", "5000")
    assert (linea.numero, linea.lineas, linea.errores) == (2, (2, 3), ())
    assert "líneas 2 y 3" in linea.avisos[0]


def test_rows_of_two_orders_may_stand_between_each_other() -> None:
    lines = rows("T-1;Ana;Moreno 1;a;5", "T-2;Eva;Perú 2;b;6", "T-1;Ana;Moreno 1;c;5", "T-2;Eva;Perú 2;d;6")

    assert [(each.lineas, each.celdas["productos"]) for each in lines] == [((2, 4), "a\nc"), ((3, 5), "b\nd")]


def test_rows_of_one_order_that_do_not_agree_make_none() -> None:
    lines = rows("T-1;Ana;Moreno 1;2 x Yerba;5000", "T-1;Ana;Moreno 1;1 x Azúcar;3000", "T-2;Eva;Perú 1;pan;1")

    assert [[campo for campo, _ in each.errores] for each in lines] == [["total"], ["total"], []]
    assert "líneas 2 y 3" in lines[0].errores[0][1]


def test_a_row_twice_and_one_order_under_two_addresses_are_no_products_of_it() -> None:
    lines = rows("T-1;Ana;Moreno 1;a;5", "T-1;Ana;Moreno 1;a;5", "T-1;Ana;Moreno 2;a;5")

    assert [(each.lineas, each.errores) for each in lines] == [((2,), ()), ((3,), ()), ((4,), ())]


@pytest.mark.parametrize("other", ["T-1;Ana;Moreno 1, 4 B;b;5", "T-1;Luis;Perú 2;b;6", "T-1;Ana;Moreno 1;b;6"])
def test_half_of_an_order_is_none(other: str) -> None:
    lines = rows("T-1;Ana;Moreno 1;a;5", other)

    assert all(each.errores for each in lines)


@pytest.mark.parametrize(
    ("producto", "cantidad", "productos"),
    [
        ("Yerba", "3", "3 x Yerba"), ("Yerba", "3,00", "3 x Yerba"), ("Queso", "1,5", "1,5 x Queso"),
        ("2 x Yerba", "2", "2 x Yerba"), ("Yerba | Pan", "2", "Yerba | Pan"), ("Yerba", "", "Yerba"),
        ("Yerba", "varias", "Yerba (varias)"), ("Queso", "500 g", "Queso (500 g)"), ("Pan", "-1", "Pan (-1)"),
        ("Yerba", "2 x 3", "Yerba (2 x 3)"), ("0 x Yerba", "3", "0 x Yerba"),
    ],
)  # fmt: skip
def test_how_many_may_stand_in_a_column_of_its_own(producto: str, cantidad: str, productos: str) -> None:
    (linea,) = rows(f"Ana;Moreno 1;{producto};{cantidad};1", headings="Cliente;Dirección;Producto;Cantidad;Total")

    assert linea.celdas["productos"] == productos


def test_the_price_of_one_is_not_the_total_of_so_many() -> None:
    (linea,) = rows("Ana;Moreno 1;Yerba;2;1000;2000", headings="Cliente;Dirección;Producto;Cantidad;Precio;Total")
    assert linea.celdas["total"] == "2000"

    with pytest.raises(PlanillaIlegible, match="Faltan columnas: Total"):
        rows("Ana;Moreno 1;Yerba;2;1000", headings="Cliente;Dirección;Producto;Cantidad;Precio")
    (linea,) = rows("Ana;Moreno 1;Yerba;1000", headings="Cliente;Dirección;Producto;Precio")
    assert linea.celdas["total"] == "1000"


@pytest.mark.parametrize("total", ["Monto a cobrar", "Importe a cobrar", "Total a pagar", "TOTAL ($)"])
def test_what_is_collected_has_many_names(total: str) -> None:
    (linea,) = rows("Ana;Moreno 1;Yerba;1000", headings=f"Cliente;Dirección;Producto;{total}")

    assert linea.celdas["total"] == "1000"


def test_what_a_spreadsheet_lost_in_any_part_is_an_error_of_that_part() -> None:
    headings = "Nombre;Apellido;Dirección;Depto;Localidad;Teléfono;Celular;Cantidad;Productos;Total"
    whole = ["Ana", "Gómez", "Moreno 1", "B", "Quilmes", "4555-1234", "15 5555-1234", "2", "pan", "1"]
    wrong: dict[int, Any] = {
        1: "apellido", 3: "depto", 4: "localidad", 5: "cliente_telefono", 6: "cliente_telefono", 7: "cantidad",
    }  # fmt: skip
    for place, campo in wrong.items():
        line = [*whole[:place], "#REF!", *whole[place + 1 :]]
        assert [each for each, _ in rows(";".join(line), headings=headings)[0].errores] == [campo]


def test_a_line_of_half_a_million_cells_takes_no_time() -> None:
    begun = time.process_time()

    with pytest.raises(PlanillaIlegible):
        read("x;" * 500_000)

    assert time.process_time() - begun < 5
