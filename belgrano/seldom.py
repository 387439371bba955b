"""How often the log says the same: at most once in so many seconds, and then how many times it was not said."""

from time import monotonic


class Seldom:
    """One line's pace, in this process' memory."""

    def __init__(self, seconds: float = 60.0) -> None:
        self._seconds = seconds
        self._next = 0.0
        self._held_back = 0

    def take(self) -> int | None:
        """How many were held back since the last one, when it is time for another; None when this one is, too."""
        now = monotonic()
        if now < self._next:
            self._held_back += 1
            return None
        held_back, self._held_back, self._next = self._held_back, 0, now + self._seconds
        return held_back
