"""What delivery costs is seen before it is paid."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, time
from pathlib import Path

import pytest

from ahorro.app import create_app
from ahorro.demo.load import load
from belgrano.words.times import BUENOS_AIRES, DIA, dia_de, ms_of, now
from tests.ahorro.cast import PASSWORD, ShopApp
from tests.ahorro.conftest import some_settings
from tests.ahorro.pages.conftest import come_in
from tests.ahorro.pages.reader import Form, Reader


@pytest.fixture
async def own_shop(tmp_path: Path) -> AsyncIterator[ShopApp]:
    app = create_app(some_settings(f"sqlite:///{tmp_path / 'ahorro.db'}", tmp_path / "correo"))
    async with app.test_app():
        shop = ShopApp(app)
        await load(shop.base)
        yield shop


def checkout_of(person: Reader) -> Form:
    """The form with the address."""
    return next(form for form in person.page.forms if form.action == "/checkout")


async def test_a_cost_that_nobody_saw_is_shown_and_asked_before_it_is_paid(own_shop: ShopApp) -> None:
    duena = await own_shop.customer("admin", "Silvia Dueña")
    person = Reader(own_shop.app.test_client())
    await come_in(person, "clara@ahorro.test")
    await person.go("/productos/yerba-1kg")
    await person.press("Agregar")
    await person.go("/carrito")
    assert person.sees("Envío Gratis")
    await person.go("/checkout")
    version = (await duena.ok("GET", "/api/admin/configuracion"))["version"]
    envio = {"costo": 800, "gratis_desde": 50000, "minimo": 0}
    await duena.ok("PATCH", "/api/admin/configuracion", {"version": version, "envio": envio})

    await person.press("Confirmar pedido")

    assert person.status == 409
    assert person.sees("El envío hasta ahí cuesta $ 800,00")
    assert person.sees("Confirmar pedido: $ 5.738,00")
    await person.press("Confirmar pedido")
    assert person.sees("¡Listo")
    await person.go("/pedidos")
    assert person.sees("$ 5.738,00")


async def test_a_paquete_says_what_its_delivery_costs_before_it_is_ordered(own_shop: ShopApp) -> None:
    duena = await own_shop.customer("admin", "Silvia Dueña")
    person = Reader(own_shop.app.test_client())
    await come_in(person, "marta@ahorro.test")
    await person.go("/comercio/paquetes/1/pedir")
    stale = next(form for form in person.page.forms if form.action.endswith("/procesar")).fields
    envio = {"costo": 800, "gratis_desde": None, "minimo": 99_000_000}
    await duena.ok("PATCH", "/api/admin/configuracion", {"version": 1, "envio": envio})

    await person.go("/comercio/paquetes/1/procesar", "POST", form=stale)

    assert person.status == 409 and person.sees("El envío hasta ahí cuesta $ 800,00") and person.sees("Envío $ 800,00")
    await person.press("Confirmar: pedir por")
    assert person.url.startswith("/pedidos/PAQ-1-") and person.sees("Envío $ 800,00")


async def test_a_cost_that_goes_by_barrio_is_not_called_free(own_shop: ShopApp) -> None:
    duena = await own_shop.customer("admin", "Silvia Dueña")
    zonas = [{"nombre": "Cerca", "barrios": ["Belgrano"]}, {"nombre": "Lejos", "barrios": ["Flores"], "costo": 1500}]
    await duena.ok("PATCH", "/api/admin/configuracion", {"version": 1, "zonas": zonas})
    person = Reader(own_shop.app.test_client())
    await person.go("/productos/yerba-1kg")
    await person.press("Agregar")

    await person.go("/carrito")

    assert person.sees("Según tu barrio")
    assert not person.sees("Gratis")


async def at_the_cart(shop: ShopApp, **configuracion: object) -> Reader:
    """A visitor with one yerba of $ 4.938,00 in the cart of a shop with these settings."""
    duena = await shop.customer("admin", "Silvia Dueña")
    version = (await duena.ok("GET", "/api/admin/configuracion"))["version"]
    await duena.ok("PATCH", "/api/admin/configuracion", {"version": version, **configuracion})
    person = Reader(shop.app.test_client())
    await person.go("/productos/yerba-1kg")
    await person.press("Agregar")
    await person.go("/carrito")
    return person


ZONAS = [
    {"nombre": "Cerca", "barrios": ["Belgrano", "Núñez"]},
    {"nombre": "Lejos", "barrios": ["Flores"], "costo": 1500, "minimo": 8000},
]


async def test_a_barrio_that_is_chosen_in_the_cart_says_what_it_costs_to_go_there(own_shop: ShopApp) -> None:
    person = await at_the_cart(own_shop, zonas=ZONAS, envio={"costo": 800, "gratis_desde": 10000, "minimo": 0})
    assert person.sees("Según tu barrio") and person.sees("Total sin el envío $ 4.938,00")

    await person.press("Ver el envío", barrio="Núñez")

    assert person.sees("Envío $ 800,00") and person.sees("Total $ 5.738,00")
    assert person.sees("Te faltan $ 5.062,00 para el envío gratis")
    await person.go("/carrito")
    assert person.sees("Envío $ 800,00")


async def test_below_the_least_of_a_barrio_the_cart_says_how_much_is_missing(own_shop: ShopApp) -> None:
    person = await at_the_cart(own_shop, zonas=ZONAS)

    await person.press("Ver el envío", barrio="Flores")

    assert person.sees("Te faltan $ 3.062,00 para llegar al mínimo de $ 8.000,00")


async def test_whoever_lives_outside_is_told_in_the_cart_and_not_after_a_form(own_shop: ShopApp) -> None:
    person = await at_the_cart(own_shop, zonas=ZONAS)

    await person.press("Ver el envío", barrio="otro barrio")

    assert person.sees("A otro barrio todavía no llegamos: entregamos en Belgrano, Núñez y Flores.")
    assert not person.sees("Finalizar la compra")


async def test_the_barrio_of_the_cart_is_in_the_checkout_where_the_account_has_none(own_shop: ShopApp) -> None:
    person = await at_the_cart(own_shop, zonas=ZONAS)
    await person.press("Ver el envío", barrio="Flores")
    await own_shop.sign_up("nora@ahorro.test")

    await come_in(person, "nora@ahorro.test", PASSWORD)
    await person.go("/checkout")

    assert checkout_of(person).fields["barrio"] == "Flores"


async def test_a_barrio_that_was_written_beside_the_street_says_what_it_costs_to_go_there(own_shop: ShopApp) -> None:
    person = await at_the_cart(own_shop, zonas=ZONAS, envio={"costo": 800, "gratis_desde": None, "minimo": 0})
    await own_shop.sign_up("olga@ahorro.test")
    await come_in(person, "olga@ahorro.test", PASSWORD)
    await person.go("/checkout")
    address = {"calle": "Av. Cabildo 2042, Núñez", "altura": "", "barrio": "", "telefono": "11 5555-1234"}
    franja = next(o for o in re.findall(r'name="franja"[^>]* value="([^"]+)"', person.html))

    await person.press("Confirmar pedido", **address, franja=franja)
    assert person.status == 409 and person.sees("Envío $ 800,00")
    await person.press("Confirmar pedido: $ 5.738,00", franja=franja)

    assert person.sees("¡Listo")


@pytest.mark.parametrize("barrio", ["", " ", "ñandú; Path=/", "<b>Núñez</b>", "x" * 5000, "%00\r\nSet-Cookie: a=b"])
async def test_no_word_that_is_sent_as_a_barrio_breaks_the_cart(own_shop: ShopApp, barrio: str) -> None:
    person = await at_the_cart(own_shop, zonas=ZONAS)

    await person.go("/carrito/barrio", "POST", form={"barrio": barrio})

    assert person.status == 200 and person.sees("Yerba")
    assert "<b>Núñez</b>" not in person.html


async def test_at_night_a_window_is_chosen_and_nothing_is_promised_at_once(
    own_shop: ShopApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Reader(own_shop.app.test_client())
    await come_in(person, "clara@ahorro.test")
    await person.go("/productos/yerba-1kg")
    await person.press("Agregar")
    night = ms_of(datetime.combine(dia_de(now()), time(23), BUENOS_AIRES)) + DIA
    monkeypatch.setattr("ahorro.routes.pages.compra.now", lambda: night)

    await person.go("/checkout")

    assert not person.sees("Lo antes posible") and person.sees("Ahora no estamos repartiendo")
    chosen = checkout_of(person).fields
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT08:00", chosen["franja"])
    await person.go("/checkout", "POST", form=chosen | {"franja": "ya", "telefono": "11 5555-1234"})
    assert person.status == 400 and person.sees("A esta hora no salimos a repartir")


async def test_while_the_shop_delivers_it_can_come_as_soon_as_possible(
    own_shop: ShopApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Reader(own_shop.app.test_client())
    await come_in(person, "clara@ahorro.test")
    await person.go("/productos/yerba-1kg")
    await person.press("Agregar")
    noon = ms_of(datetime.combine(dia_de(now()), time(12), BUENOS_AIRES)) + DIA
    monkeypatch.setattr("ahorro.routes.pages.compra.now", lambda: noon)

    await person.go("/checkout")
    assert checkout_of(person).fields["franja"] == "ya"
    await person.press("Confirmar pedido")

    assert person.sees("¡Listo")
