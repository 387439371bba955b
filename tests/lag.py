"""How long a loop is held by one step: CPU of the thread, so that a busy machine changes nothing."""

from __future__ import annotations

import asyncio
import gc
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
    """The longest step that this thread's loops took since `begin`."""

    def __init__(self) -> None:
        self.longest = 0.0

    def begin(self) -> None:
        self.longest = 0.0


@contextmanager
def watched() -> Iterator[Steps]:
    """Measure every step of the loops of asyncio's own (not uvloop's); a collection of garbage is nobody's step."""
    steps = Steps()
    run = asyncio.Handle._run  # type: ignore[attr-defined]

    def measured(handle: Any) -> None:
        began = time.thread_time()
        run(handle)
        steps.longest = max(steps.longest, time.thread_time() - began)

    gc.collect()
    gc.disable()
    asyncio.Handle._run = measured  # type: ignore[attr-defined]
    try:
        yield steps
    finally:
        asyncio.Handle._run = run  # type: ignore[attr-defined]
        gc.enable()
