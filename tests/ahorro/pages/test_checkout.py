"""The checkout's own: the address in its parts, the window, and what the pages of a pedido say to follow it by."""

import re
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ahorro.app import create_app
from ahorro.domain.franja import Franja, franjas_de
from ahorro.domain.seguimiento import enlace_de, pin_de
from tests.ahorro.cast import PASSWORD, ShopApp, un_correo
from tests.ahorro.conftest import WEBHOOK_SECRET, some_settings
from tests.ahorro.pages.conftest import come_in
from tests.ahorro.pages.reader import Form, Reader
from tests.ahorro.routes.test_webhooks import avisar, un_aviso


@pytest.fixture(scope="module", params=["https://reparto.test", ""], ids=["public", "private"])
async def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ShopApp]:
    """A shop whose windows take one pedido, where customers can reach Ticketera and where they cannot."""
    folder: Path = tmp_path_factory.mktemp("shop")
    settings = some_settings(f"sqlite:///{folder / 'a.db'}", folder, franja_cupo=1, ticketera_public_url=request.param)
    app = create_app(settings)
    async with app.test_app():
        yield ShopApp(app)


async def at_checkout(shop: ShopApp, direccion: str = "", email: str | None = None) -> Reader:
    """Somebody with something in the cart."""
    email = email or un_correo("compra")
    person = Reader(shop.app.test_client())
    await shop.sign_up(email)
    await come_in(person, email, PASSWORD)
    if direccion:
        await person.go("/cuenta", "POST", form={"nombre": "Ana Pérez", "direccion": direccion})
    await again(shop, person)
    return person


async def again(shop: ShopApp, person: Reader) -> None:
    await person.go("/carrito/agregar", "POST", form={"producto_id": str(await shop.producto()), "cantidad": "1"})
    await person.go("/checkout")


def form_of(person: Reader) -> Form:
    return next(f for f in person.page.forms if f.action == "/checkout")


def tomorrow(which: int) -> Franja:
    return franjas_de(time.time_ns() // 1_000_000)[-1 - which]


async def test_an_address_comes_back_into_its_own_fields(shop: ShopApp) -> None:
    person = await at_checkout(shop, "Moldes 2145, 4.º B, Belgrano")
    assert [form_of(person).fields[f] for f in ("calle", "altura", "piso", "barrio")] == [
        "Moldes", "2145", "4.º B", "Belgrano",
    ]  # fmt: skip

    other = await at_checkout(shop)
    await other.press(
        "Confirmar pedido", calle="Ruta 8", altura="s/n", piso="3", entre="entre Cuba y Arcos", barrio="Pilar",
        telefono="11 5555-1234",
    )  # fmt: skip
    assert other.sees("Ruta 8 S/N, entre Cuba y Arcos, piso 3, Pilar")
    await again(shop, other)
    assert [form_of(other).fields[f] for f in ("calle", "altura", "piso", "entre", "barrio")] == [
        "Ruta 8", "S/N", "piso 3", "Cuba y Arcos", "Pilar",
    ]  # fmt: skip


async def test_the_number_is_missed_and_found_where_a_browser_put_it(shop: ShopApp) -> None:
    person = await at_checkout(shop)

    await person.press("Confirmar pedido", calle="Mendoza", altura="por ahí", telefono="12")
    assert person.status == 400 and person.sees("Falta la altura (o S/N)")
    assert person.page.text.index("falta la altura") < person.page.text.index("el telefono tiene")
    await person.press("Confirmar pedido", calle="Mendoza 1234", altura="", telefono="11 5555-1234")

    assert person.status == 200 and person.sees("Lo llevamos a Mendoza 1234")


async def test_a_window_that_fills_up_is_said_and_cannot_be_chosen_again(shop: ShopApp) -> None:
    franja = tomorrow(0)
    first, late = await at_checkout(shop, "Moldes 2145"), await at_checkout(shop, "Moldes 2147")
    assert late.sees("queda 1")
    await first.press("Confirmar pedido", franja=franja.clave, telefono="11 5555-1234")
    assert first.sees("de 18 a 20")

    await late.press("Confirmar pedido", franja=franja.clave, telefono="11 5555-1234", indicaciones="Timbre 2")

    assert late.status == 409 and late.sees("La franja de 18 a 20 se llenó recién. Elegí otra.")
    assert form_of(late).fields["notas"] == "Timbre 2" and "franja" not in form_of(late).fields
    assert re.search(rf'value="{franja.clave}"\s+disabled', late.html) and late.sees("Completa")
    await late.go("/checkout", "POST", form=form_of(late).fields)
    assert late.status == 400 and late.sees("Elegí cuándo lo querés")
    await late.go("/checkout", "POST", form=form_of(late).fields | {"franja": tomorrow(1).clave})
    assert late.status == 200 and late.sees("de 16 a 18")


async def test_the_pin_and_where_they_can_be_reached_the_link_are_there_until_it_is_over(shop: ShopApp) -> None:
    person = await at_checkout(shop, "Moldes 2145")
    await person.press("Confirmar pedido", telefono="11 5555-1234")
    numero = person.url.split("/")[2]
    public = shop.house.settings.ticketera_public_url
    enlace = enlace_de(public, WEBHOOK_SECRET, numero)

    for page in (f"/pedidos/{numero}/listo", f"/pedidos/{numero}"):
        await person.go(page)
        assert f">{pin_de(WEBHOOK_SECRET, numero)}<" in person.html
        assert [href for _, href in person.page.links if "/seguir/" in href] == ([enlace] if public else [])
        assert any(src.startswith("data:image/svg+xml") for src in person.page.images) == bool(public)

    await avisar(shop, un_aviso(numero, "entregado", version=9))
    await person.go(f"/pedidos/{numero}")
    assert pin_de(WEBHOOK_SECRET, numero) not in re.sub(r"PED-\d+-\w+", "", person.page.text)


async def test_what_was_cancelled_is_never_shown_as_on_its_way(shop: ShopApp) -> None:
    person = await at_checkout(shop, "Moldes 2145")
    await person.press("Confirmar pedido", telefono="11 5555-1234")
    numero = person.url.split("/")[2]
    steps = r'<li class="paso[^"]*" data-paso( hidden)?'

    await avisar(shop, un_aviso(numero, "fallido", version=2, motivo="cliente_ausente"))
    await person.go(f"/pedidos/{numero}")
    assert re.findall(steps, person.html) == ["", "", "", ""]
    await avisar(shop, un_aviso(numero, "cancelado", version=3))
    await person.go(f"/pedidos/{numero}")
    assert re.findall(steps, person.html) == ["", "", " hidden", ""]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"calle": "Ruta 8 km 50,5", "altura": ""}, "Lo llevamos a Ruta 8 km 50,5"),
        ({"calle": "Diagonal 74 N° 1234, e/ 5 y 6", "altura": ""}, "Lo llevamos a Diagonal 74 1234, entre 5 y 6"),
        ({"calle": "50", "altura": "845", "entre": "e/ 12 y 13"}, "Lo llevamos a 50 845, entre 12 y 13"),
        ({"calle": "Moreno 1840 4° B", "altura": ""}, "Lo llevamos a Moreno 1840, 4° B"),
        ({"calle": "Moreno 1840 4° B", "altura": "1840"}, "Lo llevamos a Moreno 1840, 4° B"),
        ({"calle": "Mz 4 Lt 12", "altura": "", "barrio": "Los Pinos"}, "Lo llevamos a Mz 4 Lt 12, Los Pinos"),
        ({"calle": "Calle 7", "altura": ""}, "Falta la altura (o S/N)"),
        ({"calle": "Ruta 8", "altura": ""}, "Falta la altura (o S/N)"),
    ],
)
async def test_an_address_is_understood_as_people_write_it(shop: ShopApp, typed: dict[str, str], said: str) -> None:
    person = await at_checkout(shop)

    await person.press("Confirmar pedido", **typed, telefono="11 5555-1234")

    assert person.sees(said) and person.status == (400 if "Falta" in said else 200)


@pytest.mark.parametrize(
    ("account", "fields"),
    [
        ("Calle 50 N° 845 e/ 12 y 13", ["Calle 50", "845", "", "12 y 13", ""]),
        ("RUTA NACIONAL Nº 3 S/Nº", ["RUTA NACIONAL Nº 3", "S/N", "", "", ""]),
        ("Moreno 1840 4° B, CABA", ["Moreno", "1840", "4° B", "", "CABA"]),
        ("Ruta 8 km 50,5, Pilar", ["Ruta 8 km 50,5", "", "", "", "Pilar"]),
    ],
)
async def test_the_accounts_address_fills_in_the_right_fields(shop: ShopApp, account: str, fields: list[str]) -> None:
    person = await at_checkout(shop, account)

    assert [form_of(person).fields[f] for f in ("calle", "altura", "piso", "entre", "barrio")] == fields
    await person.press("Confirmar pedido", telefono="11 5555-1234")
    await again(shop, person)
    assert [form_of(person).fields[f] for f in ("calle", "altura", "piso", "entre", "barrio")] == fields


async def offer(shop: ShopApp, metodo: str) -> None:
    duena = await shop.customer("admin")
    version = (await duena.ok("GET", "/api/admin/configuracion"))["version"]
    medios = list(dict.fromkeys(("efectivo", metodo)))
    await duena.ok("PATCH", "/api/admin/configuracion", {"version": version, "medios_de_pago": medios})


@pytest.mark.parametrize("metodo", ["transferencia", "mercadopago"])
async def test_what_is_paid_beforehand_is_waited_for_and_the_alias_stays_in_sight(shop: ShopApp, metodo: str) -> None:
    await offer(shop, metodo)
    person = await at_checkout(shop, "Moldes 2145")
    await person.press("Confirmar pedido", telefono="11 5555-1234", metodo_pago=metodo)
    assert person.sees("al alias MERCADO.PRUEBA") and not person.sees("Pagado")
    numero = person.url.split("/")[2]

    await person.go(f"/pedidos/{numero}")
    assert person.sees("Esperando el pago de") and person.sees("al alias MERCADO.PRUEBA")
    await avisar(shop, un_aviso(numero, "entregado", version=9))
    await person.go(f"/pedidos/{numero}")
    assert not person.sees("Esperando el pago")


async def test_nobody_packs_because_a_repartidor_was_chosen(shop: ShopApp) -> None:
    person = await at_checkout(shop, "Moldes 2145")
    await person.press("Confirmar pedido", telefono="11 5555-1234")
    numero = person.url.split("/")[2]
    await avisar(shop, un_aviso(numero, "asignado", version=2, repartidor_nombre="Rita Paz"))

    for page in (f"/pedidos/{numero}", "/pedidos"):
        await person.go(page)
        assert person.sees("Recibido"), page
        assert not re.search("preparaci[oó]n|preparando|armando", person.page.text.split("Qué pediste")[0]), page
