"""What delivery costs is seen before it is paid."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ahorro.app import create_app
from ahorro.demo.load import load
from tests.ahorro.cast import ShopApp
from tests.ahorro.conftest import some_settings
from tests.ahorro.pages.conftest import come_in
from tests.ahorro.pages.reader import Reader


@pytest.fixture
async def own_shop(tmp_path: Path) -> AsyncIterator[ShopApp]:
    app = create_app(some_settings(f"sqlite:///{tmp_path / 'ahorro.db'}", tmp_path / "correo"))
    async with app.test_app():
        shop = ShopApp(app)
        await load(shop.base)
        yield shop


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

    assert person.sees("Lo ves al finalizar")
    assert not person.sees("Gratis")
