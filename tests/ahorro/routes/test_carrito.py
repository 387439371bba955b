"""The cart: a guest's, a customer's, its bounds, and how it survives logging in and out."""

from typing import Any

import pytest

from tests.ahorro.cast import ShopApp


def campos(response: Any) -> list[str]:
    return [e["campo"] for e in response.data_["errores"]]


async def test_a_guest_fills_a_cart_and_sees_its_total(shop: ShopApp) -> None:
    arroz = await shop.producto("Arroz 1 kg", 95050)
    fideos = await shop.producto("Fideos 500 g", 70000, oferta_centavos=64999)
    guest = shop.visitor()

    await guest.add(arroz, 2)
    carrito = await guest.add(fideos, 3)

    assert [(i["producto_id"], i["cantidad"], i["precio"], i["subtotal"]) for i in carrito["items"]] == [
        (arroz, 2, 950.5, 1901),
        (fideos, 3, 649.99, 1949.97),
    ]
    assert carrito["total"] == 3850.97
    assert await guest.ok("GET", "/api/carrito") == carrito


async def test_adding_adds_and_putting_sets(shop: ShopApp) -> None:
    arroz = await shop.producto()
    guest = shop.visitor()

    await guest.add(arroz, 2)
    assert (await guest.add(arroz, 3))["items"][0]["cantidad"] == 5
    assert (await guest.ok("PUT", f"/api/carrito/items/{arroz}", {"cantidad": 4}))["items"][0]["cantidad"] == 4
    assert (await guest.ok("DELETE", f"/api/carrito/items/{arroz}"))["items"] == []
    assert (await guest.ok("DELETE", f"/api/carrito/items/{arroz}"))["total"] == 0


@pytest.mark.parametrize(
    "cantidad", [0, -1, 1000, 2**63 - 1, 1.5, 2.0, "3", "tres", True, None, [1], {"a": 1}], ids=repr
)
@pytest.mark.parametrize("method", ["POST", "PUT"])
async def test_a_quantity_is_a_whole_number_from_1_to_999(shop: ShopApp, method: str, cantidad: Any) -> None:
    arroz = await shop.producto()
    guest = shop.visitor()
    await guest.add(arroz, 7)
    path = "/api/carrito/items" if method == "POST" else f"/api/carrito/items/{arroz}"

    response = await guest.ask(method, path, {"producto_id": arroz, "cantidad": cantidad})

    assert response.status_code == 400
    assert campos(response) == ["cantidad"]
    assert response.content_type == "application/problem+json"
    assert (await guest.ok("GET", "/api/carrito"))["items"][0]["cantidad"] == 7


async def test_a_sum_keeps_to_999_too(shop: ShopApp) -> None:
    arroz = await shop.producto()
    guest = shop.visitor()
    await guest.add(arroz, 999)

    response = await guest.ask("POST", "/api/carrito/items", {"producto_id": arroz, "cantidad": 1})

    assert response.status_code == 400
    assert campos(response) == ["cantidad"]
    assert (await guest.ok("GET", "/api/carrito"))["items"][0]["cantidad"] == 999


@pytest.mark.parametrize("producto_id", [0, -3, 2**70, "1", 1.0, None, True, [], "' OR 1=1 --"], ids=repr)
async def test_a_producto_id_that_cannot_be_is_a_400(shop: ShopApp, producto_id: Any) -> None:
    response = await shop.visitor().ask("POST", "/api/carrito/items", {"producto_id": producto_id, "cantidad": 1})

    assert response.status_code == 400


@pytest.mark.parametrize("producto_id", [999_999_999, 2**63 - 1, 2**63, 10**30])
async def test_an_unknown_product_is_a_404(shop: ShopApp, producto_id: int) -> None:
    for method in ("PUT", "DELETE"):
        guest = shop.visitor()
        await guest.add(await shop.producto())
        response = await guest.ask(method, f"/api/carrito/items/{producto_id}", {"cantidad": 1})
        assert response.status_code == (404 if method == "PUT" or producto_id > 2**63 - 1 else 200)


async def test_a_product_taken_off_the_shelf_is_neither_added_nor_counted(shop: ShopApp) -> None:
    arroz = await shop.producto()
    guest = shop.visitor()
    await guest.add(arroz)
    await shop.base.do(_retirar, arroz)

    response = await guest.ask("POST", "/api/carrito/items", {"producto_id": arroz, "cantidad": 1})

    assert response.status_code == 404
    assert await guest.ok("GET", "/api/carrito") == {
        "items": [],
        "subtotal": 0,
        "descuentos": [],
        "cupon": None,
        "total": 0,
        "aproximado": False,
        "unidades": 0,
        "avisos": [{"producto_id": arroz, "nombre": "Arroz 1 kg", "que": "no_se_vende"}],
    }


async def _retirar(work: Any, producto_id: int) -> None:
    await work.con.execute("UPDATE productos SET activo = :no WHERE id = :id", {"no": False, "id": producto_id})


async def test_more_than_the_stock_is_refused_with_what_is_left(shop: ShopApp) -> None:
    yerba = await shop.producto("Yerba 1 kg", stock=3)

    response = await shop.visitor().ask("POST", "/api/carrito/items", {"producto_id": yerba, "cantidad": 4})

    assert response.status_code == 409
    assert response.data_["codigo"] == "sin_stock"
    assert response.data_["quedan"] == 3


async def test_a_guests_cart_survives_logging_in_and_joins_the_one_left_before(shop: ShopApp) -> None:
    arroz, fideos = await shop.producto("Arroz"), await shop.producto("Fideos")
    clara = await shop.customer()
    await clara.add(arroz, 2)
    await clara.ok("DELETE", "/api/sesion")
    assert (await clara.ok("GET", "/api/carrito"))["items"] == []
    await clara.add(fideos, 1)
    await clara.add(arroz, 999)

    await shop.log_in(clara)

    carrito = await clara.ok("GET", "/api/carrito")
    assert {i["producto_id"]: i["cantidad"] for i in carrito["items"]} == {arroz: 999, fideos: 1}


async def test_who_comes_in_after_somebody_else_does_not_get_their_cart(shop: ShopApp) -> None:
    arroz = await shop.producto()
    browser = await shop.customer()
    first, second = browser.email, (await shop.customer()).email
    await browser.add(arroz, 4)

    browser.email = second
    await shop.log_in(browser)
    assert (await browser.ok("GET", "/api/carrito"))["items"] == []

    browser.email = first
    await shop.log_in(browser)
    assert (await browser.ok("GET", "/api/carrito"))["items"][0]["cantidad"] == 4


async def test_two_browsers_have_carts_of_their_own_also_of_one_customer(shop: ShopApp) -> None:
    arroz = await shop.producto()
    here, nobody = await shop.customer(), shop.visitor()
    there = shop.visitor()
    there.email = here.email
    await shop.log_in(there)

    await here.add(arroz, 5)

    assert (await there.ok("GET", "/api/carrito"))["items"] == []
    assert (await nobody.ok("GET", "/api/carrito"))["items"] == []


async def test_a_copied_guest_cookie_is_dead_after_logging_in(shop: ShopApp) -> None:
    clara = shop.visitor()
    clara.email = (await shop.customer()).email
    await clara.add(await shop.producto())
    cookies = {"Cookie": "; ".join(f"{c.name}={c.value}" for c in clara.client.cookie_jar)}
    assert len((await shop.visitor().ok("GET", "/api/carrito", headers=cookies))["items"]) == 1

    await shop.log_in(clara)

    copia = await shop.visitor().ok("GET", "/api/carrito", headers=cookies)
    assert copia["items"] == []
