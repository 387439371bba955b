"""Limits on tries, by true address and by account.

Tries at a password are counted in the database (`tries.py`). How often an address may do what costs us something is
counted in this process's memory, on the monotonic clock. A forged X-Forwarded-For changes nothing.
"""

import asyncio
import hashlib
import hmac
import math
import random
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterable

import structlog
from prometheus_client import Counter as Counts
from quart import Request

from belgrano.accounts.tries import MINUTE_MS, Rule, Try, forget_tries, give_back_tries, take_tries
from belgrano.database.base import Base
from belgrano.database.work import Work
from belgrano.http.peer import address_of, household
from belgrano.http.problems import Problem

MINUTE = 60.0
LOGINS_FAILED = Counts("belgrano_logins_failed", "Logins that did not get in, whatever the reason.")
MOST_KEYS = 50_000
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

    def count(self, key: str) -> None:
        """Count a try."""
        self._tries.setdefault(key, deque()).append(self._clock())
        self._tries.move_to_end(key)
        while len(self._tries) > self._keys:
            self._tries.popitem(last=False)


Taken = tuple[Window, str]

LOGIN_HERE = Rule("login here", 10, 15 * MINUTE_MS)  # account and address
LOGIN_ANYWHERE = Rule("login anywhere", 100, 15 * MINUTE_MS)  # account
LOGIN_FROM = Rule("login from", 30, MINUTE_MS)  # address


class Limits:
    """The limits of one app; `on=False` (BELGRANO_LIMITS=off) lets everything through."""

    def __init__(
        self, base: Base, *, on: bool = True, secret: str = "", clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._base = base
        self._secret = secret
        self._on = on
        self._signup_from = Window(30, 10 * MINUTE, clock=clock)
        self._guest_from = Window(300, 10 * MINUTE, clock=clock)  # an office shares one address
        self._strangers = Window(3_000, 10 * MINUTE, clock=clock)  # whatever any of them has us keep
        self._order_of = {large: Window(240 if large else 120, 10 * MINUTE, clock=clock) for large in (False, True)}
        self._order_from = Window(600, 10 * MINUTE, clock=clock)
        self._under_way: Counter[Try] = Counter()
        self._recovery_for = Window(5, 15 * MINUTE, clock=clock)
        self._recovery_from = Window(30, 15 * MINUTE, clock=clock)
        self._link_from = Window(30, MINUTE, clock=clock)
        self._coupon_from = Window(60, MINUTE, clock=clock)

    async def check_login(self, request: Request, account: str) -> None:
        """Count a try to log in; the same for accounts that do not exist. Raises Problem 429.

        Where tries still under way stand in its way, it waits for them: a whole shift that comes in at once is no
        attack. A try is under way until its request's task is over.
        """
        if not self._on:
            return
        tries = _login_tries(request, account)
        until = time.monotonic() + PATIENCE_S
        while (wait := await self._base.do(take_tries, tries)) > 0:
            if time.monotonic() > until or not any(self._under_way[each] for each in tries):
                self.login_failed(request, account, "too many")
                raise too_many(wait / 1000)
            await asyncio.sleep(random.uniform(0.1, 0.4))  # noqa: S311
        self._under_way.update(tries)
        task = asyncio.current_task()
        if task is not None:
            task.add_done_callback(lambda _: self._settle(tries))

    def login_failed(self, request: Request, account: str, why: str) -> None:
        """Log that somebody did not get in: from where, and a mark of the account that is no e-mail.

        The mark is the same for the same account, and whoever reads logs cannot try e-mails against it.
        """
        mark = hmac.new(self._secret.encode(), account.strip().casefold().encode(), hashlib.sha256).hexdigest()[:16]
        address = address_of(request.scope)  # type: ignore[arg-type]
        LOGINS_FAILED.inc()
        structlog.get_logger(__name__).warning("login_failed", address=address, account=mark, why=why)

    async def forgive_login(self, request: Request, account: str) -> None:
        """The password was right: this try counts for nothing, and the earlier ones from here neither."""
        if self._on:
            await self._base.do(_forgive_login, *_login_tries(request, account))

    def _settle(self, tries: Iterable[Try]) -> None:
        for each in tries:
            self._under_way[each] -= 1
            if not self._under_way[each]:
                del self._under_way[each]

    async def check_signup(self, request: Request) -> None:
        """Count a new account. Raises Problem 429."""
        self._take((self._signup_from, address_key(request)), (self._strangers, ""))

    def check_guest(self, request: Request) -> None:
        """Count a session that somebody without an account begins. Raises Problem 429."""
        self._take((self._guest_from, address_key(request)), (self._strangers, ""))

    def check_order(self, request: Request, account: int, *, large: bool) -> None:
        """Count an order of an account, of a `large` one who buys to sell. Raises Problem 429."""
        here = (self._order_of[large], str(account)), (self._order_from, address_key(request))
        self._take(*here, what="pedidos")

    @property
    def on(self) -> bool:
        """Whether limits apply at all (BELGRANO_LIMITS)."""
        return self._on

    async def check_recovery(self, request: Request, account: str) -> None:
        """Count a way back that was asked for; the same for accounts that do not exist. Raises Problem 429."""
        here = (self._recovery_for, account.casefold()), (self._recovery_from, address_key(request))
        self._take(*here, (self._strangers, ""))

    def check_link(self, request: Request) -> None:
        """Count a secret link that leads nowhere. Raises Problem 429."""
        self._take((self._link_from, address_key(request)))

    def check_coupon(self, request: Request) -> None:
        """Count a coupon that somebody typed, right or wrong: once the right one got through, it is guessed. Raises
        Problem 429."""
        self._take((self._coupon_from, address_key(request)))

    def _check(self, *taken: Taken, what: str = "intentos") -> None:
        if self._on and (wait := _wait(taken)) > 0:
            raise too_many(wait, what)

    def _take(self, *taken: Taken, what: str = "intentos") -> None:
        self._check(*taken, what=what)
        for window, key in taken:
            window.count(key)


def _wait(taken: Iterable[Taken]) -> float:
    return max(window.wait(key) for window, key in taken)


def _login_tries(request: Request, account: str) -> tuple[Try, Try, Try]:
    address, account = address_key(request), account.casefold()
    return (LOGIN_HERE, f"{account} {address}"), (LOGIN_ANYWHERE, account), (LOGIN_FROM, address)


async def _forgive_login(work: Work, here: Try, anywhere: Try, origin: Try) -> None:
    await forget_tries(work, [here])
    await give_back_tries(work, [anywhere, origin])


def too_many(wait: float, what: str = "intentos") -> Problem:
    """The 429 that says how many seconds to wait."""
    seconds = max(1, math.ceil(wait))
    minutes = math.ceil(seconds / 60)
    again = f"en {seconds} segundos" if seconds < 90 else f"en {minutes} minutos" if minutes < 120 else "otro día"
    detail = f"Hiciste demasiados {what}. Probá de nuevo {again}."
    return Problem(429, "demasiados_intentos", detail, headers={"Retry-After": str(seconds)})


def address_key(request: Request) -> str:
    """Whom the request's address stands for."""
    return household(address_of(request.scope))  # type: ignore[arg-type]
