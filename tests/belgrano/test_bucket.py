"""The token bucket: so many at once, so many a second after that."""

import random

import pytest

from belgrano import bucket
from belgrano.bucket import Bucket


class Clock:
    """A monotonic clock that stands until it is moved on."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(bucket, "monotonic", clock)
    return clock


def test_so_many_pass_at_once_and_then_so_many_a_second(clock: Clock) -> None:
    shop = Bucket(100, 200)

    assert [shop.take() for _ in range(201)] == [True] * 200 + [False]
    clock.now += 0.5
    assert (shop.left(), sum(shop.take() for _ in range(100))) == (50, 50)
    clock.now += 3_600
    assert (shop.left(), sum(shop.take() for _ in range(300))) == (200, 200)


def test_it_may_begin_with_less_than_it_holds(clock: Clock) -> None:
    relay = Bucket(80, 40, begins_with=4)

    assert relay.left() == 4
    clock.now += 0.1
    assert relay.left() == 12


def test_who_is_turned_away_pays_nothing(clock: Clock) -> None:
    socket = Bucket(1, 1)
    assert socket.take()
    for _ in range(50):
        assert not socket.take()
    clock.now += 1
    assert socket.take()


@pytest.mark.parametrize("seed", range(20))
def test_over_any_time_no_more_than_the_burst_and_the_rate(clock: Clock, seed: int) -> None:
    rng = random.Random(seed)
    rate, at_once = rng.randint(1, 120), rng.randint(1, 300)
    door, began, passed = Bucket(rate, at_once), clock.now, 0
    for _ in range(2_000):
        clock.now += rng.expovariate(2 * rate)
        left = door.left()
        came = door.take()
        passed += came
        assert came == (left >= 1)
        assert passed <= at_once + (clock.now - began) * rate + 0.01
    assert passed >= min(2_000, at_once + int((clock.now - began) * rate * 0.5)) * 0.5
