"""Nobody buys what they did not see on the page: each line is compared, and what changed is said by its name."""

from typing import Any

import pytest

from tests.ahorro.cast import PASSWORD, ShopApp, un_correo
from tests.ahorro.pages.conftest import come_in
from tests.ahorro.pages.reader import Form, Reader
from tests.ahorro.routes.test_lo_visto import change

HERE = {"calle": "Moldes", "altura": "2145", "telefono": "11 5555-1234"}


async def buyer(shop: ShopApp, *productos: int) -> Reader:
    """Somebody at the checkout with these products."""
    email = un_correo("visto")
    person = Reader(shop.app.test_client())
    await shop.sign_up(email)
    await come_in(person, email, PASSWORD)
    for producto in productos:
        await person.go("/carrito/agregar", "POST", form={"producto_id": str(producto), "cantidad": "1"})
    await person.go("/checkout")
    return person


def form_of(person: Reader) -> Form:
    return next(f for f in person.page.forms if f.action == "/checkout")


async def count(shop: ShopApp, person: Reader) -> int:
    return len((await (await person.client.get("/api/pedidos?limite=100")).get_json())["pedidos"])


async def test_changes_that_cancel_out_are_said_and_then_it_goes(shop: ShopApp) -> None:
    pan, queso = await shop.producto("Pan de campo", 100000), await shop.producto("Queso duro", 200000)
    person = await buyer(shop, pan, queso)
    await change(shop, pan, precio_centavos=150000)
    await change(shop, queso, precio_centavos=150000)

    await person.press("Confirmar pedido", **HERE, notas="Timbre 2")

    assert person.status == 409 and await count(shop, person) == 0
    assert person.sees("Pan de campo: antes $ 1.000,00, ahora $ 1.500,00")
    assert person.sees("Queso duro: antes $ 2.000,00, ahora $ 1.500,00")
    assert form_of(person).fields["calle"] == "Moldes" and form_of(person).fields["notas"] == "Timbre 2"
    await person.press("Confirmar pedido")
    assert person.status == 200 and person.sees("Recibimos tu pedido")


@pytest.mark.parametrize("left_out", [("total",), ("visto",), ("total", "visto")])
async def test_a_form_that_says_nothing_of_what_it_showed_skips_nothing(
    shop: ShopApp, left_out: tuple[str, ...]
) -> None:
    leche = await shop.producto("Leche", 219000)
    person = await buyer(shop, leche)
    await change(shop, leche, precio_centavos=657000)
    form = form_of(person).fields | HERE | dict.fromkeys(left_out, "")

    await person.go("/checkout", "POST", form=form)

    assert person.status == 409 and person.sees("Leche: antes $ 2.190,00, ahora $ 6.570,00")
    assert await count(shop, person) == 0


@pytest.mark.parametrize("nonsense", ["x", "1:2", "::", "1:1:x", "9" * 40 + ":1:1", "1:1:1 " * 5000])
async def test_nonsense_in_its_place_skips_nothing_either(shop: ShopApp, nonsense: str) -> None:
    leche = await shop.producto("Leche", 219000)
    person = await buyer(shop, leche)
    await change(shop, leche, precio_centavos=657000)

    await person.go("/checkout", "POST", form=form_of(person).fields | HERE | {"visto": nonsense})

    assert person.status == 409 and await count(shop, person) == 0


async def test_what_another_tab_saw_this_one_did_not(shop: ShopApp) -> None:
    leche = await shop.producto("Leche", 219000)
    person = await buyer(shop, leche)
    old = form_of(person).fields | HERE
    await change(shop, leche, precio_centavos=657000)
    await person.go("/carrito")
    assert person.sees("Leche: antes $ 2.190,00, ahora $ 6.570,00")

    await person.go("/checkout", "POST", form=old)

    assert person.status == 409 and await count(shop, person) == 0


@pytest.mark.parametrize("what", ["more", "other"])
async def test_what_another_tab_did_to_the_cart_is_said(shop: ShopApp, what: str) -> None:
    leche, pan = await shop.producto("Leche", 100000), await shop.producto("Pan", 100000)
    person = await buyer(shop, leche)
    old = form_of(person).fields | HERE
    added = leche if what == "more" else pan
    await person.go("/carrito/agregar", "POST", form={"producto_id": str(added), "cantidad": "2"})

    await person.go("/checkout", "POST", form=old)

    assert person.status == 409 and await count(shop, person) == 0
    assert person.sees("De Leche llevás 3, no 1" if what == "more" else "Pan, a $ 1.000,00, no estaba en lo que viste")


@pytest.mark.parametrize("page", ["/carrito", "/checkout"])
async def test_what_is_off_sale_is_named_until_it_is_taken_out(shop: ShopApp, page: str) -> None:
    leche, pan = await shop.producto("Leche", 219000), await shop.producto("Pan", 100000)
    person = await buyer(shop, leche, pan)
    await change(shop, leche, activo=False)

    for _ in range(2):
        await person.go(page)
        assert person.sees("Leche ya no se vende") and person.sees("$ 1.000,00")
    await person.go("/carrito")
    await person.press("Quitar Leche")
    await person.go(page)

    assert not person.sees("Leche")


async def test_what_is_off_sale_is_said_before_the_rest_is_bought(shop: ShopApp) -> None:
    leche, pan = await shop.producto("Leche", 219000), await shop.producto("Pan", 100000)
    person = await buyer(shop, leche, pan)
    await change(shop, leche, activo=False)

    await person.press("Confirmar pedido", **HERE)

    assert person.status == 409 and person.sees("Leche ya no se vende: no va en este pedido")
    await person.press("Confirmar pedido")
    assert person.sees("Tené preparados $ 1.000,00")
    await person.go("/carrito")
    assert not person.sees("ya no se vende")


async def test_a_checkout_of_nothing_that_is_sold_leads_to_the_cart_that_says_why(shop: ShopApp) -> None:
    leche = await shop.producto("Leche", 219000)
    person = await buyer(shop, leche)
    form = form_of(person).fields | HERE
    await change(shop, leche, activo=False)

    for send in (lambda: person.go("/checkout"), lambda: person.go("/checkout", "POST", form=form)):
        await send()
        assert person.url.startswith("/carrito") and person.sees("Leche ya no se vende")


async def test_a_lowered_stock_is_said_at_the_checkout_too(shop: ShopApp) -> None:
    fernet = await shop.producto("Fernet", 100000, stock=9)
    person = await buyer(shop, fernet)
    await person.go(f"/carrito/items/{fernet}", "POST", form={"cantidad": "5"})
    await change(shop, fernet, stock=2)

    await person.go("/checkout")

    assert person.sees("De Fernet quedan 2")
    await person.press("Confirmar pedido", **HERE)
    assert person.status == 409 and person.sees("De Fernet quedan 2")


async def test_what_was_ordered_in_another_tab_is_named(shop: ShopApp) -> None:
    person = await buyer(shop, await shop.producto("Leche", 219000))
    first_tab, second_tab = form_of(person).fields | HERE, None
    await person.go("/checkout")
    second_tab = form_of(person).fields | HERE
    await person.go("/checkout", "POST", form=second_tab)
    numero = person.url.split("/")[2]

    await person.go("/checkout", "POST", form=first_tab)

    assert person.url.startswith("/carrito") and person.sees(f"Ya lo pediste: {numero}")
    assert any(href == f"/pedidos/{numero}" for _, href in person.page.links)
    assert await count(shop, person) == 1
    await person.go("/checkout")
    assert person.url.startswith("/carrito") and person.sees(numero)


async def test_nobody_is_shown_somebody_elses_numero(shop: ShopApp) -> None:
    person, other = await buyer(shop, await shop.producto()), await buyer(shop, await shop.producto())
    await other.press("Confirmar pedido", **HERE)
    numero = other.url.split("/")[2]

    for query in (f"ya={numero}", "ya=%3Cb%3E", "ya=PED-20200101-AAAAAAAA", "ya=%00"):
        await person.go(f"/carrito?{query}")
        assert person.status == 200 and not person.sees("Ya lo pediste") and numero not in person.html


async def test_a_guests_cart_says_it_too(shop: ShopApp) -> None:
    leche: Any = await shop.producto("Leche", 219000)
    guest = Reader(shop.app.test_client())
    await guest.go("/carrito/agregar", "POST", form={"producto_id": str(leche), "cantidad": "1"})
    await change(shop, leche, precio_centavos=319000)

    await guest.go("/carrito")

    assert guest.sees("Leche: antes $ 2.190,00, ahora $ 3.190,00")
