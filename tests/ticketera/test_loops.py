"""What a process of Ticketera does for ever goes on when the database was away, also at its first look."""

import asyncio
from typing import Any

from belgrano.accounts.sessions import end_session, hash_token, open_session
from belgrano.database.base import Base, Unavailable
from tests.ticketera.cast import Cast
from ticketera import loops


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
    loop = asyncio.create_task(loops.cut_ended(away, cuts.append))

    async with asyncio.timeout(5):
        while away.looks < 3 and not loop.done():
            await asyncio.sleep(0.01)
        await base.do(end_session, hash_token(token))
        while not cuts and not loop.done():
            await asyncio.sleep(0.01)
    loop.cancel()

    assert cuts == [hash_token(token)]
