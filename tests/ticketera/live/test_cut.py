"""Whoever may not hear any more is cut, whatever their client does."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest
from websockets.frames import Frame, Opcode

from tests.people import Crew, Person, until
from tests.phone import Phone
from tests.servers import PASSWORD, Servers
from tests.wire import Refused, Wire

WITHIN = 10.0  # seconds; silence alone would be noticed after twenty
End = Callable[[Crew, Person], Awaitable[object]]


async def log_out(crew: Crew, person: Person) -> None:
    assert (await person.delete("/api/sesion")).status_code == 204


async def deactivate(crew: Crew, person: Person) -> None:
    await crew.admin.ok("PATCH", f"/api/repartidores/{person.id}", {"activo": False})


async def new_password_by_the_admin(crew: Crew, person: Person) -> None:
    await crew.admin.ok("PATCH", f"/api/repartidores/{person.id}", {"password": "otra-frase-larga"})


async def new_session_in_the_same_browser(crew: Crew, person: Person) -> None:
    assert (await person.log_in(person.me["email"])).status_code == 200


ENDS = [log_out, deactivate, new_password_by_the_admin, new_session_in_the_same_browser]


@pytest.mark.parametrize("end", ENDS)
async def test_a_session_that_ends_takes_its_sockets_with_it(crew: Crew, rita: Person, end: End) -> None:
    wires = [await Wire(rita.url, rita.cookie).open() for _ in range(3)]

    began = time.monotonic()
    await end(crew, rita)

    assert all([await wire.gone(WITHIN) for wire in wires])
    assert time.monotonic() - began < WITHIN
    assert {wire.closed_code for wire in wires} == {4401}


class Deaf:
    """A client that answers nothing: no close, no pong; it may also stop reading."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def open(cls, person: Person) -> "Deaf":
        host, port = person.url.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port), limit=2**16)
        writer.write(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n"
            f"Cookie: {person.cookie}\r\n\r\n".encode()
        )
        assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
        writer.write(Frame(Opcode.TEXT, b"40").serialize(mask=True))
        await asyncio.sleep(0.2)
        return cls(reader, writer)

    async def ended(self, limit: float) -> bool:
        """Whether the connection itself ends in time."""
        try:
            async with asyncio.timeout(limit):
                while await self.reader.read(65_536):
                    pass
        except ConnectionError:
            return True
        except TimeoutError:
            return False
        return True


@pytest.mark.parametrize("end", [log_out, deactivate])
async def test_a_client_that_ignores_the_close_is_cut_all_the_same(crew: Crew, rita: Person, end: End) -> None:
    deaf = await Deaf.open(rita)

    began = time.monotonic()
    await end(crew, rita)

    assert await deaf.ended(WITHIN)
    assert time.monotonic() - began < WITHIN


async def test_nothing_is_pushed_to_a_cut_socket_and_no_new_one_opens(crew: Crew, rita: Person, town: Servers) -> None:
    phone = await Phone(rita).connect()
    cookie = rita.cookie

    await deactivate(crew, rita)
    heard = len(phone.wire.heard) if phone.wire else 0
    await crew.shop.post_ticket()
    await asyncio.sleep(0.3)

    assert phone.wire is not None
    assert len(phone.wire.heard) == heard
    assert (await rita.get("/api/mis-tickets")).status_code == 401
    assert (await rita.get("/api/sesion")).status_code == 401
    assert cookie
    await phone.end()


async def test_ones_own_new_password_cuts_every_socket_and_only_this_browser_comes_back(
    crew: Crew, rita: Person
) -> None:
    elsewhere = Person(rita.url)
    await elsewhere.log_in(rita.me["email"])
    copied = rita.cookie
    here, there = await Wire(rita.url, copied).open(), await Wire(rita.url, elsewhere.cookie).open()

    await rita.ok("POST", "/api/sesion/password", {"actual": PASSWORD, "nueva": "una frase nueva y larga"})

    assert await there.gone(WITHIN)
    assert await here.gone(WITHIN)  # whoever copied its cookie may have been at its end
    for dead in (copied, elsewhere.cookie):
        with pytest.raises(Refused):
            await Wire(rita.url, dead).open()
    again = await Wire(rita.url, rita.cookie).open()
    assert again.live
    await again.close()
    await elsewhere.close()


async def test_a_phone_that_stops_reading_is_cut_and_costs_nobody_anything(
    crew: Crew, rita: Person, raul: Person
) -> None:
    deaf, phone = await Deaf.open(rita), await Phone(raul).connect()
    big = [f"Producto {n:03d} {'largo ' * 12}x1" for n in range(500)]
    ticket = await crew.shop.post_ticket(repartidor_id=rita.id, productos=big)

    version, began = ticket["version"], time.monotonic()
    while time.monotonic() < began + 18 and not deaf.reader.at_eof():
        edit = {"version": version, "indicaciones": f"vuelta {version}"}
        version = (await crew.admin.ok("PATCH", f"/api/tickets/{ticket['ticket_id']}", edit))["version"]
        rows = (await crew.admin.ok("GET", "/api/repartidores"))["repartidores"]
        if version > 20 and not next(r for r in rows if r["id"] == rita.id)["en_linea"]:
            break

    assert time.monotonic() - began < 18, "still online"
    other = await crew.shop.post_ticket(repartidor_id=raul.id)
    assert await phone.knows(other["ticket_id"])
    deaf.writer.transport.abort()
    await phone.end()


async def test_a_logout_in_the_middle_of_a_handshake_leaves_no_socket_behind(crew: Crew, rita: Person) -> None:
    for n in range(12):
        await rita.log_in(rita.me["email"])
        cookie = rita.cookie

        async def shake(cookie: str = cookie, wait: float = n / 1000) -> Wire | None:
            await asyncio.sleep(wait)
            try:
                return await Wire(rita.url, cookie).open()
            except Exception:
                return None

        wire, _ = await asyncio.gather(shake(), rita.delete("/api/sesion"))
        assert wire is None or await wire.gone(WITHIN)


async def test_the_operators_command_cuts_sockets_of_a_running_app() -> None:
    with Servers() as own:
        own.start("ticketera")
        crew = await Crew.gather(own, repartidores=1, turno=False)
        wire = await Wire(own.ticketera.url, crew.repartidores[0].cookie).open()

        done = await asyncio.to_thread(own.belgrano, "nueva-epoca")

        assert done.returncode == 0, done.stderr
        assert await wire.gone()
        await crew.close()


async def test_presence_follows_the_sockets(crew: Crew, rita: Person) -> None:
    board = await Wire(crew.admin.url, crew.admin.cookie).open()

    def told() -> list[bool]:
        return [r["en_linea"] for r in board.events("presencia") if r["id"] == rita.id]

    first, second = await Wire(rita.url, rita.cookie).open(), await Wire(rita.url, rita.cookie).open()
    assert await until(lambda: told() == [True])
    await first.close()
    await asyncio.sleep(0.3)
    assert told() == [True]
    await second.cut()

    assert await until(lambda: told() == [True, False])
    rows = (await crew.admin.ok("GET", "/api/repartidores"))["repartidores"]
    assert board.events("presencia")[-1].keys() == next(r for r in rows if r["id"] == rita.id).keys()
    assert "password" not in str(rows)
    await board.close()
