"""Databases for tests: every test that asks for one runs on SQLite and, where it answers, on PostgreSQL.

`database_url` is an empty database of the test's own; `make_base` opens a Base on it. PostgreSQL is looked for at
TEST_POSTGRES_URL; REQUIRE_SERVICES=1 makes its absence a failure instead of a skip.
"""

import os
import random
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from belgrano.database.base import Base
from tests import quick_passwords
from tests.schemas import Schemas

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
MakeBase = Callable[..., Awaitable[Base]]
SLOW_FIRST = ("browser", "faults", "journeys")


def pytest_configure() -> None:
    """One seed a run, also in the processes that share it: `BELGRANO_SEED` repeats a run's kills, fuzz and lots."""
    os.environ.setdefault("BELGRANO_SEED", str(random.SystemRandom().randrange(1, 2**31)))


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> None:
    quick_passwords.take(quick_passwords.QUICK)


def pytest_report_header() -> str:
    return f"BELGRANO_SEED={os.environ['BELGRANO_SEED']}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first: processes that share the run end together."""
    tests = Path(__file__).parent
    items.sort(key=lambda item: item.path.relative_to(tests).parts[0] not in SLOW_FIRST)


@pytest.fixture(scope="session")
def postgres() -> Iterator[psycopg.Connection]:
    """A connection that may make databases."""
    try:
        connection = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=30)
    except psycopg.OperationalError as error:
        reason = f"PostgreSQL does not answer at TEST_POSTGRES_URL: {str(error).splitlines()[0]}"
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with connection:
        yield connection


@pytest.fixture(scope="session")
def make_postgres_url(postgres: psycopg.Connection) -> Iterator[Callable[[], str]]:
    """Makes a new empty database and says where it is. All are dropped at the end: each drop is a checkpoint."""
    made: list[sql.Identifier] = []

    def make() -> str:
        name = f"belgrano_test_{uuid.uuid4().hex[:12]}"
        made.append(sql.Identifier(name))
        postgres.execute(sql.SQL("CREATE DATABASE {}").format(made[-1]))
        postgres.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(made[-1]))
        head, _, _ = POSTGRES.rpartition("/")
        return f"{head}/{name}"

    yield make
    for name in made:
        postgres.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


@pytest.fixture(scope="session")
def empty_again() -> list[str]:
    """Databases that a test has left and that are empty again."""
    return []


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'base.db'}"


@pytest.fixture
def postgres_url(make_postgres_url: Callable[[], str], empty_again: list[str]) -> Iterator[str]:
    """An empty database; emptied afterwards, which is quicker than another one."""
    url = empty_again.pop() if empty_again else make_postgres_url()
    yield url
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        schemas = connection.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema$|public$)'"
        ).fetchall()
        for (schema,) in schemas:
            connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(schema)))
    empty_again.append(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database: the test runs once on each kind."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture(scope="session")
def schemas() -> Schemas:
    return Schemas()


@pytest.fixture
async def make_base(database_url: str, schemas: Schemas) -> AsyncIterator[MakeBase]:
    """`await make_base(migrations, app="ahorro", tell=…)` opens a Base on the test's database, closed afterwards.

    Called again it opens another one on the same database. Without `tell`, what was told is in `base.told`.
    """
    opened: list[Base] = []

    async def make(migrations: Path, *, app: str = "prueba", tell: Any = None, **options: Any) -> Base:
        told: list[object] = []

        def keep(events: Sequence[object]) -> None:
            told.extend(events)

        schemas.lay(database_url, app, migrations)
        base = Base(database_url, app=app, migrations=migrations, tell=tell or keep, **options)
        base.told = told  # type: ignore[attr-defined]
        await base.open()
        opened.append(base)
        return base

    yield make
    for base in opened:
        await base.close()
