"""A shop that is new: customers read that it opens soon, its owner what is still to be done."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ahorro.app import create_app
from tests.ahorro.cast import ShopApp
from tests.ahorro.conftest import some_settings


@pytest.fixture
async def new_shop(tmp_path: Path) -> AsyncIterator[ShopApp]:
    app = create_app(some_settings(f"sqlite:///{tmp_path / 'ahorro.db'}", tmp_path / "correo"))
    async with app.test_app():
        yield ShopApp(app)


async def page(who: object, path: str) -> str:
    return str(await (await who.ask("GET", path)).get_data(as_text=True))  # type: ignore[attr-defined]


async def test_customers_of_a_new_shop_read_that_it_opens_soon(new_shop: ShopApp) -> None:
    front = await page(new_shop.visitor(), "/")

    assert "Abrimos pronto" in front
    assert "0 productos" not in front


async def test_the_owner_of_a_new_shop_reads_what_comes_first_until_it_is_done(new_shop: ShopApp) -> None:
    duena = await new_shop.customer("admin", "Silvia Dueña")
    encargada, armador = await new_shop.customer("encargado"), await new_shop.customer("armador")
    assert [(await page(who, "/admin")).count(">Falta<") for who in (duena, encargada, armador)] == [5, 4, 0]
    for path in re.findall(r'<li><a href="([^"]+)"><b>', await page(duena, "/admin")):
        assert (await duena.ask("GET", path)).status_code == 200, path

    producto_id = await new_shop.producto()
    assert (await page(duena, "/admin")).count(">Listo<") == 4

    await (await new_shop.customer()).buy(producto_id)
    selling = await page(duena, "/admin")
    assert (selling.count(">Falta<"), selling.count(">Listo<")) == (1, 0), "what is done is no news by then"

    await duena.ok("PATCH", "/api/admin/configuracion", {"version": 1, "telefono": "11 5555-1234"})
    assert "Falta completar" not in await page(duena, "/admin")
    assert "Para abrir la tienda" not in await page(duena, "/admin")
    assert "Abrimos pronto" not in await page(new_shop.visitor(), "/")


async def test_what_waits_is_said_beside_what_comes_first(new_shop: ShopApp) -> None:
    duena = await new_shop.customer("admin", "Silvia Dueña")
    assert "Qué espera por vos" not in await page(duena, "/admin")

    await new_shop.producto("Por acabarse", stock=1)

    assert "producto con poco stock" in await page(duena, "/admin")
    assert ">Si querés<" in await page(duena, "/admin"), "who keeps shop alone needs nobody else"


async def test_each_page_of_a_new_shop_leads_to_what_comes_before_it(new_shop: ShopApp) -> None:
    duena = await new_shop.customer("admin", "Silvia Dueña")

    assert "Cargar el primero" in await page(duena, "/admin/productos")
    assert "No hay productos así" in await page(duena, "/admin/productos?q=nada")
    product, branch = await page(duena, "/admin/productos/nuevo"), await page(duena, "/admin/sucursales")
    assert '<a href="/admin/categorias">una categoría</a> y <a href="/admin/negocios">un negocio</a>' in product
    assert 'hace falta <a href="/admin/negocios">un negocio</a>' in branch

    await new_shop.producto()
    for path in ("/admin/productos/nuevo", "/admin/sucursales"):
        assert "hace falta" not in await page(duena, path)
    assert "Cargar el primero" not in await page(duena, "/admin/productos")
