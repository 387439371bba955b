"""The same thing sent many times at once, or by two people at once, happens once."""

import asyncio
from collections import Counter

from tests.people import Crew, act, body, every_ticket, get_ticket, move, new_clave, ticket_data, until
from tests.phone import Board, Phone
from tests.servers import Servers

RACES = 200


async def test_forty_equal_posts_at_once_make_one_ticket(crew: Crew) -> None:
    data = ticket_data()

    answers = await asyncio.gather(*(crew.shop.post("/api/tickets", data) for _ in range(40)))

    assert Counter(a.status_code for a in answers) == {201: 1, 200: 39}
    assert len({body(a)["ticket_id"] for a in answers}) == 1
    assert all(body(a)["idempotent"] is True for a in answers if a.status_code == 200)
    assert [t["numero"] for t in await every_ticket(crew.admin)] == [data["numero"]]


async def test_a_repeat_after_a_kill_is_still_a_repeat_and_other_content_is_refused(town: Servers, crew: Crew) -> None:
    data = ticket_data(total=10.01)
    first = body(await crew.shop.post("/api/tickets", data))
    await asyncio.to_thread(town.ticketera.kill)
    await asyncio.to_thread(town.ticketera.start)

    again = await crew.shop.post("/api/tickets", {**data, "estado": "pendiente", "prioridad": "normal"})
    other = await crew.shop.post("/api/tickets", {**data, "total": 10.02})

    assert (again.status_code, body(again)["ticket_id"]) == (200, first["ticket_id"])
    assert (other.status_code, body(other)["codigo"]) == (409, "numero_en_conflicto")
    assert str((await get_ticket(crew.admin, first["ticket_id"]))["total"]) == "10.01"


async def test_forty_equal_acts_and_moves_at_once_happen_once(crew: Crew) -> None:
    holder, other = crew.repartidores
    made = await crew.shop.post_ticket(repartidor_id=holder.id)
    key = new_clave()

    acts = await asyncio.gather(*(act(holder, made["ticket_id"], "iniciar", key) for _ in range(40)))
    ticket = await get_ticket(crew.admin, made["ticket_id"])
    moves = await asyncio.gather(*(move(crew.admin, [ticket], other.id, clave=key) for _ in range(40)))

    assert {(a.status_code, a.text) for a in acts} == {(200, acts[0].text)}
    assert {(a.status_code, a.text) for a in moves} == {(200, moves[0].text)}
    history = (await get_ticket(crew.admin, made["ticket_id"]))["historial"]
    assert len(history) == 3, history


async def test_of_two_admins_on_one_card_one_wins_two_hundred_times(crew: Crew) -> None:
    other = await crew.hire("usuarios", "otra-jefa@belgrano.test", "Otra Jefa", crew.admins)
    holders = crew.repartidores
    phones = [await Phone(r).connect() for r in holders]
    board = await Board(crew.admin).connect()
    tickets = [await crew.shop.post_ticket() for _ in range(20)]

    async def race(ticket_id: int, n: int) -> str:
        ticket = await get_ticket(crew.admin, ticket_id)
        # Each to the other column than it is in, in front of nobody; the order of the two alternates.
        to = next(h.id for h in holders if h.id != ticket["repartidor_id"])
        two = [move(crew.admin, [ticket], to), move(other, [ticket], None if n % 3 == 0 else to)]
        answers = await asyncio.gather(*(two if n % 2 else reversed(two)))
        winner, loser = sorted(answers, key=lambda a: a.status_code)
        assert (winner.status_code, loser.status_code) == (200, 409)
        result = body(loser)["resultados"][0]
        assert result["codigo"] == "version_vieja"
        assert result["ticket"]["version"] == body(winner)["resultados"][0]["version"]
        return str(result["por"]["nombre"])

    async def lane(ticket_id: int) -> list[str]:
        return [await race(ticket_id, n) for n in range(RACES // len(tickets))]

    winners = Counter(
        name for names in await asyncio.gather(*(lane(t["ticket_id"]) for t in tickets)) for name in names
    )

    assert sum(winners.values()) == RACES
    assert set(winners) <= {"Jefa Uno", "Otra Jefa"}
    await until(lambda: all(len(board.story(t["ticket_id"])) == 1 + RACES // len(tickets) for t in tickets))
    held = {t["id"]: t["repartidor_id"] for t in await every_ticket(crew.admin)}
    assert await until(
        lambda: all(set(p.tickets) == {i for i, holder in held.items() if holder == p.person.id} for p in phones)
    ), "a ticket is on two phones, or on the wrong one"
    assert [listener.faults for listener in (*phones, board)] == [[], [], []]
    for listener in (*phones, board):
        await listener.end()
