"""Passwords."""

import asyncio
import time
from collections.abc import Iterator

import pytest

from belgrano.accounts.passwords import hash_password, verify_password
from belgrano.database.work import Unavailable
from tests import quick_passwords


@pytest.fixture(autouse=True, scope="module")
def _as_in_production() -> Iterator[None]:
    quick_passwords.take(quick_passwords.PRODUCTION)
    yield
    quick_passwords.take(quick_passwords.QUICK)


async def test_the_right_password_is_known_and_no_other() -> None:
    stored = await hash_password("Una frase con ñ y 😀")

    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await verify_password(stored, "Una frase con ñ y 😀")
    assert not await verify_password(stored, "una frase con ñ y 😀")
    assert not await verify_password(stored, "")


async def test_the_same_password_is_stored_differently_each_time() -> None:
    assert await hash_password("the same") != await hash_password("the same")


@pytest.mark.parametrize("stored", [None, "", "plain text", "$argon2id$broken"])
async def test_nobody_gets_in_without_a_good_hash(stored: str | None) -> None:
    assert not await verify_password(stored, "nobody has this password")


async def test_an_unknown_user_takes_as_long_as_a_known_one() -> None:
    stored = await hash_password("right")
    await verify_password(None, "warm up")

    async def took(given: str | None) -> float:
        start = time.perf_counter()
        await verify_password(given, "wrong")
        return time.perf_counter() - start

    # One after the other, so that whatever else the machine does meets both; the quickest was disturbed least.
    pairs = [(await took(stored), await took(None)) for _ in range(12)]
    known, unknown = (min(each) for each in zip(*pairs, strict=True))

    assert 1 / 3 < unknown / known < 3


async def test_the_loop_goes_on_while_passwords_are_checked() -> None:
    stored = await hash_password("right")
    checking = asyncio.gather(*(verify_password(stored, "wrong") for _ in range(8)))
    beats = 0

    while not checking.done():
        await asyncio.sleep(0.001)
        beats += 1

    assert beats > 3


async def test_a_flood_of_logins_is_turned_away_instead_of_queued() -> None:
    stored = await hash_password("right")

    answers = await asyncio.gather(*(verify_password(stored, "right") for _ in range(140)), return_exceptions=True)

    assert any(isinstance(each, Unavailable) for each in answers)
    assert answers[0] is True
    assert await verify_password(stored, "right")
