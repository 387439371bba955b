"""A shop that is new: customers read that it opens soon, its owner what is still to be done."""

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
    assert (await page(duena, "/admin")).count(">Falta<") == 5

    producto_id = await new_shop.producto()
    await new_shop.customer("encargado")
    assert (await page(duena, "/admin")).count(">Falta<") == 1

    await (await new_shop.customer()).buy(producto_id)
    assert "Para abrir la tienda" not in await page(duena, "/admin")
    assert "Abrimos pronto" not in await page(new_shop.visitor(), "/")
