"""Passwords: Argon2id on two threads of their own, so that nobody's login stops the loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from belgrano.database.work import Unavailable

SHORTEST = 8
LONGEST = 200

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's minimum: 19 MiB, t=2, p=1
_pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="passwords")
_QUEUE = 128  # three seconds' worth; a shift that comes in at once fits
T = TypeVar("T")
_waiting = 0


async def hash_password(text: str) -> str:
    """What is stored of a password."""
    return await _off_the_loop(_hasher.hash, text)


async def verify_password(stored: str | None, text: str) -> bool:
    """Whether `text` is the password of `stored`; takes the same time where there is no such user."""
    return await _off_the_loop(_matches, stored or "", text)


def _matches(stored: str, text: str) -> bool:
    try:
        return _hasher.verify(stored or _nobodys(), text) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    """A hash to check against where nobody has this address, so that the answer takes as long."""
    return _hasher.hash("nobody has this password")


async def _off_the_loop(work: Callable[..., T], *args: str) -> T:
    """Raises Unavailable rather than let a flood of logins queue up without end."""
    global _waiting
    if _waiting >= _QUEUE:
        raise Unavailable("too many passwords waiting")
    _waiting += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_pool, work, *args)
    finally:
        _waiting -= 1
