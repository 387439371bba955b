"""Everybody's pedidos on pages, as who works in the shop reads them."""

import pytest

from belgrano.words.times import dia_de, now
from tests.ahorro.cast import ShopApp, Visitor
from tests.ahorro.pages.reader import Reader
from tests.ahorro.routes.admin.test_ventas import change


@pytest.fixture
async def armador(shop: ShopApp) -> Reader:
    return Reader((await shop.customer("armador", "Ariel Armador")).client)


async def bought(shop: ShopApp, nombre: str, **cambios: str) -> tuple[Visitor, str]:
    """A customer of that name and the numero of what they bought."""
    clienta = await shop.customer(nombre=nombre)
    made = await clienta.buy(await shop.producto("Ricota entera", 1234_50), 2, **cambios)
    return clienta, made["numero"]


async def test_a_pedido_is_found_opened_and_read_whole(shop: ShopApp, armador: Reader) -> None:
    _, numero = await bought(shop, "Ana Buscada", telefono="11 5555-4321", notas="Tocar el 4B")

    await armador.go("/admin/pedidos")
    await armador.press("Buscar", q="buscada")
    assert armador.sees("Recibido") and armador.sees("$ 2.469")
    await armador.follow(numero)

    for words in ("Ana Buscada", "Ricota entera", "Av. Belgrano 1234", "Tocar el 4B", "Efectivo", "lo antes posible"):
        assert armador.sees(words), words
    links = dict(armador.page.links)
    assert "tel:+541155554321" in links.values()
    assert "https://wa.me/5491155554321" in links.values()
    assert any(href.startswith("https://reparto.test/seguir/") for href in links.values())
    assert armador.sees("Todavía no llegó a Ticketera")


async def test_a_telephone_that_is_none_leads_nowhere(shop: ShopApp, armador: Reader) -> None:
    _, numero = await bought(shop, "Ana Sin Teléfono", telefono="11111111")

    await armador.go(f"/admin/pedidos/{numero}")

    assert armador.status == 200 and armador.sees("11111111")
    assert not any(href.startswith(("tel:", "https://wa.me")) for _, href in armador.page.links)


async def test_the_list_is_narrowed_by_state_and_day_and_keeps_what_was_asked(shop: ShopApp, armador: Reader) -> None:
    _, waiting = await bought(shop, "Nora Estados")
    _, failed = await bought(shop, "Nora Estados")
    await change(shop, failed, estado="fallido", motivo="no_atiende")
    hoy = dia_de(now()).isoformat()

    await armador.go(f"/admin/pedidos?q=nora&desde={hoy}&hasta={hoy}")
    assert armador.sees(waiting) and armador.sees(failed)
    await armador.follow("No entregados")

    assert armador.sees(failed) and not armador.sees(waiting)
    assert f"desde={hoy}" in armador.url
    await armador.go("/admin/pedidos?q=nora&hasta=2001-01-01")
    assert armador.sees("No hay pedidos así")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("desde=ayer", "El primer día tiene que ser una fecha"),
        ("desde=2026-02-02&hasta=2026-02-01", "El último día tiene que ser desde el primer día en adelante"),
        ("estado=nunca", "tiene que ser uno de"),
        ("cursor=x", "no es de esta lista"),
    ],
)
async def test_what_a_list_cannot_be_narrowed_to_is_said_on_the_page(
    armador: Reader, query: str, sentence: str
) -> None:
    await armador.go(f"/admin/pedidos?{query}")

    assert armador.status == 400 and armador.sees(sentence)


async def test_what_went_wrong_stands_above_it(shop: ShopApp, armador: Reader) -> None:
    _, numero = await bought(shop, "Ana Con Problemas")
    await change(shop, numero, estado="entregado", repartidor_nombre="Beto", cobrado_centavos=2000_00, medio="efectivo")

    await armador.go(f"/admin/pedidos/{numero}")

    assert armador.sees("Se cobró $ 2.000,00 (Efectivo) y el total es $ 2.469,00")


async def test_only_an_admin_is_led_to_the_customer_and_an_armador_to_no_product(
    shop: ShopApp, armador: Reader
) -> None:
    clienta, numero = await bought(shop, "Ana Enlazada")
    admin = Reader((await shop.customer("admin", "Silvia Dueña")).client)

    await armador.go(f"/admin/pedidos/{numero}")
    await admin.go(f"/admin/pedidos/{numero}")

    led = [{href for _, href in person.page.links} for person in (armador, admin)]
    assert [f"/admin/clientes/{clienta.id}" in links for links in led] == [False, True]
    assert [any(href.startswith("/admin/productos/") for href in links) for links in led] == [False, True]


@pytest.mark.parametrize("numero", ["PED-NUNCA", "x", "%00", "A" * 60])
async def test_a_pedido_that_is_none_is_not_found(armador: Reader, numero: str) -> None:
    await armador.go(f"/admin/pedidos/{numero}")

    assert armador.status == 404
