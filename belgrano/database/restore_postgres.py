"""The way back to a dump of PostgreSQL: everything in one transaction, so that nobody ever sees half of it."""

import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from databases.interfaces import ConnectionBackend

from belgrano.database.backup import postgres_tool, program
from belgrano.database.migrations import lock_number, place_of
from belgrano.database.remembered import Asked
from belgrano.database.schema import Found, look_into_schema
from belgrano.database.upgrading import postgres_engine, take_app, upgrade
from belgrano.database.work import Query
from belgrano.env import PREFIX


def restore_postgres(url: str, app: str, copy: Path, migrations: Path, asked: Asked) -> str | None:
    """Put a dump, renewed, in the place of the app's schema; how the schema that was there is called now."""
    _check_dump(copy, app)
    aside = f"{app}_antes_{time.strftime('%Y%m%d%H%M%S', time.gmtime())}"
    with postgres_engine(url).begin() as connection:
        raw: Any = connection.connection.driver_connection
        _check_idle(raw, app)
        take_app(connection, lock_number(app))
        there = look_into_schema(raw, app)
        if there is not None:
            if there.tables:
                there.check_owner(f"el esquema {app} de {place_of(url)}", app, migrations)
            raw.execute(f'SET search_path TO "{app}"')
            asked.ask(there, _Alchemy(connection))
            raw.execute(f'ALTER SCHEMA "{app}" RENAME TO "{aside}"')
        raw.execute(f'CREATE SCHEMA "{app}"')
        _load(raw, copy, app)
        (look_into_schema(raw, app) or Found(None, {})).check(copy.name, app, migrations)
        raw.execute(f'SET search_path TO "{app}"')
        upgrade(connection, migrations)
        asked.renew(_Alchemy(connection))
    return None if there is None else f"el esquema {aside}"


def _check_idle(raw: Any, app: str) -> None:
    busy = raw.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s",
        [f"belgrano-{app}"],
    ).fetchone()
    if busy[0]:
        raise ValueError(f"la base de {app} está en uso; detené la app antes de restaurar.")


def _check_dump(copy: Path, app: str) -> None:
    """Raise ValueError where a dump's table of contents has no tables in the app's schema."""
    contents = postgres_tool("pg_restore", None, "--list", str(copy))
    schemas = set(re.findall(r"^\d+; \d+ \d+ TABLE (?!DATA |ATTACH )(\S+) ", contents, re.MULTILINE))
    if app not in schemas:
        of = " y ".join(sorted(schemas & PREFIX.keys())) or "otro programa"
        raise ValueError(f"{copy.name} es una copia de {of}, no de {app}.")


def _load(raw: Any, copy: Path, app: str) -> None:
    """Run a dump inside the transaction that is open, and of it nothing but what belongs into the app's schema."""
    command = [program("pg_restore"), "--no-owner", f"--schema={app}", "--file=-", str(copy)]
    with tempfile.TemporaryFile() as said, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said) as tool:  # noqa: S603
        script: Any = tool.stdout
        waiting: list[bytes] = []
        for line in script:
            if line.startswith(b"COPY ") and line.rstrip().endswith(b" FROM stdin;"):
                _execute(raw, waiting)
                with raw.cursor() as cursor, cursor.copy(line) as rows:
                    for row in iter(script.readline, b""):
                        if row == b"\\.\n":
                            break
                        rows.write(row)
            elif not line.startswith(b"\\"):  # what only psql understands
                waiting.append(line)
        _execute(raw, waiting)
        if tool.wait() != 0:
            said.seek(0)
            why = said.read().decode(errors="replace").strip().splitlines()
            raise ValueError(f"{copy.name} está dañada: pg_restore no pudo ({why[-1] if why else tool.returncode}).")


def _execute(raw: Any, statements: list[bytes]) -> None:
    if statements:
        raw.execute(b"".join(statements))
    statements.clear()


class _Row(dict[str, Any]):
    """A row by name or by number, which goes through its values."""

    def __iter__(self) -> Iterator[Any]:
        return iter(self.values())

    def __getitem__(self, key: Any) -> Any:
        return list(self.values())[key] if isinstance(key, int) else super().__getitem__(key)


class _Alchemy(ConnectionBackend):
    """What an act asks of a connection, over SQLAlchemy's; each call is finished before it returns."""

    failure: Exception | None = None

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection

    async def fetch_all(self, query: Any) -> list[Any]:
        return [_Row(row) for row in self._run(query).mappings()]

    async def fetch_one(self, query: Any) -> Any:
        row = self._run(query).mappings().fetchone()
        return None if row is None else _Row(row)

    async def execute(self, query: Any) -> int:
        return self._run(query).rowcount

    def _run(self, query: Query) -> sa.CursorResult[Any]:
        sql, values = query
        return self.connection.execute(sa.text(sql), dict(values or {}))
