"""Mail: sent through a mail server, tried again, kept over a restart, and never in anybody's way."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from ahorro.actions.cuentas import hash_enlace, pedir_recuperacion, registrar_usuario
from ahorro.outlets.correo import Correo, into_folder, read_folder
from ahorro.settings import MIGRATIONS
from ahorro.store.correos import claim_correo
from ahorro.store.cuentas import select_recuperacion_vale
from belgrano.database.base import Base
from belgrano.database.work import Connection, Work
from belgrano.mail import by_smtp
from tests.ahorro.mail_server import MailServer
from tests.conftest import MakeBase
from tests.people import until

SITIO = "https://tienda.test"
SECRETO = "the app's own secret, which no database holds"
FROM = "Tienda <no@tienda.test>"
MINUTE = 60_000


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    mail = MailServer()
    async with await asyncio.start_server(mail.serve, "127.0.0.1", 0) as listening:
        mail.port = listening.sockets[0].getsockname()[1]
        yield mail


@pytest.fixture
async def base(make_base: MakeBase) -> Base:
    """A shop's database, where Clara and Omar lost their passwords."""
    base = await make_base(MIGRATIONS, app="ahorro")
    for nombre in ("Clara", "Omar"):
        email = f"{nombre.lower()}@correo.test"
        await base.do(registrar_usuario, nombre=nombre, email=email, password_hash="x")
    return base


@pytest.fixture
async def post(server: MailServer, base: Base) -> AsyncIterator[Callable[[], Correo]]:
    """`post()` is a process that sends what waits; called again the former one has ended."""
    running: list[Correo] = []

    def start() -> Correo:
        running.append(Correo(base, FROM, SECRETO, by_smtp(f"smtp://127.0.0.1:{server.port}")))
        running[-1].start()
        return running[-1]

    yield start
    for each in running:
        await each.close()


async def lose(base: Base, who: str = "clara") -> None:
    await base.do(pedir_recuperacion, f"{who}@correo.test", SITIO, SECRETO)


def token_in(text: str) -> str:
    return text.split("token=")[1].split()[0]


async def test_the_mail_leads_to_the_shop_and_says_how_long(
    server: MailServer, base: Base, post: Callable[[], Correo]
) -> None:
    await lose(base)
    post()
    await server.sent()

    (message,) = server.taken
    assert message["To"] == "clara@correo.test"
    assert message["Subject"] == "Elegí una contraseña nueva"
    text = message.get_content()
    assert "Hola, Clara:" in text
    assert f"{SITIO}/nueva-contrasena?token=" in text
    assert "15 minutos" in text
    assert await base.read(select_recuperacion_vale, hash_enlace(token_in(text)), 0)
    assert await until(lambda: no_more(base))


async def test_what_waits_to_leave_opens_nothing_by_itself(base: Base) -> None:
    await lose(base)

    rows = await base.read(everything)
    assert "token={token}" in rows[0]["texto"]
    for value in rows[0].values():
        assert not await base.read(select_recuperacion_vale, hash_enlace(str(value)), 0)


async def test_mail_outlasts_the_process_that_was_to_send_it(
    server: MailServer, base: Base, post: Callable[[], Correo]
) -> None:
    server.busy = 1
    await lose(base)
    first = post()
    assert await until(lambda: server.busy == 0)
    await first.close()
    assert server.taken == []

    await base.do(hurry)
    post()
    await server.sent()
    assert await until(lambda: no_more(base))


async def test_a_process_that_died_while_sending_leaves_it_to_the_next(
    server: MailServer, base: Base, post: Callable[[], Correo]
) -> None:
    await lose(base)
    assert await base.do(claim) is not None  # and died
    assert await base.do(claim) is None

    await base.do(hurry)
    post()
    await server.sent()


async def test_two_processes_send_each_message_once(server: MailServer, base: Base, post: Callable[[], Correo]) -> None:
    for who in ("clara", "omar"):
        await lose(base, who)
    post()
    post()
    assert await until(lambda: no_more(base))

    assert sorted(m["To"] for m in server.taken) == ["clara@correo.test", "omar@correo.test"]


async def test_a_busy_mail_server_is_asked_again_and_holds_up_nobody_else(
    server: MailServer, base: Base, post: Callable[[], Correo]
) -> None:
    server.busy = 1
    await lose(base)
    await lose(base, "omar")
    post()
    await server.sent(2)

    assert [m["To"] for m in server.taken] == ["omar@correo.test", "clara@correo.test"]


async def test_a_mail_server_that_was_busy_for_days_holds_up_nobody_else(
    server: MailServer, base: Base, post: Callable[[], Correo], caplog: pytest.LogCaptureFixture
) -> None:
    server.busy = 1
    await lose(base)
    await base.do(was_tried, 1_100)
    await lose(base, "omar")
    post()
    await server.sent()

    assert [m["To"] for m in server.taken] == ["omar@correo.test"]
    assert not [each for each in caplog.records if each.exc_info]


async def test_what_would_come_too_late_is_not_sent(server: MailServer, base: Base, post: Callable[[], Correo]) -> None:
    await lose(base)
    await base.do(hurry, 16 * MINUTE)
    await lose(base, "omar")
    post()
    assert await until(lambda: no_more(base))

    assert [m["To"] for m in server.taken] == ["omar@correo.test"]


async def test_a_clock_that_was_put_back_holds_up_no_mail(
    server: MailServer, base: Base, post: Callable[[], Correo]
) -> None:
    await lose(base)
    await base.do(hurry, -24 * 60 * MINUTE)
    post()

    await server.sent()


async def test_a_name_cannot_put_another_token_into_a_mail(base: Base, tmp_path: Path) -> None:
    await base.do(registrar_usuario, nombre="Ana {token}", email="ana@correo.test", password_hash="x")
    await lose(base, "ana")
    correo = Correo(base, FROM, SECRETO, into_folder(tmp_path))
    correo.start()
    assert await until(lambda: read_folder(tmp_path))
    await correo.close()

    (mensaje,) = read_folder(tmp_path)
    assert mensaje.texto.count(token_in(mensaje.texto)) == 1


async def test_without_a_way_out_nothing_leaves_and_nothing_breaks(base: Base) -> None:
    silent = Correo(base, FROM, SECRETO, None)
    silent.start()

    assert not silent.puede_mandar
    await silent.close()


async def no_more(base: Base) -> bool:
    return await base.read(everything) == []


async def everything(con: Connection) -> list[dict[str, Any]]:
    return [dict(row) for row in await con.fetch_all("SELECT * FROM correos")]


async def claim(work: Work) -> Any:
    return await claim_correo(work.con, work.ahora)


async def was_tried(work: Work, times: int) -> None:
    await work.con.execute("UPDATE correos SET intentos = :times", {"times": times})


async def hurry(work: Work, ms: int = MINUTE) -> None:
    """As if so much time had passed."""
    await work.con.execute(
        "UPDATE correos SET mandar_en = mandar_en - :ms, vence_en = vence_en - :ms, creado_en = creado_en - :ms",
        {"ms": ms},
    )
