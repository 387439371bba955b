"""Incidents begin, last and end once for all processes of an app; lives say when it could work. Both databases."""

import asyncio
import os
import subprocess

import pytest

from belgrano.database import incidents
from belgrano.database.base import Base
from belgrano.database.incidents import begin_life, end_life, go_on, note, select_lives, turn, up_share
from belgrano.database.running import select_running_at
from belgrano.database.work import Work
from belgrano.outbox import alerts as queue
from belgrano.outbox.alerts import Message
from belgrano.words.times import HORA, MINUTO
from tests.belgrano.cosas import MIGRATIONS
from tests.conftest import MakeBase

DISCO = {"disco": "Queda libre el 4 %."}


@pytest.fixture
async def base(make_base: MakeBase) -> Base:
    return await make_base(MIGRATIONS)


async def later(work: Work, ms: int) -> None:
    """Let so much running time go by, as the processes count it, and so much of what is stored."""
    here = await select_running_at(work.con, work.ahora)
    await work.con.execute("UPDATE running SET ms = :ms, wall = :ahora", {"ms": here + ms, "ahora": work.ahora})
    await work.con.execute("UPDATE incidents SET desde = desde - :ms, hasta = hasta - :ms", {"ms": ms})
    await work.con.execute("UPDATE lives SET desde = desde - :ms, hasta = hasta - :ms", {"ms": ms})
    await work.con.execute("UPDATE alerts SET due_at = due_at - :ms, created_at = created_at - :ms", {"ms": ms})


async def test_a_cause_is_told_once_while_it_lasts_and_once_when_it_is_over(base: Base) -> None:
    turns = [await base.do(turn, DISCO) for _ in range(3)]
    await base.do(later, incidents.CALM_MS)
    turns += [await base.do(turn, {}) for _ in range(2)]

    assert [[each.incidente for each in one.begun] for one in turns] == [["disco"], [], [], [], []]
    assert [[each.incidente for each in one.over] for one in turns] == [[], [], [], ["disco"], []]
    assert [len(one.open) for one in turns] == [1, 1, 1, 0, 0]


async def test_of_two_processes_that_see_it_at_once_one_tells_and_it_is_over_when_neither_sees_it(base: Base) -> None:
    turns = await asyncio.gather(*(base.do(turn, DISCO) for _ in range(8)))
    await base.do(later, incidents.CALM_MS // 2)
    await base.do(turn, DISCO)  # one of them still sees it
    await base.do(later, incidents.CALM_MS // 2)
    other = await base.do(turn, {})

    assert sum(len(one.begun) for one in turns) == 1
    assert other.over == ()
    assert [each.incidente for each in other.open] == ["disco"]


async def test_a_cause_that_flaps_is_told_ever_more_rarely(base: Base) -> None:
    told = 0
    for _ in range(3 * 60):  # three hours, half a minute there and half a minute away
        told += len((await base.do(turn, DISCO)).begun)
        await base.do(later, 30_000)
        told += len((await base.do(turn, {})).over)
        await base.do(later, 30_000)

    assert 2 <= told <= 8


async def test_after_a_quiet_hour_it_is_over_as_soon_as_the_first_time(base: Base) -> None:
    for _ in range(3):
        await base.do(turn, DISCO)
        await base.do(later, incidents.MOST_CALM_MS)
        assert (await base.do(turn, {})).over
    await base.do(later, incidents.AGAIN_MS)

    await base.do(turn, DISCO)
    await base.do(later, incidents.CALM_MS)

    assert (await base.do(turn, {})).over


async def test_a_moment_is_told_at_once_has_no_end_and_the_next_ones_are_told_together(base: Base) -> None:
    for n in range(5):
        await base.do(note, "apartado", f"P-{n}: Ticketera lo rechazó (422).")
    first = await base.do(turn, {})
    await base.do(later, incidents.MOMENT_MS)
    second = await base.do(turn, {})
    await base.do(later, incidents.MOMENT_MS)
    third = await base.do(turn, {})

    assert len(first.begun) == 1 and first.open == ()
    assert [each.detalle for each in second.begun] == [
        "P-4: Ticketera lo rechazó (422). Van 4 más desde el último aviso."
    ]
    assert third.begun == () and first.over == second.over == third.over == ()


async def test_what_a_process_told_by_itself_is_over_once_and_not_told_again(base: Base) -> None:
    back = await base.do(turn, {}, 1_000)
    again = await base.do(turn, {})
    await base.do(later, incidents.CALM_MS)
    over = await base.do(turn, {})

    assert back.begun == again.begun == ()
    assert [(each.incidente, each.desde) for each in back.open] == [("sin_base", 1_000)]
    assert [each.incidente for each in over.over] == ["sin_base"]


async def test_a_life_that_ended_badly_is_a_restart_and_one_that_was_closed_is_none(base: Base) -> None:
    me, gone = os.getpid(), a_pid_that_nobody_has()
    first = await base.do(begin_life, "a", me, False)
    await base.do(end_life, first)
    await base.do(begin_life, "a", os.getppid(), False)
    await base.do(begin_life, "b", gone, False)  # of another machine, of whose processes nothing is known here
    await base.do(begin_life, "a", me, False)
    calm = await base.do(turn, {})
    await base.do(begin_life, "a", me, False)  # in a container each life has the same id
    again = await base.do(turn, {})

    assert calm.begun == ()
    assert [each.incidente for each in again.begun] == ["reinicio"]


async def test_a_process_that_is_gone_is_a_restart_and_where_all_are_former_lives_each_open_one_is(base: Base) -> None:
    await base.do(begin_life, "a", a_pid_that_nobody_has(), False)
    await base.do(begin_life, "a", os.getpid(), False)
    gone = await base.do(turn, {})
    await base.do(later, incidents.MOMENT_MS)
    await base.do(turn, {})
    await base.do(begin_life, "another name of this container", 1, True)
    alone = await base.do(turn, {})

    assert [each.incidente for each in gone.begun] == ["reinicio"]
    assert [each.incidente for each in alone.begun] == ["reinicio"]


def a_pid_that_nobody_has() -> int:
    with subprocess.Popen(["true"]) as ended:
        return ended.pid


async def test_time_in_which_the_process_stood_still_is_no_life(base: Base) -> None:
    who = ("a", os.getpid())
    life = await base.do(begin_life, *who, True)
    await base.do(later, 10_000)
    same = await base.do(go_on, life, *who)
    await base.do(later, HORA)
    other = await base.do(go_on, life, *who)
    await base.do(later, 10_000)
    await base.do(go_on, other, *who)

    first, lives = await base.read(select_lives, 0)

    assert same == life and other != life
    assert first == lives[0][0]
    assert [round((end - begin) / 1000) for begin, end in lives] == [10, 10]
    assert (await base.do(turn, {})).begun == (), "it was no restart"


def test_the_share_counts_lives_that_lie_over_one_another_once() -> None:
    assert up_share([], 0, 100) == 0
    assert up_share([(0, 40), (30, 50), (35, 45), (60, 90)], 0, 100) == pytest.approx(0.8)
    assert up_share([(-50, 10), (90, 500)], 0, 100) == pytest.approx(0.2)
    assert up_share([(0, 10)], 10, 10) == 1


async def test_an_end_waits_for_its_beginning_and_a_failed_try_for_its_time(base: Base) -> None:
    for key in ("comienzo", "fin", "fin"):
        await base.do(queue.insert_alert, "mail", Message(key, "{}"))

    first = await base.do(queue.claim_alert, "mail")
    nobody = await base.do(queue.claim_alert, "mail")
    assert first is not None
    await base.do(queue.postpone_alert, first)
    too_soon = await base.do(queue.claim_alert, "mail")
    await base.do(later, queue.FIRST_WAIT_MS)
    again = await base.do(queue.claim_alert, "mail")
    assert again is not None
    await base.do(queue.delete_alert, again.id)
    second = await base.do(queue.claim_alert, "mail")

    assert nobody is None and too_soon is None
    assert (again.message.key, again.attempts) == ("comienzo", 1)
    assert second is not None and second.message.key == "fin"
    assert await base.do(queue.claim_alert, "webhook") is None


def test_waits_grow_to_five_minutes() -> None:
    waits = [queue.wait_after(n) for n in range(2000)]

    assert waits[0] == 2_000 and waits == sorted(waits) and waits[-1] == 5 * MINUTO
