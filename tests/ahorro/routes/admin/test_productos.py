"""The owner's products: new ones, changes from a version on, what customers see of them."""

import asyncio
from typing import Any

import pytest

from belgrano.words.times import iso, now
from tests.ahorro.cast import ShopApp, Visitor

ADMIN = "/api/admin/productos"


@pytest.fixture(scope="module")
async def shelf(shop: ShopApp) -> None:
    """A negocio and a categoria: `Mercado` and `Almacén`."""
    await shop.producto("Algo 1 kg")


async def nuevo(quien: Visitor, **cambios: Any) -> Any:
    datos = {"nombre": "Yerba Canarias 1 kg", "precio": 4200.5, "negocio": "mercado", "categoria": "Almacén"}
    return await quien.ok("POST", ADMIN, {**datos, **cambios})


async def a_la_vista(shop: ShopApp, nombre: str) -> list[Any]:
    return [p for p in (await shop.visitor().ok("GET", f"/api/productos?q={nombre}"))["productos"]]


@pytest.mark.usefixtures("shelf")
async def test_a_new_product_is_on_sale_at_once_with_all_that_was_said_of_it(shop: ShopApp, encargada: Visitor) -> None:
    said = {
        "nombre": "Fernet Cinzano 750 ml",
        "descripcion": "De la casa.",
        "iva": 10.5,
        "internos": 20,
        "unidad": "botella",
        "contenido": 750,
        "medida": "ml",
        "stock": 12,
        "codigo_barras": "7791234567890",
        "estante": "B3",
        "mayores": True,
        "costo": 3100,
    }

    made = await nuevo(encargada, **said)

    assert {campo: made[campo] for campo in said} == said
    assert made["version"] == 1
    assert made["clave"] == "fernet-cinzano-750-ml"
    [seen] = await a_la_vista(shop, "cinzano")
    assert seen["precio"] == 4200.5
    assert seen["iva"] == 10.5


@pytest.mark.usefixtures("shelf")
async def test_two_of_one_name_have_two_addresses(encargada: Visitor) -> None:
    first, second = await nuevo(encargada, nombre="Polenta 500 g"), await nuevo(encargada, nombre="Polenta 500 g")

    assert (first["clave"], second["clave"]) == ("polenta-500-g", "polenta-500-g-2")


@pytest.mark.usefixtures("shelf")
async def test_a_change_starts_from_the_version_that_was_seen(encargada: Visitor, duena: Visitor) -> None:
    made = await nuevo(encargada, nombre="Harina 1 kg")
    address = f"{ADMIN}/{made['id']}"

    changed = await encargada.ok("PATCH", address, {"version": 1, "precio": 999, "stock": 5})
    stale = await duena.ask("PATCH", address, {"version": 1, "precio": 1})

    assert (changed["precio"], changed["stock"], changed["version"]) == (999, 5, 2)
    assert stale.status_code == 409
    assert stale.data_["codigo"] == "version_vieja"
    assert stale.data_["producto"]["precio"] == 999


@pytest.mark.usefixtures("shelf")
async def test_of_two_who_change_one_product_at_once_one_wins(encargada: Visitor, duena: Visitor) -> None:
    made = await nuevo(encargada, nombre="Sal 500 g")
    changes = [
        who.ask("PATCH", f"{ADMIN}/{made['id']}", {"version": 1, "precio": 100 + n})
        for n, who in enumerate((encargada, duena))
    ]

    answers = await asyncio.gather(*changes)

    assert sorted(each.status_code for each in answers) == [200, 409]


@pytest.mark.usefixtures("shelf")
async def test_what_was_sold_while_the_stock_was_counted_stays_sold(shop: ShopApp, encargada: Visitor) -> None:
    made = await nuevo(encargada, nombre="Arvejas lata", stock=10)
    customer = await shop.customer()
    await customer.buy(made["id"], 3)

    counted = await encargada.ok("PATCH", f"{ADMIN}/{made['id']}", {"version": 1, "stock": 30, "stock_visto": 10})

    assert counted["stock"] == 27


@pytest.mark.usefixtures("shelf")
async def test_what_is_taken_off_sale_is_gone_from_the_shop_and_its_cart_says_so(
    shop: ShopApp, encargada: Visitor
) -> None:
    made = await nuevo(encargada, nombre="Mermelada rara")
    customer = shop.visitor()
    await customer.add(made["id"])

    await encargada.ok("PATCH", f"{ADMIN}/{made['id']}", {"version": 1, "activo": False})

    assert await a_la_vista(shop, "rara") == []
    [aviso] = (await customer.ok("GET", "/api/carrito"))["avisos"]
    assert aviso["que"] == "no_se_vende"
    listed = await encargada.ok("GET", f"{ADMIN}?q=rara&estado=inactivo")
    assert [p["id"] for p in listed["productos"]] == [made["id"]]


@pytest.mark.usefixtures("shelf")
async def test_an_offer_with_dates_runs_between_them_by_itself(shop: ShopApp, encargada: Visitor) -> None:
    made = await nuevo(encargada, nombre="Vino tardío", precio=5000)
    address = f"{ADMIN}/{made['id']}"

    async def costs() -> Any:
        return (await a_la_vista(shop, "tardio"))[0]["precio"]

    soon = {"precio": 4000, "desde": iso(now() + 1500), "hasta": iso(now() + 3500)}
    await encargada.ok("PATCH", address, {"version": 1, "oferta": soon})
    before = await costs()
    await asyncio.sleep(2.6)
    during = await costs()
    await asyncio.sleep(2.2)
    after = await costs()

    assert (before, during, after) == (5000, 4000, 5000)


@pytest.mark.usefixtures("shelf")
async def test_the_last_day_of_an_offer_belongs_to_it(encargada: Visitor) -> None:
    made = await nuevo(
        encargada, nombre="Queso de a ratos", oferta={"precio": 10, "desde": None, "hasta": "2030-01-31"}
    )

    assert made["oferta"] == {"precio": 10, "desde": None, "hasta": "2030-02-01T03:00:00.000Z"}
    assert made["vigente"] == 10


@pytest.mark.parametrize(
    ("wrong", "campo"),
    [
        ({"precio": 0}, "precio"),
        ({"precio": -1}, "precio"),
        ({"precio": 10**12}, "precio"),
        ({"precio": "4200"}, "precio"),
        ({"precio": 1.005}, "precio"),
        ({"precio": None}, "precio"),
        ({"nombre": "  "}, "nombre"),
        ({"nombre": "x" * 121}, "nombre"),
        ({"negocio": "nadie"}, "negocio"),
        ({"categoria": 999_999}, "categoria"),
        ({"iva": 20}, "iva"),
        ({"internos": 101}, "internos"),
        ({"stock": -1}, "stock"),
        ({"stock": 1.5}, "stock"),
        ({"medida": "kg", "contenido": 1}, "medida"),
        ({"contenido": 500}, "contenido"),
        ({"codigo_barras": "7,79E+12"}, "codigo_barras"),
        ({"codigo_barras": "779"}, "codigo_barras"),
        ({"codigo_barras": "٧٧٩٠٠٠١"}, "codigo_barras"),
        ({"oferta": 5}, "oferta"),
        ({"oferta": {"precio": 4200.5}}, "oferta"),
        ({"oferta": {"precio": 1, "desde": "2030-02-01", "hasta": "2030-01-01"}}, "oferta"),
        ({"oferta": {"precio": 1, "desde": "mañana"}}, "oferta"),
        ({"oferta": {"precio": 1, "desde": "2030-W01-1"}}, "oferta"),
        ({"clave": "Con Mayúsculas"}, "clave"),
        ({"nombre": "Uno\u2028Dos"}, "nombre"),
        ({"nombre": "Al revés \u202e"}, "nombre"),
        ({"estante": "A\n1"}, "estante"),
        ({"unidad": "caja\x07"}, "unidad"),
        ({"color": "rojo"}, "color"),
    ],
    ids=str,
)
@pytest.mark.usefixtures("shelf")
async def test_what_cannot_be_is_named(encargada: Visitor, wrong: dict[str, Any], campo: str) -> None:
    datos = {"nombre": "Nada", "precio": 4200.5, "negocio": "mercado", "categoria": "Almacén", **wrong}

    answer = await encargada.ask("POST", ADMIN, datos)

    assert answer.status_code == 400
    assert [each["campo"] for each in answer.data_["errores"]] == [campo]


@pytest.mark.usefixtures("shelf")
async def test_a_negocio_has_a_bar_code_once_and_another_may_sell_the_same(encargada: Visitor) -> None:
    other = await encargada.ok("POST", "/api/admin/negocios", {"nombre": "El kiosco"})
    made = await nuevo(encargada, nombre="Alfajor triple", codigo_barras="7 790040-110014")
    twin = await nuevo(encargada, nombre="Alfajor del kiosco", negocio=other["id"], codigo_barras="7790040110014")
    plain = await nuevo(encargada, nombre="Alfajor sin código")

    for method, path, datos in (
        ("POST", ADMIN, {"nombre": "Otro", "precio": 1, "negocio": "mercado", "categoria": "Almacén"}),
        ("PATCH", f"{ADMIN}/{plain['id']}", {"version": 1}),
    ):
        refused = await encargada.ask(method, path, {**datos, "codigo_barras": made["codigo_barras"]})
        assert (refused.status_code, refused.data_["errores"]) == (
            400, [{"campo": "codigo_barras", "detalle": "ya es el de Alfajor triple."}],
        )  # fmt: skip
    moved = await encargada.ask("PATCH", f"{ADMIN}/{twin['id']}", {"version": 1, "negocio": "mercado"})
    same = await encargada.ok("PATCH", f"{ADMIN}/{made['id']}", {"version": 1, "codigo_barras": "7790040110014"})

    assert (moved.status_code, made["codigo_barras"], same["version"]) == (400, "7790040110014", 1)


@pytest.mark.usefixtures("shelf")
async def test_a_bar_code_finds_its_product(encargada: Visitor) -> None:
    made = await nuevo(encargada, nombre="Mate listo", codigo_barras="7790000000017")

    found = await encargada.ok("GET", f"{ADMIN}?codigo=7790000000017")

    assert [p["id"] for p in found["productos"]] == [made["id"]]


@pytest.mark.parametrize(
    ("estado", "expected"),
    [
        ("sin_stock", {"none"}),
        ("poco_stock", {"few", "few kilos", "fewer than was said"}),
        ("sin_foto", {"none", "few", "more", "few kilos", "more kilos", "fewer than was said"}),
    ],
)
@pytest.mark.usefixtures("shelf")
async def test_what_wants_attention_is_a_list(encargada: Visitor, estado: str, expected: set[str]) -> None:
    many = {
        "none": {"stock": 0},
        "few": {"stock": 5},
        "more": {"stock": 6},
        "few kilos": {"stock": 5_000, "por_peso": True},
        "more kilos": {"stock": 5_001, "por_peso": True},
        "fewer than was said": {"stock": 30, "stock_minimo": 40},
        "off sale": {"stock": 0, "activo": False},
    }
    made = {
        said: (await nuevo(encargada, nombre=f"{said} {estado}", **cambios))["id"] for said, cambios in many.items()
    }

    listed = {p["id"] for p in (await encargada.ok("GET", f"{ADMIN}?estado={estado}&limite=200"))["productos"]}

    assert {said for said, producto_id in made.items() if producto_id in listed} == expected


@pytest.mark.usefixtures("shelf")
async def test_nothing_new_counts_nothing(encargada: Visitor) -> None:
    made = await nuevo(encargada, nombre="Igual")

    same = await encargada.ok("PATCH", f"{ADMIN}/{made['id']}", {"version": 1, "precio": 4200.5})

    assert same["version"] == 1


async def test_a_product_that_nobody_has_is_a_404(encargada: Visitor) -> None:
    for cual in (999_999, 10**30):
        answer = await encargada.ask("PATCH", f"{ADMIN}/{cual}", {"version": 1, "precio": 1})

        assert answer.status_code == 404
