"""Ticketera in production, behind a proxy that ends TLS: contract, sections 1 and 3."""

import asyncio
from collections.abc import AsyncIterator
from http.cookies import SimpleCookie

import httpx
import pytest
import websockets
from websockets.exceptions import InvalidStatus

from tests.people import ticket_data
from tests.servers import PASSWORD, Servers
from tests.ticketera.routes.asserts import refused

PROXY = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "reparto.example"}
OWN = {**PROXY, "Origin": "https://reparto.example"}


@pytest.fixture(scope="module")
async def behind() -> AsyncIterator[Servers]:
    with Servers(BELGRANO_ENV="production", BELGRANO_TRUSTED_PROXIES="1") as servers:
        await asyncio.to_thread(servers.create_user, "ticketera", "repartidor", "rita@belgrano.test", "Rita")
        servers.start("ticketera")
        yield servers


@pytest.fixture
async def cookie(behind: Servers) -> str:
    """The cookie of a login through the proxy, as it is sent back."""
    async with httpx.AsyncClient(base_url=behind.ticketera.url, headers=OWN, trust_env=False) as client:
        data = {"email": "rita@belgrano.test", "password": PASSWORD}
        answer = await client.post("/api/sesion", json=data)
        assert answer.status_code == 200, answer.text
        (morsel,) = SimpleCookie(answer.headers["set-cookie"]).values()
        assert morsel.key == "__Host-ticketera"
        assert morsel["secure"]
        assert morsel["path"] == "/"
        assert not morsel["domain"]
        assert "max-age=" in answer.headers["strict-transport-security"]
        return f"{morsel.key}={morsel.value}"


async def test_a_session_works_through_the_proxy_from_its_own_origin_only(behind: Servers, cookie: str) -> None:
    async with httpx.AsyncClient(base_url=behind.ticketera.url, headers={"Cookie": cookie}, trust_env=False) as client:
        assert (await client.get("/api/mis-tickets", headers=OWN)).status_code == 200
        assert (await client.post("/api/turno", json={"abierto": True}, headers=OWN)).status_code == 200
        for origin in ("http://reparto.example", "https://otra.example", behind.ticketera.url):
            answer = await client.post("/api/turno", json={"abierto": False}, headers={**PROXY, "Origin": origin})
            refused(answer, 403, "otro_origen")


async def test_so_does_a_socket(behind: Servers, cookie: str) -> None:
    url = f"ws{behind.ticketera.url.removeprefix('http')}/socket.io/?EIO=4&transport=websocket"

    async with websockets.connect(url, additional_headers={**OWN, "Cookie": cookie}, proxy=None) as socket:
        assert str(await socket.recv()).startswith("0")
    for origin in ("http://reparto.example", behind.ticketera.url):
        with pytest.raises(InvalidStatus) as refusal:
            await websockets.connect(url, additional_headers={**PROXY, "Origin": origin, "Cookie": cookie}, proxy=None)
        assert refusal.value.response.status_code == 403
        assert refusal.value.response.headers["content-type"] == "application/problem+json"


async def test_the_key_is_asked_for_on_this_machine_too(behind: Servers) -> None:
    async with httpx.AsyncClient(base_url=behind.ticketera.url, trust_env=False) as client:
        refused(await client.post("/api/tickets", json=ticket_data()), 401)
        good = await client.post("/api/tickets", json=ticket_data(), headers={"X-API-Key": behind.api_key})
        assert good.status_code == 201


async def test_a_forged_forward_in_front_of_the_proxy_is_not_believed(behind: Servers) -> None:
    async with httpx.AsyncClient(base_url=behind.ticketera.url, trust_env=False) as client:
        tries = [
            (
                await client.post(
                    "/api/sesion",
                    json={"email": "nadie@belgrano.test", "password": "x" * 10},
                    headers={**OWN, "X-Forwarded-For": f"198.51.100.{n}, 203.0.113.99"},
                )
            ).status_code
            for n in range(11)
        ]

    assert tries == [401] * 10 + [429]


async def test_a_geocoder_of_this_machine_is_refused_by_name(behind: Servers) -> None:
    email = "jefa-geo@belgrano.test"
    await asyncio.to_thread(behind.create_user, "ticketera", "admin", email, "Jefa")
    async with httpx.AsyncClient(base_url=behind.ticketera.url, headers=OWN, trust_env=False) as client:
        login = await client.post("/api/sesion", json={"email": email, "password": PASSWORD})
        (morsel,) = SimpleCookie(login.headers["set-cookie"]).values()
        cookie = {"Cookie": f"{morsel.key}={morsel.value}"}
        for host in ("127.0.0.1:8080", "localhost", "[::1]", "10.1.2.3", "169.254.169.254"):
            asked = {"geocodificador": f"http://{host}/admin?x={{q}}"}
            answer = await client.patch("/api/configuracion", json=asked, headers=cookie)
            assert answer.status_code == 400, answer.text
            assert [each["campo"] for each in answer.json()["errores"]] == ["geocodificador"]
        for fine in ("https://nominatim.example/?q={q}", ""):
            asked = {"geocodificador": fine}
            assert (await client.patch("/api/configuracion", json=asked, headers=cookie)).status_code == 200
