"""A little app on a database of its own, for what needs a whole app."""

from collections.abc import AsyncIterator

import pytest
from quart import Quart

from belgrano.database.base import Base
from belgrano.server.guard import Guard
from tests.belgrano.little import MIGRATIONS, add_person, make_little
from tests.conftest import MakeBase


@pytest.fixture
async def people(make_base: MakeBase) -> Base:
    """A database with a chief (1) and a rider (2)."""
    base = await make_base(MIGRATIONS)
    await base.do(add_person, "jefa@belgrano.test", "admin")
    await base.do(add_person, "rita@belgrano.test", "repartidor")
    return base


@pytest.fixture
async def little_base(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Base]:
    """The same on SQLite alone, for tests in which the database is not the point."""
    path = tmp_path_factory.mktemp("little") / "base.db"
    base = Base(f"sqlite:///{path}", app="prueba", migrations=MIGRATIONS, tell=lambda events: None)
    await base.open()
    await base.do(add_person, "jefa@belgrano.test", "admin")
    await base.do(add_person, "rita@belgrano.test", "repartidor")
    yield base
    await base.close()


@pytest.fixture
def little(little_base: Base) -> Quart:
    return make_little(little_base)


@pytest.fixture
def guarded(little: Quart) -> Quart:
    """The little app as it is served: its requests pass the guard."""
    guard = Guard(little.asgi_app)
    little.asgi_app = guard  # type: ignore[method-assign,assignment]
    return little
