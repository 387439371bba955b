"""What admins tell each other of where they are: volatile, theirs only, seldom, and forgotten with the socket."""

import asyncio
import time

import pytest

from tests.people import Crew, Person, until
from tests.wire import Wire


async def test_admins_hear_which_ticket_another_is_at_until_the_socket_closes(crew: Crew, rita: Person) -> None:
    one, other = (
        await Wire(crew.admin.url, crew.admin.cookie).open(),
        await Wire(crew.admin.url, crew.admin.cookie).open(),
    )
    phone = await Wire(rita.url, rita.cookie).open()
    por = {"id": crew.admin.id, "nombre": crew.admin.me["nombre"]}

    assert await one.call("mirando", {"ticket_id": 7, "mueve": True}) == [{"ok": True}]
    assert await until(lambda: other.events("mirando"))
    await one.close()

    assert await until(lambda: len(other.events("mirando")) == 2)
    assert other.events("mirando") == [
        {"por": por, "ticket_id": 7, "mueve": True},
        {"por": por, "ticket_id": None, "mueve": False},
    ]
    assert phone.events("mirando") == []
    await other.close()
    await phone.close()


async def test_a_second_tab_that_is_at_no_ticket_does_not_take_the_first_ones_away(crew: Crew) -> None:
    one, also, other = [await Wire(crew.admin.url, crew.admin.cookie).open() for _ in range(3)]

    assert await one.call("mirando", {"ticket_id": 7, "mueve": False}) == [{"ok": True}]
    assert await also.call("mirando", {"ticket_id": None, "mueve": False}) == [{"ok": True}]
    assert await one.call("mirando", {"ticket_id": None, "mueve": False}) == [{"ok": True}]

    assert await until(lambda: [e["ticket_id"] for e in other.events("mirando")] == [7, None])
    await asyncio.gather(one.close(), also.close(), other.close())


async def test_a_flood_is_heard_five_times_a_second_and_its_end_always(crew: Crew) -> None:
    one, other = (
        await Wire(crew.admin.url, crew.admin.cookie).open(),
        await Wire(crew.admin.url, crew.admin.cookie).open(),
    )

    began = time.monotonic()
    for ticket in range(1, 41):
        await one.emit("mirando", {"ticket_id": ticket, "mueve": False})
    assert await until(lambda: [e["ticket_id"] for e in other.events("mirando")][-1:] == [40])

    assert len(other.events("mirando")) <= 5 * (time.monotonic() - began) + 2
    await asyncio.gather(one.close(), other.close())


@pytest.mark.parametrize(
    "nonsense", [None, [], {"ticket_id": "7", "mueve": True}, {"ticket_id": 7}, {"ticket_id": -1, "mueve": True}]
)
async def test_nonsense_and_a_phone_are_told_to_nobody(crew: Crew, rita: Person, nonsense: object) -> None:
    board, other = (
        await Wire(crew.admin.url, crew.admin.cookie).open(),
        await Wire(crew.admin.url, crew.admin.cookie).open(),
    )
    phone = await Wire(rita.url, rita.cookie).open()

    assert await board.call("mirando", nonsense) == [{"ok": False, "codigo": "datos_invalidos"}]
    assert await phone.call("mirando", {"ticket_id": 7, "mueve": True}) == [{"ok": False, "codigo": "prohibido"}]

    # What is told goes out in order: with the next word of a colleague, whatever these said would be there.
    assert await board.call("mirando", {"ticket_id": 99, "mueve": True}) == [{"ok": True}]
    assert await until(lambda: any(event["ticket_id"] == 99 for event in other.events("mirando")))
    assert [event for event in other.events("mirando") if event["ticket_id"] not in (None, 99)] == []
    await asyncio.gather(board.close(), other.close(), phone.close())
