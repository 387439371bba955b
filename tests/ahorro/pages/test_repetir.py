"""The same again: pressed twice it is still once, in one commit, and what is short is put in as far as there is."""

import asyncio

from tests.ahorro.cast import PASSWORD, ShopApp, Visitor
from tests.ahorro.pages.conftest import come_in
from tests.ahorro.pages.reader import Reader
from tests.ahorro.routes.test_lo_visto import change


async def in_cart(person: Reader) -> dict[str, int]:
    carrito = await (await person.client.get("/api/carrito")).get_json()
    return {i["nombre"]: i["cantidad"] for i in carrito["items"]}


async def bought(shop: ShopApp, *what: tuple[int, int]) -> tuple[Reader, str]:
    """Somebody who bought this, in a browser."""
    clara: Visitor = await shop.customer()
    for producto, cantidad in what:
        await clara.add(producto, cantidad)
    numero = (await clara.order()).data_["numero"]
    person = Reader(shop.app.test_client())
    await come_in(person, clara.email, PASSWORD)
    return person, numero


async def test_pressed_twice_or_many_times_at_once_it_is_once(shop: ShopApp) -> None:
    pan, leche = await shop.producto("Pan"), await shop.producto("Leche")
    person, numero = await bought(shop, (pan, 3), (leche, 2))

    await person.go(f"/pedidos/{numero}/repetir", "POST")
    await asyncio.gather(*(person.client.post(f"/pedidos/{numero}/repetir") for _ in range(5)))

    assert await in_cart(person) == {"Pan": 3, "Leche": 2}


async def test_what_was_in_the_cart_stays_and_is_not_lowered(shop: ShopApp) -> None:
    pan, leche, yerba = [await shop.producto(n) for n in ("Pan", "Leche", "Yerba")]
    person, numero = await bought(shop, (pan, 3), (leche, 2))
    for producto, cantidad in ((pan, 1), (leche, 7), (yerba, 4)):
        form = {"producto_id": str(producto), "cantidad": str(cantidad)}
        await person.go("/carrito/agregar", "POST", form=form)

    await person.go(f"/pedidos/{numero}/repetir", "POST")

    assert await in_cart(person) == {"Pan": 3, "Leche": 7, "Yerba": 4}


async def test_what_is_short_is_put_in_as_far_as_there_is_and_the_rest_is_said(shop: ShopApp) -> None:
    pan, leche = await shop.producto("Pan"), await shop.producto("Leche")
    fernet = await shop.producto("Fernet", stock=9)
    person, numero = await bought(shop, (pan, 3), (leche, 2), (fernet, 5))
    await change(shop, leche, activo=False)
    await change(shop, fernet, stock=2)

    await person.go(f"/pedidos/{numero}/repetir", "POST")

    assert await in_cart(person) == {"Pan": 3, "Fernet": 2}
    assert person.sees("Revisá: no está todo")


async def test_nothing_left_to_repeat_is_said(shop: ShopApp) -> None:
    pan = await shop.producto("Pan")
    person, numero = await bought(shop, (pan, 3))
    await change(shop, pan, activo=False)

    await person.go(f"/pedidos/{numero}/repetir", "POST")

    assert person.sees("Nada de ese pedido sigue a la venta") and await in_cart(person) == {}
