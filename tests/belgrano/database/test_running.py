"""The running time only grows, by what went by: not by a clock that is set, nor faster for being counted by several."""

import time

import pytest

from belgrano.accounts.sessions import hash_token, open_session, touch_sessions
from belgrano.database import running
from belgrano.database.base import Base
from belgrano.database.running import Running, advance, long_ago, select_running
from belgrano.database.work import Work
from tests.belgrano.little import HOUR, make_sessions

RIDER, DAY = 2, 24 * HOUR


async def at(work: Work, ms: int, act, *args):  # type: ignore[no-untyped-def]
    """An act while the wall clock says another time."""
    work.ahora += ms
    return await act(work, *args)


async def test_what_goes_by_is_counted_once_however_many_count(people: Base) -> None:
    began = await people.do(advance, None, True)

    for here in (began + 1000, began + 900, began + 2000):
        await people.do(advance, here, True)

    assert await people.read(select_running) == began + 2000


@pytest.mark.parametrize("days", [1, -1, 4000, -4000])
async def test_a_clock_that_is_set_counts_for_nothing_nor_after_a_restart(people: Base, days: int) -> None:
    began = await people.do(advance, None, True)

    jumped = await people.do(at, days * DAY, advance, began + 1000, True)
    again = await people.do(at, days * DAY + 500, advance, None, True)

    assert jumped == began + 1000
    assert jumped <= again < jumped + 60_000
    put_right = await people.do(advance, None, True)
    assert put_right >= again


async def test_the_hours_in_which_nothing_ran_count(people: Base) -> None:
    began = await people.do(advance, None, True)

    later = await people.do(at, 15 * HOUR, advance, None, True)

    assert 15 * HOUR <= later - began < 15 * HOUR + 60_000


async def test_a_server_counts_a_pause_by_its_own_clock_whatever_a_hosts_clock_says(people: Base) -> None:
    if people.alone:
        pytest.skip("a database on this host has this host's clock")
    began = await people.do(advance, None, False)

    later = await people.do(at, 15 * HOUR, advance, None, False)

    assert later - began < 60_000


async def test_a_session_is_idle_by_the_running_time(people: Base) -> None:
    sessions = make_sessions(None, people)
    token = await people.do(open_session, RIDER)
    began = await people.do(advance, None, True)

    for days in (1, -1):
        await people.do(at, days * DAY, advance, began + 1000, True)
        await people.do(at, days * DAY, touch_sessions, [hash_token(token)])
        assert await sessions._find(token) is not None

    await people.do(advance, began + 15 * HOUR, True)
    assert await sessions._find(token) is None


async def test_nothing_is_forgotten_too_soon(people: Base) -> None:
    began = await people.do(advance, None, True)

    assert await people.do(at, 400 * DAY, long_ago, DAY) == began - DAY
    assert await people.do(at, -400 * DAY, long_ago, DAY) < began - 400 * DAY


async def test_a_jump_is_written_down_at_once(people: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "TICK_S", 0.01)
    counting = Running(people)
    await counting.start()
    began = await people.read(select_running)
    real = time.time
    monkeypatch.setattr("belgrano.database.running.time.time", lambda: real() + 86_400)
    beats = []

    async def keep(act, *args):  # type: ignore[no-untyped-def]
        beats.append(args)
        raise KeyboardInterrupt

    monkeypatch.setattr(people, "do", keep)
    with pytest.raises(KeyboardInterrupt):
        await counting.run()

    assert began <= beats[0][0] < began + 60_000
