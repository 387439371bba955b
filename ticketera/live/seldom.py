"""News that come faster than anybody reads: of each key the newest, a few times a second."""

import asyncio
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Seldom(Generic[K, V]):
    """Says the first news of a key at once, and then at most one in `pause_s` seconds: the newest.

    `say(value)` is called on the loop.
    """

    def __init__(self, pause_s: float, say: Callable[[V], None]) -> None:
        self._pause_s, self._do_say = pause_s, say
        self._waiting: dict[K, V | None] = {}  # the keys that were said a moment ago; None: nothing new since

    def tell(self, key: K, value: V) -> None:
        """Say this, now or when its turn comes."""
        if key in self._waiting:
            self._waiting[key] = value
        else:
            self._say(key, value)

    def forget(self, key: K) -> None:
        """Do not say what waits: it is old."""
        if key in self._waiting:
            self._waiting[key] = None

    def _say(self, key: K, value: V) -> None:
        self._waiting[key] = None
        asyncio.get_running_loop().call_later(self._pause_s, self._next, key)
        self._do_say(value)

    def _next(self, key: K) -> None:
        value = self._waiting.pop(key)
        if value is not None:
            self._say(key, value)
