"""What a process does for ever. A turn that fails is logged and the next one tries anew.

All of them act first and wait then, so that what is due once a day is also done by a process that is restarted daily.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine
from types import TracebackType
from typing import Any

from belgrano.database.base import Base, Unavailable, note_away
from belgrano.database.work import Work

BREATH_S = 0.1
Turn = Callable[[], Awaitable[object]]
log = logging.getLogger(__name__)


async def every(seconds: float, turn: Turn, name: str) -> None:
    """Act now, and again so many seconds after each turn has ended, for ever. `name` is for the log."""
    while True:
        with Survived(name):
            await turn()
        await asyncio.sleep(seconds)


async def at_news(news: asyncio.Event, seconds: float, turn: Turn, name: str) -> None:
    """Act now, and again whenever there are news, at the latest so many seconds after a turn has ended, for ever."""
    while True:
        news.clear()
        with Survived(name):
            await turn()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(news.wait(), seconds)


async def in_pieces(base: Base, act: Callable[[Work], Coroutine[Any, Any, bool]]) -> None:
    """Do an act until it answers that nothing is left; with a breath in between, for what people do to pass."""
    more = True
    while more:
        more = await base.do(act)
        await asyncio.sleep(BREATH_S)


class Survived:
    """Logs what fails inside and goes on: a database that is away in one line a minute, a bug with its traceback."""

    def __init__(self, loop: str) -> None:
        self._loop = loop

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, Unavailable):
            note_away(self._loop, error)
        elif isinstance(error, Exception):
            log.error("%s: a turn failed", self._loop, exc_info=error)
        return error is None or isinstance(error, Exception)
