"""Each fault that nobody would notice (contract 10) reaches a mailbox and a signed address once, as does its end."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import ssl
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest

from tests.faults.test_outage import Impostor, unavailable
from tests.faults.test_storage import SmallTmpfs, held
from tests.people import Customer, Shop, body, enter_customer, ticket_data
from tests.servers import POSTGRES, Servers
from tests.told import Told, told, watched


@pytest.fixture
async def them() -> AsyncIterator[Told]:
    async with told() as them:
        yield them


async def start(town: Servers, *apps: str, **over: str) -> None:
    await asyncio.to_thread(town.start, *apps, **over)


async def open_shop(town: Servers, them: Told, **periods: float) -> Customer:
    """The shop runs and is watched, with a customer who can buy."""
    town.catalogue()
    town.create_user("ahorro", "cliente", "ana@belgrano.test", "Ana")
    watched(town, "ahorro", them, **periods)
    await start(town, "ahorro")
    return await enter_customer(town.ahorro.url, "ana@belgrano.test")


def of(them: Told, *incidentes: str) -> list[str]:
    """The types that came of these incidents."""
    return [each["type"] for each in them.posts if each["data"]["incidente"] in incidentes]


def detail(them: Told, type_: str) -> str:
    return str(next(each["data"]["detalle"] for each in them.posts if each["type"] == type_))


async def test_the_other_app_away_is_told_once_and_its_coming_back_once(them: Told) -> None:
    with Servers() as town:
        watched(town, "ahorro", them)
        await start(town, "ahorro")

        await them.until("alerta.otra_app")
        await asyncio.sleep(1.5)
        await start(town, "ticketera")
        await them.until("alerta.otra_app.fin")

    assert them.types == ["alerta.otra_app", "alerta.otra_app.fin"]
    first, last = (each["data"] for each in them.posts)
    assert first["app"] == "ahorro" and first["incidente"] == "otra_app"
    assert first["detalle"] == "Ticketera no responde: nadie escucha en ese puerto."
    assert last["desde"] == first["desde"]
    assert them.mails == ["La tienda: la otra app no responde", "Resuelto. La tienda: la otra app responde otra vez"]


def a_certificate(folder: Path) -> ssl.SSLContext:
    """A server's, signed by itself."""
    key, cert = folder / "llave.pem", folder / "certificado.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
         "-keyout", str(key), "-out", str(cert), "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    return context


@pytest.mark.parametrize("fault", ["name", "certificate"])
async def test_an_address_that_leads_nowhere_is_told_with_why(fault: str, them: Told, tmp_path: Path) -> None:
    server = await asyncio.start_server(lambda _r, w: w.close(), "127.0.0.1", 0, ssl=a_certificate(tmp_path))
    with Servers() as town:
        port = server.sockets[0].getsockname()[1]
        town.env["BELGRANO_AHORRO_URL"] = {
            "name": "http://tienda.invalid",
            "certificate": f"https://127.0.0.1:{port}",
        }[fault]
        watched(town, "ticketera", them)
        await start(town, "ticketera")
        await them.until("alerta.otra_app")
    server.close()

    said = {"name": "no existe ese nombre (DNS)", "certificate": "no lo firma nadie conocido"}[fault]
    assert said in detail(them, "alerta.otra_app")
    assert them.types == ["alerta.otra_app"]


async def test_a_key_that_ticketera_refuses_stops_the_queue_and_is_told(them: Told) -> None:
    with Servers() as town:
        await start(town, "ticketera", TICKETERA_API_KEY="otra-clave-" + "z" * 40)
        customer = await open_shop(town, them)
        assert (await customer.buy()).status_code == 201

        await them.until("alerta.cola_detenida", "alerta.cola_vieja")
        await asyncio.to_thread(town.ticketera.stop)
        await start(town, "ticketera")
        await them.until("alerta.cola_detenida.fin", "alerta.cola_vieja.fin")
        await customer.close()

    assert of(them, "cola_detenida") == ["alerta.cola_detenida", "alerta.cola_detenida.fin"]
    assert of(them, "cola_vieja") == ["alerta.cola_vieja", "alerta.cola_vieja.fin"]
    assert detail(them, "alerta.cola_detenida") == "No sale nada: Ticketera no acepta la clave de la API (401)."


async def test_a_secret_that_the_shop_does_not_know_is_told_by_ticketera(them: Told) -> None:
    with Servers() as town:
        await start(town, "ahorro", TICKETERA_WEBHOOK_SECRET=them.secret)
        watched(town, "ticketera", them)
        await start(town, "ticketera")
        shop = Shop(town.ticketera.url, town.api_key)
        await shop.post("/api/tickets", ticket_data())
        await them.until("alerta.cola_detenida")
        await shop.close()

    assert "la firma (401)" in detail(them, "alerta.cola_detenida")


async def test_orders_that_wait_too_long_are_told_until_they_have_left(them: Told) -> None:
    with Servers() as town:
        async with Impostor(town.ticketera.port, unavailable):
            customer = await open_shop(town, them, away=60)
            await customer.buy()
            await them.until("alerta.cola_vieja")
        await start(town, "ticketera")
        await them.until("alerta.cola_vieja.fin")
        await customer.close()

    assert them.types == ["alerta.cola_vieja", "alerta.cola_vieja.fin"]
    assert them.mails[0] == "La tienda: lo que tiene que salir está esperando"


async def refusing(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    said = b'{"detail": "Ana Paz, Av. Belgrano 1234"}'
    writer.write(b"HTTP/1.1 422 No\r\nContent-Length: %d\r\n\r\n%s" % (len(said), said))


async def test_orders_set_aside_are_told_at_once_together_later_and_name_nobody(them: Told) -> None:
    with Servers() as town:
        async with Impostor(town.ticketera.port, refusing):
            customer = await open_shop(town, them, away=60, moment=3.0)
            numero = body(await customer.buy())["numero"]
            await them.until("alerta.apartado")
            await customer.buy()
            await customer.buy()
            async with asyncio.timeout(20):
                while len(them.posts) < 2:
                    await asyncio.sleep(0.05)
            await asyncio.sleep(4)
            await customer.close()

    assert them.types == ["alerta.apartado"] * 2
    assert them.posts[0]["data"]["detalle"] == f"{numero}: Ticketera lo rechazó (422)."
    assert not any("Ana" in str(each) for each in them.posts)


async def test_a_database_that_somebody_holds_is_told_from_memory_and_its_end_from_the_rows(them: Told) -> None:
    with Servers() as town:
        watched(town, "ticketera", them, away=60)
        await start(town, "ticketera")
        with held(town, "ticketera"):
            await them.until("alerta.sin_base")
            await asyncio.sleep(4)
        await them.until("alerta.sin_base.fin")

    assert them.types == ["alerta.sin_base", "alerta.sin_base.fin"]
    assert them.mails[0] == "Ticketera: la base de datos no guarda"


@pytest.mark.parametrize("life", ["running", "begins"])
async def test_postgresql_away_is_told_once_and_its_end_once(life: str, postgres: object, them: Told) -> None:
    with Servers(postgres=True) as town:
        watched(town, "ahorro", them, away=60)
        town.init_db("ahorro")
        if life == "running":
            await start(town, "ahorro")
        with psycopg.connect(POSTGRES, autocommit=True) as con:
            con.execute(f"ALTER DATABASE {town.database} WITH ALLOW_CONNECTIONS false")  # type: ignore[arg-type]
            gone = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            con.execute(gone, (town.database,))
            if life == "begins":
                await start(town, "ahorro")
            await them.until("alerta.sin_base")
            await asyncio.sleep(2)
            con.execute(f"ALTER DATABASE {town.database} WITH ALLOW_CONNECTIONS true")  # type: ignore[arg-type]
        await them.until("alerta.sin_base.fin")

    assert them.types == ["alerta.sin_base", "alerta.sin_base.fin"]


async def test_a_disk_that_fills_is_told_before_it_is_full_and_when_it_is(them: Told) -> None:
    with Servers() as town:
        disk = SmallTmpfs(town, "ahorro")
        try:
            watched(town, "ahorro", them, away=60)
            await start(town, "ahorro")
            (disk.folder / "casi").write_bytes(b"x" * int(2.9 * 2**20))
            await them.until("alerta.disco")
            disk.fill()
            await them.until("alerta.sin_base")
            await disk.free()
            (disk.folder / "casi").unlink()
            await them.until("alerta.sin_base.fin", "alerta.disco.fin")
            await asyncio.to_thread(town.ahorro.stop)
        finally:
            disk.end()

    assert of(them, "disco") == ["alerta.disco", "alerta.disco.fin"]
    assert of(them, "sin_base") == ["alerta.sin_base", "alerta.sin_base.fin"]


async def test_five_errors_in_a_minute_are_told_and_four_are_not(them: Told) -> None:
    with Servers() as town:
        customer = await open_shop(town, them, away=60, minute=3.0)
        with contextlib.closing(sqlite3.connect(town.db("ahorro"), isolation_level=None)) as con:
            con.execute("ALTER TABLE pedidos RENAME TO otra_cosa")
        for _ in range(4):
            assert (await customer.get("/api/pedidos")).status_code == 500
        await asyncio.sleep(4)
        calm = list(them.types)
        for _ in range(5):
            await customer.get("/api/pedidos")
        await them.until("alerta.errores", "alerta.errores.fin")
        await customer.close()

    assert calm == []
    assert them.types == ["alerta.errores", "alerta.errores.fin"]


async def test_an_app_that_was_killed_says_so_when_it_is_back_and_one_that_was_ended_does_not(them: Told) -> None:
    with Servers() as town:
        watched(town, "ahorro", them, away=60)
        await start(town, "ahorro")
        await asyncio.to_thread(town.ahorro.stop)
        await start(town, "ahorro")
        await asyncio.sleep(1)
        calm = list(them.types)
        await asyncio.to_thread(town.ahorro.kill)
        await start(town, "ahorro")
        await them.until("alerta.reinicio")
        await asyncio.sleep(1)

    assert calm == []
    assert them.types == ["alerta.reinicio"]


async def test_whoever_is_told_may_be_away_and_the_app_killed_meanwhile(them: Told) -> None:
    them.busy, them.mail.busy = 2, 1
    with Servers() as town:
        watched(town, "ahorro", them)
        await start(town, "ahorro")
        async with asyncio.timeout(20):
            while not them.tries:
                await asyncio.sleep(0.02)
        await asyncio.to_thread(town.ahorro.kill)
        await start(town, "ahorro")
        await them.until("alerta.otra_app", "alerta.reinicio", seconds=60)
        await asyncio.sleep(1)

    assert sorted(them.types) == ["alerta.otra_app", "alerta.reinicio"]
    assert them.tries >= 4


async def test_two_processes_of_an_app_tell_once(postgres: object, them: Told) -> None:
    with Servers(postgres=True) as town:
        town.init_db("ticketera")
        watched(town, "ticketera", them)
        town.env |= town.ticketera.env
        other = town.second("ticketera")
        other.target = town.ticketera.target
        await asyncio.gather(asyncio.to_thread(town.ticketera.start), asyncio.to_thread(other.start))
        await them.until("alerta.otra_app")
        await asyncio.sleep(1)
        await start(town, "ahorro")
        await them.until("alerta.otra_app.fin")
        await asyncio.sleep(1)

    assert them.types == ["alerta.otra_app", "alerta.otra_app.fin"]
    assert len(them.mails) == 2


async def test_while_all_is_well_nobody_is_told_anything(them: Told) -> None:
    with Servers() as town:
        watched(town, "ticketera", them, away=30)  # the shop takes its time to start
        await start(town, "ticketera")
        customer = await open_shop(town, them, away=30)
        for n in range(20):
            assert (await customer.buy(n)).status_code == 201
            await asyncio.sleep(0.2)
        await customer.close()
        await asyncio.to_thread(town.ahorro.stop)
        await asyncio.to_thread(town.ticketera.stop)

    assert them.types == [] and them.mails == []
