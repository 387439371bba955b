"""A shop, and the Ticketera that a test speaks for."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ahorro.app import create_app
from tests.ahorro.cast import ShopApp
from tests.ahorro.conftest import some_settings
from tests.ahorro.outlets.peer import Peer


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    peer = Peer()
    await peer.start()
    yield peer
    await peer.stop()


@pytest.fixture
async def shop(sqlite_url: str, tmp_path: Path, peer: Peer) -> AsyncIterator[ShopApp]:
    """The shop on SQLite: what becomes of an answer is the same on both; what the queue does has tests of its own."""
    app = create_app(some_settings(sqlite_url, tmp_path, ticketera_url=peer.url))
    async with app.test_app():
        yield ShopApp(app)


@pytest.fixture
async def shop_on_each(database_url: str, tmp_path: Path, peer: Peer) -> AsyncIterator[ShopApp]:
    """The shop, on SQLite and on PostgreSQL."""
    app = create_app(some_settings(database_url, tmp_path, ticketera_url=peer.url))
    async with app.test_app():
        yield ShopApp(app)
