"""What every answer has in common: problem+json, methods, headers, health."""

import asyncio
from typing import Any

import pytest

from tests.people import Crew, Person, body
from tests.servers import Servers
from tests.ticketera.routes.asserts import refused

WEBSOCKET = (
    b"GET %b HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
)


@pytest.mark.parametrize(
    "path", ["/api/", "/api/nada", "/api/tickets/1/2/3", "/api/%00", "/api/%ff%fe", "/api//tickets"]
)
async def test_an_unknown_address_is_a_404_for_programs(crew: Crew, path: str) -> None:
    for method in ("GET", "POST", "DELETE", "PUT"):
        refused(await crew.admin(method, path), 404, "no_existe")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/api/tickets"), ("PUT", "/api/tickets/1"), ("POST", "/api/tablero"), ("GET", "/api/mudanzas"),
        ("GET", "/api/tickets/1/acciones"), ("PUT", "/api/sesion"), ("GET", "/api/sesion/password"),
        ("DELETE", "/api/turno"), ("POST", "/api/novedades"), ("PURGE", "/api/tickets"), ("TRACE", "/api/tablero"),
    ],
)  # fmt: skip
async def test_a_wrong_method_is_a_405_that_names_the_right_ones(crew: Crew, method: str, path: str) -> None:
    answer = await crew.admin(method, path)

    refused(answer, 405, "metodo_no_permitido")
    assert answer.headers["allow"]


async def test_head_is_get_without_a_body(crew: Crew, rita: Person) -> None:
    for who, path in (
        (crew.admin, "/api/tablero"),
        (rita, "/api/mis-tickets"),
        (crew.admin, "/health"),
        (rita, "/healthz"),
    ):
        answer = await who("HEAD", path)
        assert (answer.status_code, answer.content) == (200, b"")
    answer = await crew.shop("HEAD", "/api/tablero")
    assert (answer.status_code, answer.content) == (401, b"")


async def test_options_names_the_methods_and_needs_nobody(crew: Crew) -> None:
    answer = await crew.shop("OPTIONS", "/api/tickets")

    assert answer.status_code in (200, 204)
    assert {"GET", "POST", "OPTIONS"} <= {m.strip() for m in answer.headers["allow"].split(",")}
    assert "access-control-allow-origin" not in answer.headers


async def test_every_answer_carries_the_security_headers(town: Servers, crew: Crew) -> None:
    answers = [
        await crew.admin.get("/api/tablero"),
        await crew.admin.get("/api/nada"),
        await crew.shop.post("/api/tickets", {}),
        await crew.shop.post("/api/tickets", {"numero": 1}),
        await crew.admin.get("/socket.io/"),
        await crew.admin.get("/healthz"),
    ]

    for answer in answers:
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["x-request-id"]
        assert answer.headers["cache-control"] == "no-store"
        assert "server" not in answer.headers
        assert len(answer.headers.get_list("content-type")) == len(answer.headers.get_list("x-request-id")) == 1


async def test_health(crew: Crew) -> None:
    alive, well = await crew.shop.get("/healthz"), await crew.shop.get("/health")

    assert (alive.status_code, alive.text) == (200, "ok")
    assert well.status_code == 200
    told = body(well)
    assert told["status"] in ("healthy", "degraded")  # degraded: the shop of these tests is away
    assert {"service": "ticketera", "database": "connected"}.items() <= told.items()
    assert told["version"]


async def test_metrics_are_for_this_machine(crew: Crew) -> None:
    here = await crew.shop.get("/metrics")
    proxied = await crew.shop("GET", "/metrics", headers={"X-Forwarded-For": "127.0.0.1"})

    assert here.status_code == 200
    assert "belgrano_requests" in here.text
    refused(proxied, 403)


async def test_a_body_that_a_route_does_not_want_harms_nothing(crew: Crew, rita: Person) -> None:
    for method, path, data in (
        ("POST", "/api/turno", b"{"), ("POST", "/api/turno", b""), ("PATCH", "/api/configuracion", b"[]"),
        ("POST", "/api/sesion", b"null"), ("POST", "/api/tickets/1/acciones", b"\xff"),
        ("POST", "/api/mudanzas", b"{}" * 3),
    ):  # fmt: skip
        who = crew.admin if path != "/api/turno" else rita
        refused(await who(method, path, content=data, headers={"Content-Type": "application/json"}), 400)
        refused(await who(method, path, content=data, headers={"Content-Type": "text/plain"}), 415)
        big = b" " * 70_000
        refused(await who(method, path, content=big, headers={"Content-Type": "application/json"}), 413)
    assert (await crew.admin("GET", "/api/tablero", content=b"x" * 1000)).status_code == 200
    assert (await rita("DELETE", "/api/sesion", content=b"x" * 1000)).status_code == 204


@pytest.mark.parametrize(
    "raw",
    [
        b"GET /api/tablero HTTP/1.1\r\n\r\n",
        b"GET http://x/api/tablero HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01",
        b"\r\n\r\n\r\n",
        b"GET /api/tickets?q=\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /api/tablero HTTP/9.9\r\nHost: x\r\n\r\n",
        b"GET /api/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /api/tablero HTTP/1.1\r\nHost: x\r\nCookie: \xff=\xfe; ticketera=\xff\r\n\r\n",
        b"POST /api/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
        b"POST /api/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /api/tickets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /socket.io/?EIO=4 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        WEBSOCKET % b"/otra",
        WEBSOCKET % b"/api/tablero",
        WEBSOCKET % b"/",
    ],
)
async def test_no_bytes_on_the_wire_make_a_5xx(town: Servers, raw: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", town.ticketera.port)
    writer.write(raw)
    writer.write_eof()

    said: Any = b""
    try:
        async with asyncio.timeout(5):
            said = await reader.read(1_000)  # what it begins with: the line may be kept open behind it
    except (TimeoutError, ConnectionError):
        pass
    writer.close()

    assert not said.startswith(b"HTTP/1.1 5"), said[:200]
    assert "Traceback" not in town.ticketera.tail(40)


async def test_a_shop_that_is_away_is_degraded_and_still_200(crew: Crew) -> None:
    await crew.shop.post_ticket()

    told = await until_degraded(crew)

    assert told["status"] == "degraded"
    assert told["database"] == "connected"
    assert told["reportes"]["pendientes"] >= 1


async def until_degraded(crew: Crew) -> Any:
    """/health once the relay has found out."""
    for _ in range(600):
        told = await crew.shop.ok("GET", "/health")
        if told["status"] == "degraded":
            break
        await asyncio.sleep(0.1)
    return told


async def test_the_description_names_every_json_route_and_who_may_call_it(crew: Crew) -> None:
    told = await crew.shop.ok("GET", "/openapi.json")

    assert told["openapi"].startswith("3.")
    for path, methods in {
        "/api/tickets": {"get", "post"}, "/api/tickets/{number}": {"get", "patch"}, "/api/novedades": {"get"},
        "/api/tickets/{number}/acciones": {"post"}, "/api/mudanzas": {"post"},
        "/api/mudanzas/{clave}/deshacer": {"post"},
        "/api/tablero": {"get"}, "/api/mis-tickets": {"get"}, "/api/turno": {"get", "post"}, "/api/conflictos": {"get"},
        "/api/sesion": {"get", "post", "delete"}, "/api/sesion/password": {"post"}, "/api/usuarios": {"get", "post"},
        "/api/repartidores": {"get", "post"}, "/api/repartidores/{number}": {"patch"},
        "/api/usuarios/{number}": {"patch"},
        "/api/configuracion": {"get", "patch"}, "/api/conflictos/{number}": {"post"}, "/health": {"get"},
    }.items():  # fmt: skip
        assert methods <= set(told["paths"][path]), path
    intake = told["paths"]["/api/tickets"]["post"]
    assert intake["security"] == [{"clave": []}]
    assert intake["requestBody"]["content"]["application/json"]["schema"]["properties"]["total"]["type"] == "number"
    assert told["paths"]["/api/tablero"]["get"]["security"] == [{"sesion": ["admin"]}]
