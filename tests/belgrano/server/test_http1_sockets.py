"""Websockets over both: the handshake, messages both ways, who is behind, and every end."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import websockets
from websockets.frames import Frame, Opcode

from tests.belgrano.server.test_http1 import GET, WAYS
from tests.belgrano.server.wire import BIG, PIECES, Server, serving
from tests.people import until

HELLO = (
    b"GET %b HTTP/1.1\r\nHost: shop.test\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


@pytest.fixture(params=list(WAYS))
async def served(request: pytest.FixtureRequest) -> AsyncIterator[Server]:
    async with serving(lean=WAYS[request.param]) as made:
        yield made


def connect(served: Server, path: str = "/socket") -> websockets.connect:
    return websockets.connect(f"ws://127.0.0.1:{served.port}{path}", max_size=None, proxy=None)


def said(text: str, *, fin: bool = True, opcode: Opcode = Opcode.TEXT) -> bytes:
    return Frame(opcode, text.encode(), fin).serialize(mask=True)


async def test_messages_go_both_ways_whatever_their_kind_and_size(served: Server) -> None:
    async with connect(served) as phone:
        for message in ("", "hola", "ñ" * 20_000, b"\0\1\2", b"x" * 60_000):
            await phone.send(message)
            assert await phone.recv() == message
        await asyncio.wait_for(await phone.ping(), 10)

    assert await until(lambda: served.app.ended == ["/socket 1006"] or served.app.ended == ["/socket 1000"])
    assert served.app.requests == [("WS", "/socket")]


async def test_a_message_in_pieces_and_messages_in_one_packet_arrive_whole_and_in_order(served: Server) -> None:
    raw = said("uno") + said("d", fin=False) + said("o", fin=False, opcode=Opcode.CONT) + said("s", opcode=Opcode.CONT)
    client = await served.open(HELLO % b"/socket")
    assert (await client.head())[0] == 101

    await client.send(raw)
    assert await client.reader.readexactly(10) == b"\x81\x03uno\x81\x03dos"
    for byte in said("tres"):
        await client.send(bytes([byte]))
    assert await client.reader.readexactly(6) == b"\x81\x04tres"


async def test_the_app_may_refuse_with_an_answer_or_with_a_code(served: Server) -> None:
    refused = await served.ask(HELLO % b"/refused")
    closed = await served.ask(HELLO % b"/closed")

    assert (refused.status, refused.body, refused.headers["x-why"]) == (401, b"who are you?", "who")
    assert closed.status == 403


@pytest.mark.parametrize("lost", [b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n", b"Sec-WebSocket-Version: 13\r\n"])
async def test_a_handshake_that_is_none_is_a_400(served: Server, lost: bytes) -> None:
    client = await served.open((HELLO % b"/socket").replace(lost, b""))

    got = await client.answer()

    assert (got.status, got.headers["connection"]) == (400, "close")
    assert served.app.requests == []


async def test_an_upgrade_to_something_else_is_not_heard(served: Server) -> None:
    client = await served.open((HELLO % b"/echo").replace(b"Upgrade: websocket", b"Upgrade: h2c") + GET)

    assert (await client.answer()).json()["path"] == "/echo"
    assert (await client.answer()).json()["path"] == "/a b"


async def test_the_app_closes_with_its_code(served: Server) -> None:
    async with connect(served) as phone:
        await phone.send("bye")
        with pytest.raises(websockets.ConnectionClosed):
            await phone.recv()

    assert phone.close_code == 4401
    assert await served.empty()


async def test_a_message_that_is_too_large_is_refused_as_such(served: Server) -> None:
    async with connect(served) as phone:
        await phone.send("x" * 70_000)
        with pytest.raises(websockets.ConnectionClosed):
            await phone.recv()

    assert phone.close_code == 1009


async def test_frames_that_are_none_end_the_connection(served: Server) -> None:
    for nonsense in (b"\xff" * 20, said("x").replace(b"\x81", b"\xc1", 1), b"\x81\x05hello"):
        client = await served.open(HELLO % b"/socket")
        assert (await client.head())[0] == 101
        await client.send(nonsense)
        assert (await client.rest())[:1] in (b"\x88", b"")  # a close, or nothing

    assert await served.empty()


async def test_a_client_that_vanishes_at_any_byte_leaves_nothing_behind() -> None:
    """With Hypercorn's own, an app waits for ever whose client sends a frame before it is accepted."""
    raw = HELLO % b"/socket" + said("hola")
    async with serving(lean=True) as served:
        for cut in range(len(HELLO) - 10, len(raw) + 1):
            client = await served.open(raw[:cut])
            await asyncio.sleep(0.002)
            client.writer.transport.abort()

        assert await served.empty()
        assert (await served.ask(GET)).status == 200


async def test_silence_ends_a_socket_and_a_word_keeps_it() -> None:
    for lean in WAYS.values():
        async with serving(lean=lean, read_timeout=0.6, keep_alive_timeout=0.2) as served:
            silent, other = await served.open(HELLO % b"/socket"), await served.open(HELLO % b"/socket")
            assert (await silent.head())[0] == (await other.head())[0] == 101
            for _ in range(5):
                await asyncio.sleep(0.25)
                await other.send(said("a"))
            assert await silent.rest(5) == b""
            assert await other.reader.readexactly(15) == b"\x81\x01a" * 5
            assert not other.reader.at_eof()


async def test_a_client_that_does_not_read_has_the_app_wait(served: Server) -> None:
    client = await served.open(HELLO % b"/socket")
    assert (await client.head())[0] == 101
    await client.send(said("flood"))
    client.reader._transport.pause_reading()  # type: ignore[attr-defined]
    sent = -1
    while sent != served.app.sent:
        sent = served.app.sent
        await asyncio.sleep(0.2)

    assert sent < 15_000_000
    client.reader._transport.resume_reading()  # type: ignore[attr-defined]
    assert len(await asyncio.wait_for(client.reader.readexactly(PIECES * (len(BIG) + 10)), 30)) > sent


async def test_an_app_that_does_not_listen_has_the_client_wait(served: Server) -> None:
    client = await served.open(HELLO % b"/deaf")
    assert (await client.head())[0] == 101
    sent = 0

    async def pour() -> None:
        nonlocal sent
        while sent < 60_000_000:
            await client.send(said("x" * 50_000))
            sent += 50_000

    pouring = asyncio.create_task(pour())
    seen = -1
    while seen != sent:
        seen = sent
        await asyncio.sleep(0.3)
    assert seen < 20_000_000

    served.app.go.set()
    await asyncio.wait_for(pouring, 30)
    assert await until(lambda: served.app.got == 60_000_000)


async def test_a_flood_of_pings_from_a_client_that_does_not_read_fills_no_memory(served: Server) -> None:
    client = await served.open(HELLO % b"/socket")
    assert (await client.head())[0] == 101
    client.reader._transport.pause_reading()  # type: ignore[attr-defined]
    ping = said("p" * 120, opcode=Opcode.PING) * 400
    sent = 0

    async def pour() -> None:
        nonlocal sent
        while sent < 60_000_000:
            await client.send(ping)
            sent += len(ping)

    pouring = asyncio.create_task(pour())
    seen = -1
    while seen != sent:
        seen = sent
        await asyncio.sleep(0.4)
    pouring.cancel()

    assert seen < 30_000_000
