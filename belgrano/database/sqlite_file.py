"""A SQLite file: how it is opened, locked and understood. What threads do with it is in `belgrano.database.sqlite`."""

import contextlib
import fcntl
import os
import sqlite3
import time
from pathlib import Path
from typing import Any, NoReturn

from databases.interfaces import ConnectionBackend

from belgrano.database.acts import PATIENCE
from belgrano.database.work import Integrity, Query, Unavailable

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={int(PATIENCE * 1000)}",
    "cache_size=-16000",
    "temp_store=MEMORY",
    "wal_autocheckpoint=0",
)
AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PROTOCOL,
}
COMPANIONS = ("-wal", "-shm", "-journal", "-lock", "-checkpoint")  # what lies beside a database that is, or was, there
DAMAGE = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def sqlite_path(url: str) -> Path:
    """The file that a `sqlite:///relative.db` or `sqlite:////absolute.db` address names, at the end of any links."""
    path = Path(url.removeprefix("sqlite:///"))
    return path.resolve() if path.is_symlink() else path


def tighten(path: Path) -> None:
    """Let nobody but the owner read a database and what lies beside it."""
    for each in (path, *(Path(f"{path}{end}") for end in COMPANIONS)):
        with contextlib.suppress(FileNotFoundError, PermissionError):  # somebody else's: theirs to close
            if each.stat().st_mode & 0o077:
                each.chmod(0o600)


def sync(path: Path) -> None:
    """Have a file, or what a folder says of its files, on disk before what comes next."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def primary_code(error: sqlite3.Error) -> int:
    """The error without its extension: SQLITE_IOERR_FSYNC is SQLITE_IOERR."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def understood(error: sqlite3.Error) -> Exception:
    """The error as the rest of the program knows it; one that is a bug stays what it is."""
    if isinstance(error, sqlite3.IntegrityError):
        return Integrity(str(error))
    return Unavailable(str(error)) if primary_code(error) in AWAY else error


def lock_file(path: Path, suffix: str, kind: int, wait: float = 0.0) -> int | None:
    """Lock `<path><suffix>` as `fcntl.flock` says, for as long as the returned descriptor stays open.

    `-lock` is held shared by whoever uses the database, alone by whoever migrates or restores it; `-checkpoint` alone
    by the process that checkpoints. None when somebody else has it after `wait` seconds. Blocks.
    """
    handle = os.open(f"{path}{suffix}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    limit = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
            return handle
        except BlockingIOError:
            if time.monotonic() >= limit:
                os.close(handle)
                return None
            time.sleep(0.02)


def users(path: Path) -> set[int]:
    """The processes that have a database open, as far as the system tells (Linux)."""
    try:
        inode = os.stat(f"{path}-lock").st_ino
        rows = [row.split() for row in Path("/proc/locks").read_text().splitlines()]
    except OSError:
        return set()
    return {int(row[4]) for row in rows if len(row) > 5 and row[1] == "FLOCK" and row[5].endswith(f":{inode}")}


class SQLiteConnection(ConnectionBackend):
    """What `databases` asks of a connection; each call is finished before it returns. One thread only."""

    def __init__(self, path: Path, *pragmas: str) -> None:
        self.raw = sqlite3.connect(path, isolation_level=None, cached_statements=256)  # we say BEGIN ourselves
        self.raw.row_factory = sqlite3.Row
        self.failure: Exception | None = None  # in this act; after it every statement is refused
        for pragma in (*PRAGMAS, *pragmas):
            self.raw.execute("PRAGMA " + pragma)

    async def fetch_all(self, query: Any) -> list[Any]:
        try:
            return self._run(query).fetchall()
        except sqlite3.Error as error:
            self._fail(error)

    async def fetch_one(self, query: Any) -> Any:
        try:
            return self._run(query).fetchone()
        except sqlite3.Error as error:
            self._fail(error)

    async def execute(self, query: Any) -> int:
        try:
            return self._run(query).rowcount
        except sqlite3.Error as error:
            self._fail(error)

    async def execute_many(self, queries: list[Any]) -> None:
        for query in queries:
            await self.execute(query)

    def _run(self, query: Query) -> sqlite3.Cursor:
        if self.failure is not None:
            raise self.failure
        sql, values = query
        return self.raw.execute(sql, values or ())

    def _fail(self, error: sqlite3.Error) -> NoReturn:
        self.failure = understood(error)
        raise self.failure from error

    @property
    def raw_connection(self) -> sqlite3.Connection:
        return self.raw
