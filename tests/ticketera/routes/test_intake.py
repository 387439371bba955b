"""An order comes in: contract, section 2."""

import asyncio
import gzip
import json
import time
from decimal import Decimal
from typing import Any

import pytest

from tests.people import Crew, Person, Shop, body, get_ticket, ticket_data
from tests.servers import Servers
from tests.ticketera.routes.asserts import refused

KEYS_OF_201 = {
    "exito", "ticket_id", "numero", "estado", "version", "repartidor_id", "repartidor_asignado", "fecha_creacion",
    "cliente_nombre", "total",
}  # fmt: skip


async def send(shop: Shop, raw: bytes, kind: str = "application/json") -> Any:
    return await shop("POST", "/api/tickets", content=raw, headers={"Content-Type": kind})


async def test_an_order_becomes_a_ticket_at_its_location(crew: Crew) -> None:
    data = ticket_data(total=1234.5)

    answer = await crew.shop.post("/api/tickets", data)

    told = body(answer)
    assert answer.status_code == 201
    assert set(told) == KEYS_OF_201
    assert (told["exito"], told["numero"], told["estado"], told["version"]) == (True, data["numero"], "pendiente", 1)
    assert told["total"] == Decimal("1234.5")
    assert answer.headers["location"] == f"/api/tickets/{told['ticket_id']}"
    assert (await get_ticket(crew.admin, told["ticket_id"]))["cliente_email"] == data["cliente_email"]


async def test_the_same_order_again_is_the_same_ticket_with_todays_values(crew: Crew, rita: Person) -> None:
    data = ticket_data(repartidor_id=rita.id, prioridad="normal")
    first = body(await crew.shop.post("/api/tickets", data))
    await crew.admin.ok("PATCH", f"/api/tickets/{first['ticket_id']}", {"version": 1, "cliente_nombre": "Otra"})

    again = await crew.shop.post("/api/tickets", {**data, "total": 1900, "desconocido": [1]})

    told = body(again)
    assert again.status_code == 200
    assert set(told) == KEYS_OF_201 | {"idempotent"}
    assert told["idempotent"] is True
    assert (told["ticket_id"], told["version"], told["cliente_nombre"]) == (first["ticket_id"], 2, "Otra")


async def test_forty_equal_posts_at_once_make_one_ticket(crew: Crew) -> None:
    data = ticket_data()

    answers = await asyncio.gather(*(crew.shop.post("/api/tickets", data) for _ in range(40)))

    assert sorted(a.status_code for a in answers) == [200] * 39 + [201]
    assert len({body(a)["ticket_id"] for a in answers}) == 1


async def test_the_same_numero_with_other_content_is_a_conflict_and_changes_nothing(crew: Crew) -> None:
    data = ticket_data()
    first = body(await crew.shop.post("/api/tickets", data))

    for other in ({"total": 1900.01}, {"indicaciones": "otra"}, {"productos": ["x1"]}, {"prioridad": "alta"}):
        refused(await crew.shop.post("/api/tickets", {**data, **other}), 409, "numero_en_conflicto")

    ticket = await get_ticket(crew.admin, first["ticket_id"])
    assert (ticket["version"], ticket["total"]) == (1, Decimal("1900"))


async def test_validar_says_the_same_and_keeps_nothing(crew: Crew) -> None:
    data = ticket_data()

    fine = await crew.shop.post("/api/tickets?validar=1", data)
    twice = await crew.shop.post("/api/tickets?validar=1", data)

    assert fine.status_code == twice.status_code == 200
    assert body(fine) == {"exito": True, "validado": True}
    assert body(await crew.admin.get("/api/tickets", q=data["numero"]))["tickets"] == []
    refused(await crew.shop.post("/api/tickets?validar=1", {**data, "total": -1}), 400, campos=["total"])
    refused(
        await crew.shop.post("/api/tickets?validar=1", {**data, "repartidor_id": 9**9}), 400, campos=["repartidor_id"]
    )
    await crew.shop.post("/api/tickets", data)
    refused(await crew.shop.post("/api/tickets?validar=1", {**data, "total": 1}), 409, "numero_en_conflicto")


@pytest.mark.parametrize(
    ("campo", "values"),
    [
        ("numero", [None, "", " ", "\u200b", "x" * 51, 5, True, ["a"]]),
        ("cliente_nombre", [None, "", "\t ", "\ufeff\u00a0", "x" * 121, 1, {}]),
        ("cliente_direccion", [None, "", "\u3000", "\u0001", "x" * 201, 1.5]),
        ("productos", [None, [], {}, "Arroz", [""], [1], [{}], [{"nombre": "a"}], [{"nombre": "\u2060", "cantidad": 1}],
                       ["\u200b"], [{"nombre": "a", "cantidad": 0}], [{"nombre": "a", "cantidad": "2"}], ["a"] * 501,
                       [{"nombre": "a", "cantidad": True}], [{"nombre": "a", "cantidad": 1, "precio": -1}]]),
        ("total", [None, -0.01, 1.001, 1e9 + 1, "10", True, [], 1e-9]),
        ("cliente_telefono", ["x" * 51, 11, []]),
        ("cliente_email", ["x" * 121, 11]),
        ("metodo_pago", ["x" * 51, False]),
        ("indicaciones", ["x" * 2001, 1]),
        ("prioridad", ["", "Alta", "muy alta", 1]),
        ("tipo_cliente", ["", "mayorista", 0]),
        ("estado", ["asignado", "entregado", 1]),
        ("repartidor_id", ["1", 0, -1, 1.5, True, 10**15]),
        ("cliente_lat", [90.1, -91, "1", True]),
        ("cliente_lng", [180.1, -181, "1", []]),
    ],
)  # fmt: skip
async def test_a_wrong_field_is_named_alone(crew: Crew, campo: str, values: list[Any]) -> None:
    for value in values:
        refused(await crew.shop.post("/api/tickets?validar=1", ticket_data(**{campo: value})), 400, campos=[campo])


async def test_every_wrong_field_is_named_once(crew: Crew) -> None:
    data = ticket_data(numero="", total="x", productos=[1, 2, 3], prioridad="ya")
    del data["cliente_nombre"]

    refused(
        await crew.shop.post("/api/tickets", data),
        400,
        campos=["numero", "total", "productos", "prioridad", "cliente_nombre"],
    )


@pytest.mark.parametrize("total", [0, 0.01, 0.1, 1.10, 999999999.99, 1000000000, 0.29, 1e3])
async def test_money_is_kept_to_the_centavo(crew: Crew, total: float) -> None:
    ticket = await crew.shop.post_ticket(total=total)

    assert (await get_ticket(crew.admin, ticket["ticket_id"]))["total"] == Decimal(str(total))


async def test_what_lies_at_the_limits_is_taken(crew: Crew) -> None:
    data = ticket_data(
        numero="N" * 40 + ticket_data()["numero"][-10:],
        cliente_nombre="ñ" * 120,
        cliente_direccion="ñ" * 200,
        productos=["Arroz x2"] * 500,
        total=1e9,
        cliente_telefono="1" * 50,
        cliente_email=None,
        metodo_pago="",
        indicaciones="á" * 2000,
        estado="pendiente",
        cliente_lat=-90,
        cliente_lng=180,
    )

    answer = await crew.shop.post("/api/tickets", data)

    assert answer.status_code == 201, answer.text


async def test_a_comerciante_is_at_least_alta(crew: Crew) -> None:
    for given, kept in (("baja", "alta"), ("normal", "alta"), ("alta", "alta"), ("urgente", "urgente")):
        ticket = await crew.shop.post_ticket(tipo_cliente="comerciante", prioridad=given)
        assert (await get_ticket(crew.admin, ticket["ticket_id"]))["prioridad"] == kept


async def test_an_order_may_name_its_repartidor_off_duty_and_over_the_cap(crew: Crew, rita: Person) -> None:
    for _ in range(11):
        told = await crew.shop.post_ticket(repartidor_id=rita.id)
        assert (told["estado"], told["repartidor_id"]) == ("asignado", rita.id)

    await crew.admin.ok("PATCH", f"/api/repartidores/{rita.id}", {"activo": False})
    refused(await crew.shop.post("/api/tickets", ticket_data(repartidor_id=rita.id)), 400, campos=["repartidor_id"])


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{", b"[]", b"null", b"1", b'"x"', b"{}}", b"\xff\xfe", b'{"numero": "\xed\xa0\x80"}', b'{"a":1,"a":2}',
        b'{"total": NaN}', b'{"total": Infinity}', b'{"total": 1e400}', b'{"n": ' + b"9" * 400 + b"}",
        b"[" * 30_000, b'{"a":' * 5_000, b'{"x": "\\u0000"}', b'{"x": "\\ud800"}', b"\x00", b'{"x": 01}', b"{'a': 1}",
    ],
)  # fmt: skip
async def test_what_is_not_a_json_object_is_a_400(crew: Crew, raw: bytes) -> None:
    told = refused(await send(crew.shop, raw), 400)

    assert told["errores"] == [] or told["errores"][0]["campo"]


async def test_the_content_type_must_be_json(crew: Crew) -> None:
    raw = json.dumps(ticket_data()).encode()

    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "",
        "application/jsonp",
        "application/json; charset=latin-1",
    ):
        refused(await send(crew.shop, raw, kind), 415)
    assert (await send(crew.shop, raw, "Application/JSON; charset=UTF-8")).status_code == 201
    assert (await send(crew.shop, gzip.compress(raw))).status_code == 400


async def test_64_kib_pass_and_one_byte_more_does_not(crew: Crew) -> None:
    raw = json.dumps(ticket_data()).encode()

    assert (await send(crew.shop, raw + b" " * (65_536 - len(raw)))).status_code == 201
    refused(await send(crew.shop, raw + b" " * (65_537 - len(raw))), 413)

    async def drip() -> Any:
        for _ in range(70):
            yield b" " * 1024

    refused(await crew.shop("POST", "/api/tickets", content=drip(), headers={"Content-Type": "application/json"}), 413)


async def test_a_chunked_body_is_as_good(crew: Crew) -> None:
    async def chunks() -> Any:
        for letter in json.dumps(ticket_data()):
            yield letter.encode()

    answer = await crew.shop("POST", "/api/tickets", content=chunks(), headers={"Content-Type": "application/json"})

    assert answer.status_code == 201


async def test_without_a_good_key_nobody_gets_in(town: Servers, crew: Crew, rita: Person) -> None:
    for key in (None, "x", town.api_key[:-1], town.api_key + "x", town.api_key.upper()):
        stranger = Shop(town.ticketera.url, key)
        refused(await stranger.post("/api/tickets", ticket_data()), 401)
        refused(await stranger.post("/api/tickets?validar=1", ticket_data()), 401)
        await stranger.close()
    odd = {"X-API-Key": "ñandú".encode()}
    refused(await rita("POST", "/api/tickets", json=ticket_data(), headers=odd), 401)  # type: ignore[arg-type]
    refused(await rita.post("/api/tickets", ticket_data()), 401)
    refused(await crew.admin.post("/api/tickets", ticket_data()), 401)


async def test_a_key_is_checked_before_the_body_is_read(town: Servers) -> None:
    stranger = Shop(town.ticketera.url, "x")

    refused(await send(stranger, b" " * 10_000_000), 401)
    await stranger.close()


@pytest.fixture
def rotating() -> Any:
    with Servers() as servers:
        servers.start("ticketera", TICKETERA_API_KEY=f" {servers.api_key} , vieja ,")
        yield servers


async def burst(servers: Servers, key: str, posts: int, connections: int = 20) -> list[int]:
    """Statuses of that many posts sent as fast as they go, by bare sockets."""
    raw = json.dumps(ticket_data()).encode()
    head = f"POST /api/tickets?validar=1 HTTP/1.1\r\nHost: x\r\nX-API-Key: {key}\r\nContent-Type: application/json\r\n"
    request = f"{head}Content-Length: {len(raw)}\r\n\r\n".encode() + raw

    async def one() -> list[int]:
        reader, writer = await asyncio.open_connection("127.0.0.1", servers.ticketera.port)
        statuses = []
        for _ in range(posts // connections):
            writer.write(request)
            answered = await reader.readuntil(b"\r\n\r\n")
            statuses.append(int(answered[9:12]))
            length = int(answered.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            assert statuses[-1] != 429 or b"\r\nretry-after: 1\r\n" in answered.lower()
        writer.close()
        return statuses

    return [status for each in await asyncio.gather(*(one() for _ in range(connections))) for status in each]


async def test_two_keys_are_good_while_they_are_rotated_and_each_has_its_own_limit(rotating: Servers) -> None:
    began = time.monotonic()
    flood = await burst(rotating, rotating.api_key, 1_000)
    took = time.monotonic() - began
    other = await burst(rotating, "vieja", 100)

    assert set(flood) == {200, 429}
    assert 200 <= flood.count(200) <= 200 + 100 * (took + 0.5)
    assert set(other) == {200}
    await asyncio.sleep(0.2)
    assert 200 in await burst(rotating, rotating.api_key, 20)


@pytest.fixture
def keyless() -> Any:
    with Servers() as servers:
        servers.start("ticketera", TICKETERA_API_KEY=None)
        yield servers


async def test_without_keys_development_is_open_to_this_machine_and_to_nobody_behind_a_proxy(keyless: Servers) -> None:
    shop = Shop(keyless.ticketera.url, None)

    assert (await shop.post("/api/tickets", ticket_data())).status_code == 201
    for name in ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "X-Real-IP"):
        refused(await shop("POST", "/api/tickets", json=ticket_data(), headers={name: "127.0.0.1"}), 401)
    await shop.close()


async def test_without_keys_whoever_brings_a_session_is_that_person(keyless: Servers) -> None:
    crew = await Crew.gather(keyless, repartidores=1, turno=False)
    rita = crew.repartidores[0]
    ticket = body(await Shop(keyless.ticketera.url, None).post("/api/tickets", ticket_data(repartidor_id=rita.id)))

    done = await rita.post(f"/api/tickets/{ticket['ticket_id']}/acciones", {"accion": "iniciar", "accion_id": "a"})

    assert done.status_code == 200, done.text
    await crew.close()


async def test_a_post_from_another_site_with_a_cookie_is_refused_before_anything(crew: Crew) -> None:
    headers = {"X-API-Key": crew.town.api_key, "Origin": "http://otra.example"}

    refused(await crew.admin("POST", "/api/tickets", json=ticket_data(), headers=headers), 403)


async def test_hints_beyond_the_contract_are_used_when_well_formed_and_change_no_identity(crew: Crew) -> None:
    hints = {
        "cliente_piso": "4.º B",
        "cliente_barrio": "Núñez",
        "negocio": "Don Tito",
        "franja_desde": "2026-11-24T21:00:00.000Z",
        "franja_hasta": "2026-11-24T23:00:00.000Z",
    }
    data = ticket_data()
    made = await crew.shop.post_ticket(**data, **hints)
    shown = await get_ticket(crew.admin, made["ticket_id"])
    assert {name: shown[name] for name in hints} == hints

    again = await crew.shop.post("/api/tickets", data)
    assert body(again)["idempotent"] is True
    wrong = {name: {"de": [1, 2]} for name in hints}
    other = await get_ticket(crew.admin, (await crew.shop.post_ticket(**wrong))["ticket_id"])
    assert [other[name] for name in hints] == ["", "", "", None, None]
