"""A database is made, or brought to the newest schema, by the program itself when it opens it.

An app's folder holds `versions/0001_….py`. All that is missing is applied in one transaction (`upgrading`), under a
lock, so that processes that start together do it once. What is not this app's, of a version that this one does not
know, or cannot be opened before somebody acts, ends the program with one line and is not touched.
"""

import contextlib
import fcntl
import glob
import importlib
import logging
import os
import sqlite3
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from belgrano.database.schema import LOCK_WAIT, NotOurs, look_into_file, newest
from belgrano.database.sqlite_file import COMPANIONS, lock_file, sqlite_path, sync, tighten
from belgrano.database.work import Unavailable
from belgrano.env import PREFIX, refuse

log = logging.getLogger(__name__)


def big_id() -> Any:
    """The type of an `id` column: BIGINT, which SQLite only counts by itself when it is called INTEGER."""
    import sqlalchemy as sa  # a start that has nothing to migrate does without

    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def lock_number(app: str) -> int:
    """The key of the advisory lock under which PostgreSQL runs the acts and migrations of an app."""
    return zlib.crc32(f"belgrano:{app}".encode())


def migrate(url: str, app: str, folder: Path, before: Callable[[], None] = lambda: None) -> None:
    """Create the database when it is missing and bring its schema to the newest version. Blocks.

    `before` is called where one that is there is about to be migrated, by the one process that does it.

    Ends the program (78, one line) where it is not the app's own or of a newer version. Raises Unavailable when it
    cannot be reached, is locked, or its disk is full.
    """
    try:
        if url.startswith("sqlite"):
            _open_sqlite(sqlite_path(url), app, folder, before)
        else:
            _postgres().open_schema(url, app, lock_number(app), folder, before)
    except NotOurs as error:
        refuse(f"{error} No se tocó nada. {_advice(url, app)}")
    except sqlite3.OperationalError as error:
        raise Unavailable(f"{app}: {error}") from error


def check_own(url: str, app: str, folder: Path) -> None:
    """End the program (78, one line) where the database that is there is not the app's own, whole and understood.

    Raises ValueError where there is none.
    """
    try:
        find_own(url, app, folder)
    except NotOurs as error:
        refuse(f"{error} No se tocó nada. {_advice(url, app)}")


def is_current(url: str, app: str, folder: Path) -> bool:
    """Whether the app's database is there, at the newest schema; what is not its own ends the program (78)."""
    try:
        return _revision(url, app, folder) == newest(folder)
    except NotOurs as error:
        refuse(f"{error} No se tocó nada. {_advice(url, app)}")


def find_own(url: str, app: str, folder: Path) -> None:
    """Raise NotOurs where the database that is there is not the app's own, ValueError where there is none."""
    if _revision(url, app, folder) is None:
        where = f"una base de datos en {sqlite_path(url).absolute()}" if url.startswith("sqlite") else ""
        where = where or f"un esquema {app} en {place_of(url)}"
        raise ValueError(f"todavía no hay {where}; ¿falta el entorno? la dice {_variable(url, app)}.")


def _revision(url: str, app: str, folder: Path) -> str | None:
    """The revision of the app's database, which is looked at and not touched; None where there is none yet.

    Raises NotOurs.
    """
    if url.startswith("sqlite"):
        path = sqlite_path(url)
        if not path.exists():
            return None
        found = look_into_file(path)
        found.check(str(path), app, folder)
        return found.revision
    revision: str | None = _postgres().revision_of_schema(url, app, folder)
    return revision


def place_of(url: str) -> str:
    """A database of PostgreSQL as a sentence may name it: without user and password."""
    return f"la base {unquote(urlsplit(url).path.strip('/'))}"


def _postgres() -> Any:
    return importlib.import_module("belgrano.database.postgres_open")  # its drivers, where it is one only


def _upgrade_file(path: Path, folder: Path) -> None:
    importlib.import_module("belgrano.database.upgrading").upgrade_file(path, folder)


def _advice(url: str, app: str) -> str:
    return f"Revisá {_variable(url, app)}, o volvé a una copia con `belgrano restore`."


def _variable(url: str, app: str) -> str:
    return f"{PREFIX.get(app, app.upper())}_{'DB_PATH' if url.startswith('sqlite') else 'DATABASE_URL'}"


def _open_sqlite(path: Path, app: str, folder: Path, before: Callable[[], None]) -> None:
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
        _migrate_sqlite(path, folder, before)


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
            _upgrade_file(part, folder)
            with contextlib.closing(sqlite3.connect(part)) as raw:
                raw.execute("PRAGMA journal_mode=WAL")  # before several processes may want it at once
            sync(part)
            part.replace(path)
            sync(path.parent)
    finally:
        os.close(handle)


def _migrate_sqlite(path: Path, folder: Path, before: Callable[[], None]) -> None:
    limit = time.monotonic() + LOCK_WAIT
    while (lock := lock_file(path, "-lock", fcntl.LOCK_EX)) is None:  # somebody migrates, or uses, the database
        if look_into_file(path).revision == newest(folder):
            return
        if time.monotonic() > limit:
            raise Unavailable(f"{path} needs a migration and is in use by another process")
        time.sleep(0.05)
    try:
        if look_into_file(path, held=True).revision != newest(folder):
            before()
            _upgrade_file(path, folder)
            log.info("the schema is now at %s", newest(folder))
    finally:
        os.close(lock)
