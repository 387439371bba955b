"""A database is made, or brought to the newest schema, by the program itself when it opens it.

An app's folder holds `versions/0001_….py`; there is no env.py and no ini file: `schema` runs Alembic. All that is
missing is applied in one transaction, under a lock, so that processes that start together do it once. What is not this
app's, or of a version that this one does not know, ends the program with one line and is not touched.
"""

import contextlib
import fcntl
import glob
import logging
import os
import sqlite3
import time
import zlib
from pathlib import Path

import psycopg
import sqlalchemy as sa

from belgrano.database.schema import LOCK_WAIT, NotOurs, look_into_file, look_into_schema, newest, upgrade
from belgrano.database.sqlite_file import COMPANIONS, lock_file, sqlite_path, sync, tighten
from belgrano.database.work import Unavailable
from belgrano.env import PREFIX, refuse

log = logging.getLogger(__name__)


def big_id() -> sa.types.TypeEngine[int]:
    """The type of an `id` column: BIGINT, which SQLite only counts by itself when it is called INTEGER."""
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def lock_number(app: str) -> int:
    """The key of the advisory lock under which PostgreSQL runs the acts and migrations of an app."""
    return zlib.crc32(f"belgrano:{app}".encode())


def migrate(url: str, app: str, folder: Path) -> None:
    """Create the database when it is missing and bring its schema to the newest version. Blocks.

    Ends the program (78, one line) where it is not the app's own or of a newer version. Raises Unavailable when it
    cannot be reached, is locked, or its disk is full.
    """
    try:
        if url.startswith("sqlite"):
            _open_sqlite(sqlite_path(url), app, folder)
        else:
            _open_postgres(url, app, folder)
    except NotOurs as error:
        refuse(f"{error} No se tocó nada. {_advice(url, app)}")
    except (psycopg.OperationalError, sqlite3.OperationalError) as error:
        raise Unavailable(f"{app}: {error}") from error
    except sa.exc.DatabaseError as error:
        if type(error) in (sa.exc.OperationalError, sa.exc.DatabaseError):  # not the narrower ones: those are bugs
            raise Unavailable(f"{app}: {error.orig}") from error
        raise


def check_own(url: str, app: str, folder: Path) -> None:
    """End the program (78, one line) where the database that is there is not the app's own, whole and understood.

    Raises ValueError where there is none.
    """
    try:
        if url.startswith("sqlite"):
            path = sqlite_path(url)
            if not path.exists():
                raise ValueError(f"todavía no hay una base de datos en {path}.")
            look_into_file(path).check(str(path), app, folder)
        else:
            with psycopg.connect(url, autocommit=True, connect_timeout=5) as raw:
                found = look_into_schema(raw, app)
                if found is None:
                    raise ValueError(f"todavía no hay un esquema {app} en {place_of(url)}.")
                found.check(f"el esquema {app} de {place_of(url)}", app, folder)
    except NotOurs as error:
        refuse(f"{error} No se tocó nada. {_advice(url, app)}")
    except psycopg.OperationalError as error:
        raise Unavailable(f"{app}: {error}") from error


def place_of(url: str) -> str:
    """A database of PostgreSQL as a sentence may name it: without user and password."""
    address = sa.make_url(url)
    return f"la base {address.database or ''}"


def _advice(url: str, app: str) -> str:
    name = f"{PREFIX.get(app, app.upper())}_{'DB_PATH' if url.startswith('sqlite') else 'DATABASE_URL'}"
    return f"Revisá {name}, o volvé a una copia con `belgrano restore`."


def _open_sqlite(path: Path, app: str, folder: Path) -> None:
    if _is_empty(path):
        _check_never_there(path)
        _make_sqlite(path, folder)
    found = look_into_file(path)
    found.check(str(path), app, folder)
    for each in (path, path.parent):
        if not os.access(each, os.W_OK):  # the folder too: the -wal lies there
            raise NotOurs(f"{path} no se puede usar: falta permiso para escribir en {each}.")
    tighten(path)
    if found.revision != newest(folder):
        _migrate_sqlite(path, folder)


def _is_empty(path: Path) -> bool:
    try:
        return (path.is_file() and path.stat().st_size == 0) or not path.exists()
    except OSError:
        return False  # looking into it says why


def _check_never_there(path: Path) -> None:
    """End the program (78) where files beside a missing database show that it was lost: a new one would hide that.

    It exists before anything else of it does (`_make_sqlite`), so what starts at this moment is no loss.
    """
    traces = [*(path.with_name(path.name + end) for end in COMPANIONS)]
    traces += path.parent.glob(f"{glob.escape(path.name)}.antes-*")
    traces += path.parent.glob(f".{glob.escape(path.name)}.restoring*")
    found = [each.name for each in traces if each.exists()]
    if not found:
        return
    if Path(f"{path}-lock").exists():  # a restore may be at it
        lock = lock_file(path, "-lock", fcntl.LOCK_SH, LOCK_WAIT)
        if lock is not None:
            os.close(lock)
    if _is_empty(path):
        raise NotOurs(
            f"{path} {'está vacía' if path.exists() else 'no está'}, y al lado quedó {found[0]}: ahí hubo una base. "
            f"Para empezar una nueva, mové antes lo que quedó."
        )


def _make_sqlite(path: Path, folder: Path) -> None:
    """A new database appears whole, in one rename, or not at all; of processes that start together one makes it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise NotOurs(f"{path} no se puede crear ({os.strerror(error.errno or 0)}).") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if path.exists() and os.fstat(handle).st_ino == path.stat().st_ino and os.fstat(handle).st_size == 0:
            part = path.with_name(f".{path.name}.making")
            for each in (part, Path(f"{part}-journal")):
                each.unlink(missing_ok=True)
            part.touch(0o600)
            upgrade_file(part, folder)
            with contextlib.closing(sqlite3.connect(part)) as raw:
                raw.execute("PRAGMA journal_mode=WAL")  # before several processes may want it at once
            sync(part)
            part.replace(path)
            sync(path.parent)
    finally:
        os.close(handle)


def _migrate_sqlite(path: Path, folder: Path) -> None:
    limit = time.monotonic() + LOCK_WAIT
    while (lock := lock_file(path, "-lock", fcntl.LOCK_EX)) is None:  # somebody migrates, or uses, the database
        if look_into_file(path).revision == newest(folder):
            return
        if time.monotonic() > limit:
            raise Unavailable(f"{path} needs a migration and is in use by another process")
        time.sleep(0.05)
    try:
        if upgrade_file(path, folder):
            log.info("the schema is now at %s", newest(folder))
    finally:
        os.close(lock)


def upgrade_file(path: Path, folder: Path) -> bool:
    """Run what a SQLite file lacks, in one transaction; whoever calls holds its lock. True when there was something."""

    def connect() -> sqlite3.Connection:
        raw = sqlite3.connect(path, isolation_level=None, timeout=10)
        raw.execute("PRAGMA synchronous=FULL")
        return raw  # foreign keys stay off: rebuilding a table would cascade; they are checked at the end

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.pool.NullPool)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        if not upgrade(connection, folder):
            return False
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"the migration of {path} would break foreign keys: {broken[:5]}")
    return True


def _open_postgres(url: str, app: str, folder: Path) -> None:
    with psycopg.connect(url, connect_timeout=5) as raw:
        raw.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        found = look_into_schema(raw, app)
        aside = raw.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ %s", [f"^{app}_antes_[0-9]+$"]).fetchone()
    if found is None and aside is not None:
        raise NotOurs(f"el esquema {app} no está en {place_of(url)}, y quedó {aside[0]}: ahí hubo una base.")
    if found is not None and found.tables:
        found.check(f"el esquema {app} de {place_of(url)}", app, folder)
    if found is None or found.revision != newest(folder):
        _migrate_postgres(url, app, folder)


def postgres_engine(url: str) -> sa.Engine:
    """An engine of SQLAlchemy's, used for one transaction."""
    return sa.create_engine(
        sa.make_url(url).set(drivername="postgresql+psycopg"),
        poolclass=sa.pool.NullPool,
        connect_args={"connect_timeout": 5},
    )


def take_app(connection: sa.Connection, app: str) -> None:
    """Let no act or migration of the app run before this transaction ends."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(LOCK_WAIT * 1000)}")
    connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock_number(app)})


def _migrate_postgres(url: str, app: str, folder: Path) -> None:
    with postgres_engine(url).begin() as connection:
        take_app(connection, app)
        if not connection.scalar(sa.text("SELECT 1 FROM pg_namespace WHERE nspname = :app"), {"app": app}):
            connection.exec_driver_sql(f'CREATE SCHEMA "{app}"')
        connection.exec_driver_sql(f'SET LOCAL search_path TO "{app}"')
        if upgrade(connection, folder):
            log.info("the schema is now at %s", newest(folder))
