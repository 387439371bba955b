"""The line to Redis: what its absence and its silence cost, and that health says so."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from tests.line import Line
from tests.people import Crew, body, until
from tests.phone import Board
from tests.servers import REDIS, Server, Servers
from tests.ticketera.live.test_two_processes import missing


@dataclass
class Joined:
    """Two processes, the second of which reaches Redis by a line of its own."""

    crew: Crew
    there: Server
    line: Line

    async def redis(self) -> str:
        """What the second one says of it."""
        return str(body(await self.crew.shop.get(f"{self.there.url}/health"))["redis"])

    async def is_joined_again(self) -> bool:
        return await until(lambda: self._says("connected"), 6) is True

    async def is_apart(self) -> bool:
        return await until(lambda: self._says("away"), 8) is True

    async def _says(self, what: str) -> bool:
        return await self.redis() == what


@pytest.fixture
async def joined() -> AsyncIterator[Joined]:
    if needed := missing():
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail(f"nobody answers at {needed}")
        pytest.skip(f"nobody answers at {needed}")
    where = urlsplit(REDIS)
    async with Line(where.port or 6379) as line:
        with Servers(postgres=True, redis=True) as town:
            town.start("ticketera")
            second = town.second("ticketera")
            second.start(REDIS_URL=f"redis://{line.url.removeprefix('http://')}{where.path}")
            crew = await Crew.gather(town, repartidores=0, admins=2)
            yield Joined(crew, second, line)
            await crew.close()


async def crosses_both_ways(joined: Joined) -> None:
    """What only Redis carries (who looks at what) passes from each to the other."""
    here = await Board(joined.crew.admins[0]).connect()
    there = await Board(joined.crew.admins[1], url=joined.there.url).connect()
    for n, (one, other) in enumerate([(here, there), (there, here)] * 2, 1):
        assert one.wire is not None and other.wire is not None
        await one.wire.emit("mirando", {"ticket_id": n, "mueve": False})
        wire = other.wire
        assert await until(lambda wire=wire, n=n: [m for m in wire.events("mirando") if m["ticket_id"] == n], 10)
    await here.end()
    await there.end()


async def test_after_an_absence_it_hears_again_within_seconds_however_long_it_was(joined: Joined) -> None:
    assert await joined.is_joined_again()
    await crosses_both_ways(joined)

    joined.line.down = True
    joined.line.cut()
    assert await joined.is_apart()
    # As long as tries that are put off further and further, 1, 2, 4 and 8 s, would have the next one far away.
    assert not await until(lambda: joined.is_joined_again(), 9)
    joined.line.down = False

    assert await joined.is_joined_again()
    await crosses_both_ways(joined)


async def test_a_line_that_is_open_and_says_nothing_is_noticed_and_made_anew(joined: Joined) -> None:
    assert await joined.is_joined_again()

    joined.line.silent = True
    assert await joined.is_apart()
    joined.line.silent = False

    assert await joined.is_joined_again()
    await crosses_both_ways(joined)
