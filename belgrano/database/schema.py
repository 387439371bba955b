"""Whose a database is and at which revision it stands.

A database is an app's own when it has the tables and columns that the app's migrations make at its revision. Both apps
count their revisions alike, so the number alone says nothing. What it looks at it does not touch.

A migration is a file `versions/<revision>_….py`. What the first and all of them make stands beside them, in
`schema.json` (`python -m tests.migraciones` writes it), so that a start needs neither Alembic nor the migrations.
"""
# ruff: noqa: S608  (SQL text is put together from names of this project's own, never from values)

import contextlib
import fcntl
import functools
import importlib
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from belgrano.database.sqlite_file import lock_file, primary_code
from belgrano.database.work import Unavailable
from belgrano.env import PREFIX

LOCK_WAIT = 60.0  # seconds for another process' migration
MAGIC = b"SQLite format 3\0"
REVISION = "alembic_version"
KNOWN = "schema.json"


class NotOurs(ValueError):
    """Not a database that this app can work with; the sentence, for the operator, names it. Nothing was touched."""


@dataclass(frozen=True)
class Found:
    """What a database holds: its revision (None: it says none) and the columns of each table."""

    revision: str | None
    tables: Mapping[str, frozenset[str]]

    def check(self, name: str, app: str, folder: Path) -> None:
        """Raise NotOurs, with a sentence about `name`, unless it is the app's, whole, and of a known revision."""
        self.check_owner(name, app, folder)
        if self.revision is not None and self.revision not in revisions(folder):
            raise NotOurs(
                f"{name} es de una versión más nueva de Belgrano (esquema {self.revision}), que esta no conoce."
            )
        whole = expected(folder, self.revision or newest(folder))
        missing = [table for table, columns in whole.items() if not columns <= self.tables.get(table, frozenset())]
        if self.revision is None or missing:
            lacks = ", ".join(missing[:3] or [REVISION])
            raise NotOurs(f"{name} no es una base entera de {app}: le falta {lacks}.")

    def check_owner(self, name: str, app: str, folder: Path) -> None:
        """Raise NotOurs unless most of the tables are there that the app has had from its first version on."""
        if self._resembles(folder):
            return
        if not self.tables:
            raise NotOurs(f"{name} no tiene ninguna tabla: no es una base de {app}.")
        for other in PREFIX:
            if other != app and self._resembles(importlib.import_module(f"{other}.settings").MIGRATIONS):
                raise NotOurs(f"{name} es la base de {other}, no de {app}.")
        raise NotOurs(f"{name} es la base de otro programa, no de {app}.")

    def _resembles(self, folder: Path) -> bool:
        own = expected(folder, oldest(folder)).keys() - {REVISION}
        return 2 * len(own & self.tables.keys()) > len(own)


def revisions(folder: Path) -> list[str]:
    """The revisions in a folder of migrations, from the first to the newest."""
    return sorted(each.name.partition("_")[0] for each in (folder / "versions").glob("[0-9]*_*.py"))


def newest(folder: Path) -> str:
    """The revision that the migrations lead to."""
    return revisions(folder)[-1]


def oldest(folder: Path) -> str:
    """The revision that the migrations begin with."""
    return revisions(folder)[0]


@functools.cache
def expected(folder: Path, revision: str) -> Mapping[str, frozenset[str]]:
    """The columns of each table at a revision."""
    with contextlib.suppress(FileNotFoundError):
        known = json.loads((folder / KNOWN).read_bytes())
        if revision in known:
            return {table: frozenset(columns) for table, columns in known[revision].items()}
    made: Mapping[str, frozenset[str]] = importlib.import_module("belgrano.database.upgrading").made_by(
        folder, revision
    )
    return made


def look_into_file(path: Path, *, held: bool = False) -> Found:
    """What a SQLite file holds; `held`: whoever asks has its lock.

    Raises NotOurs for what is none or cannot be read, Unavailable while somebody migrates it.
    """
    _check_readable(path)
    with contextlib.nullcontext() if held else _undisturbed(path):
        try:
            with contextlib.closing(read_only(path)) as raw:
                tables = tables_of(raw)
                row = raw.execute(f"SELECT version_num FROM {REVISION}").fetchone() if REVISION in tables else None
        except sqlite3.Error as error:
            if primary_code(error) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
                raise NotOurs(f"{path} está dañada ({error}).") from error
            raise Unavailable(f"{path}: {error}") from error
    return Found(str(row[0]) if row else None, tables)


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that leaves a file, and what lies beside it, as they are."""
    # A file in WAL mode would get companions from whoever reads it, even read only: there are none, or they stand.
    wal = Path(f"{path}-wal")
    still = "" if wal.exists() and wal.stat().st_size else "&immutable=1"
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro{still}", uri=True)


def look_into_schema(raw: Any, schema: str) -> Found | None:
    """What a schema of PostgreSQL holds, by a connection of psycopg's; None where there is no such schema."""
    if not raw.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema]).fetchone():
        return None
    rows = raw.execute(
        """
        SELECT relname, attname
          FROM pg_attribute
          JOIN pg_class ON pg_class.oid = attrelid
         WHERE relnamespace = %s::regnamespace
           AND relkind IN ('r', 'p')
           AND attnum > 0
           AND NOT attisdropped
        """,
        [f'"{schema}"'],
    ).fetchall()
    tables = _by_table(rows)
    row = raw.execute(f'SELECT version_num FROM "{schema}".{REVISION}').fetchone() if REVISION in tables else None
    return Found(str(row[0]) if row else None, tables)


def _check_readable(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(len(MAGIC))
    except IsADirectoryError:
        raise NotOurs(f"{path} es una carpeta, no una base de datos.") from None
    except OSError as error:
        raise NotOurs(f"{path} no se puede leer ({os.strerror(error.errno or 0)}).") from error
    if not head:
        raise NotOurs(f"{path} está vacío: no es una base de datos.")
    if head != MAGIC:
        raise NotOurs(f"{path} no es una base de datos de SQLite.")


@contextlib.contextmanager
def _undisturbed(path: Path) -> Iterator[None]:
    """Hold a file's lock, shared, so that nobody migrates or restores it. Without a lock no app ever opened it."""
    if not Path(f"{path}-lock").exists():
        yield
        return
    lock = lock_file(path, "-lock", fcntl.LOCK_SH, LOCK_WAIT)
    if lock is None:
        raise Unavailable(f"{path} is being migrated or restored")
    try:
        yield
    finally:
        os.close(lock)


def tables_of(raw: sqlite3.Connection) -> Mapping[str, frozenset[str]]:
    """The columns of each table of a SQLite database."""
    return _by_table(
        raw.execute(
            """
            SELECT m.name, c.name
              FROM sqlite_master AS m
              JOIN pragma_table_xinfo(m.name) AS c  -- with those that are counted when they are read
             WHERE m.type = 'table'
               AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
            """
        ).fetchall()
    )


def _by_table(rows: list[Any]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for table, column in rows:
        found.setdefault(table, set()).add(column)
    return {table: frozenset(columns) for table, columns in found.items()}
