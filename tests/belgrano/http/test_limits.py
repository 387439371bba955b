"""Limits on tries."""

import asyncio
import json
import time
from typing import Any

import pytest

from belgrano.database.base import Base
from belgrano.database.work import Connection, Work
from belgrano.http.limits import Limits, Window, address_key
from belgrano.http.problems import Problem
from tests.belgrano.little import MIGRATIONS
from tests.conftest import MakeBase


class Asked:
    """A request, as far as limits look at it."""

    def __init__(self, address: str) -> None:
        self.scope = {"client": (address, 1)}


def at(address: str) -> Any:
    return Asked(address)


@pytest.fixture
def limits(little_base: Base) -> Limits:
    return Limits(little_base)


async def later(work: Work, seconds: int) -> None:
    """As if so much time had passed."""
    for row in await work.con.fetch_all("SELECT key, times FROM tries"):
        times = json.dumps([each - seconds * 1000 for each in json.loads(row["times"])])
        await work.con.execute("UPDATE tries SET times = :times WHERE key = :key", {"times": times, "key": row["key"]})


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


async def test_ten_wrong_tries_at_an_account_from_an_address_are_all(limits: Limits) -> None:
    assert await tries(limits, "rita@belgrano.test", "10.0.0.1", 50) == 10


async def test_an_account_that_does_not_exist_is_counted_the_same(limits: Limits) -> None:
    assert await tries(limits, "nobody@belgrano.test", "10.0.0.1", 50) == 10
    assert await tries(limits, "RITA@belgrano.test", "10.0.0.2", 5) == 5
    assert await tries(limits, "rita@BELGRANO.test", "10.0.0.2", 50) == 5


async def test_after_a_quarter_of_an_hour_there_are_ten_again(limits: Limits, little_base: Base) -> None:
    await tries(limits, "rita", "10.0.0.1", 50)

    await little_base.do(later, 890)
    assert await tries(limits, "rita", "10.0.0.1", 1) == 0
    await little_base.do(later, 11)
    assert await tries(limits, "rita", "10.0.0.1", 50) == 10


async def test_a_thousand_addresses_get_a_hundred_tries_at_one_account(limits: Limits) -> None:
    made = sum([await tries(limits, "rita", f"10.0.{each // 250}.{each % 250}", 1) for each in range(1000)])

    assert made == 100


async def test_an_address_gets_thirty_tries_a_minute_at_all_accounts(limits: Limits, little_base: Base) -> None:
    assert sum([await tries(limits, f"person{each}", "10.0.0.1", 1) for each in range(100)]) == 30
    await little_base.do(later, 61)
    assert sum([await tries(limits, f"other{each}", "10.0.0.1", 1) for each in range(100)]) == 30


async def test_a_try_that_was_refused_costs_nothing_elsewhere(limits: Limits) -> None:
    await tries(limits, "rita", "10.0.0.1", 100)

    assert await tries(limits, "rita", "10.0.0.2", 50) == 10
    assert await tries(limits, "other", "10.0.0.1", 50) == 10


async def test_tries_at_the_same_time_are_no_way_around(limits: Limits) -> None:
    evaluated = 0

    async def guess() -> None:
        nonlocal evaluated
        await limits.check_login(at("10.0.0.1"), "rita")
        evaluated += 1
        await asyncio.sleep(0.01)

    await asyncio.gather(*(guess() for _ in range(200)), return_exceptions=True)

    assert evaluated == 10


async def test_a_whole_shift_that_comes_in_at_once_gets_in(limits: Limits) -> None:
    async def come_in(person: int) -> None:
        await limits.check_login(at("10.0.0.1"), f"person{person}")
        await asyncio.sleep(0.01)
        await limits.forgive_login(at("10.0.0.1"), f"person{person}")

    await asyncio.gather(*(come_in(each) for each in range(200)))

    assert not limits._under_way


async def test_guesses_behind_a_shift_that_comes_in_are_counted_all_the_same(limits: Limits) -> None:
    evaluated = 0

    async def guess(person: int) -> None:
        nonlocal evaluated
        await limits.check_login(at("10.0.0.1"), f"person{person}")
        evaluated += 1
        await asyncio.sleep(0.01)

    await asyncio.gather(*(guess(each) for each in range(200)), return_exceptions=True)

    assert evaluated == 30


async def test_the_right_password_clears_the_owners_slips(limits: Limits) -> None:
    await tries(limits, "rita", "10.0.0.1", 9)

    for _ in range(40):
        await limits.check_login(at("10.0.0.1"), "rita")
        await limits.forgive_login(at("10.0.0.1"), "rita")

    assert await tries(limits, "rita", "10.0.0.1", 50) == 10


async def test_the_owner_gets_in_while_somebody_guesses_from_elsewhere(limits: Limits) -> None:
    await tries(limits, "rita", "10.0.0.9", 50)

    await limits.check_login(at("10.0.0.1"), "rita")


async def test_tries_outlast_the_process_and_all_processes_count_the_same(make_base: MakeBase) -> None:
    one, other = Limits(await make_base(MIGRATIONS)), Limits(await make_base(MIGRATIONS))

    assert await tries(one, "rita", "10.0.0.1", 6) == 6
    assert await tries(other, "rita", "10.0.0.1", 50) == 4
    assert await tries(Limits(await make_base(MIGRATIONS)), "rita", "10.0.0.1", 50) == 0


async def test_tries_at_two_processes_at_the_same_time_are_no_way_around(make_base: MakeBase) -> None:
    processes = [Limits(await make_base(MIGRATIONS)) for _ in range(2)]
    evaluated = 0

    async def guess(limits: Limits) -> None:
        nonlocal evaluated
        await limits.check_login(at("10.0.0.1"), "rita")
        evaluated += 1

    await asyncio.gather(*(guess(processes[each % 2]) for each in range(60)), return_exceptions=True)

    assert evaluated == 10


async def test_a_clock_that_was_put_back_leaves_nobody_outside_for_longer(limits: Limits, little_base: Base) -> None:
    await tries(limits, "rita", "10.0.0.1", 50)
    await little_base.do(later, -24 * 3600)  # so the tries were made tomorrow

    with pytest.raises(Problem) as caught:
        await wrong_try(limits, "rita", "10.0.0.1")
    assert int(caught.value.headers["Retry-After"]) <= 15 * 60
    await little_base.do(later, 15 * 60)
    await wrong_try(limits, "rita", "10.0.0.1")


@pytest.mark.parametrize("days", [1, 40, -1, -40])
async def test_a_process_whose_clock_is_wrong_gives_no_tries_more(
    limits: Limits, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    assert await tries(limits, "rita", "10.0.0.1", 10) == 10
    real = time.time_ns
    for wrong in (days, 0, days):
        monkeypatch.setattr("time.time_ns", lambda wrong=wrong: real() + wrong * 86_400 * 10**9)
        with pytest.raises(Problem) as caught:
            await wrong_try(limits, "rita", "10.0.0.1")
        assert int(caught.value.headers["Retry-After"]) <= 15 * 60


async def test_what_is_kept_of_tries_names_nobody_and_is_forgotten(limits: Limits, little_base: Base) -> None:
    await tries(limits, "rita@belgrano.test", "10.0.0.1", 3)
    await little_base.do(forgettable)
    await tries(limits, "other", "10.0.0.2", 1)

    rows = await little_base.read(kept)
    assert len(rows) == 3
    assert not any("rita" in str(row) or "10.0" in str(row) for row in rows)


async def forgettable(work: Work) -> None:
    await work.con.execute("UPDATE tries SET forget_at = 0")


async def kept(con: Connection) -> list[dict[str, Any]]:
    return [dict(row) for row in await con.fetch_all("SELECT * FROM tries")]


async def test_a_way_back_can_be_asked_for_a_few_times(limits: Limits) -> None:
    for _ in range(5):
        await limits.check_recovery(at("10.0.0.1"), "rita")

    with pytest.raises(Problem) as caught:
        await limits.check_recovery(at("10.0.0.2"), "rita")
    assert caught.value.status == 429


async def test_new_accounts_from_one_address_have_an_end(limits: Limits) -> None:
    with pytest.raises(Problem):
        for _ in range(100):
            await limits.check_signup(at("10.0.0.1"))


async def test_turned_off_everything_goes_through(little_base: Base) -> None:
    assert await tries(Limits(little_base, on=False), "rita", "10.0.0.1", 500) == 500


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
