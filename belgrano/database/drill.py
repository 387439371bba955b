"""A restore that is tried out: the newest copy in a place of its own, compared with what was counted as it was made."""

import json
import secrets
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from belgrano.database.backup import note_of, rows_in, rows_of
from belgrano.database.copies import newest_copy
from belgrano.database.plan import Plan
from belgrano.database.sqlite_file import sqlite_path
from belgrano.database.work import Work
from belgrano.later import Later
from belgrano.words.ages import hace
from belgrano.words.times import now

if TYPE_CHECKING:  # whoever only reads of the last one needs no restore
    from belgrano.database import restore
else:
    restore = Later("belgrano.database.restore")


@dataclass(frozen=True)
class Drill:
    """When the newest copy was tried (ms UTC), which, and what is wrong with it; nothing: it serves."""

    en: int
    copia: str
    mal: str

    @property
    def said(self) -> str:
        """What became of it, as the operator and the owner read it."""
        return f"no sirve: {self.mal}" if self.mal else "sirve"


def last_drill(folder: Path, app: str) -> Drill | None:
    """The last one; None where there was none yet."""
    try:
        return Drill(**json.loads(_memory(folder, app).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def copies_in_words(plan: Plan, app: str, ahora: int) -> str:
    """How old the newest copy is and what the last drill said, for the owner; nothing where none are made."""
    if plan.folder is None:
        return ""
    copy, tried = newest_copy(plan.folder, app), last_drill(plan.folder, app)
    said = f"Última copia {hace(ahora - int(copy.age_s * 1000), ahora)}" if copy else "Todavía no hay ninguna copia"
    return f"{said}; simulacro {hace(tried.en, ahora)}: {tried.said.rstrip('.')}." if tried else f"{said}."


def drill(url: str, app: str, folder: Path, migrations: Path) -> Drill:
    """Restore the newest copy beside everything that is in use, compare, keep what came of it, and leave nothing else.

    Raises ValueError where there is no copy, or no place for it.
    """
    copy = newest_copy(folder, app)
    if copy is None:
        raise ValueError(f"en {folder} no hay ninguna copia de {app}.")
    sqlite = copy.path.suffix == ".db"
    if sqlite != url.startswith("sqlite"):
        raise ValueError(
            f"{copy.path.name} no es una copia de la base que se usa ahora; hacé una con `belgrano backup`."
        )
    with _folder(folder) if sqlite else _database(url) as place:
        try:
            restore.restore_now(place, app, copy.path, migrations, _as_it_is)
            mal = _compare(note_of(copy.path).get("rows"), _count(place, app))
        except ValueError as error:
            mal = str(error)
    done = Drill(now(), copy.path.name, mal)
    memory = _memory(folder, app)
    memory.touch(0o600)
    memory.write_text(json.dumps(asdict(done)) + "\n")
    return done


async def _as_it_is(work: Work) -> None:
    """Nobody will work with it: it needs no other epoca."""


def _compare(noted: Any, found: dict[str, int]) -> str:
    if not isinstance(noted, dict):
        return "no tiene al lado la nota de `belgrano backup` con las filas de cada tabla."
    # What a newer version did away with is no loss; that no table is missing at its own, `restore_now` has seen.
    wrong = [
        f"{table} tiene {found[table]} filas y tenía {rows}"
        for table, rows in noted.items()
        if table in found and found[table] != rows
    ]
    return f"{', '.join(wrong[:3])}." if wrong else ""


def _count(place: str, app: str) -> dict[str, int]:
    if place.startswith("sqlite"):
        with closing(sqlite3.connect(sqlite_path(place))) as raw:
            return rows_of(raw)
    import psycopg  # where it is one only

    with psycopg.connect(place, connect_timeout=5) as connection:
        return rows_in(connection, app)


@contextmanager
def _folder(beside: Path) -> Iterator[str]:
    place = Path(tempfile.mkdtemp(prefix=".simulacro-", dir=beside))
    try:
        yield f"sqlite:///{place.absolute()}/base.db"
    finally:
        shutil.rmtree(place)


@contextmanager
def _database(url: str) -> Iterator[str]:
    """A database of its own on the same server. Raises ValueError where the role may not make one."""
    import psycopg

    name = f"belgrano_simulacro_{secrets.token_hex(6)}"
    with psycopg.connect(url, autocommit=True, connect_timeout=5) as raw:
        try:
            raw.execute(f'CREATE DATABASE "{name}"')
        except psycopg.errors.InsufficientPrivilege:
            raise ValueError("para el simulacro, el usuario de PostgreSQL tiene que poder crear una base.") from None
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            raw.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _memory(folder: Path, app: str) -> Path:
    return folder / f".{app}-simulacro.json"
