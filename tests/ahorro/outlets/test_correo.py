"""Recovery mail: sent through a mail server, tried again, and never in anybody's way."""

import asyncio
from collections.abc import AsyncIterator
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from ahorro.domain.events import RecuperacionPedida
from ahorro.outlets.correo import WAITING, Correo, by_smtp, into_folder, read_folder

EVENT = RecuperacionPedida("clara@correo.test", "Clara Gómez", "un-token_secreto", "https://tienda.test")


class MailServer:
    """Enough of SMTP to take a message in; refuses the first `busy` of them."""

    def __init__(self) -> None:
        self.busy = 0
        self.taken: list[EmailMessage] = []
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 correo\r\n")
        while line := (await reader.readline()).decode().strip():
            if line.upper() == "DATA":
                writer.write(b"354 adelante\r\n")
                text = (await reader.readuntil(b"\r\n.\r\n")).decode()[:-5]
                self.taken.append(message_from_string(text, policy=default))  # type: ignore[arg-type]
                writer.write(b"250 ok\r\n")
            elif line.upper().startswith("MAIL") and self.busy > 0:
                self.busy -= 1
                writer.write(b"451 ahora no\r\n")
            elif line.upper() == "QUIT":
                writer.write(b"221 chau\r\n")
                break
            else:
                writer.write(b"250 ok\r\n")
            await writer.drain()
        writer.close()


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    mail = MailServer()
    async with await asyncio.start_server(mail.serve, "127.0.0.1", 0) as listening:
        mail.port = listening.sockets[0].getsockname()[1]
        yield mail


async def sent(mail: MailServer, how_many: int = 1) -> None:
    async with asyncio.timeout(60):
        while len(mail.taken) < how_many:
            await asyncio.sleep(0.02)


async def test_the_mail_leads_to_the_shop_and_says_how_long(server: MailServer) -> None:
    correo = Correo("Tienda <no@tienda.test>", by_smtp(f"smtp://127.0.0.1:{server.port}"))
    correo.start()

    correo.post(EVENT)
    await sent(server)
    await correo.close()

    (message,) = server.taken
    assert message["To"] == "clara@correo.test"
    assert message["Subject"] == "Elegí una contraseña nueva"
    text = message.get_content()
    assert "Hola, Clara Gómez:" in text
    assert "https://tienda.test/nueva-contrasena?token=un-token_secreto" in text
    assert "15 minutos" in text


async def test_a_busy_mail_server_is_asked_again(server: MailServer) -> None:
    server.busy = 1
    correo = Correo("no@tienda.test", by_smtp(f"smtp://127.0.0.1:{server.port}"))
    correo.start()

    correo.post(EVENT)
    await sent(server)
    await correo.close()

    assert len(server.taken) == 1


async def test_a_mail_server_that_is_away_loses_one_message_and_not_the_next(server: MailServer) -> None:
    server.busy = 3
    correo = Correo("no@tienda.test", by_smtp(f"smtp://127.0.0.1:{server.port}"))
    correo.start()

    correo.post(EVENT)
    correo.post(RecuperacionPedida("otra@correo.test", "Otra", "t2", "https://tienda.test"))
    async with asyncio.timeout(60):
        while not server.taken:
            await asyncio.sleep(0.05)
    await correo.close()

    assert [m["To"] for m in server.taken] == ["otra@correo.test"]


async def test_without_a_way_out_or_an_address_to_link_to_nothing_leaves(server: MailServer) -> None:
    silent = Correo("no@tienda.test", None)
    homeless = Correo("no@tienda.test", by_smtp(f"smtp://127.0.0.1:{server.port}"))
    homeless.start()

    assert not silent.puede_mandar
    silent.post(EVENT)
    homeless.post(RecuperacionPedida("clara@correo.test", "Clara", "t", ""))
    homeless.post(EVENT)
    await sent(server)
    await homeless.close()

    assert len(server.taken) == 1


async def test_a_flood_is_dropped_and_not_kept(tmp_path: Path) -> None:
    correo = Correo("no@tienda.test", into_folder(tmp_path))

    for _ in range(WAITING + 50):
        correo.post(EVENT)

    assert correo._waiting.qsize() == WAITING


async def test_an_address_cannot_smuggle_a_header_in(tmp_path: Path) -> None:
    correo = Correo("no@tienda.test", into_folder(tmp_path))
    correo.start()
    correo.post(RecuperacionPedida("a@b.test", "Ana\r\nBcc: todos@malo.test", "t", "https://tienda.test"))

    async with asyncio.timeout(60):
        while not (mensajes := read_folder(tmp_path)):
            await asyncio.sleep(0.02)
    await correo.close()

    (path,) = tmp_path.glob("*.eml")
    head = path.read_text().partition("\n\n")[0]
    assert "malo" not in head
    assert mensajes[0].para == "a@b.test"
