"""With a list of barrios the shop takes orders for these only, and says so in words; without one, for everywhere."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ahorro.app import create_app
from ahorro.settings import Settings
from belgrano.env import Environment
from tests.ahorro.cast import PASSWORD, ShopApp
from tests.ahorro.conftest import some_settings
from tests.ahorro.pages.conftest import come_in
from tests.ahorro.pages.reader import Reader

HERE = ("Belgrano", "Núñez", "Villa Urquiza")


@pytest.fixture
async def near(tmp_path: Path) -> AsyncIterator[ShopApp]:
    """A shop that delivers to three barrios."""
    app = create_app(some_settings(f"sqlite:///{tmp_path / 'a.db'}", tmp_path, barrios=HERE))
    async with app.test_app():
        yield ShopApp(app)


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ({"barrio": "Belgrano"}, ""),
        ({"barrio": "nunez"}, ""),
        ({"barrio": "  VILLA  URQUIZA "}, ""),
        ({"barrio": "Belgrano, CABA"}, ""),
        ({"direccion": "Moldes 2145, 4.º B, Belgrano"}, ""),
        ({"barrio": "Ushuaia"}, "A Ushuaia todavía no llegamos: entregamos en Belgrano, Núñez y Villa Urquiza."),
        ({"direccion": "San Martín 500, Ushuaia"}, "A Ushuaia todavía no llegamos"),
        ({}, "Decinos el barrio: entregamos en Belgrano, Núñez y Villa Urquiza."),
    ],
)
async def test_an_order_for_elsewhere_is_a_400_that_names_the_barrio(
    near: ShopApp, where: dict[str, str], words: str
) -> None:
    clara = await near.customer()
    await clara.add(await near.producto())

    answer = await clara.order(**where)

    if not words:
        assert answer.status_code == 201, answer.data_
    else:
        assert answer.status_code == 400
        (wrong,) = answer.data_["errores"]
        assert wrong["campo"] == "barrio" and words in wrong["detalle"]
        assert len((await clara.ok("GET", "/api/carrito"))["items"]) == 1


async def test_the_checkout_says_it_beside_the_field(near: ShopApp) -> None:
    clara = await near.customer()
    person = Reader(near.app.test_client())
    await come_in(person, clara.email, PASSWORD)
    await person.go("/carrito/agregar", "POST", form={"producto_id": str(await near.producto()), "cantidad": "1"})
    await person.go("/checkout")
    assert person.sees("Entregamos en Belgrano, Núñez y Villa Urquiza")

    typed = {"calle": "San Martín", "altura": "500", "telefono": "11 5555-1234"}
    await person.press("Confirmar pedido", **typed, barrio="Ushuaia", notas="Timbre 2")
    assert person.status == 400 and person.sees("A Ushuaia todavía no llegamos")
    form = next(f for f in person.page.forms if f.action == "/checkout")
    assert form.fields["notas"] == "Timbre 2" and 'aria-describedby="barrio-error' in person.html
    await person.press("Confirmar pedido", barrio="Núñez")

    assert person.status == 200 and person.sees("Recibimos tu pedido")


async def test_a_paquete_for_elsewhere_is_not_kept(near: ShopApp) -> None:
    marta = await near.customer("comerciante")
    person = Reader(near.app.test_client())
    await come_in(person, marta.email, PASSWORD)
    await person.go("/comercio/paquetes/nuevo")
    form = next(f.fields for f in person.page.forms if "frecuencia" in f.fields)
    typed = {"nombre": "Sur", "telefono": "11 5555-1234", "accion": "guardar", f"item-{await near.producto()}": "1"}

    await person.go("/comercio/paquetes/nuevo", "POST", form=form | typed | {"direccion": "San Martín 500, Ushuaia"})
    assert person.status == 400 and person.sees("A Ushuaia todavía no llegamos")
    await person.go("/comercio/paquetes/nuevo", "POST", form=form | typed | {"direccion": "Moldes 2145, Belgrano"})

    assert person.sees("Guardamos el paquete")


async def test_without_a_list_it_goes_everywhere(shop: ShopApp) -> None:
    clara = await shop.customer()
    await clara.add(await shop.producto())

    assert (await clara.order(barrio="Ushuaia")).status_code == 201


def test_the_list_is_read_from_the_environment() -> None:
    read = Settings.read(Environment({"AHORRO_BARRIOS": " Belgrano , Núñez,, Villa Urquiza ", "HOME": "/nowhere"}))

    assert read.barrios == HERE
