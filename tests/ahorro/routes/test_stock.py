"""What is counted on the shelves stays true whatever is reported of a pedido, in whatever order and how often."""

from typing import Any

import pytest

from tests.ahorro.cast import PASSWORD, ShopApp
from tests.ahorro.pages.conftest import come_in
from tests.ahorro.pages.reader import Reader
from tests.ahorro.routes.test_webhooks import avisar, un_aviso

# What Ticketera reports, one after the other, as (estado, epoca, version), and what is on the shelf after each, where
# 10 were before a pedido of 3.
REPORTS: dict[str, list[tuple[str, str, int, int]]] = {
    "cancelled twice": [("cancelado", "e1", 2, 10), ("cancelado", "e1", 3, 10)],
    "another epoca brings it back and cancels it": [
        ("cancelado", "e1", 3, 10), ("pendiente", "e2", 1, 7), ("cancelado", "e2", 2, 10),
    ],
    "another epoca says the same": [("cancelado", "e1", 3, 10), ("cancelado", "e2", 1, 10)],
    "a mistake is corrected and it is delivered": [
        ("cancelado", "e1", 2, 10), ("asignado", "e1", 3, 7), ("entregado", "e1", 4, 7),
    ],
    "three epocas": [
        ("cancelado", "e1", 2, 10), ("asignado", "e2", 1, 7), ("en_camino", "e2", 2, 7), ("fallido", "e2", 3, 7),
        ("cancelado", "e3", 1, 10), ("cancelado", "e3", 2, 10),
    ],
    "failed, then cancelled": [("fallido", "e1", 2, 7), ("cancelado", "e1", 3, 10), ("fallido", "e2", 3, 10)],
    "late and old": [("cancelado", "e1", 5, 10), ("pendiente", "e1", 1, 10), ("cancelado", "e1", 4, 10)],
}  # fmt: skip


async def stock(shop: ShopApp, producto_id: int) -> int:
    async def read(con: Any) -> int:
        return int(await con.fetch_val("SELECT stock FROM productos WHERE id = :id", {"id": producto_id}))

    return await shop.base.read(read)


@pytest.mark.parametrize("reports", REPORTS.values(), ids=list(REPORTS))
async def test_what_a_pedido_took_comes_back_once(shop: ShopApp, reports: list[tuple[str, str, int, int]]) -> None:
    fernet = await shop.producto("Fernet", stock=10)
    numero = (await (await shop.customer()).buy(fernet, 3))["numero"]

    for estado, epoca, version, left in reports:
        await avisar(shop, un_aviso(numero, estado, epoca=epoca, version=version))
        assert await stock(shop, fernet) == left, (estado, epoca, version)


async def test_what_was_sold_meanwhile_is_not_taken_a_second_time(shop: ShopApp) -> None:
    fernet = await shop.producto("Fernet", stock=3)
    numero = (await (await shop.customer()).buy(fernet, 3))["numero"]
    await avisar(shop, un_aviso(numero, "cancelado", version=2))
    await (await shop.customer()).buy(fernet, 2)

    await avisar(shop, un_aviso(numero, "asignado", version=1, epoca="e2"))
    assert await stock(shop, fernet) == 1
    await avisar(shop, un_aviso(numero, "cancelado", version=2, epoca="e2"))

    assert await stock(shop, fernet) == 1


async def test_goods_of_a_failed_delivery_are_back_when_the_admin_says_so_once(shop: ShopApp) -> None:
    fernet = await shop.producto("Fernet", stock=10)
    numero = (await (await shop.customer()).buy(fernet, 3))["numero"]
    await avisar(shop, un_aviso(numero, "fallido", version=2, motivo="cliente_ausente"))
    admin = Reader(shop.app.test_client())
    await come_in(admin, (await shop.customer("admin")).email, PASSWORD)
    await admin.follow("Trastienda")
    await admin.follow("Devoluciones")
    assert admin.sees(numero) and admin.sees("no había nadie en el domicilio")

    await admin.press(f"Volvió la mercadería de {numero}")
    assert await stock(shop, fernet) == 10 and admin.sees("La mercadería está de nuevo en stock")
    await admin.go(f"/admin/devoluciones/{numero}", "POST")
    assert await stock(shop, fernet) == 10 and not admin.sees(f"Volvió la mercadería de {numero}")

    await avisar(shop, un_aviso(numero, "cancelado", version=3))
    assert await stock(shop, fernet) == 10
    await avisar(shop, un_aviso(numero, "pendiente", version=4))
    assert await stock(shop, fernet) == 7


@pytest.mark.parametrize("estado", ["", "en_camino", "entregado", "cancelado"])
async def test_only_what_failed_can_come_back_by_hand(shop: ShopApp, estado: str) -> None:
    fernet = await shop.producto("Fernet", stock=10)
    numero = (await (await shop.customer()).buy(fernet, 3))["numero"]
    if estado:
        await avisar(shop, un_aviso(numero, estado, version=2))
    before = await stock(shop, fernet)
    admin = Reader(shop.app.test_client())
    await come_in(admin, (await shop.customer("admin")).email, PASSWORD)

    await admin.go(f"/admin/devoluciones/{numero}", "POST")

    assert await stock(shop, fernet) == before and admin.sees("no espera que vuelva nada")
