"""The shop with the demo on its shelves: what a person would find after `make run`."""

from collections.abc import AsyncIterator, Callable

import pytest

from ahorro.app import create_app
from ahorro.demo.load import load
from ahorro.demo.people import PASSWORD
from tests.ahorro.cast import ShopApp
from tests.ahorro.conftest import some_settings
from tests.ahorro.pages.reader import Reader


@pytest.fixture(scope="package")
async def demo_shop(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ShopApp]:
    folder = tmp_path_factory.mktemp("demo")
    app = create_app(some_settings(f"sqlite:///{folder / 'ahorro.db'}", folder / "correo"))
    async with app.test_app():
        shop = ShopApp(app)
        await load(shop.base)
        yield shop


@pytest.fixture
def person(demo_shop: ShopApp) -> Reader:
    """Somebody whom the shop does not know yet."""
    return Reader(demo_shop.app.test_client())


@pytest.fixture
def another(demo_shop: ShopApp) -> Callable[[], Reader]:
    return lambda: Reader(demo_shop.app.test_client())


async def come_in(person: Reader, email: str, password: str = PASSWORD) -> None:
    await person.go("/login")
    await person.press("Ingresar", correo=email, contraseña=password)
