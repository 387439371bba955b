"""The shop, open, on SQLite and on PostgreSQL; each module has a database of its own."""

import base64
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from psycopg import sql

from ahorro.app import create_app
from ahorro.settings import Settings
from tests.ahorro.cast import ShopApp

WEBHOOK_SECRET = "whsec_" + base64.b64encode(b"s" * 32).decode()


def some_settings(database: str, mailbox: Path, **cambios: Any) -> Settings:
    """Settings of a shop whose Ticketera is away."""
    values: dict[str, Any] = {
        "production": False,
        "host": "127.0.0.1",
        "port": 5000,
        "public_url": "",
        "trusted_proxies": 0,
        "secret_key": "k" * 40,
        "database": database,
        "ticketera_url": "http://127.0.0.1:9",
        "ticketera_public_url": "https://reparto.test",
        "franja_cupo": 20,
        "alias": "MERCADO.PRUEBA",
        "api_key": "clave-de-la-api-" + "x" * 32,
        "webhook_secret": WEBHOOK_SECRET,
        "limits": False,
        "metrics_token": "",
        "smtp_url": "",
        "mail_from": "Belgrano Ahorro <no-responder@localhost>",
        "mailbox": mailbox,
    }
    return Settings(**(values | cambios))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def module_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """An empty database for the tests of one module."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('shop') / 'ahorro.db'}"
    else:
        postgres = request.getfixturevalue("postgres")
        url = request.getfixturevalue("make_postgres_url")()
        yield url
        name = sql.Identifier(url.rpartition("/")[2])
        postgres.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


@pytest.fixture(scope="module")
async def shop(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ShopApp]:
    """The shop, open."""
    app = create_app(some_settings(module_database, tmp_path_factory.mktemp("correo")))
    async with app.test_app():
        yield ShopApp(app)
