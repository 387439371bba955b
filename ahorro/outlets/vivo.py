"""Open pages that wait for news of their customer's deliveries.

What is told here is only a doorbell: the page's stream reads the database and numbers what it sends. A turn every
ten seconds keeps proxies from closing the stream, and is how a report that another process took in gets here.
"""

import asyncio
import contextlib
import time
from collections import defaultdict
from collections.abc import AsyncIterator

TURN_S = 10.0
LIFE_S = 25.0  # before the server's own read time-out of 30 s, so that a stream ends properly and is taken up again
MOST = 8  # streams of one customer; an older one gives way


class Vivo:
    """The doorbells of this process. `turn_s` is the longest a stream sleeps."""

    def __init__(self, turn_s: float = TURN_S) -> None:
        self._turn_s = turn_s
        self._bells: dict[int, list[_Bell]] = defaultdict(list)
        self._closed = False

    async def listen(self, usuario_id: int, token_hash: str) -> AsyncIterator[None]:
        """One turn at once and one for each piece of news.

        Ends with the session, whoever ended it, when the server stops, and after 25 seconds: a browser takes it up
        again at once.
        """
        bell = _Bell(token_hash)
        bells = self._bells[usuario_id]
        bells.append(bell)
        for older in [each for each in bells if not each.ended][:-MOST]:
            older.end()  # It leaves the list with its stream's next turn, which may be a while away.
        until = time.monotonic() + LIFE_S
        try:
            while not (bell.ended or self._closed) and (left := until - time.monotonic()) > 0:
                bell.rung.clear()
                yield
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(min(self._turn_s, left)):
                        await bell.rung.wait()
        finally:
            bells.remove(bell)
            if not bells:
                self._bells.pop(usuario_id, None)

    def ring(self, usuario_id: int) -> None:
        """There is news for this customer."""
        for bell in self._bells.get(usuario_id, ()):
            bell.rung.set()

    def cut(self, token_hash: str) -> None:
        """End the streams of a session."""
        for bell in [b for bells in self._bells.values() for b in bells if b.token_hash == token_hash]:
            bell.end()

    def close(self) -> None:
        """End every stream."""
        self._closed = True
        for usuario_id in list(self._bells):
            self.ring(usuario_id)

    @property
    def abiertos(self) -> int:
        """How many pages listen."""
        return sum(len(bells) for bells in self._bells.values())


class _Bell:
    """What one stream waits on."""

    def __init__(self, token_hash: str) -> None:
        self.token_hash = token_hash
        self.rung = asyncio.Event()
        self.ended = False

    def end(self) -> None:
        self.ended = True
        self.rung.set()
