"""Offers, suggestions and route orders over HTTP and the socket."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from belgrano.words.times import DIA, HORA, iso
from tests.people import Crew, Json, Person, body, get_ticket, move, new_clave, set_turno, until
from tests.phone import Phone
from tests.ticketera.routes.asserts import refused


@pytest.fixture
async def oferta(crew: Crew, rita: Person, raul: Person) -> AsyncIterator[tuple[Person, Person]]:
    """The mode `oferta`, with two in turno."""
    await crew.admin.ok("PATCH", "/api/configuracion", {"modo_asignacion": "oferta"})
    await asyncio.gather(set_turno(rita), set_turno(raul))
    yield rita, raul
    await asyncio.gather(set_turno(rita, False), set_turno(raul, False))
    await crew.admin.ok("PATCH", "/api/configuracion", {"modo_asignacion": "automatico"})


async def ofertas(person: Person) -> list[Json]:
    return list((await person.ok("GET", "/api/ofertas"))["ofertas"])


async def test_phones_are_told_to_pull_one_takes_and_the_other_reads_who(
    crew: Crew, oferta: tuple[Person, Person]
) -> None:
    rita, raul = oferta
    phones = [await Phone(each).connect() for each in oferta]
    wires = [phone.wire for phone in phones if phone.wire]
    made = await crew.shop.post_ticket(cliente_barrio="Núñez", prioridad="urgente")
    ticket_id = made["ticket_id"]
    assert await until(lambda: all(wire.events("ofertas") for wire in wires))

    (seen,) = [o for o in await ofertas(rita) if o["ticket_id"] == ticket_id]
    answer = await rita.post(f"/api/ofertas/{ticket_id}/tomar", {"accion_id": "una"})
    again = await rita.post(f"/api/ofertas/{ticket_id}/tomar", {"accion_id": "una"})
    lost = await raul.post(f"/api/ofertas/{ticket_id}/tomar", {"accion_id": "una"})

    assert {**seen, "numero": ""} == {
        "ticket_id": ticket_id, "numero": "", "barrio": "Núñez", "direccion": "Av. Belgrano 1234, piso 3",
        "franja": None, "total": 1900, "metodo_pago": "efectivo", "pagado": None, "bultos": 2,
    }  # fmt: skip
    assert answer.status_code == 200
    assert body(answer)["repartidor_id"] == rita.id
    assert body(again) == body(answer)
    assert refused(lost, 409, "ya_tomado")["detail"] == "Ya lo tomó Rita"
    assert await phones[0].knows(ticket_id)
    assert await until(lambda: len(wires[1].events("ofertas")) == 2), "the other phone hears that it went"
    left = await raul.ok("GET", "/api/ofertas")
    assert ticket_id not in [o["ticket_id"] for o in left["ofertas"]]
    assert left["tomadas"] == [{"ticket_id": ticket_id, "por": "Rita"}]
    assert (await rita.ok("GET", "/api/ofertas"))["tomadas"] == []
    for phone in phones:
        await phone.end()


@pytest.mark.parametrize("number", [0, 10**9, 2**63])
async def test_what_is_no_offer_is_a_404(oferta: tuple[Person, Person], number: int) -> None:
    refused(await oferta[0].post(f"/api/ofertas/{number}/tomar", {"accion_id": new_clave()}), 404, "no_existe")


@pytest.mark.parametrize("data", [{}, {"accion_id": ""}, {"accion_id": 5}, {"accion_id": "ñ"}, {"accion_id": "a" * 65}])
async def test_a_claim_without_its_name_says_so(rita: Person, data: Json) -> None:
    refused(await rita.post("/api/ofertas/1/tomar", data), 400, campos=["accion_id"])


async def test_why_tickets_wait_and_who_is_best_for_one(crew: Crew, rita: Person, raul: Person) -> None:
    barrio = f"Núñez {raul.id}"  # what waits from other tests is nobody's in the mode `fijo`
    await crew.admin.ok("PATCH", "/api/configuracion", {"modo_asignacion": "fijo"})
    await asyncio.gather(set_turno(rita), set_turno(raul))
    await crew.admin.ok("PATCH", f"/api/repartidores/{raul.id}", {"zona": f"Palermo, {barrio}"})
    ticket_id = (await crew.shop.post_ticket(repartidor_id=rita.id, cliente_barrio=barrio))["ticket_id"]
    await move(crew.admin, [await get_ticket(crew.admin, ticket_id)], None)

    async def of_all() -> Json:
        told = await crew.admin.ok("GET", "/api/sugerencias")
        (mine,) = [each for each in told["tickets"] if each["ticket_id"] == ticket_id]
        return {"modo": told["modo"], **mine}

    waits = await of_all()
    await crew.admin.ok("PATCH", "/api/configuracion", {"modo_asignacion": "sugerido"})
    suggested = await of_all()
    one = await crew.admin.ok("GET", f"/api/tickets/{ticket_id}/sugerencias")
    await asyncio.gather(set_turno(rita, False), set_turno(raul, False))
    await crew.admin.ok("PATCH", "/api/configuracion", {"modo_asignacion": "automatico"})

    assert (waits["modo"], waits["sugerencias"]) == ("fijo", [])
    assert waits["espera"].startswith("Lo dejó Jefa Uno en Sin asignar: se reparte a las ")
    assert suggested["sugerencias"] == [one["sugerencias"][0]]
    best = one["sugerencias"][0]
    assert (best["repartidor_id"], best["puede"], best["motivo"]) == (raul.id, True, f"0 de 10 · reparte en {barrio}")
    assert one["espera"] == suggested["espera"] == "Espera que alguien lo asigne"
    refused(await crew.admin.get("/api/tickets/999999/sugerencias"), 404)


async def test_a_better_order_is_proposed_and_nothing_moves(crew: Crew, rita: Person) -> None:
    ids = []
    for lat in (-34.60, -34.64, -34.61, None):
        where = {} if lat is None else {"cliente_lat": lat, "cliente_lng": -58.4}
        ids.append((await crew.shop.post_ticket(repartidor_id=rita.id, **where))["ticket_id"])

    orden = await crew.admin.ok("GET", f"/api/repartidores/{rita.id}/orden", criterio="cercania")

    order = [t["id"] for t in orden["tickets"]]
    assert order in ([ids[0], ids[2], ids[1], ids[3]], [ids[1], ids[2], ids[0], ids[3]])
    assert orden["sin_lugar"] == [ids[3]]
    assert orden["metros_despues"] < orden["metros_antes"]
    assert [t["id"] for t in (await rita.ok("GET", "/api/mis-tickets"))["tickets"]] == ids

    applied = await move(crew.admin, orden["tickets"], rita.id)
    assert applied.status_code == 200
    assert [t["id"] for t in (await rita.ok("GET", "/api/mis-tickets"))["tickets"]] == order
    await crew.admin.ok("POST", f"/api/mudanzas/{body(applied)['clave']}/deshacer", {})
    assert [t["id"] for t in (await rita.ok("GET", "/api/mis-tickets"))["tickets"]] == ids

    refused(await crew.admin.get(f"/api/repartidores/{rita.id}/orden", criterio="azar"), 400, campos=["criterio"])
    refused(await crew.admin.get("/api/repartidores/999999/orden", criterio="franja"), 404)


@pytest.fixture
async def sin_tope(crew: Crew) -> AsyncIterator[None]:
    """Nobody is full, whatever other tests have left waiting in this town."""
    await crew.admin.ok("PATCH", "/api/configuracion", {"max_tickets_por_repartidor": 10_000})
    yield
    await crew.admin.ok("PATCH", "/api/configuracion", {"max_tickets_por_repartidor": 10})


@pytest.mark.usefixtures("sin_tope")
async def test_an_order_for_another_day_waits_says_so_and_a_person_may_give_it(crew: Crew, rita: Person) -> None:
    cap = "max_tickets_por_repartidor"
    before = (await crew.admin.ok("GET", "/api/configuracion"))[cap]
    await crew.admin.ok("PATCH", "/api/configuracion", {cap: 1_000_000})  # of what else waits here she is given all
    await set_turno(rita)
    jueves = iso(now() + 3 * DIA)
    made = await crew.shop.post_ticket(franja_desde=jueves, franja_hasta=iso(now() + 3 * DIA + 2 * HORA))
    alone = await crew.shop.post_ticket(franja_desde=jueves)
    assert [(t["estado"], t["repartidor_asignado"]) for t in (made, alone)] == [("pendiente", None)] * 2

    esperas = {t["ticket_id"]: t for t in (await crew.admin.ok("GET", "/api/sugerencias"))["tickets"]}
    assert esperas[made["ticket_id"]]["espera"].startswith("Es para el ")
    who = await crew.admin.ok("GET", f"/api/tickets/{made['ticket_id']}/sugerencias")
    assert rita.id in [s["repartidor_id"] for s in who["sugerencias"]]
    assert body(await move(crew.admin, [{**made, "id": made["ticket_id"]}], rita.id))["resultados"][0]["ok"]
    assert (await get_ticket(crew.admin, made["ticket_id"]))["repartidor_id"] == rita.id

    # It is for now after all: given within 5 s, by itself.
    change = {"version": 1, "franja_desde": iso(now()), "franja_hasta": iso(now() + HORA)}
    await crew.admin.ok("PATCH", f"/api/tickets/{alone['ticket_id']}", change)

    async def given() -> bool:
        return (await get_ticket(crew.admin, alone["ticket_id"]))["repartidor_id"] is not None

    assert await until(given)
    await set_turno(rita, False)
    await crew.admin.ok("PATCH", "/api/configuracion", {cap: before})


async def test_in_sugerido_nobody_is_proposed_before_it_is_due(crew: Crew, rita: Person) -> None:
    await crew.admin.ok("PATCH", "/api/configuracion", {"modo_asignacion": "sugerido"})
    await set_turno(rita)
    later = await crew.shop.post_ticket(franja_desde=iso(now() + DIA), franja_hasta=iso(now() + DIA + HORA))
    due = await crew.shop.post_ticket()

    esperas = {t["ticket_id"]: t for t in (await crew.admin.ok("GET", "/api/sugerencias"))["tickets"]}

    assert (len(esperas[due["ticket_id"]]["sugerencias"]), esperas[later["ticket_id"]]["sugerencias"]) == (1, [])
    assert "se propone desde" in esperas[later["ticket_id"]]["espera"]
    await set_turno(rita, False)
    await crew.admin.ok("PATCH", "/api/configuracion", {"modo_asignacion": "automatico"})


def now() -> int:
    return time.time_ns() // 1_000_000
