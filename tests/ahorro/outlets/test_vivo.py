"""The doorbells of open pages: rung for their customer, ended with their session, and by themselves in time."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from ahorro.outlets import vivo
from ahorro.outlets.vivo import MOST, Vivo


async def turns(stream: AsyncIterator[None]) -> int:
    return len([None async for _ in stream])


async def test_a_stream_ends_by_itself_before_the_server_would_cut_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vivo, "LIFE_S", 0.25)
    bells = Vivo(turn_s=0.1)
    began = asyncio.get_running_loop().time()

    assert 1 <= await turns(bells.listen(1, "s")) <= 3
    assert asyncio.get_running_loop().time() - began > 0.2
    assert bells.abiertos == 0


async def test_news_ring_for_their_customer_only() -> None:
    bells = Vivo()
    mine, theirs = bells.listen(1, "a"), bells.listen(2, "b")
    await anext(mine)
    await anext(theirs)

    bells.ring(1)

    async with asyncio.timeout(30):
        await anext(mine)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await anext(theirs)


async def test_news_between_two_turns_are_not_missed() -> None:
    bells = Vivo()
    stream = bells.listen(1, "a")
    await anext(stream)

    bells.ring(1)
    bells.ring(1)

    async with asyncio.timeout(30):
        await anext(stream)


async def test_a_session_that_ends_and_a_server_that_stops_end_their_streams() -> None:
    bells = Vivo()
    ended, stopped = bells.listen(1, "a"), bells.listen(1, "b")
    await anext(ended)
    await anext(stopped)

    bells.cut("a")
    assert await turns(ended) == 0
    assert bells.abiertos == 1
    bells.close()
    assert await turns(stopped) == 0
    assert bells.abiertos == 0
    assert await turns(bells.listen(1, "c")) == 0


async def test_one_customer_holds_a_few_streams_and_the_oldest_gives_way() -> None:
    bells = Vivo()
    streams = [bells.listen(1, f"s{n}") for n in range(MOST + 1)]
    for stream in streams:
        await anext(stream)

    async with asyncio.timeout(30):
        assert await turns(streams[0]) == 0
    assert bells.abiertos == MOST


async def test_many_streams_at_once_leave_the_newest_few() -> None:
    """None of them has taken its next turn yet: each that gives way is another one."""
    bells = Vivo()
    streams = [bells.listen(1, "s") for _ in range(3 * MOST)]
    for stream in streams:
        await anext(stream)

    async with asyncio.timeout(30):
        assert [await turns(stream) for stream in streams[: 2 * MOST]] == [0] * (2 * MOST)
    assert bells.abiertos == MOST
