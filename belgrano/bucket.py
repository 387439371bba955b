"""How fast something may come: a token bucket for what is hot, in this process's memory.

Who may try how often is counted elsewhere: an address in `http/limits.py`, a secret in `accounts/tries.py`. No library
stands here because the one that fits, `limits`, has no bucket, counts on the wall clock, which may be set, and takes a
lock for each hit; this is one comparison and one addition.
"""

from time import monotonic

ROUNDING_S = 1e-6  # sums of hundredths are never exact


class Bucket:
    """Lets `at_once` pass at once, and after that `rate` a second; it begins full, or with `begins_with` in it.

    What it holds is kept as the one instant, on the monotonic clock, at which it will be full again.
    """

    __slots__ = ("_each", "_full_at", "_longest")

    def __init__(self, rate: float, at_once: float, *, begins_with: float | None = None) -> None:
        self._each = 1 / rate
        self._longest = at_once / rate
        missing = 0.0 if begins_with is None else at_once - begins_with
        self._full_at = monotonic() + missing * self._each

    def take(self) -> bool:
        """Let one more pass; False when it has to wait."""
        now = monotonic()
        full_at = (self._full_at if self._full_at > now else now) + self._each
        if full_at - now > self._longest + ROUNDING_S:
            return False
        self._full_at = full_at
        return True

    def left(self) -> int:
        """How many may pass now."""
        missing = max(0.0, self._full_at - monotonic())
        return int((self._longest - missing + ROUNDING_S) / self._each)
