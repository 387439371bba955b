"""Same key, same answer: what is sent again is done once."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

K = TypeVar("K")
T = TypeVar("T")


async def once(
    known: Awaitable[tuple[object, K] | None],
    content: object,
    act: Callable[[], Awaitable[T]],
    refused: type[Exception],
) -> K | T:
    """What a key's first use came to; of a key that nobody used yet, what `act` comes to now.

    `known` looks the key up: what was sent with it (a hash, or anything that compares) and what came of it. Whoever
    calls keeps both, in the transaction of the act. Raises `refused` where the key came with other content.
    """
    found = await known
    if found is None:
        return await act()
    before, answer = found
    if before != content:
        raise refused
    return answer
