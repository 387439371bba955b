"""Sessions that another process, or an operator's command, ended: whoever holds a connection of one cuts it."""

from collections.abc import Callable

from belgrano.accounts.sessions import select_ended_after, select_newest_end
from belgrano.database.base import Base
from belgrano.database.loops import every

ENDED_S = 0.5  # how often the ends are looked for


async def cut_ended(base: Base, cut: Callable[[str], None]) -> None:
    """Hand the token hash of each session that ends from now on to `cut`, for ever: each end has its number."""
    newest: int | None = None

    async def look() -> None:
        nonlocal newest
        if newest is None:
            newest = await base.read(select_newest_end)
        for token_hash, number in await base.read(select_ended_after, newest):
            cut(token_hash)
            newest = number

    await every(ENDED_S, look, "ended sessions")
