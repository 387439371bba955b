"""Products out as a spreadsheet and back in: looked at first, the good lines written, the others named."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from ahorro.actions.fichas import crear_producto
from ahorro.domain.auditoria import Quien
from ahorro.domain.catalogo import Producto
from belgrano.database.base import Unavailable
from belgrano.database.work import Work
from tests.ahorro.cast import ShopApp, Visitor

CSV, IMPORTAR = "/api/admin/productos.csv", "/api/admin/productos/importar"


async def traer(quien: Visitor, raw: str | bytes, *, previa: bool = False) -> Any:
    data = raw.encode() if isinstance(raw, str) else raw
    address = IMPORTAR + ("?vista_previa=1" if previa else "")
    return await quien.ok("POST", address, data=data, headers={"Content-Type": "text/csv"})


async def exportado(quien: Visitor) -> str:
    response = await quien.ask("GET", CSV)
    assert response.status_code == 200
    text: str = (await response.get_data(as_text=False)).decode()
    return text


async def nuevo(shop: ShopApp, encargada: Visitor, **cambios: Any) -> Any:
    await shop.producto("Base")
    datos = {"nombre": "Yerba", "precio": 1234.5, "negocio": "mercado", "categoria": "Almacén", **cambios}
    return await encargada.ok("POST", "/api/admin/productos", datos)


@pytest.mark.parametrize("previa", [True, False])
async def test_what_was_exported_and_comes_back_changes_nothing(
    shop: ShopApp, encargada: Visitor, previa: bool
) -> None:
    for nombre in ("=1+1", "-5 grados", '"Comillas"; y punto', "'Apóstrofe", "Ñandú 1/2 kg"):
        oferta = {"precio": 100.05, "desde": "2030-01-01", "hasta": "2030-02-01"}
        await nuevo(shop, encargada, nombre=nombre, descripcion="Uno\r\nDos\rTres", iva=10.5, oferta=oferta, stock=3)
    texto = await exportado(encargada)

    came = await traer(encargada, texto, previa=previa)

    assert texto.startswith("\ufeffclave;nombre;")
    assert ";1234,50;100,05;" in texto
    assert "'=1+1" in texto
    assert (came["nuevos"], came["cambiados"], came["errores"]) == (0, [], [])
    assert came["iguales"] >= 5


async def test_a_preview_says_what_the_import_then_does(shop: ShopApp, encargada: Visitor) -> None:
    made = await nuevo(shop, encargada, nombre="Sal entrefina", codigo_barras="7790000000222")
    raw = (
        "clave;nombre;precio;negocio;categoria;codigo_barras\n"
        f"{made['clave']};Sal entrefina;1.500,75;Mercado;Almacén;7790000000222\n"
        ";Sal nueva por planilla;900;mercado;Almacén;\n"
        ";Sal sin negocio;900;nadie;Almacén;\n"
        ";Sal rota;900;mercado;Almacén;7,79E+12\n"
        ";Sal gratis;0;mercado;Almacén;\n"
    )

    seen = await traer(encargada, raw, previa=True)
    again = await traer(encargada, raw, previa=True)
    done = await traer(encargada, raw)
    after = await traer(encargada, raw.splitlines()[0] + "\n" + raw.splitlines()[1], previa=True)

    assert seen == again == done
    assert seen["nuevos"] == 1
    assert seen["cambiados"] == [
        {"linea": 2, "clave": made["clave"], "campo": "precio", "antes": 1234.5, "despues": 1500.75}
    ]
    assert [(e["linea"], e["campo"]) for e in seen["errores"]] == [(4, "negocio"), (5, "codigo_barras"), (6, "precio")]
    assert after["iguales"] == 1
    found = await encargada.ok("GET", "/api/admin/productos?q=planilla")
    assert [p["precio"] for p in found["productos"]] == [900]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
async def test_every_form_in_which_a_sheet_is_saved_is_read(
    shop: ShopApp, encargada: Visitor, encoding: str, separator: str
) -> None:
    made = await nuevo(shop, encargada, nombre="Azúcar común")
    raw = f'clave{separator}Nombre{separator}PRECIO\r\n{made["clave"]}{separator}Azúcar común{separator}"2000,5"\r\n'

    seen = await traer(encargada, raw.encode(encoding), previa=True)

    assert [(c["campo"], c["despues"]) for c in seen["cambiados"]] == [("precio", 2000.5)]


async def test_a_bar_code_finds_the_product_and_other_columns_stay(shop: ShopApp, encargada: Visitor) -> None:
    made = await nuevo(shop, encargada, nombre="Fideos tirabuzón", codigo_barras="7790000000333", stock=7)

    done = await traer(encargada, "sep=,\ncodigo_barras,precio\n7790000000333,999\n")

    assert len(done["cambiados"]) == 1
    [now] = (await encargada.ok("GET", "/api/admin/productos?codigo=7790000000333"))["productos"]
    assert (now["precio"], now["stock"], now["clave"]) == (999, 7, made["clave"])


async def test_a_product_that_comes_twice_is_taken_once(shop: ShopApp, encargada: Visitor) -> None:
    made = await nuevo(shop, encargada, nombre="Manteca")

    done = await traer(encargada, f"clave;precio\n{made['clave']};10\n{made['clave']};20\n")

    assert [c["despues"] for c in done["cambiados"]] == [10]
    assert [e["linea"] for e in done["errores"]] == [3]


@pytest.mark.parametrize(
    "raw", [b"", b"PK\x03\x04", b"\x00\x01\x02", b"color;talle\nrojo;1\n", b'clave;nombre\n"a;b\n']
)
async def test_what_is_no_sheet_is_refused(encargada: Visitor, raw: bytes) -> None:
    answer = await encargada.ask("POST", IMPORTAR, data=raw, headers={"Content-Type": "text/csv"})

    assert answer.status_code == 400
    assert answer.data_["errores"][0]["campo"] == "archivo"


async def test_the_same_new_bar_code_in_two_files_at_once_is_one_product(encargada: Visitor) -> None:
    sheet = "nombre;precio;negocio;categoria;codigo_barras\nDos a la vez;950,50;mercado;Almacén;7790000555123\n"

    both = await asyncio.gather(*(traer(encargada, sheet) for _ in range(2)))

    assert sum(each["nuevos"] for each in both) == 1
    found = await encargada.ok("GET", "/api/admin/productos?codigo=7790000555123")
    assert len(found["productos"]) == 1


async def test_what_was_sold_since_the_export_stays_sold_unless_its_stock_was_typed(
    shop: ShopApp, encargada: Visitor
) -> None:
    made = await nuevo(shop, encargada, nombre="Café molido", stock=10)
    heads, *rows = (await exportado(encargada)).splitlines()
    row = next(r for r in rows if r.startswith(f"{made['clave']};"))
    place = heads.split(";").index("stock")
    cells = row.split(";")
    typed = ";".join([*cells[:place], "25", *cells[place + 1 :]])
    await encargada.ok("PATCH", f"/api/admin/productos/{made['id']}", {"version": 1, "stock": 4})

    as_it_was = await traer(encargada, f"{heads}\n{row}\n")
    counted = [await traer(encargada, f"{heads}\n{typed}\n") for _ in range(2)]

    assert (as_it_was["iguales"], as_it_was["cambiados"]) == (1, [])
    assert [(c["campo"], c["antes"], c["despues"]) for c in counted[0]["cambiados"]] == [("stock", 4, 25)]
    assert counted[1]["iguales"] == 1


async def test_what_an_owner_keeps_of_a_product_travels_in_the_sheet(shop: ShopApp, encargada: Visitor) -> None:
    kept = {"costo": 800.5, "stock_minimo": 3, "estante": "B 3", "internos": 8.5, "mayores": True}
    kept |= {"ingredientes": "Uva", "advertencias": "Contiene sulfitos"}
    made = await nuevo(shop, encargada, nombre="Vino de mesa", **kept)
    heads, *rows = (await exportado(encargada)).splitlines()
    row = next(r for r in rows if r.startswith(f"{made['clave']};"))
    edited = row.replace("800,50", "900").replace("B 3", "C 1").replace(";8,5;", ";9;")
    copied = row.replace(made["clave"], "vino-de-otra-mesa")

    same = await traer(encargada, f"{heads}\n{row}\n")
    changed = await traer(encargada, f"{heads}\n{edited}\n")
    await traer(encargada, f"{heads}\n{copied}\n")
    older = await traer(encargada, f"clave;precio\n{made['clave']};1000\n")

    assert same["iguales"] == 1
    assert {c["campo"]: c["despues"] for c in changed["cambiados"]} == {"costo": 900, "estante": "C 1", "internos": 9}
    assert [c["campo"] for c in older["cambiados"]] == ["precio"]
    found = (await encargada.ok("GET", "/api/admin/productos?q=vino&limite=200"))["productos"]
    [copy] = [p for p in found if p["clave"] == "vino-de-otra-mesa"]
    assert {campo: copy[campo] for campo in kept} == kept


async def test_a_sheet_that_breaks_half_way_leaves_nothing_of_itself(
    encargada: Visitor, shop: ShopApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    await shop.producto("Base")
    rows = "".join(f"Larga {n};900;mercado;Almacén\n" for n in range(300))
    sheet = f"nombre;precio;negocio;categoria\n{rows}"
    made = 0

    async def breaks(work: Work, quien: Quien, datos: Mapping[str, object]) -> Producto:
        nonlocal made
        made += 1
        if made == 300:
            raise Unavailable
        return await crear_producto(work, quien, datos)

    with monkeypatch.context() as broken:
        broken.setattr("ahorro.actions.importar.crear_producto", breaks)
        answer = await encargada.ask("POST", IMPORTAR, data=sheet.encode(), headers={"Content-Type": "text/csv"})

    assert answer.status_code == 503
    assert (await encargada.ok("GET", "/api/admin/productos?q=larga"))["productos"] == []
    assert (await traer(encargada, f"{sheet}Larga 0;950;mercado;Almacén\n"))["nuevos"] == 300
    assert (await traer(encargada, sheet))["iguales"] == 300
