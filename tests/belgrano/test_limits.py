"""Limits on tries."""

import asyncio
from typing import Any

import pytest

from belgrano.limits import Limits, Window, address_key
from belgrano.problems import Problem


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Asked:
    """A request, as far as limits look at it."""

    def __init__(self, address: str) -> None:
        self.scope = {"client": (address, 1)}


def at(address: str) -> Any:
    return Asked(address)


async def wrong_try(limits: Limits, account: str, address: str) -> None:
    """A request of its own that gets the password wrong."""
    await asyncio.create_task(limits.check_login(at(address), account))


async def tries(limits: Limits, account: str, address: str, most: int) -> int:
    """How many tries go through."""
    for made in range(most):
        try:
            await wrong_try(limits, account, address)
        except Problem as problem:
            assert problem.status == 429
            assert int(problem.headers["Retry-After"]) >= 1
            return made
    return most


async def test_ten_wrong_tries_at_an_account_from_an_address_are_all() -> None:
    assert await tries(Limits(), "rita@belgrano.test", "10.0.0.1", 50) == 10


async def test_an_account_that_does_not_exist_is_counted_the_same() -> None:
    limits = Limits()

    assert await tries(limits, "nobody@belgrano.test", "10.0.0.1", 50) == 10
    assert await tries(limits, "RITA@belgrano.test", "10.0.0.2", 5) == 5
    assert await tries(limits, "rita@BELGRANO.test", "10.0.0.2", 50) == 5


async def test_after_a_quarter_of_an_hour_there_are_ten_again() -> None:
    clock = Clock()
    limits = Limits(clock=clock)
    await tries(limits, "rita", "10.0.0.1", 50)

    clock.now += 899
    assert await tries(limits, "rita", "10.0.0.1", 1) == 0
    clock.now += 2
    assert await tries(limits, "rita", "10.0.0.1", 50) == 10


async def test_a_thousand_addresses_get_a_hundred_tries_at_one_account() -> None:
    limits = Limits()

    made = sum([await tries(limits, "rita", f"10.0.{each // 250}.{each % 250}", 1) for each in range(1000)])

    assert made == 100


async def test_an_address_gets_thirty_tries_a_minute_at_all_accounts() -> None:
    clock = Clock()
    limits = Limits(clock=clock)

    assert sum([await tries(limits, f"person{each}", "10.0.0.1", 1) for each in range(100)]) == 30
    clock.now += 61
    assert sum([await tries(limits, f"other{each}", "10.0.0.1", 1) for each in range(100)]) == 30


async def test_a_try_that_was_refused_costs_nothing_elsewhere() -> None:
    limits = Limits()
    await tries(limits, "rita", "10.0.0.1", 100)

    assert await tries(limits, "rita", "10.0.0.2", 50) == 10
    assert await tries(limits, "other", "10.0.0.1", 50) == 10


async def test_tries_at_the_same_time_are_no_way_around() -> None:
    limits = Limits()
    evaluated = 0

    async def guess() -> None:
        nonlocal evaluated
        await limits.check_login(at("10.0.0.1"), "rita")
        evaluated += 1
        await asyncio.sleep(0.01)

    await asyncio.gather(*(guess() for _ in range(200)), return_exceptions=True)

    assert evaluated == 10


async def test_a_whole_shift_that_comes_in_at_once_gets_in() -> None:
    limits = Limits()

    async def come_in(person: int) -> None:
        await limits.check_login(at("10.0.0.1"), f"person{person}")
        await asyncio.sleep(0.01)
        await limits.forgive_login(at("10.0.0.1"), f"person{person}")

    await asyncio.gather(*(come_in(each) for each in range(200)))

    assert not limits._under_way
    assert not limits._trying


async def test_guesses_behind_a_shift_that_comes_in_are_counted_all_the_same() -> None:
    limits = Limits()
    evaluated = 0

    async def guess(person: int) -> None:
        nonlocal evaluated
        await limits.check_login(at("10.0.0.1"), f"person{person}")
        evaluated += 1
        await asyncio.sleep(0.01)

    await asyncio.gather(*(guess(each) for each in range(200)), return_exceptions=True)

    assert evaluated == 30


async def test_the_right_password_clears_the_owners_slips() -> None:
    limits = Limits()
    await tries(limits, "rita", "10.0.0.1", 9)

    for _ in range(40):
        await limits.check_login(at("10.0.0.1"), "rita")
        await limits.forgive_login(at("10.0.0.1"), "rita")

    assert await tries(limits, "rita", "10.0.0.1", 50) == 10


async def test_the_owner_gets_in_while_somebody_guesses_from_elsewhere() -> None:
    limits = Limits()
    await tries(limits, "rita", "10.0.0.9", 50)

    await limits.check_login(at("10.0.0.1"), "rita")


async def test_a_way_back_can_be_asked_for_a_few_times() -> None:
    limits = Limits()
    for _ in range(5):
        await limits.check_recovery(at("10.0.0.1"), "rita")

    with pytest.raises(Problem) as caught:
        await limits.check_recovery(at("10.0.0.2"), "rita")
    assert caught.value.status == 429


async def test_new_accounts_from_one_address_have_an_end() -> None:
    limits = Limits()

    with pytest.raises(Problem):
        for _ in range(100):
            await limits.check_signup(at("10.0.0.1"))


async def test_turned_off_everything_goes_through() -> None:
    assert await tries(Limits(on=False), "rita", "10.0.0.1", 500) == 500


def test_memory_has_a_bound_and_the_silent_are_forgotten_first() -> None:
    window = Window(1, 60, keys=100)
    window.count("first")

    for each in range(99):
        window.count(f"key{each}")
    assert window.wait("first") > 0
    window.count("one more")

    assert window.wait("first") == 0
    assert window.wait("key98") > 0
    assert len(window._tries) == 100


def test_one_client_has_a_whole_ipv6_network() -> None:
    assert address_key(at("2001:db8:1:2::3")) == address_key(at("2001:db8:1:2:ffff::9"))
    assert address_key(at("2001:db8:1:2::3")) != address_key(at("2001:db8:1:3::3"))
    assert address_key(at("::ffff:10.0.0.1")) == address_key(at("10.0.0.1"))
    assert address_key(at("fe80::1%eth0")) == address_key(at("fe80::2%eth0"))
