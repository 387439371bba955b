"""Open pages that wait for news of their customer's deliveries.

What is told here is only a doorbell: the page's stream reads the database and numbers what it sends. A turn every
ten seconds keeps proxies from closing the stream, and is how a report that another process took in gets here.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator

TURN_S = 10.0
MOST = 8  # streams of one customer; an older one gives way


class Vivo:
    """The doorbells of this process. `turn_s` is the longest a stream sleeps."""

    def __init__(self, turn_s: float = TURN_S) -> None:
        self._turn_s = turn_s
        self._bells: dict[int, list[_Bell]] = defaultdict(list)
        self._closed = False

    async def listen(self, usuario_id: int, token_hash: str) -> AsyncIterator[None]:
        """One turn at once and one for each piece of news; ends with the session, or when the server stops."""
        bell = _Bell(token_hash)
        bells = self._bells[usuario_id]
        bells.append(bell)
        if len(bells) > MOST:
            bells[0].end()
        try:
            while not (bell.ended or self._closed):
                bell.rung.clear()
                yield
                try:
                    async with asyncio.timeout(self._turn_s):
                        await bell.rung.wait()
                except TimeoutError:
                    pass
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
