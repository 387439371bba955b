"""Alembic for both databases, run by the program itself when it opens its database.

An app's folder holds `versions/0001_….py`; there is no env.py and no ini file: this module is both. All that is
missing is applied in one transaction, under a lock, so that processes that start together do it once.
"""

import contextlib
import fcntl
import logging
import os
import sqlite3
import time
import zlib
from pathlib import Path

import psycopg
import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql

from belgrano.sqlite_file import lock_file, sqlite_path
from belgrano.work import Unavailable

log = logging.getLogger(__name__)
logging.getLogger("alembic.runtime.migration").setLevel(logging.WARNING)

LOCK_WAIT = 60.0  # seconds for another process' migration


def big_id() -> sa.types.TypeEngine[int]:
    """The type of an `id` column: BIGINT, which SQLite only counts by itself when it is called INTEGER."""
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def lock_number(app: str) -> int:
    """The key of the advisory lock under which PostgreSQL runs the acts and migrations of an app."""
    return zlib.crc32(f"belgrano:{app}".encode())


def migrate(url: str, app: str, folder: Path) -> None:
    """Create the database when it is missing and bring its schema to the newest version. Blocks.

    Raises Unavailable when it cannot be reached, is locked or damaged, or its disk is full.
    """
    newest = ScriptDirectory(str(folder)).get_current_head()
    try:
        if url.startswith("sqlite"):
            if _sqlite_revision(sqlite_path(url)) != newest:
                _migrate_sqlite(sqlite_path(url), folder)
        elif _postgres_revision(url, app) != newest:
            _migrate_postgres(url, app, folder)
    except psycopg.OperationalError as error:
        raise Unavailable(f"{app}: {error}") from error
    except sa.exc.DatabaseError as error:
        if type(error) in (sa.exc.OperationalError, sa.exc.DatabaseError):  # not the narrower ones: those are bugs
            raise Unavailable(f"{app}: {error.orig}") from error
        raise


def _migrate_sqlite(path: Path, folder: Path) -> None:
    def connect() -> sqlite3.Connection:
        raw = sqlite3.connect(path, isolation_level=None, timeout=10)
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA synchronous=FULL")
        return raw  # foreign keys stay off: rebuilding a table would cascade; they are checked at the end

    path.parent.mkdir(parents=True, exist_ok=True)
    limit = time.monotonic() + LOCK_WAIT
    while (lock := lock_file(path, "-lock", fcntl.LOCK_EX)) is None:  # somebody migrates, or uses, the database
        if _sqlite_revision(path) == ScriptDirectory(str(folder)).get_current_head():
            return
        if time.monotonic() > limit:
            raise Unavailable(f"{path} needs a migration and is in use by another process")
        time.sleep(0.05)
    try:
        engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.pool.NullPool)
        sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        with engine.begin() as connection:
            if _upgrade(connection, folder):
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise RuntimeError(f"the migration of {path} would break foreign keys: {broken[:5]}")
    finally:
        os.close(lock)


def _sqlite_revision(path: Path) -> str | None:
    """What the database stands at, without getting in anybody's way."""
    if not path.exists():
        return None
    with contextlib.closing(sqlite3.connect(path, timeout=1)) as raw:
        try:
            row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.DatabaseError:  # no such table, or worse, which the migration will name
            return None
    return None if row is None else str(row[0])


def _postgres_revision(url: str, app: str) -> str | None:
    table = sql.Identifier(app, "alembic_version")
    with psycopg.connect(url, autocommit=True, connect_timeout=5) as raw:
        try:
            row = raw.execute(sql.SQL("SELECT version_num FROM {}").format(table)).fetchone()
        except psycopg.errors.UndefinedTable:
            return None
    return None if row is None else str(row[0])


def _migrate_postgres(url: str, app: str, folder: Path) -> None:
    engine = sa.create_engine(
        sa.make_url(url).set(drivername="postgresql+psycopg"),
        poolclass=sa.pool.NullPool,
        connect_args={"connect_timeout": 5},
    )
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(LOCK_WAIT * 1000)}")
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock_number(app)})
        if not connection.scalar(sa.text("SELECT 1 FROM pg_namespace WHERE nspname = :app"), {"app": app}):
            connection.exec_driver_sql(f'CREATE SCHEMA "{app}"')
        connection.exec_driver_sql(f'SET LOCAL search_path TO "{app}"')
        _upgrade(connection, folder)


def _upgrade(connection: sa.Connection, folder: Path) -> bool:
    """Run what is missing inside the transaction that is open. True when there was something."""
    script = ScriptDirectory(str(folder))
    newest = script.get_current_head()
    if MigrationContext.configure(connection).get_current_revision() == newest:
        return False
    with EnvironmentContext(Config(), script, fn=lambda rev, _: script._upgrade_revs("head", rev)) as env:
        env.configure(connection=connection, transactional_ddl=True, render_as_batch=True)
        env.run_migrations()
    log.info("the schema is now at %s", newest)
    return True
