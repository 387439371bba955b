"""A ticket by hand, and tickets on paper."""

import asyncio
import json
import re
from datetime import UTC, datetime

import httpx
import pytest

from belgrano.words.times import BUENOS_AIRES
from tests.people import Crew, Json, Person, get_ticket, ticket_data

JSON = "application/json"
ORDER = {
    "cliente_nombre": "Ana Gómez", "cliente_telefono": "11 5555-1234", "cliente_direccion": "Moreno 1840",
    "cliente_piso": "4° B", "cliente_barrio": "Monserrat", "franja_fecha": "2026-11-24", "franja_desde": "18:00",
    "franja_hasta": "20:00", "productos": "2 x Yerba 1 kg\r\nPan", "total": "12.450,50", "metodo_pago": "efectivo",
    "negocio": "Kiosco", "prioridad": "alta", "tipo_cliente": "cliente", "indicaciones": "Timbre\r\nroto",
}  # fmt: skip


async def clave(person: Person) -> str:
    """The clave of a form just opened."""
    found = re.search(r'name="clave" value="([^"]*)"', (await person.get("/tickets/nuevo")).text)
    assert found
    return found[1]


async def send(person: Person, **fields: str) -> httpx.Response:
    return await person.client.post("/tickets/nuevo", data={**ORDER, **fields})


async def made_by(person: Person, answer: httpx.Response) -> Json:
    assert answer.status_code == 303, answer.text[:500]
    return await get_ticket(person, answer.headers["location"].split("/")[-1])


async def test_a_ticket_by_hand_has_all_that_was_written_and_says_who_made_it(crew: Crew, rita: Person) -> None:
    form = await clave(crew.admin)

    ticket = await made_by(crew.admin, await send(crew.admin, clave=form, repartidor_id=str(rita.id)))

    today = datetime.now(UTC).astimezone(BUENOS_AIRES)
    assert re.fullmatch(rf"MAN-{today:%Y%m%d}-[2-9A-Z]{{4}}", ticket["numero"])
    expected = {
        "cliente_nombre": "Ana Gómez", "cliente_direccion": "Moreno 1840", "cliente_piso": "4° B",
        "cliente_barrio": "Monserrat", "franja_desde": "2026-11-24T21:00:00.000Z",
        "franja_hasta": "2026-11-24T23:00:00.000Z", "total": 12450.5, "prioridad": "alta", "negocio": "Kiosco",
        "metodo_pago": "efectivo", "repartidor_id": rita.id,
        "productos": [{"nombre": "Yerba 1 kg", "cantidad": 2}, "Pan"],
    }  # fmt: skip
    assert {campo: ticket[campo] for campo in expected} == expected
    assert ticket["historial"][0]["quien"] == {"id": crew.admin.id, "nombre": crew.admin.me["nombre"], "rol": "admin"}


async def test_a_double_click_makes_one_ticket_and_another_order_in_the_same_form_is_asked(crew: Crew) -> None:
    form = await clave(crew.admin)

    twice = await asyncio.gather(*(send(crew.admin, clave=form) for _ in range(4)))

    assert {answer.status_code for answer in twice} == {303}
    assert len({answer.headers["location"] for answer in twice}) == 1
    other = await send(crew.admin, clave=form, cliente_nombre="Otra persona")
    assert other.status_code == 409
    assert "ya hiciste el ticket" in other.text
    assert 'value="Otra persona"' in other.text
    fresh = re.search(r'name="clave" value="([^"]*)"', other.text)
    assert fresh and fresh[1] != form
    again = await send(crew.admin, clave=fresh[1], cliente_nombre="Otra persona")
    assert again.headers["location"] != twice[0].headers["location"]


@pytest.mark.parametrize(
    ("wrong", "campo"),
    [
        ({"cliente_nombre": " \u200b "}, "cliente_nombre"), ({"cliente_direccion": "x" * 201}, "cliente_direccion"),
        ({"cliente_piso": "x" * 51}, "cliente_piso"), ({"total": "mil"}, "total"), ({"total": ""}, "total"),
        ({"total": "9" * 15}, "total"), ({"productos": "\r\n "}, "productos"), ({"productos": "0 x Pan"}, "productos"),
        ({"productos": "pan\n" * 501}, "productos"), ({"franja_hasta": ""}, "franja_hasta"),
        ({"franja_hasta": "17:00"}, "franja_hasta"), ({"franja_fecha": "hoy"}, "franja_fecha"),
        ({"repartidor_id": "999999999"}, "repartidor_id"), ({"repartidor_id": "x"}, "repartidor_id"),
        ({"prioridad": "ya"}, "prioridad"), ({"cliente_telefono": "5,49116E+12"}, "cliente_telefono"),
        ({"cliente_direccion": "#N/A"}, "cliente_direccion"), ({"cliente_nombre": "#REF!"}, "cliente_nombre"),
        ({"cliente_piso": "########"}, "cliente_piso"), ({"indicaciones": "#¡VALOR!"}, "indicaciones"),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    crew: Crew, wrong: dict[str, str], campo: str
) -> None:
    answer = await send(crew.admin, clave=await clave(crew.admin), cliente_email="queda@belgrano.test", **wrong)

    assert answer.status_code == 400
    assert re.findall(r'<p class="error" id="([a-z_]*)-error">', answer.text) == [campo]
    assert "queda@belgrano.test" in answer.text


async def test_a_clave_that_we_did_not_make_makes_no_numero(crew: Crew) -> None:
    ticket = await made_by(crew.admin, await send(crew.admin, clave="../PED-1"))

    assert re.fullmatch(r"MAN-20\d{6}-[2-9A-Z]{4}", ticket["numero"])


async def test_a_ticket_on_paper_says_what_the_door_needs_and_no_mail(crew: Crew) -> None:
    made = await crew.shop.post_ticket(
        cliente_nombre="Ana <b>",
        cliente_email="secreta@belgrano.test",
        metodo_pago="transferencia",
        cliente_piso="4° B",
    )

    page = await crew.admin.get(f"/tickets/{made['ticket_id']}/imprimir")

    assert page.status_code == 200
    for said in (made["numero"], "Ana &lt;b&gt;", "4° B", "Arroz 1 kg", "Esperando el pago", 'class="qr"'):
        assert said in page.text
    assert "secreta@" not in page.text


@pytest.mark.parametrize("producto", ['"precio": 1e30', '"subtotal": 1e400'])
async def test_a_product_that_costs_more_than_there_is_prints_without_its_sum(crew: Crew, producto: str) -> None:
    order = json.dumps(ticket_data(productos=[{"nombre": "Yate", "cantidad": 10}]))
    made = await crew.shop(
        "POST", "/api/tickets", content=order.replace("10}", f"10, {producto}}}"), headers={"Content-Type": JSON}
    )

    page = await crew.admin.get(f"/tickets/{made.json()['ticket_id']}/imprimir")

    assert (made.status_code, page.status_code) == (201, 200) and "Yate" in page.text


async def test_several_are_printed_in_the_order_asked_and_a_column_as_its_route(crew: Crew, rita: Person) -> None:
    made = [await crew.shop.post_ticket(repartidor_id=rita.id) for _ in range(3)]
    ids = [each["ticket_id"] for each in made]

    several = await crew.admin.client.get(f"/tickets/imprimir?ids={ids[2]},{ids[0]},{ids[2]}")
    route = await crew.admin.client.get(f"/tickets/imprimir?repartidor_id={rita.id}")

    assert re.findall(r"<h1>(PED[^<]*)</h1>", several.text) == [made[2]["numero"], made[0]["numero"]]
    found = re.findall(r"PED-\d+-[0-9A-F]+", route.text)
    assert found == [each["numero"] for each in made]
    assert f"Recorrido de {rita.me['nombre']}" in route.text
    assert "5.700,00" in route.text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400), ("ids=", 400), ("ids=x", 400), ("ids=1,,x", 400), ("ids=" + ",".join(["1"] * 101), 400),
        ("ids=0", 404), ("ids=999999999", 404), ("ids=" + "9" * 30, 400), ("repartidor_id=999999", 404),
        ("repartidor_id=x", 400),
    ],
)  # fmt: skip
async def test_what_cannot_be_printed_is_refused(crew: Crew, query: str, status: int) -> None:
    assert (await crew.admin.client.get(f"/tickets/imprimir?{query}")).status_code == status
