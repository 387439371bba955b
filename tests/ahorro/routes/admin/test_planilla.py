"""Products out as a spreadsheet and back in: looked at first, the good lines written, the others named."""

import asyncio
from typing import Any

import pytest

from ahorro.domain.importar import preparar
from ahorro.store.importar import write_escritos
from belgrano.database.base import Unavailable
from belgrano.database.work import Connection
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

    async def breaks(con: Connection, *args: Any) -> None:
        await write_escritos(con, *args)
        raise Unavailable

    with monkeypatch.context() as broken:
        broken.setattr("ahorro.actions.importar.write_escritos", breaks)
        answer = await encargada.ask("POST", IMPORTAR, data=sheet.encode(), headers={"Content-Type": "text/csv"})

    assert answer.status_code == 503
    assert (await encargada.ok("GET", "/api/admin/productos?q=larga"))["productos"] == []
    assert (await traer(encargada, f"{sheet}Larga 0;950;mercado;Almacén\n"))["nuevos"] == 300
    assert (await traer(encargada, sheet))["iguales"] == 300


async def test_every_kind_of_value_is_written_as_by_hand(shop: ShopApp, encargada: Visitor) -> None:
    said: dict[str, Any] = {
        "nombre": "Ñoquis \"de papa\" 100% \\ '1/2'", "descripcion": "Línea una\nlínea dos", "unidad": "bolsa",
        "contenido": 500, "medida": "g", "por_peso": False, "stock": 0, "codigo_barras": "0079000000444", "iva": 10.5,
        "costo": 700.25, "stock_minimo": 2, "estante": "B 3", "internos": 8.5, "ingredientes": "Papa",
        "advertencias": "Gluten", "mayores": False, "activo": False,
    }  # fmt: skip
    by_hand = await nuevo(shop, encargada, **said)
    oferta = {"precio": 100, "desde": "2030-01-01T03:00:00Z", "hasta": "2030-02-01T03:00:00Z"}
    other = await nuevo(shop, encargada, nombre="Otros", codigo_barras="7790000000445", stock=9, oferta=oferta)
    heads, *rows = (await exportado(encargada)).removeprefix("\ufeff").split("\r\n")
    place = next(n for n, row in enumerate(rows) if row.startswith(by_hand["clave"]))
    whole = f"{rows[place]}\r\n{rows[place + 1]}" if rows[place].count('"') % 2 else rows[place]
    copied = whole.replace(by_hand["clave"], other["clave"], 1).replace("0079000000444", "7790000000445")
    fresh = whole.replace(by_hand["clave"], "clave-propia", 1).replace("0079000000444", "7790000000446")

    done = await traer(encargada, f"{heads}\r\n{copied}\r\n{fresh}\r\n")

    assert (done["nuevos"], done["errores"]) == (1, [])
    found = await encargada.ok("GET", "/api/admin/productos?q=noquis&limite=200")
    same = {p["clave"]: {k: v for k, v in p.items() if k in {*said, "oferta", "precio"}} for p in found["productos"]}
    assert same[other["clave"]] == {**same[by_hand["clave"]], "codigo_barras": "7790000000445", "stock": 9}
    assert same["clave-propia"] == {**same[by_hand["clave"]], "codigo_barras": "7790000000446"}
    assert same[other["clave"]]["oferta"] is None
    assert not (await encargada.ok("GET", "/api/admin/productos?q=otros"))["productos"]


async def test_offers_of_a_sheet_run_from_their_day_on(shop: ShopApp, encargada: Visitor) -> None:
    made = await nuevo(shop, encargada, nombre="Queso cremoso")
    heads = "clave;nombre;precio;negocio;categoria;oferta;oferta_desde;oferta_hasta"
    filed = "1000;mercado;Almacén;900"

    done = await traer(
        encargada,
        f"{heads}\n{made['clave']};Queso cremoso;{filed};2020-01-01;2020-02-01\n;Queso nuevo;{filed};2020-01-01;\n",
    )

    assert done["errores"] == []
    listed = (await shop.visitor().ok("GET", "/api/productos?q=queso"))["productos"]
    assert {p["nombre"]: p["precio"] for p in listed} == {"Queso cremoso": 1000, "Queso nuevo": 900}


async def test_what_somebody_changed_meanwhile_stays_out_and_the_rest_is_written(
    shop: ShopApp, encargada: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [await nuevo(shop, encargada, nombre=f"Té {n}") for n in range(3)]
    sheet = "".join(f"{p['clave']};Té de sobre {p['id']};900\n" for p in made)

    def edited_first(*args: Any) -> Any:
        monkeypatch.undo()
        asyncio.run_coroutine_threadsafe(edit(), loop).result()
        return preparar(*args)

    async def edit() -> None:
        await encargada.ok("PATCH", f"/api/admin/productos/{made[1]['id']}", {"version": 1, "precio": 5})
        await nuevo(shop, encargada, nombre="Té nuevo")

    loop = asyncio.get_running_loop()
    monkeypatch.setattr("ahorro.routes.admin.planilla.preparar", edited_first)
    done = await traer(
        encargada,
        f"clave;nombre;precio;negocio;categoria\n{sheet}".replace("900\n", "900;Mercado;Almacén\n")
        + ";Té nuevo;900;Mercado;Almacén\n;Té más nuevo;900;Mercado;Almacén\n",
    )

    assert {c["clave"] for c in done["cambiados"]} == {made[0]["clave"], made[2]["clave"]}
    assert [(e["linea"], e["campo"]) for e in done["errores"]] == [(3, "clave"), (5, "clave")]
    assert done["nuevos"] == 1
    prices = [(await encargada.ok("GET", f"/api/admin/productos?codigo={p['clave']}"))["productos"] for p in made]
    assert [(p["precio"], p["version"]) for [p] in prices] == [(900, 2), (5, 2), (900, 2)]


async def test_new_lines_of_one_name_get_claves_of_their_own(shop: ShopApp, encargada: Visitor) -> None:
    await shop.producto("Base")
    rows = "".join(f"Vela;900;mercado;Almacén;77900000007{n}\n" for n in range(10, 13))

    done = await traer(encargada, f"nombre;precio;negocio;categoria;codigo_barras\n{rows}")

    assert (done["nuevos"], done["errores"]) == (3, [])
    found = (await encargada.ok("GET", "/api/admin/productos?q=vela"))["productos"]
    assert sorted(p["clave"] for p in found) == ["vela", "vela-2", "vela-3"]
