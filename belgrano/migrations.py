"""Alembic for both databases, run by the program itself when it opens its database.

An app's folder holds `versions/0001_….py`; there is no env.py and no ini file: this module is both. All that is
missing is applied in one transaction, under a lock, so that processes that start together do it once.
"""

import contextlib
import fcntl
import os
import sqlite3
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from belgrano.sqlite import sqlite_path
from belgrano.work import Unavailable

LOCK_WAIT = 60.0  # seconds for another process' migration


def big_id() -> sa.types.TypeEngine[int]:
    """The type of an `id` column: BIGINT, which SQLite only counts by itself when it is called INTEGER."""
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def lock_number(app: str) -> int:
    """The key of the advisory lock under which PostgreSQL runs the acts and migrations of an app."""
    return zlib.crc32(f"belgrano:{app}".encode())


def migrate(url: str, app: str, folder: Path) -> None:
    """Create the database when it is missing and bring its schema to the newest version. Blocks."""
    if url.startswith("sqlite"):
        path = sqlite_path(url)
        path.parent.mkdir(parents=True, exist_ok=True)
        with file_lock(path):
            _migrate_sqlite(path, folder)
    else:
        _migrate_postgres(url, app, folder)


@contextlib.contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Hold `<path>-lock` alone; wait for who has it. Raises Unavailable after a minute."""
    handle = os.open(f"{path}-lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        limit = time.monotonic() + LOCK_WAIT
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > limit:
                    raise Unavailable(f"{path} is being migrated by another process") from None
                time.sleep(0.05)
        yield
    finally:
        os.close(handle)


def _migrate_sqlite(path: Path, folder: Path) -> None:
    def connect() -> sqlite3.Connection:
        raw = sqlite3.connect(path, isolation_level=None, timeout=10)
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA synchronous=FULL")
        return raw  # foreign keys stay off: rebuilding a table would cascade; they are checked at the end

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.pool.NullPool)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        if _upgrade(connection, folder):
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"the migration of {path} would break foreign keys: {broken[:5]}")


def _migrate_postgres(url: str, app: str, folder: Path) -> None:
    engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"), poolclass=sa.pool.NullPool)
    try:
        with engine.begin() as connection:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock_number(app)})
            connection.exec_driver_sql(f'CREATE SCHEMA IF NOT EXISTS "{app}"')
            connection.exec_driver_sql(f'SET LOCAL search_path TO "{app}"')
            _upgrade(connection, folder)
    except sa.exc.OperationalError as error:
        raise Unavailable(str(error.orig)) from error


def _upgrade(connection: sa.Connection, folder: Path) -> bool:
    """Run what is missing inside the transaction that is open. True when there was something."""
    script = ScriptDirectory(str(folder))
    before = MigrationContext.configure(connection).get_current_revision()
    if before == script.get_current_head():
        return False
    with EnvironmentContext(Config(), script, fn=lambda rev, _: script._upgrade_revs("head", rev)) as env:
        env.configure(connection=connection, transactional_ddl=True, render_as_batch=True)
        env.run_migrations()
    return True
