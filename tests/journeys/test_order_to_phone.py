"""An order placed in the shop is on the repartidor's phone, and the customer sees it arrive."""

import time

from tests.people import Crew, Customer, act, body, get_ticket, until
from tests.phone import Board, Phone, unlike_contract


async def test_an_order_is_on_one_phone_and_its_delivery_back_in_the_shop(crew: Crew, customer: Customer) -> None:
    phones = [await Phone(r).connect() for r in crew.repartidores]
    board = await Board(crew.admin).connect()

    began = time.perf_counter()
    answer = await customer.buy(cantidad=3)
    assert answer.status_code == 201, answer.text
    pedido = body(answer)
    await until(lambda: any(p.tickets for p in phones))
    took = time.perf_counter() - began

    holder = next(p for p in phones if p.tickets)
    (ticket,) = holder.tickets.values()
    assert [len(p.tickets) for p in phones].count(0) == 1, "somebody else has it too"
    assert ticket["numero"] == pedido["numero"]
    assert ticket["total"] == pedido["total"]
    assert ticket["estado"] == "asignado"
    assert took < 4.5, f"{took:.2f} s"
    assert (await board.knows(ticket["id"]))["repartidor_id"] == holder.person.id  # type: ignore[index]
    assert board.story(ticket["id"]) == ["ticket.creado"]
    assert [unlike_contract(n) for n in (*holder.applied, *board.applied)] == ["", ""]

    await holder.confirm()
    await holder.wire.call("visto", {"ticket_id": ticket["id"]})  # type: ignore[union-attr]
    seen = await get_ticket(crew.admin, ticket["id"])
    assert seen["recibido_en"]
    assert seen["visto_en"]
    for accion in ("iniciar", "entregar"):
        answer = await act(holder.person, ticket["id"], accion, cobrado=float(ticket["total"]))
        assert answer.status_code == 200, answer.text

    async def delivered() -> bool:
        entrega = (await customer.ok("GET", f"/api/pedidos/{pedido['numero']}"))["entrega"]
        return bool(entrega["estado"] == "entregado" and entrega["repartidor_nombre"] == holder.person.me["nombre"])

    assert await until(delivered), "the shop does not know that it was delivered"
    assert await until(lambda: board.story(ticket["id"])[-1] == "ticket.entregado")
    assert board.story(ticket["id"]) == ["ticket.creado", "ticket.en_camino", "ticket.entregado"]
    assert await until(lambda: not holder.tickets)
    assert holder.story(ticket["id"]) == ["ticket.asignado", "ticket.en_camino", "ticket.entregado"]
    assert not phones[1 - phones.index(holder)].applied
    for listener in (*phones, board):
        await listener.end()
