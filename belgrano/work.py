"""What an act is given: a connection inside one transaction, one instant, and a way to leave events.

An act is `async def act(work, ...)`. It may await its connection and nothing else, so that no network call can
ever sit inside a transaction; `finish` and `guard` hold it to that by machine.
"""

import time
from collections.abc import Callable, Coroutine, Generator, Mapping
from typing import Any, TypeVar

import databases.core

T = TypeVar("T")
Query = tuple[str, Mapping[str, Any] | None]


class Unavailable(Exception):
    """The database cannot do it now and nothing was kept: full queue, lock, full disk, or it is away.

    The only doubt is a connection lost while COMMIT was on its way; what may be repeated must be idempotent.
    """


class Integrity(Exception):
    """A statement broke a constraint. The act is over: both databases would refuse what follows, so let it raise."""


class ActAwaited(RuntimeError):
    """An act awaited something other than its connection. A bug, named; the act left no trace."""


class Connection(databases.core.Connection):
    """The connection of `databases`, with SQL text and its `:name` values handed to the driver as they are.

    `fetch_one`, `fetch_all` and `fetch_val` as in `databases`; rows answer `row["name"]`.
    `execute` returns how many rows it changed.
    """

    @staticmethod
    def _build_query(query: Any, values: Any = None) -> Any:
        return query, values


class Work:
    """One transaction under way: `con`, `ahora` (milliseconds UTC, one for the whole act), and `tell`."""

    __slots__ = ("ahora", "con", "events")

    def __init__(self, con: Connection) -> None:
        self.con = con
        self.ahora = time.time_ns() // 1_000_000
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
    coro.close()
    raise ActAwaited(f"{coro.__qualname__} awaited something other than its connection")


class guard:  # noqa: N801  (reads as a verb: await guard(coro, talking))
    """Await an act on the loop, as long as all it waits for is its connection: `talking()` says whether it is.

    Raises ActAwaited otherwise.
    """

    def __init__(self, coro: Coroutine[Any, Any, T], talking: Callable[[], bool]) -> None:
        self.coro, self.talking = coro, talking

    def __await__(self) -> Generator[Any, Any, Any]:
        step: Callable[[], Any] = lambda: self.coro.send(None)  # noqa: E731
        while True:
            try:
                waited_for = step()
            except StopIteration as end:
                return end.value
            if not self.talking():
                self.coro.close()
                raise ActAwaited(f"{self.coro.__qualname__} awaited something other than its connection")
            try:
                sent = yield waited_for
                step = lambda sent=sent: self.coro.send(sent)  # noqa: E731
            except BaseException as error:  # a cancellation or a failure goes into the act, as it would by itself
                step = lambda error=error: self.coro.throw(error)  # noqa: E731
