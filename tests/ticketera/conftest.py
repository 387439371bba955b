"""Ticketera's database for tests, on SQLite and on PostgreSQL, and the people who act in them."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

import ticketera
from belgrano.database.base import Base
from tests.conftest import MakeBase
from tests.ticketera.cast import Cast

MIGRATIONS = Path(ticketera.__file__).parent / "store" / "migrations"


@pytest.fixture(scope="session")
def one_postgres(postgres: psycopg.Connection, make_postgres_url: Callable[[], str]) -> Iterator[str]:
    """One database for all these tests: making and dropping one for each would take longer than the tests."""
    url = make_postgres_url()
    yield url
    name = sql.Identifier(url.rpartition("/")[2])
    postgres.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


@pytest.fixture
def postgres_url(one_postgres: str) -> str:
    return one_postgres


@pytest.fixture
def schema() -> str:
    """The name of the app, and so of its schema: of this test alone."""
    return f"ticketera_{uuid.uuid4().hex[:12]}"


@pytest.fixture
async def base(make_base: MakeBase, schema: str) -> Base:
    """An empty Ticketera; what its acts told is in `base.told`."""
    return await make_base(MIGRATIONS, app=schema)


@pytest.fixture
async def cast(base: Base) -> Cast:
    """Ana, who administers; Rita and Raúl, who deliver, off duty as yet."""
    return await Cast.of(base)
