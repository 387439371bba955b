"""A supplier's list on a page: its columns told once, looked at, taken in one commit, taken back; without scripts."""

import asyncio
import csv
import io
import itertools
import uuid
from collections.abc import Sequence
from typing import Any

import pytest
from quart.datastructures import FileStorage

from belgrano.database.work import Work
from belgrano.words.times import DIA, iso, now
from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.reader import Reader

PAGE = "/admin/proveedores"
TITULOS = "COD;DETALLE;EAN;P. LISTA"
_codigos = itertools.count(7790000100000)


@pytest.fixture
async def owner(shop: ShopApp) -> Reader:
    """Who keeps the prices, and no supplier is known yet."""
    await shop.base.do(_forget)
    return Reader((await shop.customer("encargado", "Elena Encargada")).client)


async def _forget(work: Work) -> None:
    await work.con.execute("DELETE FROM proveedores")


async def send(reader: Reader, raw: bytes | str) -> None:
    raw = raw.encode() if isinstance(raw, str) else raw
    await reader.go(PAGE, "POST", files={"archivo": FileStorage(io.BytesIO(raw), "lista.csv")})


async def product(shop: ShopApp, precio: int = 100000, **cambios: Any) -> tuple[str, str]:
    """A product with a name and a bar code that nobody else has: both."""
    nombre, codigo = f"Cosa {uuid.uuid4().hex[:8]}", str(next(_codigos))
    await shop.producto(nombre, precio, codigo_barras=codigo, **cambios)
    return nombre, codigo


async def stored(shop: ShopApp, nombres: Sequence[str]) -> list[tuple[Any, ...]]:
    """Price, cost and whether it is on sale of each that there is."""
    query = "SELECT precio_centavos, costo_centavos, activo FROM productos WHERE nombre = :nombre"
    found = [await shop.base.read(lambda con, n=n: con.fetch_one(query, {"nombre": n})) for n in nombres]
    return [(row[0], row[1], bool(row[2])) for row in found if row is not None]


def proveedor() -> str:
    return f"Proveedor {uuid.uuid4().hex[:6]}"


async def test_a_list_is_mapped_once_seen_applied_and_taken_back(owner: Reader, shop: ShopApp) -> None:
    (yerba, ean), (te, otro) = await product(shop), await product(shop, 50000)
    lista = f"Distribuidora Sur;;;\r\n{TITULOS}\r\nALMACEN;;;\r\n9001;YERBA ÑANDÚ;{ean};$ 1.100,40\r\n"
    lista += f"9002;TE;{otro};500\r\n9003;NUEVO 1 KG;7799999000001;2.000\r\n9004;ROTO;7,79E+12;100\r\n"
    quien = proveedor()

    await send(owner, lista.encode("cp1252"))
    assert owner.sees("Qué es cada columna") and owner.sees("Dice: YERBA ÑANDÚ · TE")
    assert owner.page.forms[-1].fields["uso-2"] == "codigo_barras" and owner.page.forms[-1].fields["uso-0"] == ""
    await owner.press("Ver cómo queda", nombre=quien, porcentaje="10", redondeo="10")

    assert owner.sees("2 cambian de precio") and owner.sees(f"{yerba} $ 1.000,00 $ 1.210,00")
    assert owner.sees("1 no está en tu negocio") and owner.sees("NUEVO 1 KG 7799999000001")
    assert owner.sees("Código de barras La planilla lo redondeó")
    assert (await stored(shop, [yerba])) == [(100000, None, True)]
    await owner.press("Aplicar a 2 productos")
    assert owner.sees("Listo: cambiamos 2 precios")
    assert await stored(shop, [yerba, te]) == [(121000, None, True), (55000, None, True)]

    await owner.press("Deshacer los precios")
    assert owner.sees("Volvieron 2 de 2 precios") and owner.sees(f"Lista de {quien}, + 10 %, redondeado a $ 10")
    assert await stored(shop, [yerba, te]) == [(100000, None, True), (50000, None, True)]


async def test_the_next_list_with_these_headings_maps_itself_and_other_headings_ask(
    owner: Reader, shop: ShopApp
) -> None:
    nombre, ean = await product(shop)
    marca, quien = uuid.uuid4().hex[:6], proveedor()
    await send(owner, f"Código {marca};Artículo;EAN;P. LISTA\n1;X;{ean};900\n")
    await owner.press("Ver cómo queda", nombre=quien, porcentaje="50", redondeo="100")

    await send(owner, f"codigo {marca};Artículo;EAN;P. LISTA\n1;X;{ean};950\n")
    assert owner.sees("Qué es cada columna")
    await send(owner, f"Lista de mayo\nCódigo {marca};Artículo;EAN;P. LISTA\n1;X;{ean};950\n")
    assert owner.sees(f"Lista de {quien}, + 50 %, redondeado a $ 100") and owner.sees("$ 1.000,00 $ 1.400,00")
    await owner.press("Cambiar columnas")
    assert owner.sees("Qué es cada columna")
    await owner.press("Ver cómo queda", porcentaje="", redondeo="")
    assert owner.sees("$ 1.000,00 $ 950,00")

    await owner.go(PAGE)
    assert owner.sees(quien)
    assert await stored(shop, [nombre]) == [(100000, None, True)]


async def test_its_costs_are_kept_and_a_price_below_them_is_said(owner: Reader, shop: ShopApp) -> None:
    nombre, ean = await product(shop, costo_centavos=70000)
    await send(owner, f"EAN;Costo;PVP\n{ean};980,5555;950\n")

    await owner.press("Ver cómo queda", nombre=proveedor())
    assert owner.sees("1 quedan por debajo de lo que cuestan") and owner.sees("1 cambia de costo")
    await owner.press("Aplicar a 1 producto")

    assert owner.sees("1 costo quedó como en la lista")
    assert await stored(shop, [nombre]) == [(95000, 98056, True)]
    query = "SELECT campo, de, a FROM auditoria WHERE cual_nombre = :nombre AND campo = 'costo_centavos'"
    rows = await shop.base.read(lambda con: con.fetch_all(query, {"nombre": nombre}))
    assert [(r[1], r[2]) for r in rows] == [("70000", "98056")]


async def test_with_a_cost_only_the_price_is_made_from_it(owner: Reader, shop: ShopApp) -> None:
    nombre, ean = await product(shop)
    await send(owner, f"EAN;Costo\n{ean};900\n")

    await owner.press("Ver cómo queda", nombre=proveedor(), porcentaje="25")
    await owner.press("Aplicar a 1 producto")

    assert await stored(shop, [nombre]) == [(112500, 90000, True)]


async def test_more_than_half_needs_a_tick(owner: Reader, shop: ShopApp) -> None:
    nombre, ean = await product(shop)
    await send(owner, f"EAN;Precio\n{ean};1.600\n")
    await owner.press("Ver cómo queda", nombre=proveedor())
    assert owner.sees("1 cambian más de un 50 %")

    await owner.press("Aplicar a 1 producto")
    assert owner.status == 409 and owner.sees("marcá la casilla")
    assert await stored(shop, [nombre]) == [(100000, None, True)]
    next(f for f in owner.page.forms if "vista" in f.fields).fields["forzar"] = "1"
    await owner.press("Aplicar a 1 producto")

    assert await stored(shop, [nombre]) == [(160000, None, True)]


async def test_what_is_not_here_can_be_saved_as_a_sheet_or_made_off_sale(owner: Reader, shop: ShopApp) -> None:
    _, ean = await product(shop)
    nuevos = [f"Nuevo {uuid.uuid4().hex[:8]}" for _ in range(3)]
    codigos = [str(next(_codigos)) for _ in nuevos]
    rows = "".join(f"{n};{c};100,50\n" for n, c in zip(nuevos, codigos, strict=True))
    await send(owner, f"Detalle;EAN;Precio\nX;{ean};1000\n{rows};{next(_codigos)};50\n=1+1;{next(_codigos)};50\n")
    await owner.press("Ver cómo queda", nombre=proveedor())
    assert owner.sees("5 no están en tu negocio") and owner.sees("1 igual")
    form = next(f for f in owner.page.forms if f.action.endswith(".csv"))
    saved = await (await owner.client.post(form.action, form=form.fields)).get_data(as_text=False)
    lines = list(csv.reader(io.StringIO(saved.decode("utf-8-sig")), delimiter=";"))
    assert lines[1] == [codigos[0], nuevos[0], "100,50", "", "", ""]
    assert lines[5][1] == "'=1+1"

    next(f for f in owner.page.forms if "vista" in f.fields).fields["crear"] = "1"
    await owner.press("Guardar")
    assert owner.status == 400 and owner.sees("elegí el negocio")
    next(f for f in owner.page.forms if "vista" in f.fields).fields["crear"] = "1"
    await owner.press("Guardar", negocio="mercado", categoria="almacen")

    assert owner.sees("Creamos 4 productos, que no están a la venta"), owner.page.text
    assert owner.sees("Con errores")
    assert await stored(shop, nuevos) == [(10050, None, False)] * 3
    await send(owner, f"Detalle;EAN;Precio\nX;{ean};1000\n{rows}")
    assert owner.sees("0 no están") and owner.sees("4 iguales")


async def test_sent_twice_it_is_done_once(owner: Reader, shop: ShopApp) -> None:
    nombre, ean = await product(shop)
    nuevo = f"Nuevo {uuid.uuid4().hex[:8]}"
    await send(owner, f"Detalle;EAN;Precio\nX;{ean};1100\n{nuevo};{next(_codigos)};50\n")
    await owner.press("Ver cómo queda", nombre=proveedor())
    form = next(f for f in owner.page.forms if "vista" in f.fields)
    data = form.fields | {"crear": "1", "negocio": "mercado", "categoria": "almacen"}

    both = [Reader(owner.client) for _ in range(2)]
    await asyncio.gather(*(each.go(PAGE, "POST", form=data) for each in both))
    third = Reader(owner.client)
    await third.go(PAGE, "POST", form=data)
    other = Reader(owner.client)
    await other.go(PAGE, "POST", form=data | {"porcentaje": "5"})

    assert [each.status for each in (*both, third)] == [200, 200, 200]
    assert all(each.sees("Listo: cambiamos 1 precio") for each in (*both, third))
    assert other.status == 409
    assert await stored(shop, [nombre, nuevo]) == [(110000, None, True), (5000, None, False)]
    query = "SELECT count(*) FROM productos WHERE nombre = :nombre"
    assert await shop.base.read(lambda con: con.fetch_val(query, {"nombre": nuevo})) == 1


async def test_the_clave_of_a_scheduled_change_is_no_lists(owner: Reader, shop: ShopApp) -> None:
    nombre, ean = await product(shop)
    await send(owner, f"Detalle;EAN;Precio\nX;{ean};1100\n")
    await owner.press("Ver cómo queda", nombre=proveedor())
    form = next(f for f in owner.page.forms if "vista" in f.fields).fields
    later = {"filtro": {"q": nombre}, "monto": 1, "clave": form["clave"], "desde": iso(now() + DIA)}
    scheduled = await owner.client.post("/api/admin/precios", json=later)

    await owner.go(PAGE, "POST", form=form)

    assert (scheduled.status_code, owner.status) == (200, 409)
    assert await stored(shop, [nombre]) == [(100000, None, True)]


async def test_what_somebody_edits_meanwhile_is_shown_again(owner: Reader, shop: ShopApp) -> None:
    (uno, ean), (dos, otro) = await product(shop), await product(shop)
    admin = await shop.customer("admin")
    [p] = (await admin.ok("GET", f"/api/admin/productos?codigo={ean}"))["productos"]
    await send(owner, f"EAN;Precio\n{ean};1200\n{otro};1300\n")
    await owner.press("Ver cómo queda", nombre=proveedor())
    await admin.ok("PATCH", f"/api/admin/productos/{p['id']}", {"version": 1, "precio": 1500})

    await owner.press("Aplicar a 2 productos")
    assert owner.status == 409 and owner.sees("Algún precio cambió") and owner.sees("$ 1.500,00 $ 1.200,00")
    assert await stored(shop, [uno, dos]) == [(150000, None, True), (100000, None, True)]
    edit = admin.ask("PATCH", f"/api/admin/productos/{p['id']}", {"version": 2, "precio": 1400})
    edited, _ = await asyncio.gather(edit, owner.press("Aplicar a 2 productos"))

    now = await stored(shop, [uno, dos])
    if owner.status == 409:
        assert now == [(140000, None, True), (100000, None, True)]
    else:
        assert now == [(120000 if edited.status_code == 409 else 140000, None, True), (130000, None, True)]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "Elegí un archivo"),
        (b"PK\x03\x04", "El archivo es de Excel"),
        (b"\x00\x01\x02", "El archivo no parece una planilla"),
        (b"hola\n", "El archivo no parece una lista"),
        (b"EAN;Precio\n", "El archivo no parece una lista"),
        (b'EAN;Precio\n"779;5\n', "comillas que no cierran"),
    ],
)
async def test_what_is_no_list_is_a_sentence_beside_the_field(owner: Reader, raw: bytes, said: str) -> None:
    await send(owner, raw)

    assert owner.status == 400 and owner.sees(said)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"uso-0": "", "uso-1": "nombre"}, "hace falta una con el código de barras o con la clave"),
        ({"uso-2": ""}, "hace falta una con el costo o con el precio"),
        ({"uso-1": "codigo_barras"}, "hay dos que dicen Código de barras"),
        ({"uso-1": "cualquiera"}, "cada una es una de estas"),
        ({"nombre": " "}, "El nombre"),
        ({"porcentaje": "mucho"}, "El porcentaje"),
        ({"porcentaje": "-500"}, "El porcentaje"),
        ({"redondeo": "7"}, "El redondeo"),
    ],
)
async def test_columns_that_say_too_little_are_asked_again(owner: Reader, typed: dict[str, str], said: str) -> None:
    await send(owner, "EAN;Detalle;Precio;\n7790000000001;X;5;\n")

    await owner.press("Ver cómo queda", **{"nombre": proveedor(), **typed})

    assert owner.status == 400 and owner.sees(said)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
async def test_every_form_in_which_a_list_is_saved_is_read(
    owner: Reader, shop: ShopApp, encoding: str, separator: str
) -> None:
    nombre, ean = await product(shop)
    cells = [["Código", "Artículo", "EAN", "P. Lista"], ["1", "Ñandú; de, tela", ean, "1.234,50"]]
    raw = "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in cells)

    await send(owner, raw.encode(encoding))
    await owner.press("Ver cómo queda", nombre=proveedor())

    assert owner.sees(f"{nombre} $ 1.000,00 $ 1.234,50")
