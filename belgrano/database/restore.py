"""The way back to a copy. Whatever ends the program half way leaves the old database or the new one, whole.

The copy is checked, brought to the newest schema and renewed (another epoca, sessions ended, ids skipped) before it is
anybody's database; then one rename, or one COMMIT, puts it in its place. What was there stays aside, and is asked
before what the copy must not bring back. Errors for the
operator are ValueError with a plain Spanish sentence.
"""

import asyncio
import fcntl
import json
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from databases.interfaces import ConnectionBackend

from belgrano.database.backup import STAMP, check_whole, sha256
from belgrano.database.remembered import Asked
from belgrano.database.restore_postgres import restore_postgres
from belgrano.database.schema import MAGIC, Found, NotOurs, look_into_file, read_only
from belgrano.database.sqlite_file import COMPANIONS, SQLiteConnection, lock_file, sqlite_path, sync
from belgrano.database.upgrading import upgrade_file
from belgrano.database.work import Remember, Renew

DUMP = b"PGDMP"


@dataclass(frozen=True)
class Restored:
    """Where what was there lies now, whether the copy could be checked against what was once copied, and whether what
    was there could be asked what the copy must not bring back."""

    aside: str | None
    checked: bool
    remembered: bool = True


async def restore(
    url: str, app: str, copy: Path, migrations: Path, renew: Renew, remember: Remember | None = None
) -> Restored:
    """Put a copy, renewed by an act, in the place of an app's database. The app must not be running.

    The act is given what `remember` reads of the database that is there, None where there is none of this version.

    Raises ValueError, before anything is moved, for what is not a whole copy of this app that this version can read.
    """
    return await asyncio.to_thread(restore_now, url, app, copy, migrations, renew, remember)


def restore_now(
    url: str, app: str, copy: Path, migrations: Path, renew: Renew, remember: Remember | None = None
) -> Restored:
    """What `restore` does, in this thread."""
    asked = Asked(migrations, renew, remember)
    kind = _kind_of(copy)
    if url.startswith("sqlite") != (kind == MAGIC):
        here, there = ("PostgreSQL", "SQLite") if kind == DUMP else ("SQLite", "PostgreSQL")
        raise ValueError(f"{copy.name} es una copia de {here}, y la base de {app} está en {there}.")
    checked = _matches_note(app, copy)
    try:
        if kind == MAGIC:
            aside = _restore_sqlite(sqlite_path(url), app, copy, migrations, asked)
        else:
            aside = restore_postgres(url, app, copy, migrations, asked)
    except (sqlite3.DatabaseError, psycopg.Error, sa.exc.DatabaseError) as error:
        said = str(getattr(error, "orig", error)).strip() or repr(error)
        raise ValueError(f"{copy.name} no se pudo restaurar ({said.splitlines()[0]}); no se movió nada.") from error
    return Restored(aside, checked, asked.remembered)


def _kind_of(copy: Path) -> bytes:
    """Which kind of copy a file is by its first bytes: MAGIC (SQLite) or DUMP (PostgreSQL)."""
    if not copy.is_file():
        raise ValueError(f"{copy.name} no es un archivo.")
    try:
        with copy.open("rb") as file:
            head = file.read(len(MAGIC))
    except OSError as error:
        raise ValueError(f"{copy.name} no se puede leer ({os.strerror(error.errno or 0)}).") from error
    if not head:
        raise ValueError(f"{copy.name} está vacía: no es una copia.")
    for kind in (MAGIC, DUMP):
        if head.startswith(kind):
            return kind
    raise ValueError(f"{copy.name} está dañada o no es una copia: adentro no hay una base de datos.")


def _matches_note(app: str, copy: Path) -> bool:
    """Whether the copy has a note beside it, and is what that says. Without one only its inside is checked."""
    try:
        said = json.loads(copy.with_name(copy.name + ".json").read_bytes())
        of, digest = said["app"], said["sha256"]
    except (OSError, ValueError, TypeError, KeyError):  # none, or not one of ours
        return False
    if of != app:
        raise ValueError(f"{copy.name} es una copia de {of}, no de {app}.")
    if digest != sha256(copy):
        raise ValueError(f"{copy.name} está dañada: no es lo que se guardó.")
    return True


def _restore_sqlite(path: Path, app: str, copy: Path, migrations: Path, asked: Asked) -> str | None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    never_there = not path.exists() and not any(Path(f"{path}{end}").exists() for end in COMPANIONS)
    lock = lock_file(path, "-lock", fcntl.LOCK_EX)
    if lock is None:
        raise ValueError(f"{path} está en uso; detené la app antes de restaurar.")
    part = path.with_name(f".{path.name}.restoring")
    placed = False
    try:
        found = _sound(path, app, migrations)
        _forget(part)
        if found is not None:
            with closing(read_only(path)) as raw:
                raw.row_factory = sqlite3.Row
                asked.ask(found, _Reader(raw))
        _prepare(part, app, copy, migrations, asked)
        aside = _set_aside(path, found is not None)
        part.replace(path)
        placed = True
        sync(path.parent)
    finally:
        _forget(part)
        if never_there and not placed:
            Path(f"{path}-lock").unlink()  # beside a missing database it would say that there was one
        os.close(lock)
    return aside


def _sound(path: Path, app: str, migrations: Path) -> Found | None:
    """The database that stands there: ours, of any version. A damaged one (None) is what a copy is for.

    Raises NotOurs where it is another program's, which is not ours to move.
    """
    if path.is_dir():
        raise NotOurs(f"{path} es una carpeta, no una base de datos.")
    try:
        found = look_into_file(path, held=True)
    except NotOurs:
        return None
    if found.tables:
        found.check_owner(str(path), app, migrations)
    return found


def _prepare(part: Path, app: str, copy: Path, migrations: Path, asked: Asked) -> None:
    """Make of the copy, in `part`, the one file that will be the database; on disk when this returns."""
    wal = copy.with_name(copy.name + "-wal")
    sources = [(copy, part)] + ([(wal, Path(f"{part}-wal"))] if wal.is_file() else [])
    if shutil.disk_usage(part.parent).free < 2 * sum(source.stat().st_size for source, _ in sources):
        raise ValueError(f"en {part.parent} no hay lugar para la copia.")
    for source, target in sources:
        target.touch(0o600)
        shutil.copyfile(source, target)
    _settle(part)
    with closing(sqlite3.connect(part)) as raw:
        check_whole(raw, copy.name)
    look_into_file(part).check(copy.name, app, migrations)
    upgrade_file(part, migrations)
    driver = SQLiteConnection(part)
    try:
        driver.raw.execute("BEGIN IMMEDIATE")
        asked.renew(driver)
        driver.raw.execute("COMMIT")
    finally:
        driver.raw.close()  # the only connection: what was in its WAL is in the file now
    sync(part)


def _settle(path: Path) -> bool:
    """Bring what a WAL or a journal holds into the file itself. False where that cannot be."""
    try:
        with closing(sqlite3.connect(path)) as raw:
            return bool(raw.execute("PRAGMA journal_mode=DELETE").fetchone()[0] == "delete")
    except sqlite3.Error:
        return False


def _set_aside(path: Path, sound: bool) -> str | None:
    """Rename the database that is there, so that it stays beside the new one. Returns its new path."""
    settled = sound and _settle(path)  # SQLite would throw away the WAL of one that is not
    there = [end for end in ("", "-wal", "-shm", "-journal") if Path(f"{path}{end}").exists()]
    if not there:
        return None
    aside = f"{path}.antes-{datetime.now(UTC):{STAMP}}"
    while any(Path(f"{aside}{end}").exists() for end in there):
        aside += "-2"
    if settled:
        os.link(path, aside)  # and it stays in its place until the rename over it
    else:  # damaged: the file itself goes first, and no app makes a new one beside what is left
        for end in there:
            os.rename(f"{path}{end}", f"{aside}{end}")
    sync(path.parent)
    return aside


class _Reader(ConnectionBackend):
    """What a read asks of a connection, over a file that nobody may change."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.raw = raw

    async def fetch_all(self, query: Any) -> list[Any]:
        sql, values = query
        return self.raw.execute(sql, dict(values or {})).fetchall()


def _forget(part: Path) -> None:
    for end in ("", *COMPANIONS):
        Path(f"{part}{end}").unlink(missing_ok=True)
