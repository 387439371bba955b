"""An app's SQLite database moves into PostgreSQL: every row, in one transaction, counted on both sides."""
# ruff: noqa: S608  (SQL text is put together from names that the database itself gives, never from values)

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from belgrano.database.migrations import check_own, lock_number, migrate, place_of
from belgrano.database.schema import REVISION, look_into_file, newest
from belgrano.database.sqlite_file import lock_file, sqlite_path


def move(source: str, target: str, app: str, migrations: Path) -> dict[str, int]:
    """Copy all that `source` (`sqlite:///…`) holds into the app's schema of `target` (`postgresql://…`). Blocks.

    Returns the rows of each table. The source stays as it is. The target has no rows yet, but for those that a new
    database begins with. Raises ValueError with a sentence for the operator; a failure leaves the target as it was.
    """
    path = sqlite_path(source)
    check_own(source, app, migrations)
    with _alone(path, app):
        revision = look_into_file(path, held=True).revision
        if revision != newest(migrations):
            raise ValueError(f"{path} es de una versión anterior (esquema {revision}): corré antes `belgrano init-db`.")
        migrate(target, app, migrations)
        with psycopg.connect(target, connect_timeout=5) as postgres, closing(_read_only(path)) as lite:
            postgres.execute(sql.SQL("SET LOCAL search_path TO {}").format(sql.Identifier(app)))
            tables = _in_order(lite)
            postgres.execute("SELECT pg_advisory_xact_lock(%s)", [lock_number(app)])  # no act comes in between
            _check_empty(postgres, tables, f"el esquema {app} de {place_of(target)}")
            for table in reversed(tables):
                postgres.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            return {table: _copy(lite, postgres, app, table) for table in tables}


@contextmanager
def _alone(path: Path, app: str) -> Iterator[None]:
    lock = lock_file(path, "-lock", fcntl.LOCK_EX)
    if lock is None:
        raise ValueError(f"{app} está en marcha; detenela antes de mudarla.")
    try:
        yield
    finally:
        os.close(lock)


def _read_only(path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA query_only=ON")
    return raw


def _in_order(lite: sqlite3.Connection) -> list[str]:
    """The tables, each after those that it refers to."""
    names = [row[0] for row in lite.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    waiting = {
        name: {row[2] for row in lite.execute(f'PRAGMA foreign_key_list("{name}")')} - {name}
        for name in names
        if not name.startswith("sqlite_") and name != REVISION
    }
    ordered: list[str] = []
    while waiting:
        free = [name for name, others in waiting.items() if others <= set(ordered)]
        if not free:
            raise RuntimeError(f"tables that refer to each other: {sorted(waiting)}")
        ordered += free
        for name in free:
            del waiting[name]
    return ordered


def _check_empty(postgres: psycopg.Connection, tables: list[str], name: str) -> None:
    """Raise ValueError unless the schema holds no more than a new database does: a single row of what is but one."""
    for table in tables:
        count = _count(postgres, table)
        if count > (0 if _sequence(postgres, table) else 1):
            raise ValueError(f"{name} ya tiene filas ({table}: {count}); no se tocó nada.")


def _copy(lite: sqlite3.Connection, postgres: psycopg.Connection, app: str, table: str) -> int:
    columns = _columns(postgres, app, table)
    names = list(columns)
    quoted = ", ".join(f'"{name}"' for name in names)
    rows = lite.execute(f'SELECT {quoted} FROM "{table}"')
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    try:
        with postgres.cursor().copy(into) as copy:
            for row in rows:
                copy.write_row([columns[name](value) for name, value in zip(names, row, strict=True)])
    except (psycopg.DataError, psycopg.IntegrityError) as error:
        reason = str(error).splitlines()[0]
        raise ValueError(f"una fila de {table} no puede ir a PostgreSQL ({reason}); no se mudó nada.") from error
    there, here = lite.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0], _count(postgres, table)
    if there != here:
        raise RuntimeError(f"{table}: {there} rows there, {here} here")
    _count_on(lite, postgres, table)
    return int(here)


def _columns(postgres: psycopg.Connection, app: str, table: str) -> dict[str, Callable[[Any], Any]]:
    """What is written of a table, by column, and how a value of SQLite's becomes one of PostgreSQL's."""
    rows = postgres.execute(
        """
        SELECT column_name, data_type
          FROM information_schema.columns
         WHERE table_schema = %s
           AND table_name = %s
           AND is_generated = 'NEVER'
         ORDER BY ordinal_position
        """,
        [app, table],
    )
    return {name: _boolean if kind == "boolean" else _as_it_is for name, kind in rows}


def _boolean(value: Any) -> Any:
    return None if value is None else bool(value)


def _as_it_is(value: Any) -> Any:
    return value


def _count(postgres: psycopg.Connection, table: str) -> int:
    rows = postgres.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchall()
    return int(rows[0][0])


def _sequence(postgres: psycopg.Connection, table: str) -> str | None:
    """What gives the ids of a table; None where nothing does."""
    row = postgres.execute(
        """
        SELECT pg_get_serial_sequence(quote_ident(table_name), column_name)
          FROM information_schema.columns
         WHERE table_schema = current_schema()
           AND table_name = %s
           AND column_name = 'id'
        """,
        [table],
    ).fetchone()
    return None if row is None else row[0]


def _count_on(lite: sqlite3.Connection, postgres: psycopg.Connection, table: str) -> None:
    """Let the ids of a table go on from the largest that was ever given out."""
    given = lite.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", [table]).fetchone()
    if given and given[0] and (sequence := _sequence(postgres, table)):
        postgres.execute("SELECT setval(%s::regclass, %s)", [sequence, given[0]])
