"""The window that a customer chooses: room for so many, counted in the commit. On both databases."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from ahorro.app import create_app
from ahorro.domain.franja import franjas_de
from belgrano.words.times import DIA
from tests.ahorro.cast import ShopApp, una_clave, una_entrega
from tests.ahorro.conftest import some_settings
from tests.ahorro.routes.test_webhooks import avisar, un_aviso


@pytest.fixture(scope="module")
async def small(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ShopApp]:
    """A shop whose windows take two pedidos."""
    app = create_app(some_settings(module_database, tmp_path_factory.mktemp("correo"), franja_cupo=2))
    async with app.test_app():
        yield ShopApp(app)


def window(which: int) -> str:
    """One of tomorrow's windows: they are there at any hour."""
    return franjas_de(time.time_ns() // 1_000_000)[-1 - which].clave


async def buy(shop: ShopApp, franja: str, clave: str | None = None) -> Any:
    """Somebody who is new orders for a window; the answer."""
    visitor = await shop.customer()
    await visitor.add(await shop.producto())
    return await visitor.ask("POST", "/api/pedidos", una_entrega(franja=franja, clave=clave or una_clave()))


async def posted(shop: ShopApp, numero: str) -> dict[str, Any]:
    async def body(con: Any) -> Any:
        return await con.fetch_val("SELECT body FROM outgoing WHERE key = :key", {"key": numero})

    found: dict[str, Any] = json.loads(await shop.base.read(body))
    return found


async def test_two_customers_cannot_take_the_last_place(small: ShopApp) -> None:
    franja = window(0)
    assert (await buy(small, franja)).status_code == 201

    answers = await asyncio.gather(*(buy(small, franja) for _ in range(6)))

    assert sorted(a.status_code for a in answers) == [201] + [409] * 5
    refused = next(a for a in answers if a.status_code == 409)
    assert refused.data_["codigo"] == "franja_llena"
    assert refused.data_["detail"] == "La franja de 18 a 20 se llenó recién. Elegí otra."


async def test_who_was_refused_still_has_the_cart_and_may_choose_another(small: ShopApp) -> None:
    franja = window(1)
    for _ in range(2):
        await buy(small, franja)
    late = await small.customer()
    await late.add(await small.producto())

    refused = await late.order(franja=franja)
    other = await late.order(franja=window(2))

    assert (refused.status_code, other.status_code) == (409, 201)


async def test_the_same_clave_takes_one_place_and_is_answered_when_the_window_is_full(small: ShopApp) -> None:
    franja, clave = window(3), una_clave()
    clara = await small.customer()
    await clara.add(await small.producto())
    body = una_entrega(franja=franja, clave=clave)
    first = await clara.ok("POST", "/api/pedidos", body)
    await buy(small, franja)

    again = await clara.ok("POST", "/api/pedidos", body)

    assert again["numero"] == first["numero"]
    other = await clara.ask("POST", "/api/pedidos", body | {"franja": window(4)})
    assert other.status_code == 422


async def test_a_cancelled_pedido_leaves_its_place(small: ShopApp) -> None:
    franja = window(4)
    numeros = [(await buy(small, franja)).data_["numero"] for _ in range(2)]
    assert (await buy(small, franja)).status_code == 409

    await avisar(small, un_aviso(numeros[0], "cancelado"))

    assert (await buy(small, franja)).status_code == 201


async def test_the_pedido_keeps_its_window_and_ticketera_is_told(small: ShopApp) -> None:
    franja = franjas_de(time.time_ns() // 1_000_000)[-6]
    visitor = await small.customer()
    await visitor.add(await small.producto())

    made = await visitor.order(franja=franja.clave, direccion="Mendoza 1234", piso="3.º B", barrio="Belgrano")

    pedido = await visitor.ok("GET", f"/api/pedidos/{made.data_['numero']}")
    ticket = await posted(small, made.data_["numero"])
    assert (ticket["franja_desde"], ticket["franja_hasta"]) == (pedido["franja"]["desde"], pedido["franja"]["hasta"])
    assert ticket["franja_desde"].endswith(":00:00.000Z")
    assert [ticket[k] for k in ("cliente_direccion", "cliente_piso", "cliente_barrio")] == [
        "Mendoza 1234", "3.º B", "Belgrano",
    ]  # fmt: skip


async def test_a_pedido_without_a_window_says_what_it_always_said(small: ShopApp) -> None:
    visitor = await small.customer()
    made = await visitor.buy(await small.producto())

    ticket = await posted(small, made["numero"])

    assert list(ticket)[-1] == "tipo_cliente" and ticket["cliente_direccion"] == "Av. Belgrano 1234"
    assert (await visitor.ok("GET", f"/api/pedidos/{made['numero']}"))["franja"] is None


@pytest.mark.parametrize("franja", ["ya", "2026-11-24", 18, ["x"], "2031-01-01T09:00", ""])
async def test_what_is_no_window_is_named(small: ShopApp, franja: Any) -> None:
    answer = await buy(small, franja)

    assert answer.status_code == 400
    assert [each["campo"] for each in answer.data_["errores"]] == ["franja"]


async def test_a_window_that_is_too_near_or_too_far_is_refused(small: ShopApp) -> None:
    past = franjas_de(time.time_ns() // 1_000_000 - 3 * DIA)[0].clave

    for franja in (past, "2041-01-02T18:00"):
        answer = await buy(small, franja)
        assert answer.status_code == 409 and "ya no se puede pedir" in answer.data_["detail"]
