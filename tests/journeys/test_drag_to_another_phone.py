"""An admin drags a ticket to somebody else: it leaves one phone, appears on the other, and can be put back."""

import asyncio

from tests.people import Crew, body, get_ticket, move, new_clave, until
from tests.phone import Board, Phone, unlike_contract


async def test_a_dragged_ticket_changes_phones_and_comes_back(crew: Crew) -> None:
    first, second = [await Phone(r).connect() for r in crew.repartidores]
    board = await Board(crew.admin).connect()
    tickets = [await crew.shop.post_ticket(repartidor_id=first.person.id) for _ in range(3)]
    dragged, follower = tickets[1]["ticket_id"], tickets[2]["ticket_id"]
    ticket = await first.knows(dragged)
    assert ticket
    clave = new_clave()

    answer = await move(crew.admin, [ticket], second.person.id, clave=clave)

    assert answer.status_code == 200, answer.text
    assert await first.lost(dragged)
    arrived = await second.knows(dragged)
    assert arrived
    assert arrived["version"] == body(answer)["resultados"][0]["version"]
    assert await until(lambda: board.tickets[dragged]["repartidor_id"] == second.person.id)
    gone = first.applied[-1]
    assert (gone["tipo"], unlike_contract(gone)) == ("ticket.retirado", "")
    assert board.story(dragged) == ["ticket.creado", "ticket.movido"]

    undone = await crew.admin.post(f"/api/mudanzas/{clave}/deshacer")
    assert undone.status_code == 200, undone.text
    assert await second.lost(dragged)
    assert await first.knows(dragged)
    order = [t["id"] for t in first.open_tickets()]
    assert order.index(dragged) == order.index(follower) - 1, "not in its old place"
    assert body(await crew.admin.post(f"/api/mudanzas/{clave}/deshacer")) == body(undone)
    for listener in (first, second, board):
        await listener.end()


async def test_of_two_admins_one_wins_and_the_other_sees_who(crew: Crew) -> None:
    other = await crew.hire("usuarios", "otra-jefa@belgrano.test", "Otra Jefa", crew.admins)
    first, second = crew.repartidores
    made = await crew.shop.post_ticket()
    ticket = await get_ticket(crew.admin, made["ticket_id"])

    answers = await asyncio.gather(move(crew.admin, [ticket], first.id), move(other, [ticket], second.id))

    assert sorted(a.status_code for a in answers) == [200, 409]
    loser = next(a for a in answers if a.status_code == 409)
    winner = crew.admin if answers[0].status_code == 200 else other
    result = body(loser)["resultados"][0]
    assert result["codigo"] == "version_vieja"
    assert result["por"] == {"id": winner.id, "nombre": winner.me["nombre"]}
    now = await get_ticket(crew.admin, ticket["id"])
    assert now["repartidor_id"] == (first.id if winner is crew.admin else second.id)
