"""The shop forgets a customer, over HTTP: board, search, sheets and the customer's own link give nobody back."""

from typing import Any

from tests.people import Crew, Person, act, body, get_ticket, ticket_data
from tests.servers import Servers
from tests.ticketera.routes.asserts import refused
from ticketera.domain.seguimiento import token_de

PLACE = "/api/tickets/olvidos"


async def closed(crew: Crew) -> Any:
    who = {"cliente_nombre": "Ana Quintrel", "cliente_direccion": "Quintrel 432", "cliente_telefono": "11 9876-5432"}
    made = body(await crew.shop.post("/api/tickets", ticket_data(**who)))
    assert (await act(crew.admin, made["ticket_id"], "cancelar", motivo="Quintrel")).is_success
    return made


async def test_who_is_forgotten_is_found_nowhere_any_more(town: Servers, crew: Crew) -> None:
    made = await closed(crew)
    numero, ticket_id = made["numero"], made["ticket_id"]
    link = f"/seguir/{numero}/{token_de(town.webhook_secret, numero)}"
    assert (await crew.shop.get(link)).status_code == 200

    first, again = [await crew.shop.post(PLACE, {"numero": f" {numero} "}) for _ in range(2)]

    told = {"exito": True, "numero": numero, "olvidado": True}
    assert [(each.status_code, body(each)) for each in (first, again)] == [(200, told)] * 2
    pages = [f"/tickets/{ticket_id}", "/historial", f"/historial?q={numero}", "/historial.csv", "/informes", "/tablero"]
    reads = [f"/api/tickets/{ticket_id}", "/api/tickets", "/api/tablero", "/api/novedades?desde=0"]
    for place in pages + reads:
        seen = await crew.admin.get(place)
        assert seen.status_code == 200, place
        assert "Quintrel" not in seen.text and "9876" not in seen.text, place
    assert (await crew.admin.ok("GET", "/api/tickets", q="quintrel"))["tickets"] == []
    assert (await get_ticket(crew.admin, ticket_id))["historial"][-1]["que"] == "olvidado"
    assert (await crew.shop.get(link)).status_code == 404


async def test_an_open_order_and_one_that_nobody_sent_are_said(crew: Crew) -> None:
    made = body(await crew.shop.post("/api/tickets", ticket_data()))

    waits = await crew.shop.post(PLACE, {"numero": made["numero"]})
    nobody = await crew.shop.post(PLACE, {"numero": "PED-DE-NADIE"})

    assert (body(waits)["olvidado"], body(nobody)["olvidado"]) == (False, True)
    assert (await get_ticket(crew.admin, made["ticket_id"]))["version"] == 1


async def test_it_takes_the_key_and_a_numero(crew: Crew, rita: Person) -> None:
    made = await closed(crew)

    for wrong in ({}, {"numero": ""}, {"numero": 5}, {"numero": "N" * 51}):
        refused(await crew.shop.post(PLACE, wrong), 400, campos=["numero"])
    for person in (crew.admin, rita):
        refused(await person.post(PLACE, {"numero": made["numero"]}), 401, "clave_invalida")
    assert (await get_ticket(crew.admin, made["ticket_id"]))["cliente_nombre"] == "Ana Quintrel"
