"""The caja over HTTP: what a repartidor sees, what an admin closes, by JSON and by a form."""

import asyncio
import re
from decimal import Decimal
from typing import Any

import httpx

from tests.people import Crew, Person, act, body, new_clave
from tests.ticketera.routes.asserts import refused


async def delivers(crew: Crew, who: Person, cobrado: float, medio: str = "efectivo") -> int:
    ticket = (await crew.shop.post_ticket(repartidor_id=who.id))["ticket_id"]
    assert (await act(who, ticket, "entregar", cobrado=cobrado, medio=medio)).status_code == 200
    return int(ticket)


def asked(who: Person, esperado: Any, contado: Any = None, **more: Any) -> dict[str, Any]:
    counted = esperado if contado is None else contado
    return {"clave": new_clave(), "repartidor_id": who.id, "esperado": esperado, "contado": counted, **more}


async def send(crew: Crew, path: str, **fields: str) -> httpx.Response:
    return await crew.admin("POST", path, data=fields)


async def test_a_repartidor_sees_their_own_caja_to_the_centavo(crew: Crew, rita: Person, raul: Person) -> None:
    await crew.admin.ok("PATCH", f"/api/repartidores/{rita.id}", {"fondo": 500})
    cash = await delivers(crew, rita, 1900.35)
    await delivers(crew, rita, 10, "transferencia")
    await delivers(crew, raul, 777)

    told = await rita.ok("GET", "/api/caja")

    assert (told["fondo"], told["a_rendir"], told["rendido_hoy"]) == (500, Decimal("2400.35"), 0)
    line = told["cobrado"][0]
    assert (line["ticket_id"], line["monto"], line["medio"], len(line["en"])) == (
        cash, Decimal("1900.35"), "efectivo", 24,
    )  # fmt: skip
    assert told["por_medio"] == {"efectivo": Decimal("1900.35"), "transferencia": 10}
    refused(await crew.admin.get("/api/caja"), 403)


async def test_a_rendicion_closes_the_caja_and_a_repeat_is_answered_alike(crew: Crew, rita: Person) -> None:
    await delivers(crew, rita, 1900.35)
    data = asked(rita, 1900.35, 1900, nota="Faltan monedas")

    first, again = await crew.admin.post("/api/rendiciones", data), await crew.admin.post("/api/rendiciones", data)

    assert (first.status_code, again.status_code, first.text) == (200, 200, again.text)
    told = body(first)
    assert (told["esperado"], told["contado"], told["diferencia"]) == (Decimal("1900.35"), 1900, Decimal("-0.35"))
    assert told["por"]["id"] == crew.admin.id
    mine = await rita.ok("GET", "/api/caja")
    assert (mine["a_rendir"], mine["cobrado"], mine["rendido_hoy"]) == (0, [], 1900)
    refused(await crew.admin.post("/api/rendiciones", {**data, "contado": 1}), 422)
    refused(await rita.post("/api/rendiciones", data), 403)


async def test_another_figure_is_told_and_nothing_is_closed(crew: Crew, rita: Person) -> None:
    await delivers(crew, rita, 100)

    told = refused(await crew.admin.post("/api/rendiciones", asked(rita, 50)), 409, "caja_cambio")

    assert told["a_rendir"] == 100
    assert (await rita.ok("GET", "/api/caja"))["a_rendir"] == 100


async def test_of_admins_at_once_one_closes_it(crew: Crew, rita: Person) -> None:
    await delivers(crew, rita, 100)

    answers = await asyncio.gather(*(a.post("/api/rendiciones", asked(rita, 100)) for a in crew.admins * 2))

    assert sorted(a.status_code for a in answers) == [200, 409, 409, 409]


async def test_wrong_fields_of_a_rendicion_are_named(crew: Crew, rita: Person) -> None:
    await delivers(crew, rita, 100)
    good = asked(rita, 100)
    for wrong in (
        {"clave": ""}, {"clave": "x" * 65}, {"clave": 1}, {"repartidor_id": "1"}, {"repartidor_id": 0},
        {"esperado": "100"}, {"esperado": None}, {"contado": 1.005}, {"contado": 10**10}, {"nota": "x" * 501},
        {"contado": True}, {"contado": -1, "nota": "no"},
    ):  # fmt: skip
        refused(await crew.admin.post("/api/rendiciones", {**good, **wrong}), 400, campos=[next(iter(wrong))])
    refused(await crew.admin.post("/api/rendiciones", {**good, "contado": 99}), 400, campos=["nota"])
    refused(await crew.admin.post("/api/rendiciones", {**good, "repartidor_id": crew.admin.id}), 404)
    assert (await rita.ok("GET", "/api/caja"))["a_rendir"] == 100


async def test_the_page_counts_asks_for_a_word_and_closes_without_a_script(crew: Crew, rita: Person) -> None:
    place = f"/caja/{rita.id}"
    await delivers(crew, rita, 38200.5)
    overview, page = await crew.admin.get("/caja"), await crew.admin.get(place)
    assert rita.me["nombre"] in overview.text
    assert "38.200,50" in overview.text
    fields = dict(re.findall(r'name="(clave|esperado)" value="([^"]+)"', page.text))
    assert fields["esperado"] == "38200.50"

    asks = await send(crew, f"{place}/rendicion", **fields, contado="38.000,50", nota="")
    assert asks.status_code == 400
    assert "faltan $\u00a0200,00" in asks.text
    assert 'value="38.000,50"' in asks.text
    for wrong in ("", "mucho", "1,2,3,", "-1"):
        assert (await send(crew, f"{place}/rendicion", **fields, contado=wrong, nota="x")).status_code == 400
    done = [await send(crew, f"{place}/rendicion", **fields, contado="38.000,50", nota="Vuelto mal") for _ in range(2)]

    assert [(a.status_code, a.headers["location"]) for a in done] == [(303, f"{place}?dicho=rendida")] * 2
    after = (await crew.admin.get(place)).text
    for text in ("No cobró nada desde", "faltan $\u00a0200,00", "Vuelto mal", str(crew.admin.me["nombre"])):
        assert text in after
    stale = await send(crew, f"{place}/rendicion", clave=new_clave(), esperado="38200.50", contado="1", nota="x")
    assert stale.status_code == 409
    assert "La caja cambió" in stale.text
    assert 'name="esperado" value="0.00"' in stale.text
    assert (await crew.admin.get("/caja", antes="x' OR 1")).status_code == 200
    assert (await crew.admin.get("/caja/99999999")).status_code == 404


async def test_the_change_handed_out_is_part_of_what_comes_back(crew: Crew, rita: Person) -> None:
    place = f"/caja/{rita.id}"

    assert (await send(crew, f"{place}/fondo", fondo="5.000")).status_code == 303

    assert (await rita.ok("GET", "/api/caja"))["a_rendir"] == 5000
    for wrong in ("", "-1", "x", "9" * 15):
        page = await send(crew, f"{place}/fondo", fondo=wrong)
        assert (page.status_code, "aria-invalid" in page.text) == (400, True)
    assert (await rita.ok("GET", "/api/caja"))["fondo"] == 5000
