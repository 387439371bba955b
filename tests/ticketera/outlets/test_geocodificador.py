"""Where tickets are, asked of a real HTTP server that answers as Nominatim does, or as it is told."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from belgrano.database.base import Base
from tests.ahorro.outlets.peer import Peer
from tests.people import until
from tests.ticketera.cast import Cast
from ticketera import loops
from ticketera.actions import direcciones
from ticketera.actions.tickets import editar_ticket
from ticketera.domain.direccion import direccion_escrita, es_geocodificador, pregunta, se_pregunta_a
from ticketera.outlets.geocodificador import MOST_BYTES, Away, Geocodificador

HERE = json.dumps([{"lat": "-34.6037", "lon": "-58.3816", "display_name": "Obelisco"}])


@pytest.fixture
async def nominatim() -> AsyncIterator[Peer]:
    peer = Peer()
    peer.say = lambda _: (200, {}, HERE)
    await peer.start()
    yield peer
    await peer.stop()


@pytest.fixture
async def geocodificador() -> AsyncIterator[Geocodificador]:
    made = Geocodificador("https://tickets.example")
    yield made
    await made.close()


def plantilla(peer: Peer) -> str:
    return f"{peer.url}/search?format=jsonv2&limit=1&q={{q}},%20Buenos%20Aires"


def asked(peer: Peer) -> list[str]:
    return [parse_qs(urlsplit(headers["path"]).query)["q"][0] for headers, _ in peer.heard]


@pytest.fixture
async def going(cast: Cast, nominatim: Peer, geocodificador: Geocodificador, monkeypatch: Any) -> AsyncIterator[Peer]:
    """The loop runs, quickly; the service is configured."""
    monkeypatch.setattr(loops, "LOCATE_S", 0.01)
    monkeypatch.setattr(direcciones, "CADA", 0)
    await cast.configura(geocodificador=plantilla(nominatim), modo_asignacion="manual")
    task = asyncio.create_task(loops.locate(cast.base, geocodificador))
    yield nominatim
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def placed(cast: Cast, ticket_id: int) -> Callable[[], Any]:
    async def look() -> bool:
        return (await cast.get_ticket(ticket_id)).cliente_lat is not None

    return look


async def test_an_address_is_asked_once_for_all_its_tickets(cast: Cast, going: Peer) -> None:
    one = await cast.pedido(cliente_direccion="Av. Belgrano 1234, piso 3, Monserrat")
    two = await cast.pedido(cliente_direccion="Av. Belgrano 1234, piso 3, Monserrat")
    assert await until(placed(cast, one.id)) and await until(placed(cast, two.id))
    three = await cast.pedido(cliente_direccion="Av. Belgrano 1234, piso 3, Monserrat")
    assert await until(placed(cast, three.id))

    after = await cast.get_ticket(one.id)
    assert (after.cliente_lat, after.cliente_lng, after.version) == (-34.6037, -58.3816, 2)
    assert asked(going) == ["Av. Belgrano 1234, Monserrat, Buenos Aires"]
    assert "tickets.example" in going.heard[0][0]["user-agent"]
    assert cast.novedades(0, one.id)[-1]["tipo"] == "ticket.actualizado"


async def test_a_place_nobody_knows_is_not_asked_again(cast: Cast, going: Peer) -> None:
    going.say = lambda _: (200, {}, "[]" if "Inventada" in asked(going)[-1] else HERE)
    lost = await cast.pedido(cliente_direccion="Calle Inventada 1")
    assert await until(lambda: len(going.heard) == 1)
    found = await cast.pedido(cliente_direccion="Av. Belgrano 1", cliente_barrio="Monserrat")
    assert await until(placed(cast, found.id))

    assert asked(going) == ["Calle Inventada 1, Buenos Aires", "Av. Belgrano 1, Monserrat, Buenos Aires"]
    assert (await cast.get_ticket(lost.id)).version == 1


async def test_a_service_that_is_away_is_asked_again_later_and_holds_up_nothing(cast: Cast, going: Peer) -> None:
    going.say = lambda _: (503, {}, "") if len(going.heard) == 1 else (200, {}, HERE)
    await cast.pedido(cliente_direccion="Av. Belgrano 1")
    assert await until(lambda: len(going.heard) == 1)
    later = await cast.pedido(cliente_direccion="Av. Belgrano 2")

    assert await until(placed(cast, later.id))


@pytest.mark.parametrize(
    ("status", "headers", "text"),
    [
        (302, {"location": "http://127.0.0.1:9/"}, ""),
        (429, {"retry-after": "7"}, ""),
        (200, {}, "<html>"),
        (200, {}, '{"lat": 1}'),
        (200, {}, '[{"lat": "91", "lon": "0"}]'),
        (200, {}, '[{"lat": "nan", "lon": "0"}]'),
        (200, {}, '[{"lat": null}]'),
        (200, {}, "[" + " " * MOST_BYTES + "]"),
        (200, {}, "[" * 60_000),
    ],
    ids=["redirect", "busy", "html", "object", "pole", "nan", "null", "long", "deep"],
)
async def test_what_is_no_answer_is_not_believed(
    nominatim: Peer, geocodificador: Geocodificador, status: int, headers: dict[str, str], text: str
) -> None:
    nominatim.say = lambda _: (status, headers, text)

    with pytest.raises(Away) as away:
        await geocodificador.buscar(plantilla(nominatim), "Belgrano 1")

    assert away.value.seconds == (7 if status == 429 else None)
    assert len(nominatim.heard) == 1


async def test_what_changed_while_it_was_asked_is_left_alone(cast: Cast, base: Base, nominatim: Peer) -> None:
    await cast.configura(geocodificador=plantilla(nominatim), modo_asignacion="manual")
    moved = await cast.pedido(cliente_direccion="Belgrano 1")
    asked_for = await base.do(direcciones.ubicar)
    assert asked_for is not None
    assert await base.do(direcciones.ubicar) is None  # another process asks nothing meanwhile

    await base.do(editar_ticket, cast.ana.quien, moved.id, 1, {"cliente_direccion": "Rivadavia 2"})
    by_hand = await cast.pedido(cliente_direccion="Belgrano 1", cliente_lat=-34.5, cliente_lng=-58.4)
    await base.do(direcciones.anotar, asked_for.texto, (-34.6, -58.3))
    await base.do(direcciones.ubicar)

    assert (await cast.get_ticket(moved.id)).cliente_lat is None
    assert (await cast.get_ticket(by_hand.id)).cliente_lat == -34.5


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("https://nominatim.example/search?format=jsonv2&limit=1&q={q}", True),
        ("http://10.0.0.7:8080/search?q={q}", True),
        ("https://nominatim.example/search", False),
        ("https://{q}.example/search", False),
        ("https://yo:clave@nominatim.example/?q={q}", False),
        ("file:///etc/passwd?{q}", False),
        ("/search?q={q}", False),
        ("https:///search?q={q}", False),
        ("https://a.example:99999/?q={q}", False),
        ("https://a.example/?q={q}&r={q}", False),
        ("https://[::1/?q={q}", False),
    ],
)
def test_what_may_be_a_geocoder(address: str, fine: bool) -> None:
    assert es_geocodificador(address) is fine


def test_an_address_cannot_leave_its_place_in_the_question() -> None:
    said = pregunta("https://a.example/?q={q}&limit=1", "Núñez 5&limit=99#x/../ depto B, Belgrano")

    assert said == "https://a.example/?q=N%C3%BA%C3%B1ez%205%26limit%3D99%23x%2F..%2F%2C%20Belgrano&limit=1"


async def test_an_answer_that_drips_is_given_up_in_time(
    geocodificador: Geocodificador, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 60000\r\n\r\n")
        while not writer.is_closing():
            writer.write(b" ")
            await asyncio.sleep(0.05)

    monkeypatch.setattr("ticketera.outlets.geocodificador.DEADLINE_S", 0.5)
    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    async with asyncio.timeout(20):
        with pytest.raises(Away, match="TimeoutError"):
            await geocodificador.buscar(f"http://127.0.0.1:{port}/?q={{q}}", "Belgrano 1")

    server.close()


async def test_a_clock_that_is_set_back_stops_no_question(cast: Cast, base: Base, nominatim: Peer) -> None:
    await cast.configura(geocodificador=plantilla(nominatim), modo_asignacion="manual")
    for n in (1, 2):
        await cast.pedido(cliente_direccion=f"Belgrano {n}")

    async def an_hour_ago(work: Any) -> Any:
        work.ahora -= 3_600_000
        return await direcciones.ubicar(work)

    first = await base.do(direcciones.ubicar)
    assert first is not None and await base.do(direcciones.ubicar) is None
    again = await base.do(an_hour_ago)
    assert again is not None
    assert await base.do(an_hour_ago) is None


@pytest.mark.parametrize(
    ("host", "address", "near", "far"),
    [
        ("nominatim.example", "93.184.216.34", True, True),
        ("nominatim.example", "127.0.0.1", True, False),
        ("nominatim.example", "::1", True, False),
        ("nominatim.example", "::ffff:127.0.0.1", True, False),
        ("nominatim.example", "10.0.0.7", True, False),
        ("nominatim.example", "192.168.1.7", True, False),
        ("nominatim.example", "fd00::7", True, False),
        ("nominatim.example", "100.64.0.1", True, False),
        ("nominatim.example", "169.254.169.254", False, False),
        ("nominatim.example", "fe80::1%eth0", False, False),
        ("nominatim.example", "0.0.0.0", False, False),
        ("nominatim.example", "224.0.0.1", False, False),
        ("propio", "10.0.0.7", True, True),
        ("propio", "169.254.169.254", True, True),
    ],
)
def test_what_may_be_asked_from_inside(host: str, address: str, near: bool, far: bool) -> None:
    assert se_pregunta_a(host, address, ("propio",), lejos=False) is near
    assert se_pregunta_a(host, address, ("propio",), lejos=True) is far


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/?q={q}", "http://localhost:1/?q={q}", "http://[::1]:1/?q={q}"])
async def test_in_production_nobody_of_this_machine_is_asked(url: str, nominatim: Peer) -> None:
    far = Geocodificador(None, lejos=True)
    own = Geocodificador(None, lejos=True, permitidos=("127.0.0.1",))

    with pytest.raises(Away, match="may not be asked"):
        await far.buscar(url.replace(":1/", f":{nominatim.port}/"), "Belgrano 1")
    assert nominatim.heard == []
    assert await own.buscar(plantilla(nominatim), "Belgrano 1") == (-34.6037, -58.3816)
    for each in (far, own):
        await each.close()


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("http://LOCALHOST:8080/?q={q}", ("localhost", "127.0.0.1")),
        ("http://127.0.0.1/?q={q}", ("127.0.0.1", "127.0.0.1")),
        ("http://[::1]/?q={q}", ("::1", "::1")),
        ("https://nominatim.example/?q={q}", None),
    ],
)
def test_an_address_that_says_by_itself_where_it_is(address: str, written: tuple[str, str] | None) -> None:
    assert direccion_escrita(address) == written
