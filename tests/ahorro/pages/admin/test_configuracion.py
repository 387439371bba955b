"""The shop's settings, as the owner sets them without scripts."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from ahorro.app import create_app
from ahorro.demo.load import load
from tests.ahorro.cast import ShopApp
from tests.ahorro.conftest import some_settings
from tests.ahorro.pages.conftest import come_in
from tests.ahorro.pages.reader import Reader

HERE = "/admin/configuracion"
API = "/api/admin/configuracion"


@pytest.fixture
async def own_shop(tmp_path: Path) -> AsyncIterator[ShopApp]:
    app = create_app(some_settings(f"sqlite:///{tmp_path / 'ahorro.db'}", tmp_path / "correo"))
    async with app.test_app():
        shop = ShopApp(app)
        await load(shop.base)
        yield shop


@pytest.fixture
def somebody(own_shop: ShopApp) -> Callable[[], Reader]:
    return lambda: Reader(own_shop.app.test_client())


@pytest.fixture
async def duena(own_shop: ShopApp, somebody: Callable[[], Reader]) -> Reader:
    person = somebody()
    await come_in(person, "admin@ahorro.test")
    return person


async def test_who_the_shop_is_is_said_once_and_read_by_everybody(
    own_shop: ShopApp, duena: Reader, somebody: Callable[[], Reader]
) -> None:
    await duena.go("/admin")
    await duena.follow("Configuración")

    await duena.press(
        "Guardar", nombre="Almacén Don Pepe", cuit="30-71234567-1", telefono="11 4444-5555",
        data_fiscal="https://qr.afip.gob.ar/?qr=x", horarios="De lunes a sábado de 9 a 19 h",
    )  # fmt: skip

    assert duena.sees("Guardamos los cambios")
    reader = somebody()
    for page in ("/", "/ayuda", "/login", "/legales/terminos"):
        await reader.go(page)
        assert reader.sees("Almacén Don Pepe") and reader.sees("30-71234567-1"), page
        assert "Belgrano Ahorro" not in reader.html, page
    await reader.go("/ayuda")
    assert reader.sees("11 4444-5555") and reader.sees("De lunes a sábado de 9 a 19 h")
    assert 'href="https://qr.afip.gob.ar/?qr=x"' in reader.html


async def test_what_the_tax_office_gives_to_paste_is_a_code_and_a_link_on_every_page(
    duena: Reader, somebody: Callable[[], Reader]
) -> None:
    await duena.go(f"{HERE}/identidad")

    given = (
        '<a href="http://qr.afip.gob.ar/?qr=aB3_x,," target="_F960AFIPInfo">'
        '<img src="http://www.afip.gob.ar/images/f960/DATAWEB.jpg" border="0"></a>'
    )
    await duena.press("Guardar", data_fiscal=given)

    assert duena.page.forms[-1].fields["data_fiscal"] == "http://qr.afip.gob.ar/?qr=aB3_x,,"
    reader = somebody()
    await reader.go("/")
    assert 'href="http://qr.afip.gob.ar/?qr=aB3_x,,"' in reader.html and reader.sees("Data Fiscal")
    footer = reader.html.partition("<footer")[2]
    assert 'src="data:image/svg+xml' in footer and "DATAWEB" not in reader.html
    await duena.go(f"{HERE}/identidad")
    await duena.press("Guardar", data_fiscal="")
    await reader.go("/")
    assert not reader.sees("Data Fiscal")


@pytest.mark.parametrize(
    ("parte", "escrito", "dicho"),
    [
        ("identidad", {"nombre": " "}, "El nombre no puede quedar en blanco"),
        ("identidad", {"cuit": "30-71234567-2"}, "El CUIT tiene que tener 11 números"),
        ("identidad", {"data_fiscal": "javascript:alert(1)"}, "El enlace de Data Fiscal tiene que ser una dirección"),
        ("cobros", {"cbu": "0170099220000067797371"}, "El CBU tiene que tener 22 números"),
        ("cobros", {"medio_efectivo": "", "medio_transferencia": ""}, "Elegí al menos una forma de pagar"),
        ("cobros", {"alias": "", "cbu": ""}, "Hace falta el alias o el CBU"),
        ("envio", {"costo": "mucho"}, "El costo tiene que ser un número"),
        ("envio", {"minimo": "-5"}, "La compra mínima tiene que ser un número"),
        ("zonas", {"zona_nombre_1": "Norte"}, "Escribí al menos un barrio"),
        ("zonas", {"zona_barrios_1": "Núñez"}, "El nombre no puede quedar en blanco"),
        ("zonas", {"zona_nombre_1": "N", "zona_barrios_1": "Núñez, nunez"}, "nunez está repetido"),
        ("franjas", {"desde": "20", "hasta": "8"}, "El reparto termina antes de empezar"),
        ("franjas", {"desde": "8", "hasta": "9", "duracion": "4"}, "tiene que entrar al menos una franja"),
        ("franjas", {f"dia_{n}": "" for n in range(1, 8)}, "Elegí al menos un día"),
        ("franjas", {"feriados": "Navidad"}, "«Navidad» no es una fecha"),
        ("franjas", {"feriados": "2/1/2027 al 1/1/2027"}, "«2/1/2027 al 1/1/2027» termina antes de empezar"),
        ("franjas", {"feriados": "1/1/2027 al 1/1/2029"}, "es más de un año"),
        ("franjas", {"d6_hasta": "8"}, "El sábado tiene que entrar al menos una franja"),
        ("franjas", {"d6_cupo": "muchos"}, "Sábado: El cupo tiene que ser"),
        ("franjas", {"cupo": "0"}, "El cupo tiene que ser 1 o más"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost_or_kept(
    own_shop: ShopApp, duena: Reader, parte: str, escrito: dict[str, str], dicho: str
) -> None:
    owner = await own_shop.customer("admin")
    before = await owner.ok("GET", API)
    await duena.go(f"{HERE}/{parte}")

    await duena.press("Guardar", **escrito)

    assert duena.status == 400 and duena.sees(dicho), duena.page.text
    assert await owner.ok("GET", API) == before
    for campo, text in escrito.items():
        assert text.strip() in duena.page.forms[-1].fields.get(campo, ""), campo


async def test_zones_are_added_and_taken_out_row_by_row(own_shop: ShopApp, duena: Reader) -> None:
    owner = await own_shop.customer("admin")
    await duena.go(f"{HERE}/zonas")
    await duena.press("Agregar otra zona", zona_nombre_1="Cerca", zona_barrios_1="Belgrano, Núñez", zona_costo_1="0")
    assert (await owner.ok("GET", API))["zonas"] == []

    await duena.press("Guardar", zona_nombre_2="Lejos", zona_barrios_2="Palermo\nFlores", zona_minimo_2="10.000,50")

    cerca = {"nombre": "Cerca", "barrios": ["Belgrano", "Núñez"], "costo": 0, "minimo": None}
    lejos = {"nombre": "Lejos", "barrios": ["Palermo", "Flores"], "costo": None, "minimo": 10000.5}
    assert (await owner.ok("GET", API))["zonas"] == [cerca, lejos]
    await duena.press("Quitar la zona 1")
    await duena.press("Guardar")
    assert (await owner.ok("GET", API))["zonas"] == [lejos]


async def test_windows_have_days_hours_and_closed_days(own_shop: ShopApp, duena: Reader) -> None:
    owner = await own_shop.customer("admin")
    await duena.go(f"{HERE}/franjas")

    await duena.press("Guardar", dia_7="", desde="9", hasta="18", duracion="3", feriados="25/12/2026\n2027-01-01")

    franjas = (await owner.ok("GET", API))["franjas"]
    assert (franjas["dias"], franjas["desde"], franjas["hasta"]) == ([1, 2, 3, 4, 5, 6], 9, 18)
    assert franjas["feriados"] == ["2026-12-25", "2027-01-01"]
    assert duena.page.forms[-1].fields["feriados"].split() == ["25/12/2026", "01/01/2027"]


async def test_a_day_goes_otherwise_where_its_own_row_says_so_and_closed_days_are_written_as_said(
    own_shop: ShopApp, duena: Reader
) -> None:
    owner = await own_shop.customer("admin")
    await duena.go(f"{HERE}/franjas")

    vacaciones = "1/1/2027 al 15/1/2027\n25/12/2026\ndel 24/12/2026 al 24/12/2026"
    await duena.press("Guardar", corte="13", d6_hasta="14", d6_corte="-4", d7_cupo="5", feriados=vacaciones)

    assert duena.sees("Guardamos los cambios"), duena.page.text
    franjas = (await owner.ok("GET", API))["franjas"]
    assert franjas["corte"] == 13
    assert franjas["por_dia"] == [
        {"dia": 6, "desde": None, "hasta": 14, "cupo": None, "corte": -4},
        {"dia": 7, "desde": None, "hasta": None, "cupo": 5, "corte": None},
    ]
    assert len(franjas["feriados"]) == 17
    fields = duena.page.forms[-1].fields
    assert fields["feriados"].split("\n") == ["24/12/2026 al 25/12/2026", "01/01/2027 al 15/01/2027"]
    assert (fields["d6_hasta"], fields["d6_corte"], fields["d7_cupo"], fields["d1_desde"]) == ("14", "-4", "5", "")
    await duena.press("Guardar", d6_hasta="", d6_corte="", d7_cupo="", corte="24", feriados="")
    assert (await owner.ok("GET", API))["franjas"] == {**franjas, "corte": 24, "por_dia": [], "feriados": []}


async def test_who_saves_second_sees_what_the_first_said_and_loses_nothing(
    own_shop: ShopApp, duena: Reader, somebody: Callable[[], Reader]
) -> None:
    other = somebody()
    await come_in(other, "admin@ahorro.test")
    await duena.go(f"{HERE}/envio")
    await other.go(f"{HERE}/envio")
    await duena.press("Guardar", costo="1.500")

    await other.press("Guardar", costo="900", minimo="5000")

    assert other.status == 409 and other.sees("Alguien guardó otros cambios") and other.sees("Ahora dice: 1500")
    assert other.page.forms[-1].fields["costo"] == "900"
    await other.press("Guardar")
    envio = (await (await own_shop.customer("admin")).ok("GET", API))["envio"]
    assert envio == {"costo": 900, "gratis_desde": None, "minimo": 5000}


async def test_legal_texts_are_shown_as_written_and_come_back_when_emptied(
    duena: Reader, somebody: Callable[[], Reader]
) -> None:
    reader = somebody()
    await duena.go(f"{HERE}/textos")
    assert duena.sees("Los precios son finales")

    await duena.press("Guardar", terminos="Cambios\n\nSin <b>ticket</b> no hay.", arrepentimiento="Nada congelado.")

    await reader.go("/legales/terminos")
    assert "<h2>Cambios</h2>" in reader.html and reader.sees("Sin <b>ticket</b> no hay.")
    await reader.go("/arrepentimiento")
    assert reader.sees("Nada congelado.")
    await duena.press("Guardar", terminos=" ")
    await reader.go("/legales/terminos")
    assert reader.sees("Los precios son finales")


async def test_a_part_that_does_not_exist_is_not_found(duena: Reader) -> None:
    await duena.go(f"{HERE}/nada")

    assert duena.status == 404
