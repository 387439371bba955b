"""How long one row of the queue waits after failures of its own, and when it is set aside.

All of its numbers stand here. While the peer itself is away the queue waits as a whole, by `relay`'s own numbers, and
nothing counts against a row.
"""

import random

BACKOFF_S = 0.5  # doubled by each failure
CEILING_S = 60.0  # the longest wait
SET_ASIDE_AFTER = 8  # failures


def wait_after(failures: int) -> float:
    """Seconds until the next try: full jitter, so that rows which failed together do not come back together."""
    return random.uniform(0, min(CEILING_S, BACKOFF_S * 2**failures))  # noqa: S311
