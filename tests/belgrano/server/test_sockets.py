"""A frame that is written past the server's layers: what it looks like, and when that must not be."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from wsproto.connection import Connection, ConnectionType
from wsproto.events import TextMessage

from belgrano.server.frames import text_frame
from belgrano.server.sockets import BEHIND, OpenSocket


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 70_000])
def test_a_frame_is_what_any_client_reads(size: int) -> None:
    text = ("ñ" + "a" * size)[: size - 1] if size > 1 else "a" * size  # ñ is two bytes
    client = Connection(ConnectionType.CLIENT)

    client.receive_data(text_frame(text))

    assert len(text.encode()) == size
    read = list(client.events())
    assert "".join(event.data for event in read if isinstance(event, TextMessage)) == text
    assert all(isinstance(event, TextMessage) for event in read)
    assert getattr(read[-1], "message_finished", False)


class Wire:
    """The transport at the bottom of Hypercorn's layers, and what was written to it."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.waiting = 0
        self.closing = False
        self.free = asyncio.Event()
        self.free.set()

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def get_write_buffer_size(self) -> int:
        return self.waiting

    def is_closing(self) -> bool:
        return self.closing

    def socket(self) -> OpenSocket:
        """An open socket over this wire, found where Hypercorn has it."""
        server = Layer(None, self)
        server.writer = SimpleNamespace(transport=self)
        return OpenSocket({}, None, Layer(Layer(server.take, self).take, self).take)


class Layer:
    """One of Hypercorn's layers: it was given the method of the one below."""

    writer: Any

    def __init__(self, send: Any, wire: Wire) -> None:
        self.send, self.wire = send, wire

    async def take(self, message: Any) -> None:
        await self.wire.free.wait()


async def accepted() -> tuple[Wire, OpenSocket]:
    wire = Wire()
    sock = wire.socket()
    await sock.send({"type": "websocket.accept"})
    return wire, sock


async def test_an_open_socket_is_written_to_at_once() -> None:
    wire, sock = await accepted()

    assert sock.write(b"frame")
    assert wire.written == [b"frame"]


async def test_nothing_is_written_before_the_socket_is_open_nor_after_it_was_closed() -> None:
    before = Wire()
    assert not before.socket().write(b"frame")

    wire, sock = await accepted()
    await sock.send({"type": "websocket.close"})
    assert not sock.write(b"frame")

    other, cut = await accepted()
    cut.end()
    assert not cut.write(b"frame")

    left, sock = await accepted()
    left.closing = True
    assert not sock.write(b"frame")
    assert before.written == wire.written == other.written == left.written == []


async def test_nothing_overtakes_what_is_being_sent() -> None:
    wire, sock = await accepted()
    wire.free.clear()
    sending = asyncio.create_task(sock.send({"type": "websocket.send", "text": "first"}))
    await asyncio.sleep(0)

    assert not sock.write(b"second")
    wire.free.set()
    await sending
    assert sock.write(b"second")


async def test_who_is_behind_is_sent_to_with_a_time_out() -> None:
    wire, sock = await accepted()

    wire.waiting = BEHIND + 1
    assert not sock.write(b"frame")
    wire.waiting = BEHIND
    assert sock.write(b"frame")
