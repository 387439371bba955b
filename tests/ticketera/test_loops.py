"""What a process of Ticketera does for ever goes on, whoever is away and for how long."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from belgrano.accounts.ended import cut_ended
from belgrano.accounts.sessions import end_session, hash_token, open_session
from belgrano.database.base import Base, Unavailable
from tests.ticketera.cast import Cast
from ticketera import loops
from ticketera.outlets.geocodificador import Away, Geocodificador


class AwayAtFirst(Base):
    """A database that is away for the first look."""

    def __init__(self, base: Base) -> None:
        self._base, self.looks = base, 0

    async def read(self, *args: Any, **kw: Any) -> Any:
        self.looks += 1
        if self.looks == 1:
            raise Unavailable("away")
        return await self._base.read(*args, **kw)


async def test_sockets_of_ended_sessions_are_cut_though_the_database_was_away_at_first(base: Base, cast: Cast) -> None:
    away, cuts = AwayAtFirst(base), list[str]()
    token = await base.do(open_session, cast.rita.id)
    loop = asyncio.create_task(cut_ended(away, cuts.append))

    async with asyncio.timeout(5):
        while away.looks < 3 and not loop.done():
            await asyncio.sleep(0.01)
        await base.do(end_session, hash_token(token))
        while not cuts and not loop.done():
            await asyncio.sleep(0.01)
    loop.cancel()

    assert cuts == [hash_token(token)]


async def test_a_geocoder_that_is_away_for_days_is_asked_as_rarely_as_before(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = list[float]()

    async def nobody(*_: object) -> bool:
        raise Away("away")

    async def nap(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 1_100:  # five minutes each: four days
            raise asyncio.CancelledError

    await cast.configura(geocodificador="https://geo.test/?q={q}")
    monkeypatch.setattr(loops, "locate_next", nobody)
    monkeypatch.setattr(loops, "asyncio", SimpleNamespace(sleep=nap))

    with pytest.raises(asyncio.CancelledError):
        await loops.locate(cast.base, Geocodificador(None))

    assert waits[:3] == [2.2, 4.4, 8.8]
    assert set(waits[10:]) == {loops.LOCATE_AT_MOST_S}
