"""How long a loop is held by one step: CPU of its thread, so that a busy machine changes nothing."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

MOST_S = 0.05  # nobody else waits longer for one stranger


def cpu(call: Callable[..., Any], *args: Any) -> float:
    """Seconds of CPU that a call takes in this thread, the least of three."""

    def once() -> float:
        began = time.thread_time()
        call(*args)
        return time.thread_time() - began

    return min(once() for _ in range(3))


class Steps:
    """The longest step that the loop of one thread took since `begin`."""

    def __init__(self, by_thread: dict[int, Steps]) -> None:
        self.longest = 0.0
        self._by_thread = by_thread

    def of(self, thread: threading.Thread) -> None:
        """Whose they are; told once the thread runs."""
        assert thread.ident is not None
        self._by_thread[thread.ident] = self

    def another(self) -> Steps:
        """Those of another thread."""
        return Steps(self._by_thread)

    def begin(self) -> None:
        self.longest = 0.0


@contextmanager
def watched() -> Iterator[Steps]:
    """Measure the steps of asyncio's own loops (not uvloop's); a collection of garbage is nobody's step."""
    by_thread: dict[int, Steps] = {}
    run = asyncio.Handle._run  # type: ignore[attr-defined]

    def measured(handle: Any) -> None:
        steps = by_thread.get(threading.get_ident())
        if steps is None:
            run(handle)
            return
        began = time.thread_time()
        run(handle)
        steps.longest = max(steps.longest, time.thread_time() - began)

    gc.collect()
    gc.disable()
    asyncio.Handle._run = measured  # type: ignore[attr-defined]
    try:
        yield Steps(by_thread)
    finally:
        asyncio.Handle._run = run  # type: ignore[attr-defined]
        gc.enable()
