"""Databases for tests: every test that asks for one runs on SQLite and, where it answers, on PostgreSQL.

`database_url` is an empty database of the test's own; `make_base` opens a Base on it. PostgreSQL is looked for at
TEST_POSTGRES_URL; REQUIRE_SERVICES=1 makes its absence a failure instead of a skip.
"""

import os
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from belgrano.base import Base

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
MakeBase = Callable[..., Awaitable[Base]]


@pytest.fixture(scope="session")
def postgres() -> Iterator[psycopg.Connection]:
    """A connection that may make databases."""
    try:
        connection = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        reason = f"PostgreSQL does not answer at TEST_POSTGRES_URL: {str(error).splitlines()[0]}"
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with connection:
        yield connection


@pytest.fixture(scope="session")
def make_postgres_url(postgres: psycopg.Connection) -> Callable[[], str]:
    """Makes a new empty database and says where it is; `database_url` drops its own afterwards."""

    def make() -> str:
        name = f"belgrano_test_{uuid.uuid4().hex[:12]}"
        postgres.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        head, _, _ = POSTGRES.rpartition("/")
        return f"{head}/{name}"

    return make


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'base.db'}"


@pytest.fixture
def postgres_url(postgres: psycopg.Connection, make_postgres_url: Callable[[], str]) -> Iterator[str]:
    url = make_postgres_url()
    yield url
    name = sql.Identifier(url.rpartition("/")[2])
    postgres.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database: the test runs once on each kind."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
async def make_base(database_url: str) -> AsyncIterator[MakeBase]:
    """`await make_base(migrations, app="ahorro", tell=…)` opens a Base on the test's database, closed afterwards.

    Called again it opens another one on the same database. Without `tell`, what was told is in `base.told`.
    """
    opened: list[Base] = []

    async def make(migrations: Path, *, app: str = "prueba", tell: Any = None, **options: Any) -> Base:
        told: list[object] = []

        def keep(events: Sequence[object]) -> None:
            told.extend(events)

        base = Base(database_url, app=app, migrations=migrations, tell=tell or keep, **options)
        base.told = told  # type: ignore[attr-defined]
        await base.open()
        opened.append(base)
        return base

    yield make
    for base in opened:
        await base.close()
