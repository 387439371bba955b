"""What goes on for ever: it acts at once, outlives its failures, and says in the log what failed."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest

from belgrano.database.base import Unavailable
from belgrano.database.loops import Survived, at_news, every

Going = Callable[[Coroutine[Any, Any, None]], None]


@pytest.fixture
async def going() -> AsyncIterator[Going]:
    """Starts loops, and ends them after the test."""
    tasks: list[asyncio.Task[None]] = []
    yield lambda loop: tasks.append(asyncio.create_task(loop))
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def some(turns: list[float], count: int, seconds: float = 5.0) -> None:
    async with asyncio.timeout(seconds):
        while len(turns) < count:
            await asyncio.sleep(0.005)


async def test_the_first_turn_is_at_once_and_the_next_after_the_pause(going: Going) -> None:
    turns: list[float] = []
    began = time.monotonic()

    async def turn() -> None:
        turns.append(time.monotonic() - began)

    going(every(0.2, turn, "clock"))
    await some(turns, 3)

    assert turns[0] < 0.15
    assert turns[1] >= 0.19 and turns[2] >= 0.39


@pytest.mark.parametrize(
    ("error", "level", "traceback"),
    [(Unavailable("locked"), logging.WARNING, False), (ValueError("a bug"), logging.ERROR, True)],
)
async def test_a_turn_that_fails_is_logged_and_the_next_one_comes(
    going: Going, caplog: pytest.LogCaptureFixture, error: Exception, level: int, traceback: bool
) -> None:
    turns: list[float] = []

    async def turn() -> None:
        turns.append(0.0)
        if len(turns) == 1:
            raise error

    going(every(0.01, turn, "clock"))
    await some(turns, 2)

    (record,) = caplog.records
    assert (record.levelno, bool(record.exc_info)) == (level, traceback)
    assert record.getMessage().startswith("clock: ")


async def test_news_are_seen_to_at_once_also_those_that_come_during_a_turn(going: Going) -> None:
    turns: list[float] = []
    news = asyncio.Event()

    async def turn() -> None:
        turns.append(time.monotonic())
        if len(turns) == 2:
            news.set()

    going(at_news(news, 60, turn, "post"))
    await some(turns, 1)
    await asyncio.sleep(0.05)
    assert len(turns) == 1
    news.set()
    await some(turns, 3)


async def test_without_news_it_looks_all_the_same(going: Going) -> None:
    turns: list[float] = []

    async def turn() -> None:
        turns.append(time.monotonic())

    going(at_news(asyncio.Event(), 0.05, turn, "post"))

    await some(turns, 3)


async def test_who_is_told_to_end_ends() -> None:
    with pytest.raises(asyncio.CancelledError), Survived("clock"):
        raise asyncio.CancelledError
    with contextlib.suppress(KeyboardInterrupt), Survived("clock"):
        raise KeyboardInterrupt
