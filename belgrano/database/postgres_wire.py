"""One connection to PostgreSQL: SQL text with `:name`, and what its errors mean. It is used in `postgres`."""

import functools
import re
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import asyncpg  # type: ignore[import-untyped]
from databases.interfaces import ConnectionBackend

from belgrano.database.work import Integrity, Query, Unavailable

T = TypeVar("T")

LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.InternalClientError,  # the connection ended between two statements, and asyncpg is confused by it
    ConnectionError,
)
AWAY = (
    OSError,  # a TimeoutError too
    asyncpg.InsufficientResourcesError,  # disk full, out of memory, too many connections
    asyncpg.OperatorInterventionError,
    asyncpg.LockNotAvailableError,
    asyncpg.ReadOnlySQLTransactionError,  # a standby
    asyncpg.IdleInTransactionSessionTimeoutError,
)

ERRORS = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)  # of any kind

NAME = re.compile(
    r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | --[^\n]* | /\*.*?\*/ | :: | :([A-Za-z_]\w*)""", re.VERBOSE | re.DOTALL
)


class Lost(Unavailable):
    """The connection broke, or the server asks to begin again. What was not committed may be tried once more."""


def understood(error: Exception, raw: Any = None) -> Exception:
    """The error as the rest of the program knows it; one that is a bug stays what it is."""
    if isinstance(error, asyncpg.IntegrityConstraintViolationError):
        return Integrity(str(error.args[0]))  # its detail would show the values
    if isinstance(error, LOST) or (not isinstance(error, TimeoutError) and raw is not None and _is_closed(raw)):
        return Lost(str(error) or repr(error))
    if isinstance(error, AWAY):
        return Unavailable(str(error) or repr(error))
    return error


def _is_closed(raw: Any) -> bool:
    try:
        return bool(raw.is_closed())
    except asyncpg.InterfaceError:  # the pool has taken it back
        return True


@functools.lru_cache(2048)
def translate(sql: str) -> tuple[str, tuple[str, ...]]:
    """`:name` becomes `$n`; the names in that order. Casts, quoted text and comments stay as they are."""
    names: list[str] = []

    def number(match: re.Match[str]) -> str:
        name = match[1]
        if name is None:
            return match[0]
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    return NAME.sub(number, sql), tuple(names)


class PostgresConnection(ConnectionBackend):
    """What `databases` asks of a connection, over asyncpg without SQLAlchemy."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw
        self.talking = False
        self.failure: Exception | None = None  # in this act; after it every statement is refused

    async def fetch_all(self, query: Any) -> list[Any]:
        return await self._talk(self.raw.fetch, query)

    async def fetch_one(self, query: Any) -> Any:
        return await self._talk(self.raw.fetchrow, query)

    async def execute(self, query: Any) -> int:
        status: str = await self._talk(self.raw.execute, query)
        count = status.rpartition(" ")[2]  # "UPDATE 3", "INSERT 0 1", "CREATE TABLE"
        return int(count) if count.isdigit() else -1

    async def execute_many(self, queries: list[Any]) -> None:
        for query in queries:
            await self.execute(query)

    async def _talk(self, method: Callable[..., Awaitable[T]], query: Query) -> T:
        if self.failure is not None:
            raise self.failure
        sql, names = translate(query[0])
        values = query[1] or {}
        self.talking = True
        try:
            return await method(sql, *[values[name] for name in names])
        except ERRORS as error:
            self.failure = understood(error, self.raw)
            raise self.failure from error
        finally:
            self.talking = False

    @property
    def raw_connection(self) -> Any:
        return self.raw
