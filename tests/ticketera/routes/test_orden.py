"""A repartidor's own order of the route, and what a phone says that it may do."""

import asyncio

import httpx

from tests.people import Crew, Person, body, get_ticket, new_clave
from tests.phone import Board
from tests.ticketera.routes.asserts import refused
from tests.ticketera.routes.test_mudanzas import order_of, tickets_of


async def put(person: Person, ticket: int, before: int | None, clave: str | None = None) -> httpx.Response:
    return await person.post("/api/mi-orden", {"clave": clave or new_clave(), "ticket_id": ticket, "antes_de": before})


async def test_one_puts_ones_own_route_in_order_and_the_board_sees_a_move(crew: Crew, rita: Person) -> None:
    await crew.admin.ok("PATCH", "/api/configuracion", {"orden_propio": True})
    a, b, c = (t["id"] for t in await tickets_of(crew, rita, 3))
    board = await Board(crew.admin).stay_connected()
    clave = new_clave()

    first, again = await asyncio.gather(*(put(rita, c, a, clave) for _ in range(2)))

    assert first.status_code == again.status_code == 200
    assert body(first) == body(again)
    assert await order_of(rita) == [c, a, b]
    refused(await put(rita, b, a, clave), 422, "clave_con_otro_contenido")
    assert body(await put(rita, c, 999_999))["ancla_perdida"]
    assert await order_of(rita) == [a, b, c]
    known = await board.knows(c)
    assert known is not None
    assert board.story(c) == ["ticket.movido", "ticket.movido"]
    await board.end()


async def test_nobody_orders_what_is_not_theirs_nor_where_the_setting_is_off(
    crew: Crew, rita: Person, raul: Person
) -> None:
    (mine,) = await tickets_of(crew, rita, 1)
    (other,) = await tickets_of(crew, raul, 1)
    await crew.admin.ok("PATCH", "/api/configuracion", {"orden_propio": False})
    refused(await put(rita, mine["id"], None), 403, "rol_no_permitido")

    await crew.admin.ok("PATCH", "/api/configuracion", {"orden_propio": True})

    refused(await put(rita, other["id"], None), 404)
    refused(await put(rita, 999_999, None), 404)
    refused(await put(rita, mine["id"], mine["id"]), 400)
    # In front of somebody else's is in front of nothing: one learns nothing of it.
    assert body(await put(rita, mine["id"], other["id"]))["ancla_perdida"]
    assert (await get_ticket(crew.admin, other["id"]))["version"] == other["version"]
    await rita.ok("POST", f"/api/tickets/{mine['id']}/acciones", {"accion": "entregar", "accion_id": new_clave()})
    refused(await put(rita, mine["id"], None), 409, "cerrado")


async def test_a_phone_says_what_it_may_do_and_which_phone_it_is(crew: Crew, rita: Person) -> None:
    said = {
        "sonido": "si",
        "ubicacion": "bloqueado",
        "instalada": True,
        "version": "0a1b2c",
        "telefono": "uno",
        "problemas": 1,
    }

    await rita.ok("POST", "/api/permisos", said)

    assert await rita.ok("GET", "/api/permisos") == said
    (row,) = [r for r in (await crew.admin.ok("GET", "/api/repartidores"))["repartidores"] if r["id"] == rita.id]
    assert row["permisos"] == said
    for wrong in ({"sonido": True}, {"version": "x" * 41}, {"telefono": "a b"}, {"otro": 1}, {"problemas": -1}):
        refused(await rita.post("/api/permisos", wrong), 400)


async def test_a_page_gets_nothing_with_another_persons_session(rita: Person, raul: Person) -> None:
    """Two people took turns on one phone: the acts of the first never go out as the second's."""
    mine = await rita.client.get("/api/mis-tickets", headers={"X-Usuario": str(rita.id)})
    others = await rita.client.get("/api/mis-tickets", headers={"X-Usuario": str(raul.id)})

    assert mine.status_code == 200
    refused(others, 401, "otra_sesion")
