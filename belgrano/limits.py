"""Limits on tries, by true address and by account.

Counted in this process's memory, on the monotonic clock: a clock that jumps and a forged X-Forwarded-For change
nothing. A try is counted before it is made and given back when it was right, so that a thousand at once are no
way around.
"""

import asyncio
import ipaddress
import math
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from quart import Request

from belgrano.peer import address_of
from belgrano.problems import Problem

MINUTE = 60.0
MOST_KEYS = 50_000
GUESSES = 5
PATIENCE_S = 8.0


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

    def left(self, key: str) -> int:
        """How many tries this key still has, as of its latest one."""
        return self._most - len(self._tries.get(key, ()))

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


Taken = tuple[Window, str]


class Limits:
    """The limits of one app; `on=False` (BELGRANO_LIMITS=off) lets everything through."""

    def __init__(self, *, on: bool = True, clock: Callable[[], float] = time.monotonic) -> None:
        self._on = on
        self._login_here = Window(10, 15 * MINUTE, clock=clock)  # account and address
        self._login_anywhere = Window(100, 15 * MINUTE, clock=clock)  # account
        self._login_from = Window(30, MINUTE, clock=clock)  # address
        self._signup_from = Window(30, 10 * MINUTE, clock=clock)
        self._under_way: Counter[Taken] = Counter()
        self._trying: dict[asyncio.Task[Any] | None, tuple[Taken, ...]] = {}
        self._settled: list[asyncio.Future[None]] = []
        self._guesses_at = Window(GUESSES, 15 * MINUTE, clock=clock)  # one short code
        self._recovery_for = Window(5, 15 * MINUTE, clock=clock)
        self._recovery_from = Window(30, 15 * MINUTE, clock=clock)
        self._link_from = Window(30, MINUTE, clock=clock)

    async def check_login(self, request: Request, account: str) -> None:
        """Count a try to log in; the same for accounts that do not exist. Raises Problem 429.

        Where only tries still under way stand in its way, it waits for them: a whole shift that comes in at once
        is no attack. A try is under way until it is forgiven or its request's task is over.
        """
        if not self._on:
            return
        taken = self._login_windows(request, account)
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                while _wait(taken) > 0 and any(self._under_way[each] for each in taken):
                    await self._next_settled()
        self._take(*taken)
        self._under_way.update(taken)
        task = asyncio.current_task()
        if task is not None:
            self._trying[task] = taken
            task.add_done_callback(self._settle)

    async def forgive_login(self, request: Request, account: str) -> None:
        """The password was right: this try counts for nothing, and the earlier ones from here neither."""
        here, anywhere, origin = self._login_windows(request, account)
        here[0].forget(here[1])
        anywhere[0].give_back(anywhere[1])
        origin[0].give_back(origin[1])
        self._settle(asyncio.current_task())

    def _login_windows(self, request: Request, account: str) -> tuple[Taken, Taken, Taken]:
        address, account = address_key(request), account.casefold()
        return (
            (self._login_here, f"{account} {address}"),
            (self._login_anywhere, account),
            (self._login_from, address),
        )

    def _settle(self, task: asyncio.Task[Any] | None) -> None:
        """A try is decided; whoever waited for it looks again."""
        for each in self._trying.pop(task, ()):
            self._under_way[each] -= 1
            if not self._under_way[each]:
                del self._under_way[each]
        waiting, self._settled = self._settled, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def _next_settled(self) -> None:
        future = asyncio.get_running_loop().create_future()
        self._settled.append(future)
        await future

    async def check_signup(self, request: Request) -> None:
        """Count a new account. Raises Problem 429."""
        self._take((self._signup_from, address_key(request)))

    async def check_recovery(self, request: Request, account: str) -> None:
        """Count a way back that was asked for; the same for accounts that do not exist. Raises Problem 429."""
        self._take((self._recovery_for, account.casefold()), (self._recovery_from, address_key(request)))

    def take_guess(self, key: str) -> int:
        """Count a guess at the short code of `key`; how many more there may be. Raises Problem 429."""
        self._take((self._guesses_at, key))
        return self._guesses_at.left(key)

    def forgive_guess(self, key: str, *, right: bool) -> None:
        """Uncount the latest guess, which nobody answered; or all of them, after a right one."""
        (self._guesses_at.forget if right else self._guesses_at.give_back)(key)

    def check_link(self, request: Request) -> None:
        """Count a secret link that leads nowhere. Raises Problem 429."""
        self._take((self._link_from, address_key(request)))

    def _take(self, *taken: Taken) -> None:
        if not self._on:
            return
        if (wait := _wait(taken)) > 0:
            raise too_many(wait)
        for window, key in taken:
            window.count(key)


def _wait(taken: Iterable[Taken]) -> float:
    return max(window.wait(key) for window, key in taken)


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
