"""The shop's operator commands, on a database that the app may have open."""

import base64
import time
from pathlib import Path
from typing import Any

import pytest

from ahorro import cli
from ahorro.app import create_app
from ahorro.settings import Settings
from belgrano.accounts.second_factor import STEP_S, code_at
from belgrano.database.backup import backup
from belgrano.database.restore import restore
from belgrano.env import Environment
from belgrano.operator import database
from tests.ahorro.cast import PASSWORD, ShopApp, Visitor, un_correo
from tests.ahorro.conftest import some_settings
from tests.pictures import jpeg


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return some_settings(database_url, tmp_path / "correo")


async def test_a_user_is_made_before_the_first_start_and_while_the_app_runs(settings: Settings) -> None:
    before = await cli.create_user(settings, "Ana@Correo.test", " Ana ", "cliente", PASSWORD)
    app = create_app(settings)
    async with app.test_app():
        shop = ShopApp(app)
        during = await cli.create_user(settings, "marta@correo.test", "Marta", "comerciante", PASSWORD)
        for email, rol, id in (("ana@correo.test", "cliente", before), ("marta@correo.test", "comerciante", during)):
            visitor = Visitor(app.test_client(), email=email)
            usuario = (await shop.log_in(visitor)).data_["usuario"]
            assert (usuario["rol"], usuario["id"]) == (rol, id)


@pytest.mark.parametrize(
    ("email", "name", "role", "password"),
    [
        ("ana@correo.test", "Ana", "repartidor", PASSWORD),
        ("ana", "Ana", "cliente", PASSWORD),
        ("ana@correo.test", "  ", "cliente", PASSWORD),
        ("ana@correo.test", "Ana", "cliente", "corta"),
    ],
)
async def test_a_bad_user_is_refused_in_a_sentence(
    settings: Settings, email: str, name: str, role: str, password: str
) -> None:
    with pytest.raises(ValueError, match=r"[a-z]+.*\."):
        await cli.create_user(settings, email, name, role, password)


async def test_an_address_is_taken_once(settings: Settings) -> None:
    await cli.create_user(settings, "ana@correo.test", "Ana", "cliente", PASSWORD)

    with pytest.raises(ValueError, match="ya hay una cuenta"):
        await cli.create_user(settings, "ANA@correo.test", "Otra Ana", "admin", PASSWORD)


async def test_init_db_twice_does_no_harm(settings: Settings) -> None:
    await database.init_db(settings)
    await cli.create_user(settings, "ana@correo.test", "Ana", "cliente", PASSWORD)
    await database.init_db(settings)

    with pytest.raises(ValueError, match="ya hay una cuenta"):
        await cli.create_user(settings, "ana@correo.test", "Ana", "cliente", PASSWORD)


async def test_what_waits_is_listed_and_goes_again(settings: Settings) -> None:
    app = create_app(settings)
    async with app.test_app():
        shop = ShopApp(app)
        numero = (await (await shop.customer()).buy(await shop.producto()))["numero"]

        assert [(row["key"], row["state"]) for row in await database.outbox_list(settings)] == [(numero, "pendiente")]
        await shop.base.do(_apartar, numero)
        assert [row["state"] for row in await database.outbox_list(settings)] == ["apartado"]
        assert await database.outbox_retry(settings, None) == 1
        assert [row["state"] for row in await database.outbox_list(settings)] == ["pendiente"]


async def test_pictures_are_in_a_copy_and_come_back_with_it(settings: Settings, tmp_path: Path) -> None:
    app = create_app(settings)
    async with app.test_app():
        shop = ShopApp(app)
        boss = await shop.customer("admin")
        address = f"/api/admin/productos/{await shop.producto()}"
        headers = {"Content-Type": "image/jpeg"}
        [imagen] = (await boss.ok("PUT", f"{address}/imagen", data=jpeg(), headers=headers))["imagenes"]
        copy = await backup(settings.database, "ahorro", tmp_path / "copias", settings.migrations)
        await boss.ok("DELETE", f"{address}/imagenes/{imagen['id']}?version=2")
        assert (await boss.ask("GET", imagen["url"])).status_code == 404

    await restore(settings.database, "ahorro", copy, settings.migrations, cli.EPOCA_NUEVA)

    app = create_app(settings)
    async with app.test_app():
        assert (await ShopApp(app).visitor().ask("GET", imagen["url"])).status_code == 200


async def _apartar(work: Any, numero: str) -> None:
    await work.con.execute("UPDATE outgoing SET state = 'apartado' WHERE key = :numero", {"numero": numero})


async def test_a_new_epoca_ends_every_session_and_gives_no_id_twice(settings: Settings) -> None:
    app = create_app(settings)
    async with app.test_app():
        shop = ShopApp(app)
        clara = await shop.customer()
        numero = (await clara.buy(await shop.producto()))["numero"]

        await database.nueva_epoca(settings, cli.EPOCA_NUEVA)

        assert (await clara.ask("GET", "/api/sesion")).status_code == 401
        assert await shop.sign_up(un_correo()) > clara.id + 1_000_000 - 1
        await shop.log_in(clara)
        assert (await clara.ok("GET", f"/api/pedidos/{numero}"))["numero"] == numero


SECRET, KEY = "q7Rz-Lm2xVb9Tn4cKd8Ws1Yp6Hf3Jg5-Ea0Qu", "0Cv8-nB3xZ6mK1jH4gF7dS2aP9oI5uY-tReWq"
GOOD = {
    "BELGRANO_ENV": "production",
    "AHORRO_SECRET_KEY": SECRET,
    "TICKETERA_API_KEY": f"{KEY},{KEY[::-1]}",
    "TICKETERA_WEBHOOK_SECRET": "whsec_tEJ3xk0vQm8Zy1Rr5dPnLw2Hf7Gb4Cs9UaKiXoVe6Tg=",
}


def test_production_reads_its_secrets_and_sends_the_first_key() -> None:
    settings = Settings.read(Environment(GOOD))

    assert settings.production
    assert settings.host == "0.0.0.0"
    assert settings.api_key == KEY
    assert settings.public_url == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AHORRO_SECRET_KEY", ""),
        ("AHORRO_SECRET_KEY", "belgrano_ahorro_secret_key_2025"),
        ("AHORRO_SECRET_KEY", "x" * 31),
        ("TICKETERA_API_KEY", ""),
        ("TICKETERA_API_KEY", f"{KEY},corta"),
        ("TICKETERA_WEBHOOK_SECRET", ""),
        ("TICKETERA_WEBHOOK_SECRET", "whsec_no-es-base64-pero-es-bien-largo-igual"),
        ("BELGRANO_LIMITS", "off"),
        ("TICKETERA_URL", "ftp://x"),
        ("AHORRO_DATABASE_URL", "mysql://x/y"),
        ("AHORRO_PORT", "70000"),
    ],
)
def test_a_bad_value_stops_the_start_by_its_name(capsys: pytest.CaptureFixture[str], name: str, value: str) -> None:
    with pytest.raises(SystemExit) as refused:
        Settings.read(Environment(GOOD | {name: value}))

    assert refused.value.code == 78
    line = capsys.readouterr().err
    assert name in line
    assert line.count("\n") == 1
    assert not value or value not in line


async def test_who_lost_the_phone_comes_in_again_by_the_operators_command(settings: Settings) -> None:
    app = create_app(settings)
    async with app.test_app():
        shop = ShopApp(app)
        visitor = await shop.customer("admin")
        begun = await visitor.ok("POST", "/api/segundo-paso", {"password": PASSWORD})
        code = code_at(base64.b32decode(begun["secreto"]), int(time.time()) // STEP_S)
        await visitor.ok("POST", "/api/segundo-paso/confirmar", {"codigo": code})
        assert (await shop.log_in(visitor)).status_code == 401

        await cli.reset_second_step(settings, f" {visitor.email.upper()} ")

        assert (await shop.log_in(visitor)).status_code == 200
        customer = await shop.customer()
        for email in (customer.email, "nadie@correo.test"):
            with pytest.raises(ValueError, match=r"nadie que trabaje"):
                await cli.reset_second_step(settings, email)


async def test_a_customer_who_cannot_come_in_is_erased_by_the_operators_command(settings: Settings) -> None:
    app = create_app(settings)
    async with app.test_app():
        shop = ShopApp(app)
        clara, ana, duena = await shop.customer(), await shop.customer(), await shop.customer("admin")
        await clara.buy(await shop.producto())

        await cli.erase_account(settings, f" {ana.email.upper()} ")

        assert (await ana.ask("GET", "/api/sesion")).status_code == 401
        assert (await shop.log_in(ana)).status_code == 401
        for email, why in (
            (clara.email, "sin entregar"),
            (duena.email, "ningún cliente"),
            (ana.email, "ningún cliente"),
        ):
            with pytest.raises(ValueError, match=why):
                await cli.erase_account(settings, email)
        assert (await clara.ask("GET", "/api/sesion")).status_code == 200
