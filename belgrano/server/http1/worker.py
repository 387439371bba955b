"""What the connections of one of Hypercorn's workers share: their register, their date, and that the worker ends."""

import asyncio
from time import time
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from belgrano.server.http1.line import Line

_WORKERS: "WeakKeyDictionary[Any, Worker]" = WeakKeyDictionary()


class Worker:
    """One of them, for as long as its context lives."""

    def __init__(self, config: Any, context: Any, state: Any) -> None:
        self.config, self.context, self.state = config, context, state
        self.lines: set[Line] = set()
        self._second = 0
        self._stamp = b""
        self._watch = asyncio.get_running_loop().create_task(self._see_the_end())

    @classmethod
    def of(cls, config: Any, context: Any, state: Any) -> "Worker":
        """The worker of a context of Hypercorn's."""
        worker = _WORKERS.get(context)
        if worker is None:
            worker = _WORKERS[context] = cls(config, context, state)
        return worker

    @property
    def ending(self) -> bool:
        """Whether no further request is taken."""
        return bool(self.context.terminated.is_set())

    def stamp(self) -> bytes:
        """The lines that Hypercorn puts into every head, made once a second."""
        second = int(time())
        if second != self._second:
            self._second = second
            self._stamp = b"".join(b"%b: %b\r\n" % line for line in self.config.response_headers("h11"))
        return self._stamp

    async def _see_the_end(self) -> None:
        await self.context.terminated.wait()
        for line in list(self.lines):
            line.end_if_idle()
