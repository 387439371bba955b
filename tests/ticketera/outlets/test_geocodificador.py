"""Where tickets are, asked of a real HTTP server that answers as Nominatim does, or as it is told."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from belgrano.base import Base
from tests.ahorro.outlets.peer import Peer
from tests.people import until
from tests.ticketera.cast import Cast
from ticketera import loops
from ticketera.actions import ubicacion
from ticketera.actions.tickets import editar_ticket
from ticketera.domain.direccion import es_geocodificador, pregunta
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
    monkeypatch.setattr(ubicacion, "CADA", 0)
    await cast.configura(geocodificador=plantilla(nominatim), modo_asignacion="manual")
    task = asyncio.create_task(loops.locate(cast.base, geocodificador))
    yield nominatim
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def placed(cast: Cast, ticket_id: int) -> Callable[[], Any]:
    async def look() -> bool:
        return (await cast.ticket(ticket_id)).cliente_lat is not None

    return look


async def test_an_address_is_asked_once_for_all_its_tickets(cast: Cast, going: Peer) -> None:
    one = await cast.pedido(cliente_direccion="Av. Belgrano 1234, piso 3, Monserrat")
    two = await cast.pedido(cliente_direccion="Av. Belgrano 1234, piso 3, Monserrat")
    assert await until(placed(cast, one.id)) and await until(placed(cast, two.id))
    three = await cast.pedido(cliente_direccion="Av. Belgrano 1234, piso 3, Monserrat")
    assert await until(placed(cast, three.id))

    after = await cast.ticket(one.id)
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
    assert (await cast.ticket(lost.id)).version == 1


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
    asked_for = await base.do(ubicacion.ubicar)
    assert asked_for is not None
    assert await base.do(ubicacion.ubicar) is None  # another process asks nothing meanwhile

    await base.do(editar_ticket, cast.ana.quien, moved.id, 1, {"cliente_direccion": "Rivadavia 2"})
    by_hand = await cast.pedido(cliente_direccion="Belgrano 1", cliente_lat=-34.5, cliente_lng=-58.4)
    await base.do(ubicacion.anotar, asked_for.texto, (-34.6, -58.3))
    await base.do(ubicacion.ubicar)

    assert (await cast.ticket(moved.id)).cliente_lat is None
    assert (await cast.ticket(by_hand.id)).cliente_lat == -34.5


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
