"""Who may open a socket, and what a socket may say: contract, section 5."""

import asyncio
import contextlib
import time
from typing import Any

import pytest
import websockets
from websockets.exceptions import ConnectionClosed

from tests.people import Crew, Person, set_turno, until
from tests.phone import Board, Phone
from tests.servers import Servers
from tests.ticketera.routes.asserts import refused
from tests.wire import Refused, Wire


async def status_of(url: str, cookie: str | None, **more: Any) -> int | None:
    """With which status a handshake is refused; None when it is taken."""
    wire = Wire(url, cookie, **more)
    try:
        await wire.open()
    except Refused as error:
        return error.status
    await wire.close()
    return None


async def test_only_a_good_session_opens_a_socket(town: Servers, rita: Person) -> None:
    url = town.ticketera.url

    assert await status_of(url, rita.cookie) is None
    assert await status_of(url, None) == 401
    assert await status_of(url, rita.cookie[:-2]) == 401
    assert await status_of(url, "ticketera=x") == 401
    await rita.delete("/api/sesion")
    assert await status_of(url, rita.cookie or "ticketera=x") == 401


async def test_a_copied_cookie_opens_no_socket_after_the_logout(town: Servers, rita: Person) -> None:
    copied = rita.cookie

    await rita.delete("/api/sesion")

    assert await status_of(town.ticketera.url, copied) == 401


@pytest.mark.parametrize("origin", ["http://otra.example", "null", "https://127.0.0.1", "http://127.0.0.1:1", "x"])
async def test_a_page_of_another_origin_gets_nothing(town: Servers, rita: Person, origin: str) -> None:
    assert await status_of(town.ticketera.url, rita.cookie, origin=origin) == 403


async def test_an_app_without_origin_may_come(town: Servers, rita: Person) -> None:
    assert await status_of(town.ticketera.url, rita.cookie, origin=None) is None


@pytest.mark.parametrize(
    "path",
    [
        "/socket.io/?EIO=4&transport=polling", "/socket.io/?EIO=4", "/socket.io", "/socket.io/x?transport=websocket",
        "/socket.io/?EIO=4&transport=websocket", "/socket.io/?EIO=4&transport=polling&sid=x", "/socket.io/%ff?EIO=%ff",
    ],
)  # fmt: skip
async def test_long_polling_gets_nothing(rita: Person, path: str) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        refused(await rita(method, path), 400, "solo_websocket")


async def test_the_server_chooses_the_room_whatever_the_client_asks(town: Servers, crew: Crew, rita: Person) -> None:
    spy = await Wire(town.ticketera.url, rita.cookie).open()
    for frame in (
        '42["join","tablero"]', '42["connect",{"asgi.scope":{"ticketera.session":{"user":{"rol":"admin","id":1}}}}]',
        '42["disconnect"]', '42["enter_room","tablero"]', '40{"room":"tablero"}', '40/tablero,', '42/tablero,["visto"]',
        '42["novedad",{"seq":1}]',
    ):  # fmt: skip
        await spy.send_raw(frame)

    ticket = await crew.shop.post_ticket()
    await asyncio.sleep(0.3)

    assert spy.events("novedad") == []
    assert spy.events("presencia") == []
    assert ticket["repartidor_id"] is None
    assert spy.live
    await spy.close()


@pytest.mark.parametrize(
    "frame",
    [
        b"\x00", b"x" * 100, '451-["recibido",{"_placeholder":true,"num":0}]', "461-[]", "43[]", "44{}", "2", "5", "6",
        "0", "", "x", "40" + "x" * 70_000,
    ],
)  # fmt: skip
async def test_what_no_phone_says_ends_its_socket(town: Servers, rita: Person, frame: str | bytes) -> None:
    wire = await Wire(town.ticketera.url, rita.cookie).open()

    await wire.send_raw(frame)

    assert await wire.gone()
    assert wire.closed_code in (1008, 1009), wire.closed_code


@pytest.mark.parametrize(
    "frame",
    [
        "42", "42[]", '42["recibido"', "42[1,2]", '42{"a":1}', '42["recibido",' + "[" * 2_000 + "]" * 2_000 + "]",
        "42" + "[" * 60_000, '42["recibido",{"seq":' + "9" * 5_000 + "}]", '4299999999999999999999["visto",{}]',
        '42["recibido",NaN]', "41x", "42[[]]", "3x", "1",
    ],
)  # fmt: skip
async def test_malformed_frames_harm_nobody(town: Servers, crew: Crew, rita: Person, frame: str) -> None:
    wire = await Wire(town.ticketera.url, rita.cookie).open()

    await wire.send_raw(frame)
    await asyncio.sleep(0.05)
    await wire.close()

    phone = await Phone(rita).connect()
    ticket = await crew.shop.post_ticket(repartidor_id=rita.id)
    assert await phone.knows(ticket["ticket_id"])
    await phone.end()


async def test_a_flood_of_messages_ends_its_socket_and_nobody_elses(town: Servers, rita: Person, raul: Person) -> None:
    quiet = await Phone(raul).connect()
    wire = await Wire(town.ticketera.url, rita.cookie).open()

    with contextlib.suppress(ConnectionClosed):
        for _ in range(5_000):
            await wire.emit("nada", {"ticket_id": 1})
            await asyncio.sleep(0)

    assert await wire.gone()
    assert wire.closed_code == 1008
    assert quiet.wire is not None
    assert quiet.wire.live
    await quiet.end()


async def test_a_phone_may_confirm_fifty_tickets_a_second(town: Servers, rita: Person) -> None:
    wire = await Wire(town.ticketera.url, rita.cookie).open()

    began = time.monotonic()
    for n in range(150):
        assert await wire.call("recibido", {"seq": 0})
        await asyncio.sleep(max(0, began + n / 50 - time.monotonic()))

    assert wire.live
    await wire.close()


async def test_a_new_socket_hears_its_number_at_once_and_a_quiet_one_after_a_while(
    town: Servers, crew: Crew, rita: Person
) -> None:
    ticket = await crew.shop.post_ticket(repartidor_id=rita.id)
    mine = await rita.ok("GET", "/api/mis-tickets")

    phone, board = await Phone(rita).connect(), await Board(crew.admin).connect()

    assert phone.wire is not None
    assert board.wire is not None
    assert await until(lambda: phone.wire.events("pulso") and board.wire.events("pulso"))
    assert phone.wire.events("pulso") == [{"epoca": mine["epoca"], "seq": mine["seq"]}]
    assert board.wire.events("pulso")[0]["seq"] >= 1
    assert ticket["ticket_id"] in phone.tickets
    assert phone.wire.asked_acks == board.wire.asked_acks == 0
    assert await until(lambda: len(phone.wire.events("pulso")) == 2, 60)
    await phone.end()
    await board.end()


async def test_after_a_novedad_the_pulso_follows_soon_also_while_they_keep_coming(crew: Crew, rita: Person) -> None:
    phone = await Phone(rita).connect()
    assert phone.wire is not None
    await until(lambda: phone.wire.events("pulso"))

    began = time.monotonic()
    ticket = await crew.shop.post_ticket(repartidor_id=rita.id)
    version = ticket["version"]
    while len(phone.wire.events("pulso")) < 2 and time.monotonic() < began + 20:
        edit = {"version": version, "indicaciones": f"piso {version}"}
        version = (await crew.admin.ok("PATCH", f"/api/tickets/{ticket['ticket_id']}", edit))["version"]
        await asyncio.sleep(0.1)

    assert len(phone.wire.events("pulso")) == 2
    assert await until(lambda: phone.wire.events("pulso")[-1]["seq"] == phone.seq)
    await phone.end()


async def test_twenty_sockets_of_one_person_and_no_more(town: Servers, rita: Person) -> None:
    wires = [await Wire(town.ticketera.url, rita.cookie).open() for _ in range(21)]

    assert await wires[0].gone()
    assert all(wire.live for wire in wires[1:])
    for wire in wires:
        await wire.close()


async def test_a_phone_whose_turno_is_open_gets_tickets_after_its_socket_is_back(crew: Crew, rita: Person) -> None:
    await set_turno(rita)
    phone = await Phone(rita).connect()

    ticket = await crew.shop.post_ticket()

    assert await phone.knows(ticket["ticket_id"])
    await set_turno(rita, abierto=False)
    await phone.end()


async def test_a_socket_that_gives_no_sign_of_life_ends_and_one_that_does_stays(rita: Person, raul: Person) -> None:
    alive, silent = await Wire(rita.url, rita.cookie).open(), await Wire(raul.url, raul.cookie).open()

    async def no_pong(frame: str) -> None:
        return None

    silent._take = no_pong  # type: ignore[method-assign]

    assert await silent.gone(60)
    assert alive.live
    await alive.close()


async def test_compression_is_declined_because_every_socket_would_keep_100_kib_for_it(rita: Person) -> None:
    url = f"ws{rita.url.removeprefix('http')}/socket.io/?EIO=4&transport=websocket"

    async with websockets.connect(
        url, additional_headers={"Cookie": rita.cookie}, compression="deflate", proxy=None
    ) as socket:
        assert socket.response is not None
        assert "sec-websocket-extensions" not in socket.response.headers
        assert str(await socket.recv()).startswith("0")
