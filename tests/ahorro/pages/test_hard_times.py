"""Pages when things are not as usual: the database locked by another program, and texts as long as they may be."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest

from ahorro.app import create_app
from tests.ahorro.cast import ShopApp
from tests.ahorro.conftest import some_settings
from tests.ahorro.pages.conftest import come_in
from tests.ahorro.pages.reader import Reader

LONG = "Anastasia " * 11 + "Iriartegarayetxeberria"[:10]


@pytest.fixture
async def own_shop(tmp_path: Path) -> AsyncIterator[tuple[ShopApp, Path]]:
    """A shop whose database nobody else uses."""
    path = tmp_path / "ahorro.db"
    app = create_app(some_settings(f"sqlite:///{path}", tmp_path / "correo"))
    async with app.test_app():
        yield ShopApp(app), path


async def test_a_locked_database_is_a_page_that_says_so_and_the_same_form_works_afterwards(
    own_shop: tuple[ShopApp, Path],
) -> None:
    shop, path = own_shop
    producto = await shop.producto("Arroz 1 kg", 95050)
    person = Reader(shop.app.test_client())
    await person.go("/productos")

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        await person.press("Agregar")
        assert person.status == 503 and person.sees("Probá de nuevo") and person.sees("Botón de arrepentimiento")
        await person.go("/productos")
        assert person.status == 200 and person.sees("Arroz 1 kg")
        other.execute("ROLLBACK")

    await person.press("Agregar")
    assert person.status == 200 and person.sees("Agregamos Arroz 1 kg")
    await person.go("/carrito/agregar", "POST", form={"producto_id": str(producto), "cantidad": "1"})
    assert person.sees("$ 1.901,00")


async def test_names_and_addresses_may_be_as_long_as_the_contract_lets_them(own_shop: tuple[ShopApp, Path]) -> None:
    shop, _ = own_shop
    email = "larga@correo.test"
    await shop.sign_up(email, nombre=LONG)
    await shop.producto("Ñ" * 200, 95050)
    person = Reader(shop.app.test_client())
    await come_in(person, email, "una-clave-bien-larga")
    await person.go("/productos")
    await person.press("Agregar")
    await person.go("/checkout")

    await person.press("Confirmar pedido", calle="A" * 190, altura="1234567890", indicaciones="x" * 2000)
    assert person.status == 400 and person.sees("La dirección puede tener hasta 200 caracteres")
    await person.press(
        "Confirmar pedido", altura="123456789", indicaciones="x" * 2000, telefono="1" * 50, con_cuanto_pagas="900"
    )
    assert person.status == 400 and person.sees("no alcanza")
    await person.press("Confirmar pedido", con_cuanto_pagas="950,50")
    assert person.status == 400 and person.sees("Lo que escribiste en indicaciones puede tener hasta 2.000 caracteres")
    await person.press("Confirmar pedido", con_cuanto_pagas="")
    assert person.status == 200 and person.sees("Recibimos tu pedido")


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_odd_bytes_in_a_form_make_no_server_error(own_shop: tuple[ShopApp, Path], method: str) -> None:
    shop, _ = own_shop
    await shop.producto()
    person = Reader(shop.app.test_client())
    for path in (
        "/login",
        "/registro",
        "/recuperar",
        "/nueva-contrasena",
        "/arrepentimiento",
        "/carrito/agregar",
        "/productos",
    ):
        for raw in (
            b"q=%ff%fe&email=%00&password=%ed%a0%80&token=%ed%a0%80",
            b"\xff=\xfe",
            b"&&==&",
            b"email=" + b"a" * 50_000,
        ):
            if method == "POST":
                response = await person.client.post(
                    path, data=raw, headers={"Content-Type": "application/x-www-form-urlencoded"}
                )
            else:
                response = await person.client.get(f"{path}?{quote_from_bytes(raw[:2000], '=&%')}")
            assert response.status_code < 500, (path, raw[:40])
