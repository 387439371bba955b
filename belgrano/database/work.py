"""What an act is given: a connection inside one transaction, one instant, and a way to leave events.

An act is `async def act(work, ...)`. It may await its connection and nothing else, so that no network call can
ever sit inside a transaction; `finish` and `guard` hold it to that by machine.
"""

import types
from collections.abc import Callable, Coroutine, Generator, Iterable, Mapping
from types import SimpleNamespace
from typing import Any, Protocol, TypeVar

import databases.core
from databases.interfaces import ConnectionBackend

from belgrano.words.times import now

T = TypeVar("T")
Values = Mapping[str, Any] | None
Query = tuple[str, Values]


class Unavailable(Exception):
    """The database cannot do it now and nothing was kept: full queue, lock, full disk, or it is away.

    The only doubt is a connection lost while COMMIT was on its way; what may be repeated must be idempotent.
    """


class Integrity(Exception):
    """A statement broke a constraint. The act is over: both databases would refuse what follows, so let it raise."""


class ActAwaited(RuntimeError):
    """An act awaited something other than its connection. A bug, named; the act left no trace."""


class Row(Protocol):
    """A row of either database: `row["name"]`, `row[0]`, `dict(row)`."""

    def __getitem__(self, key: Any, /) -> Any: ...

    def keys(self) -> Iterable[str]: ...


class Connection(databases.core.Connection):
    """The connection of `databases`, with SQL text and its `:name` values handed to the driver as they are.

    SQLAlchemy would cost more than the statements; nobody shares a connection, so there is no lock either.
    """

    def __init__(self, driver: ConnectionBackend) -> None:
        """Over a driver's connection that its owner keeps open; it is never acquired or released here."""
        super().__init__(None, SimpleNamespace(connection=lambda: driver))  # type: ignore[arg-type]
        self.driver: Any = driver

    async def fetch_one(self, query: str, values: Values = None) -> Row | None:  # type: ignore[override]
        """The first row, or None."""
        row: Row | None = await self.driver.fetch_one((query, values))
        return row

    async def fetch_all(self, query: str, values: Values = None) -> list[Row]:  # type: ignore[override]
        """All rows."""
        rows: list[Row] = await self.driver.fetch_all((query, values))
        return rows

    async def fetch_val(self, query: str, values: Values = None, column: Any = 0) -> Any:  # type: ignore[override]
        """One value of the first row, or None."""
        row = await self.driver.fetch_one((query, values))
        return None if row is None else row[column]

    async def execute(self, query: str, values: Values = None) -> int:  # type: ignore[override]
        """Run a statement. Returns how many rows it changed."""
        changed: int = await self.driver.execute((query, values))
        return changed

    @staticmethod
    def _build_query(query: Any, values: Any = None) -> Any:
        return query, values


class Work:
    """One transaction under way: `con`, `ahora` (milliseconds UTC, one for the whole act), and `tell`."""

    __slots__ = ("ahora", "con", "events")

    def __init__(self, con: Connection) -> None:
        self.con = con
        self.ahora = now()
        self.events: list[object] = []

    def tell(self, event: object) -> None:
        """Hand an event to the base's `tell` after the commit, in the order of commits; never if the act fails."""
        self.events.append(event)


def finish(act: Callable[..., Coroutine[Any, Any, T]], *args: Any, **kw: Any) -> T:
    """Run an act to its end in this thread, over a connection whose methods finish before they return.

    Raises ActAwaited where it awaits anything that is not finished.
    """
    coro = act(*args, **kw)
    try:
        coro.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    raise awaited_something(coro)


Renew = Callable[..., Coroutine[Any, Any, Any]]  # the act that makes a restored database one of another life
# What a copy must not bring back, asked of the database whose place it takes; handed to `Renew` after its Work.
Remember = Callable[[Connection], Coroutine[Any, Any, Any]]


def renewed(renew: Renew, driver: Any, *remembered: Any) -> None:
    """Run an act in this thread, in the transaction that is open on a driver; what it tells is told to nobody."""
    finish(renew, Work(Connection(driver)), *remembered)
    if driver.failure is not None:
        raise driver.failure


def awaited_something(coro: Coroutine[Any, Any, Any]) -> ActAwaited:
    """End an act that may not go on, and name it."""
    coro.close()
    name = getattr(coro, "__qualname__", repr(coro))
    return ActAwaited(f"{name} awaited something other than its connection")


@types.coroutine
def guard(coro: Coroutine[Any, Any, T], talking: Callable[[], bool]) -> Generator[Any, Any, T]:
    """Await an act on the loop, as long as all it waits for is its connection: `talking()` says whether it is.

    Raises ActAwaited otherwise.
    """
    sent: Any = None
    failure: BaseException | None = None
    while True:
        try:
            waited_for = coro.send(sent) if failure is None else coro.throw(failure)
        except StopIteration as end:
            result: T = end.value
            return result
        if not talking():
            raise awaited_something(coro)
        sent = failure = None
        try:
            sent = yield waited_for
        except BaseException as error:  # a cancellation, or what was awaited failed: the act's to see
            failure = error
