"""Who runs the shop in the tests."""

import pytest

from tests.ahorro.cast import ShopApp, Visitor


@pytest.fixture(scope="module")
async def duena(shop: ShopApp) -> Visitor:
    """The owner."""
    return await shop.customer("admin", "Silvia Dueña")


@pytest.fixture(scope="module")
async def encargada(shop: ShopApp) -> Visitor:
    """Who keeps products and prices."""
    return await shop.customer("encargado", "Elena Encargada")
