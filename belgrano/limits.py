"""Limits on tries, by true address and by account.

Counted in this process's memory, on the monotonic clock: a clock that jumps and a forged X-Forwarded-For change
nothing. A try is counted before it is made and given back when it was right, so that a thousand at once are no
way around.
"""

import ipaddress
import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from quart import Request

from belgrano.peer import address_of
from belgrano.problems import Problem

MINUTE = 60.0
MOST_KEYS = 50_000


class Window:
    """At most `most` tries of one key in any `seconds`; forgets the keys that were silent longest."""

    def __init__(
        self, most: int, seconds: float, *, keys: int = MOST_KEYS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._keys = keys
        self._clock = clock
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """Seconds until this key may try again; 0 when it may now."""
        tries = self._tries.get(key)
        if tries is None:
            return 0.0
        now = self._clock()
        while tries and tries[0] <= now - self._seconds:
            tries.popleft()
        return tries[0] + self._seconds - now if len(tries) >= self._most else 0.0

    def count(self, key: str) -> None:
        """Count a try."""
        self._tries.setdefault(key, deque()).append(self._clock())
        self._tries.move_to_end(key)
        while len(self._tries) > self._keys:
            self._tries.popitem(last=False)

    def give_back(self, key: str) -> None:
        """Uncount the latest try."""
        if tries := self._tries.get(key):
            tries.pop()

    def forget(self, key: str) -> None:
        """Uncount all tries of a key."""
        self._tries.pop(key, None)


class Limits:
    """The limits of one app; `on=False` (BELGRANO_LIMITS=off) lets everything through."""

    def __init__(self, *, on: bool = True, clock: Callable[[], float] = time.monotonic) -> None:
        self._on = on
        self._login_here = Window(10, 15 * MINUTE, clock=clock)  # account and address
        self._login_anywhere = Window(100, 15 * MINUTE, clock=clock)  # account
        self._login_from = Window(30, MINUTE, clock=clock)  # address
        self._signup_from = Window(30, 10 * MINUTE, clock=clock)
        self._recovery_for = Window(5, 15 * MINUTE, clock=clock)
        self._recovery_from = Window(30, 15 * MINUTE, clock=clock)

    async def check_login(self, request: Request, account: str) -> None:
        """Count a try to log in; the same for accounts that do not exist. Raises Problem 429."""
        address, account = address_key(request), account.casefold()
        self._take(
            (self._login_here, f"{account} {address}"), (self._login_anywhere, account), (self._login_from, address)
        )

    async def forgive_login(self, request: Request, account: str) -> None:
        """The password was right: this try counts for nothing, and the earlier ones from here neither."""
        address, account = address_key(request), account.casefold()
        self._login_here.forget(f"{account} {address}")
        self._login_anywhere.give_back(account)
        self._login_from.give_back(address)

    async def check_signup(self, request: Request) -> None:
        """Count a new account. Raises Problem 429."""
        self._take((self._signup_from, address_key(request)))

    async def check_recovery(self, request: Request, account: str) -> None:
        """Count a way back that was asked for; the same for accounts that do not exist. Raises Problem 429."""
        self._take((self._recovery_for, account.casefold()), (self._recovery_from, address_key(request)))

    def _take(self, *taken: tuple[Window, str]) -> None:
        if not self._on:
            return
        wait = max(window.wait(key) for window, key in taken)
        if wait > 0:
            raise too_many(wait)
        for window, key in taken:
            window.count(key)


def too_many(wait: float) -> Problem:
    """The 429 that says how many seconds to wait."""
    seconds = max(1, math.ceil(wait))
    minutes = math.ceil(seconds / 60)
    again = f"{seconds} segundos" if seconds < 90 else f"{minutes} minutos"
    detail = f"Hiciste demasiados intentos. Probá de nuevo en {again}."
    return Problem(429, "demasiados_intentos", detail, headers={"Retry-After": str(seconds)})


def address_key(request: Request) -> str:
    """Whom an address stands for: itself, or in IPv6 its /64, of which one client may have all."""
    text = address_of(request.scope)  # type: ignore[arg-type]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return text
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((int(address) >> 64 << 64, 64)))
    return str(address)
