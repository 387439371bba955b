"""An app's schema in PostgreSQL as it is at the start, and why it cannot be opened.

What an operator has to mend (no such database, no such role, a wrong password, a right that is missing) is told from
what passes by itself (a host that is away, a server that is starting) by the code that the server gives.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import psycopg

from belgrano.database.migrations import place_of
from belgrano.database.schema import NotOurs, look_into_schema, newest
from belgrano.database.upgrading import upgrade_schema
from belgrano.database.work import Unavailable

TO_MEND = {
    "3D000": "PostgreSQL no tiene {place}.",
    "28P01": "PostgreSQL no acepta la contraseña de quien abre {place}.",
    "28000": "PostgreSQL no deja entrar a {place} con ese usuario: no existe, o no tiene permiso.",
    "42501": "a ese usuario de PostgreSQL le falta permiso en {place}.",
}


def open_schema(url: str, app: str, lock: int, folder: Path, before: Callable[[], None]) -> None:
    """Make the app's schema, or bring it forward. Raises NotOurs, or Unavailable when the server cannot be reached."""
    with connected(url) as raw:
        raw.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        found = look_into_schema(raw, app)
        aside = raw.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ %s", [f"^{app}_antes_[0-9]+$"]).fetchone()
    if found is None and aside is not None:
        raise NotOurs(f"el esquema {app} no está en {place_of(url)}, y quedó {aside[0]}: ahí hubo una base.")
    if found is not None and found.tables:
        found.check(f"el esquema {app} de {place_of(url)}", app, folder)
    if found is None or found.revision != newest(folder):
        with understood(url):
            upgrade_schema(url, app, lock, folder, before)


def revision_of_schema(url: str, app: str, folder: Path) -> str | None:
    """The revision of what is there, None where there is nothing. Raises NotOurs where it is not the app's own."""
    with connected(url) as raw:
        found = look_into_schema(raw, app)
    if found is None:
        return None
    found.check(f"el esquema {app} de {place_of(url)}", app, folder)
    return found.revision


@contextlib.contextmanager
def connected(url: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection for one look. Raises NotOurs where somebody has to act, else Unavailable."""
    with understood(url):
        try:
            raw = psycopg.connect(url, connect_timeout=5)
        except psycopg.OperationalError as error:
            _ask_why(url)  # libpq tells its caller no code
            raise Unavailable(str(error)) from error
        with raw:
            yield raw


@contextlib.contextmanager
def understood(url: str) -> Iterator[None]:
    """What a driver raises inside as NotOurs or Unavailable."""
    try:
        yield
    except Exception as error:
        cause: Any = getattr(error, "orig", error)  # SQLAlchemy's has the driver's inside
        state = getattr(cause, "sqlstate", None)
        if state in TO_MEND:
            raise NotOurs(TO_MEND[state].format(place=place_of(url))) from error
        if isinstance(cause, psycopg.OperationalError | asyncpg.PostgresError):
            raise Unavailable(str(cause)) from error
        raise


def _ask_why(url: str) -> None:
    """Raise with the code that the server gives for not letting us in; nothing where it gives none."""

    async def ask() -> None:
        raw = await asyncpg.connect(url, timeout=5)
        await raw.close()

    with contextlib.suppress(OSError, TimeoutError, asyncpg.InterfaceError), ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, ask()).result()  # this one may have a loop of its own
