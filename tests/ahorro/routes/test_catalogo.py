"""The catalogue: search without accents, filters, pages, and bad queries."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.ahorro.cast import ShopApp

SHELF = [
    ("Azúcar Ledesma 1 kg", "Almacén", 120000, {}),
    ("Azúcar impalpable 500 g", "Almacén", 90000, {"oferta_centavos": 80050}),
    ("Ñoquis de papa 500 g", "Pastas", 250000, {}),
    ("Café molido 250 g", "Desayuno", 450000, {"destacado": True, "contenido": 250, "medida": "g"}),
    ("100% jugo de manzana 1 l", "Bebidas", 180000, {"contenido": 1000, "medida": "ml"}),
    ("Pan_lactal integral", "Panadería", 230000, {}),
    ("Vino retirado", "Bebidas", 500000, {"activo": False}),
]


@pytest.fixture(scope="module")
async def shelf(shop: ShopApp) -> list[int]:
    return [await shop.producto(n, p, categoria=c, **more) for n, c, p, more in SHELF]


async def nombres(shop: ShopApp, query: str) -> list[str]:
    return [p["nombre"] for p in (await shop.visitor().ok("GET", f"/api/productos?{query}"))["productos"]]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("azucar", [0, 1]),
        ("AZ%C3%9ACAR", [0, 1]),
        ("azu%CC%81car", [0, 1]),
        ("kg azucar", [0]),
        ("noquis", [2]),
        ("%C3%B1oquis", [2]),
        ("cafe", [3]),
        ("%25", [4]),
        ("_", [5]),
        ("\\", []),
        ("azucar cafe", []),
        ("retirado", []),
        ("' OR 1=1 --", []),
        ("", [0, 1, 2, 3, 4, 5]),
        ("%20%20", [0, 1, 2, 3, 4, 5]),
    ],
)
async def test_the_search_minds_neither_accents_nor_capitals(
    shop: ShopApp, shelf: Any, q: str, found: list[int]
) -> None:
    assert await nombres(shop, f"q={q.replace(' ', '+')}") == [SHELF[i][0] for i in found]


async def test_a_product_says_what_it_costs_and_costs_by_the_kilo(shop: ShopApp, shelf: Any) -> None:
    azucar = (await shop.visitor().ok("GET", "/api/productos?q=impalpable"))["productos"][0]
    cafe = (await shop.visitor().ok("GET", "/api/productos?q=cafe"))["productos"][0]

    assert (azucar["precio"], azucar["precio_anterior"], azucar["oferta"]) == (800.5, 900, True)
    assert (cafe["precio"], cafe["precio_por_medida"], cafe["oferta"]) == (4500, 18000, False)
    assert azucar["categoria"]["nombre"] == "Almacén"


async def test_a_categoria_and_a_negocio_go_by_id_clave_or_name(shop: ShopApp, shelf: Any) -> None:
    cafe = (await shop.visitor().ok("GET", "/api/productos?q=cafe"))["productos"][0]

    assert await nombres(shop, "categoria=desayuno") == ["Café molido 250 g"]
    assert await nombres(shop, f"categoria={quote(cafe['categoria']['nombre'])}") == ["Café molido 250 g"]
    assert await nombres(shop, f"categoria={cafe['categoria']['id']}") == ["Café molido 250 g"]
    assert len(await nombres(shop, f"negocio={cafe['negocio']['id']}")) == 6
    assert await nombres(shop, "negocio=mercado&categoria=pastas") == ["Ñoquis de papa 500 g"]
    assert await nombres(shop, "categoria=no-hay") == []
    assert await nombres(shop, "ofertas=1") == ["Azúcar impalpable 500 g"]


@pytest.mark.parametrize("orden", ["", "nombre", "precio", "-precio"])
@pytest.mark.parametrize("limite", [1, 2, 5, 6, 100])
async def test_the_pages_hold_everything_once_in_one_order(shop: ShopApp, shelf: Any, orden: str, limite: int) -> None:
    whole = (await shop.visitor().ok("GET", f"/api/productos?orden={orden}"))["productos"]
    seen: list[Any] = []
    cursor = ""
    while cursor is not None:
        page = await shop.visitor().ok("GET", f"/api/productos?orden={orden}&limite={limite}&cursor={cursor}")
        assert len(page["productos"]) <= limite
        seen += page["productos"]
        cursor = page["siguiente"]

    assert seen == whole
    assert len(whole) == 6
    key: Any = {"": "id", "nombre": "nombre"}.get(orden, "precio")
    if key != "nombre":
        values = [p[key] for p in whole]
        assert values == sorted(values, reverse=orden.startswith("-"))


@pytest.mark.parametrize(
    ("query", "campo"),
    [
        *[(f"limite={v}", "limite") for v in ("0", "-1", "201", "x", "1.5", "9" * 30, "%00", "%D9%A1")],
        *[(f"cursor={v}", "cursor") for v in ("x", "%00", "AAAA", "bnVsbA", "WzEsMl0x", "Wy0xLDJd", "W1tb", "a" * 401)],
        ("cursor=WyJhIiwxXQ", "cursor"),
        ("orden=nombre&cursor=WzEsMl0", "cursor"),
        ("orden=precio;drop", "orden"),
        ("q=" + "a" * 101, "q"),
        ("q=%00", "q"),
        ("categoria=a%00b", "categoria"),
        ("negocio=%07", "negocio"),
    ],
)  # fmt: skip
async def test_a_bad_query_is_a_400_that_names_it(shop: ShopApp, shelf: Any, query: str, campo: str) -> None:
    response = await shop.visitor().ask("GET", f"/api/productos?{query}")

    assert response.status_code == 400
    assert [e["campo"] for e in response.data_["errores"]] == [campo]


@pytest.mark.parametrize("query", ["q=%FF%FE", "q=%ED%A0%80", "negocio=99999999999999999999", "zzz=1", "q=a&q=b"])
async def test_an_odd_query_is_no_failure(shop: ShopApp, shelf: Any, query: str) -> None:
    assert (await shop.visitor().ask("GET", f"/api/productos?{query}")).status_code in {200, 400}


async def test_test_and_healthz_and_health_answer(shop: ShopApp) -> None:
    visitor = shop.visitor()
    test = await visitor.ok("GET", "/test")
    health = await visitor.ok("GET", "/health")

    assert test["status"] == "ok"
    assert test["message"]
    assert test["timestamp"].endswith("Z")
    assert (await visitor.ask("GET", "/healthz")).status_code == 200
    assert health["service"] == "ahorro"
    assert health["outbox"].keys() == {"pendientes", "apartados", "mas_viejo_s"}
    assert (await visitor.ask("GET", "/api/no-hay")).status_code == 404
    assert (await visitor.ask("POST", "/api/productos")).status_code == 405


async def test_what_programs_may_ask_is_described(shop: ShopApp) -> None:
    told = await shop.visitor().ok("GET", "/openapi.json")

    assert told["info"]["title"] == "Ahorro: la tienda"
    assert {"/api/productos", "/api/pedidos", "/api/carrito/items/{producto_id}", "/health"} <= told["paths"].keys()
    assert not [path for path in told["paths"] if not path.startswith(("/api/", "/health", "/test"))]
    body = told["paths"]["/api/pedidos"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert set(body["required"]) == {"clave", "direccion", "telefono", "metodo_pago"}
    assert told["paths"]["/api/pedidos"]["post"]["security"]
    assert "security" not in told["paths"]["/api/productos"]["get"]
