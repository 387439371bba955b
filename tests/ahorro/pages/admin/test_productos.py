"""The owner's products on pages: found, made, changed, with what is wrong beside its field and nothing lost."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest

from ahorro.routes.pages.admin.productos import monto
from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.reader import Reader


@pytest.fixture
async def owner(demo_shop: ShopApp) -> Reader:
    return Reader((await demo_shop.customer("encargado", "Elena Encargada")).client)


async def make(owner: Reader, nombre: str, **more: str) -> None:
    await owner.go("/admin/productos/nuevo")
    await owner.press("Agregar", **{"nombre": nombre, "precio": "1.234,50", "categoria": "1", "negocio": "1", **more})


async def open_one(owner: Reader, nombre: str) -> None:
    await owner.go("/admin/productos")
    await owner.press("Buscar", q=nombre)
    await owner.follow(nombre)


async def test_a_new_product_needs_four_fields_and_the_next_is_filed_where_it_was(owner: Reader) -> None:
    await make(owner, "Granola casera")

    assert owner.status == 200 and owner.sees("Ya está a la venta")
    fields = next(f.fields for f in owner.page.forms if "precio" in f.fields)
    assert (fields["categoria"], fields["negocio"], fields["nombre"]) == ("1", "1", "")
    await owner.go("/productos?q=granola+casera")
    assert owner.sees("1.234,50")


async def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(owner: Reader) -> None:
    await make(owner, "Sin precio", precio="carísimo", estante="B3")

    assert owner.status == 400
    assert owner.sees("El precio tiene que ser un número")
    fields = next(f.fields for f in owner.page.forms if "precio" in f.fields)
    assert (fields["nombre"], fields["precio"], fields["estante"]) == ("Sin precio", "carísimo", "B3")


async def test_a_change_is_written_and_a_stale_one_says_how_it_is_now(owner: Reader, demo_shop: ShopApp) -> None:
    await make(owner, "Miel de monte", stock="10")
    await open_one(owner, "Miel de monte")
    other = Reader((await demo_shop.customer("admin")).client)
    await open_one(other, "Miel de monte")

    await owner.press("Guardar", precio="2.000", oferta_precio="1.800", oferta_hasta="2030-01-31")
    assert owner.sees("Guardamos los cambios")
    await other.press("Guardar", precio="3.000")

    assert other.status == 409 and other.sees("Ahora dice: 2000")
    fields = next(f.fields for f in other.page.forms if "precio" in f.fields)
    assert fields["precio"] == "3.000"
    await owner.go(owner.url)
    fields = next(f.fields for f in owner.page.forms if "precio" in f.fields)
    assert (fields["precio"], fields["oferta_precio"], fields["oferta_hasta"]) == ("2000", "1800", "2030-01-31")


async def test_a_bar_code_finds_its_product_and_a_tab_those_that_ran_out(owner: Reader) -> None:
    await make(owner, "Alfajor de maicena", codigo_barras="7791234500017", stock="0")

    await owner.go("/admin/productos?q=7791234500017")
    assert owner.sees("Alfajor de maicena")
    await owner.follow("Sin stock")
    assert owner.sees("Alfajor de maicena")


async def test_each_tab_says_how_many_stand_in_it_of_what_is_searched(owner: Reader) -> None:
    for nombre, more in {"uno": {"stock": "0"}, "dos": {"stock": "3"}, "tres": {"activo": ""}, "cuatro": {}}.items():
        await make(owner, f"Arrope de chañar {nombre}", **more)

    await owner.go("/admin/productos?q=arrope")

    tabs = "Todos (4) A la venta (3) Fuera de la venta (1) Sin stock (1) Poco stock (1) Sin foto (3)"
    assert all(owner.sees(tab) for tab in re.findall(r"\S.*?\)", tabs))


async def test_what_is_taken_off_sale_is_said_in_the_cart_it_is_in(owner: Reader, demo_shop: ShopApp) -> None:
    await make(owner, "Dulce de cayote")
    [product] = (await demo_shop.visitor().ok("GET", "/api/productos?q=cayote"))["productos"]
    customer = demo_shop.visitor()
    await customer.add(product["id"])
    await owner.go(f"/admin/productos/{product['id']}")

    await owner.press("Guardar", activo="")

    reader = Reader(customer.client)
    await reader.go("/carrito")
    assert reader.sees("Dulce de cayote") and reader.sees("no se vende")


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1.234,50", "1234.50"), ("$ 950", "950"), ("1.234", "1234"), ("12.5", "12.5"), ("1234567", "1234567")],
)
def test_money_is_read_as_an_argentine_types_it(typed: str, read: str) -> None:
    assert str(monto(typed)) == read


@pytest.mark.parametrize("typed", ["", "carísimo", "1,234.50", "1.23,4", "-5", "٣"])
def test_what_is_no_money_stays_as_it_was_typed(typed: str) -> None:
    assert monto(typed) == typed


async def test_several_go_off_sale_in_one_act_and_come_back(owner: Reader, demo_shop: ShopApp) -> None:
    for nombre in ("uno", "dos"):
        await make(owner, f"Jalea de membrillo {nombre}")
    await make(owner, "Jalea de membrillo tres", activo="")
    admin = await demo_shop.customer("admin")
    found = (await admin.ok("GET", "/api/admin/productos?q=jalea"))["productos"]

    def chosen(activo: str) -> dict[str, Any]:
        fields = [("activo", activo), ("a", "/admin/productos?q=jalea"), *(("id", str(p["id"])) for p in found)]
        return {"data": urlencode(fields), "headers": {"Content-Type": "application/x-www-form-urlencoded"}}

    first = await admin.client.post("/admin/productos/varios", **chosen("0"))
    again = await admin.client.post("/admin/productos/varios", **chosen("0"))

    assert [each.headers["location"].count("cual=") for each in (first, again)] == [2, 0]
    after = (await admin.ok("GET", "/api/admin/productos?q=jalea"))["productos"]
    assert [p["activo"] for p in after] == [False, False, False]
    await owner.go(first.headers["location"])
    assert owner.sees("2 productos quedaron fuera de la venta")
    assert [f.fields["a"] for f in owner.page.forms if f.buttons[:1] and f.buttons[0].words == "deshacer"]
    nonsense = await admin.client.post("/admin/productos/varios", **chosen("quizás"))
    assert nonsense.status_code == 400


async def test_taking_it_back_leaves_alone_what_somebody_touched_meanwhile(owner: Reader, demo_shop: ShopApp) -> None:
    for nombre in ("uno", "dos"):
        await make(owner, f"Quimbombó en vinagre {nombre}")
    admin = await demo_shop.customer("admin")
    uno, dos = (await admin.ok("GET", "/api/admin/productos?q=quimbombo"))["productos"]
    fields = urlencode([("activo", "0"), ("a", "/admin/productos?q=quimbombo"), *(("id", p["id"]) for p in (uno, dos))])
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    done = await admin.client.post("/admin/productos/varios", data=fields, headers=kind)
    await admin.ok("PATCH", f"/api/admin/productos/{dos['id']}", {"version": dos["version"] + 1, "estante": "Cerrado"})
    offered = await (await admin.client.get(done.headers["location"])).get_data(as_text=True)
    back = urlencode(
        [("activo", "1"), *(("id", each) for each in re.findall(r'hidden" name="id" value="(.+?)"', offered))]
    )

    undone, again = [await admin.client.post("/admin/productos/varios", data=back, headers=kind) for _ in range(2)]

    await owner.go(undone.headers["location"])
    assert owner.sees("1 producto quedó a la venta") and owner.sees("1 cambió mientras tanto y quedó como está")
    after = (await admin.ok("GET", "/api/admin/productos?q=quimbombo"))["productos"]
    assert {p["id"]: p["activo"] for p in after} == {uno["id"]: True, dos["id"]: False}
    await owner.go(again.headers["location"])
    assert owner.sees("2 cambiaron mientras tanto y quedaron como están") and not owner.sees("quedó a la venta")


async def test_a_copy_begins_like_its_product_without_what_is_its_own(owner: Reader) -> None:
    await make(owner, "Arrope de uva", codigo_barras="7791234500024", stock="9", estante="C1")
    await open_one(owner, "Arrope de uva")

    await owner.follow("Duplicar")

    fields = next(f.fields for f in owner.page.forms if "precio" in f.fields)
    assert (fields["nombre"], fields["codigo_barras"], fields["stock"]) == ("Arrope de uva", "", "")
    await owner.press("Agregar", nombre="Arrope de higo")
    assert owner.sees("Ya está a la venta")
