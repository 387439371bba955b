"""The book of changes on its page and as a spreadsheet, in words."""

import pytest

from ahorro.actions.programados import aplicar_programado
from belgrano.database.work import Work
from belgrano.words.times import DIA, dia_de, local, now
from tests.ahorro.cast import ShopApp, Visitor
from tests.ahorro.pages.reader import Reader


@pytest.fixture(scope="module")
async def duena(shop: ShopApp) -> Visitor:
    return await shop.customer("admin", "Silvia Dueña")


@pytest.fixture
async def person(duena: Visitor) -> Reader:
    return Reader(duena.client)


async def test_a_change_is_read_from_what_to_what_in_words(shop: ShopApp, duena: Visitor, person: Reader) -> None:
    producto = await shop.producto("Yerba asentada", 1000_00)
    negocio = await duena.ok("POST", "/api/admin/negocios", {"nombre": "El de la esquina"})
    changed = {
        "precio": 1100, "iva": 10.5, "mayores": True, "stock": None, "negocio": negocio["id"],
        "oferta": {"precio": 900, "desde": "2030-01-01", "hasta": None},
    }  # fmt: skip
    await duena.ok("PATCH", f"/api/admin/productos/{producto}", {"version": 1, **changed})

    await person.go("/admin/auditoria?que=producto")

    for words in (
        "Producto Yerba asentada", "Precio $ 1.000,00 pasó a → $ 1.100,00", "IVA 21 % pasó a → 10,5 %",
        "Solo para mayores no pasó a → sí", "Negocio Mercado pasó a → El de la esquina",
        "Oferta, desde nada pasó a → 01/01/2030 00:00", "Silvia Dueña",
    ):  # fmt: skip
        assert person.sees(words), words
    assert f"/admin/productos/{producto}" in {href for _, href in person.page.links}


async def test_settings_people_and_prices_are_said_too(shop: ShopApp, duena: Visitor, person: Reader) -> None:
    producto = await shop.producto("Fideos asentados", 1000_00)
    version = (await duena.ok("GET", "/api/admin/configuracion"))["version"]
    medios = {"version": version, "medios_de_pago": ["efectivo", "mercadopago"], "envio": {"costo": 500}}
    await duena.ok("PATCH", "/api/admin/configuracion", medios)
    persona = {"nombre": "Ariel Nuevo", "email": "ariel.nuevo@belgrano.test", "rol": "armador"}
    await duena.ok("POST", "/api/admin/personal", persona)
    lote = {"filtro": {"ids": [producto]}, "porcentaje": 4, "redondeo": 10, "clave": "lote-asentado"}
    await duena.ok("POST", "/api/admin/precios", lote)
    promo = {"nombre": "Diez menos", "tipo": "porcentaje", "porcentaje": 10, "desde": "2030-05-01"}
    await duena.ok("POST", "/api/admin/promociones", promo)

    await person.go("/admin/auditoria?quien=silvia")

    for words in (
        "Formas de pago Efectivo, Transferencia pasó a → Efectivo, Mercado Pago", "Costo: $ 500,00",
        "Personal Ariel Nuevo", "Rol: Armador", "Cambio de precios Se aplicó", "+ 4 %, redondeado a $ 10, 1 producto",
        "Promoción Diez menos", "Desde: 01/05/2030 00:00",
    ):  # fmt: skip
        assert person.sees(words), words
    assert "lote-asentado" not in person.html


async def test_prices_that_wait_are_said_with_their_moment_and_from_what_to_what(
    shop: ShopApp, duena: Visitor, person: Reader
) -> None:
    ids = [await shop.producto(f"Polenta {n}", 1000_00) for n in range(25)]
    later = {"filtro": {"ids": ids}, "porcentaje": 4, "clave": "polentas", "desde": f"{dia_de(now() + 2 * DIA)}"}
    await duena.ok("POST", "/api/admin/precios", later)
    await duena.ok("POST", "/api/admin/precios/polentas/cancelar")

    await person.go("/admin/auditoria?que=precios")

    moment = f"{dia_de(now() + 2 * DIA):%d/%m/%Y} 00:00"
    for words in (
        "Cambio de precios Se canceló", "Cambio de precios Se programó", f"+ 4 %, 25 productos, para el {moment}:",
        "Polenta 0 $ 1.000,00, Polenta 1 $ 1.000,00, Polenta 2 $ 1.000,00 y 22 más pasó a",
        "Polenta 0 $ 1.040,00, Polenta 1 $ 1.040,00, Polenta 2 $ 1.040,00 y 22 más",
    ):  # fmt: skip
        assert person.sees(words), words


async def test_what_scheduled_prices_left_alone_is_in_the_book(shop: ShopApp, duena: Visitor, person: Reader) -> None:
    ids = [await shop.producto(f"Sémola {n}", 1000_00) for n in range(5)]
    later = {"filtro": {"ids": ids}, "monto": 5, "clave": "semolas", "desde": f"{dia_de(now() + 2 * DIA)}"}
    await duena.ok("POST", "/api/admin/precios", later)
    for each in ids[:4]:
        await duena.ok("PATCH", f"/api/admin/productos/{each}", {"version": 1, "activo": False})

    async def come(work: Work) -> None:
        await work.con.execute("UPDATE precio_programados SET desde = 1 WHERE lote = 'semolas'")

    await shop.base.do(come)
    await shop.base.do(aplicar_programado, "semolas")

    await person.go("/admin/auditoria?que=precios")
    assert person.sees("Cambio de precios Se aplicó") and person.sees(f"programado el {local(now()):%d/%m/%Y}")
    assert person.sees("sin tocar Sémola 0, Sémola 1, Sémola 2 y 1 más: Sémola 4 $ 1.005,00")


async def test_the_book_is_narrowed_by_thing_person_and_day(shop: ShopApp, duena: Visitor, person: Reader) -> None:
    producto = await shop.producto("Sal asentada", 1000_00)
    await duena.ok("PATCH", f"/api/admin/productos/{producto}", {"version": 1, "precio": 1})

    await person.go("/admin/auditoria")
    await person.press("Buscar", que="producto", quien="silvia")
    assert person.sees("Sal asentada")
    for query in ("que=promocion&quien=silvia&desde=2020-01-01&hasta=2020-01-02", "quien=nadie"):
        await person.go(f"/admin/auditoria?{query}")
        assert person.sees("No hay cambios así")


async def test_what_is_older_is_a_page_further(shop: ShopApp, duena: Visitor, person: Reader) -> None:
    producto = await shop.producto("Muy cambiado", 1000_00)
    for version in range(1, 53):
        changed = {"version": version, "precio": 1000 + version}
        await duena.ok("PATCH", f"/api/admin/productos/{producto}", changed)

    await person.go("/admin/auditoria?que=producto")
    assert not person.sees("$ 1.000,00 pasó a → $ 1.001,00")
    await person.follow("Ver más cambios")

    assert person.sees("$ 1.000,00 pasó a → $ 1.001,00") and "que=producto" in person.url


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("desde=ayer", "El primer día tiene que ser una fecha"),
        ("desde=2026-02-02&hasta=2026-02-01", "El último día tiene que ser desde el primer día en adelante"),
        ("cursor=x", "no es de esta lista"),
    ],
)
async def test_what_the_book_cannot_be_narrowed_to_is_said(person: Reader, query: str, sentence: str) -> None:
    await person.go(f"/admin/auditoria?{query}")

    assert person.status == 400 and person.sees(sentence)


async def test_the_spreadsheet_says_the_same_and_runs_no_formula(shop: ShopApp, duena: Visitor) -> None:
    producto = await shop.producto("=CMD()", 1000_00)
    await duena.ok("PATCH", f"/api/admin/productos/{producto}", {"version": 1, "precio": 1100, "nombre": "=CMD(2)"})

    answer = await duena.ask("GET", f"/api/admin/auditoria.csv?que=producto&id={producto}")

    lines = (await answer.get_data(as_text=True)).removeprefix("\ufeff").split("\r\n")
    assert lines[0] == "cuando;quien;que;campo;de;a"
    told = [line.split(";", 1)[1] for line in lines[1:-1]]
    assert "Silvia Dueña;Producto =CMD();Precio;$\u00a01.000,00;$\u00a01.100,00" in told
    assert "Silvia Dueña;Producto =CMD();Nombre;'=CMD();'=CMD(2)" in told


async def test_an_offers_days_are_instants_in_json(shop: ShopApp, duena: Visitor) -> None:
    producto = await shop.producto("Con oferta", 1000_00)
    oferta = {"precio": 900, "desde": "2030-01-01", "hasta": None}
    await duena.ok("PATCH", f"/api/admin/productos/{producto}", {"version": 1, "oferta": oferta})

    told = await duena.ok("GET", f"/api/admin/auditoria?que=producto&id={producto}")

    assert [each["a"] for each in told["asientos"] if each["campo"] == "oferta_desde"] == ["2030-01-01T03:00:00.000Z"]


async def test_an_encargado_reads_no_book(shop: ShopApp) -> None:
    encargada = await shop.customer("encargado")

    paths = ("/admin/auditoria", "/api/admin/auditoria.csv")
    assert [(await encargada.ask("GET", path)).status_code for path in paths] == [403, 403]
