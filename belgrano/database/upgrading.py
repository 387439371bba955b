"""Alembic at work: what a database lacks is run in one transaction. Loaded where something is lacking only.

There is no env.py and no ini file.
"""

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from belgrano.database.schema import LOCK_WAIT, look_into_schema, newest, tables_of
from belgrano.database.work import Unavailable

log = logging.getLogger(__name__)
logging.getLogger("alembic.runtime.migration").setLevel(logging.WARNING)

_alembic = threading.Lock()  # its context is one for the whole process


def upgrade(connection: sa.Connection, folder: Path, to: str = "head") -> bool:
    """Run what is missing inside the transaction that is open. True when there was something."""
    script = ScriptDirectory(str(folder))
    goal = newest(folder) if to == "head" else to
    if MigrationContext.configure(connection).get_current_revision() == goal:
        return False
    with (
        _alembic,
        EnvironmentContext(Config(), script, fn=lambda rev, _: script._upgrade_revs(goal, rev)) as env,
    ):
        env.configure(connection=connection, transactional_ddl=True, render_as_batch=True)
        env.run_migrations()
    return True


def made_by(folder: Path, revision: str) -> Mapping[str, frozenset[str]]:
    """The columns of each table that the migrations up to a revision make of an empty database in memory."""
    engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
    with engine.begin() as connection:
        upgrade(connection, folder, revision)
        raw: Any = connection.connection.driver_connection
        tables = tables_of(raw)
    engine.dispose()
    return tables


def upgrade_file(path: Path, folder: Path) -> bool:
    """Run what a SQLite file lacks, in one transaction; whoever calls holds its lock. True when there was something.

    Raises Unavailable when it is locked, or its disk is full.
    """

    def connect() -> sqlite3.Connection:
        raw = sqlite3.connect(path, isolation_level=None, timeout=10)
        raw.execute("PRAGMA synchronous=FULL")
        return raw  # foreign keys stay off: rebuilding a table would cascade; they are checked at the end

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.pool.NullPool)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with _understood(), engine.begin() as connection:
        if not upgrade(connection, folder):
            return False
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"the migration of {path} would break foreign keys: {broken[:5]}")
    return True


def postgres_engine(url: str) -> sa.Engine:
    """An engine of SQLAlchemy's, used for one transaction."""
    return sa.create_engine(
        sa.make_url(url).set(drivername="postgresql+psycopg"),
        poolclass=sa.pool.NullPool,
        connect_args={"connect_timeout": 5},
    )


def take_app(connection: sa.Connection, lock: int) -> None:
    """Let no act or migration of the app, whose lock's number this is, run before this transaction ends."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(LOCK_WAIT * 1000)}")
    connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock})


def upgrade_schema(url: str, app: str, lock: int, folder: Path, before: Callable[[], None]) -> None:
    """Make the app's schema where it is missing, and run what it lacks, in one transaction and under the app's lock.

    `before` is called first where there is something that lacks something.
    """
    with _understood(), postgres_engine(url).begin() as connection:
        take_app(connection, lock)
        raw: Any = connection.connection.driver_connection
        found = look_into_schema(raw, app)
        if found is not None and found.tables and found.revision != newest(folder):
            before()
        if not connection.scalar(sa.text("SELECT 1 FROM pg_namespace WHERE nspname = :app"), {"app": app}):
            connection.exec_driver_sql(f'CREATE SCHEMA "{app}"')
        connection.exec_driver_sql(f'SET LOCAL search_path TO "{app}"')
        if upgrade(connection, folder):
            log.info("the schema is now at %s", newest(folder))


@contextlib.contextmanager
def _understood() -> Iterator[None]:
    try:
        yield
    except sa.exc.DatabaseError as error:
        if type(error) in (sa.exc.OperationalError, sa.exc.DatabaseError):  # not the narrower ones: those are bugs
            raise Unavailable(str(error.orig)) from error
        raise
