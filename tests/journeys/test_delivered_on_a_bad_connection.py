"""What a repartidor taps in the street is applied once, though answers are lost, and kept though the ticket moved."""

import httpx
import pytest

from tests.line import Line
from tests.people import Crew, Person, act, body, get_ticket, move, new_clave, until
from tests.phone import Phone
from tests.servers import Servers


async def behind(line: Line, repartidor: Person) -> Person:
    """The same repartidor, same session, over the bad line."""
    person = Person(line.url, timeout=30)
    person.client.headers["Origin"] = repartidor.url
    person.client.headers["Host"] = repartidor.url.removeprefix("http://")
    person.client.headers["Cookie"] = repartidor.cookie
    person.me = repartidor.me
    return person


async def test_a_delivery_whose_answer_was_lost_three_times_counts_once(town: Servers, crew: Crew) -> None:
    repartidor = crew.repartidores[0]
    made = await crew.shop.post_ticket(repartidor_id=repartidor.id)
    async with Line(town.ticketera.port) as line:
        street = await behind(line, repartidor)
        key = new_clave()

        line.lose_answers = True
        for _ in range(3):
            with pytest.raises(httpx.HTTPError):
                await act(street, made["ticket_id"], "entregar", key, cobrado=1900.0)
        line.lose_answers = False
        answer = await act(street, made["ticket_id"], "entregar", key, cobrado=1900.0)
        await street.close()

    assert line.lost_bytes, "no answer was lost: the line was not bad"
    assert answer.status_code == 200, answer.text
    assert body(answer)["estado"] == "entregado"
    history = (await get_ticket(crew.admin, made["ticket_id"]))["historial"]
    assert sum(h["que"] == "entregar" for h in history) == 1, history


async def test_a_delivery_of_a_ticket_that_moved_meanwhile_is_kept_for_the_admin(crew: Crew) -> None:
    first, second = crew.repartidores
    made = await crew.shop.post_ticket(repartidor_id=first.id)
    ticket = await get_ticket(crew.admin, made["ticket_id"])
    phone = await Phone(second).connect()
    assert (await move(crew.admin, [ticket], second.id)).status_code == 200
    assert await phone.knows(ticket["id"])
    key = new_clave()

    late = await act(first, ticket["id"], "entregar", key, ocurrido_en=ticket["asignado_en"])
    again = await act(first, ticket["id"], "entregar", key, ocurrido_en=ticket["asignado_en"])

    assert (late.status_code, body(late)["codigo"]) == (409, "ticket_ajeno")
    assert "ticket" not in body(late)
    assert body(again)["conflicto_id"] == body(late)["conflicto_id"]
    (conflicto,) = (await crew.admin.ok("GET", "/api/conflictos"))["conflictos"]
    assert conflicto["ticket_id"] == ticket["id"]
    await crew.admin.ok("POST", f"/api/conflictos/{conflicto['id']}", {"decision": "aceptar"})
    now = await get_ticket(crew.admin, ticket["id"])
    assert (now["estado"], now["repartidor_id"]) == ("entregado", first.id)
    assert await until(lambda: phone.story(ticket["id"])[-1:] == ["ticket.retirado"])
    await phone.end()
