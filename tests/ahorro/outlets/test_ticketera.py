"""The outbox's way out: every pedido reaches Ticketera once, in order, and none holds up another."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from ahorro.app import create_app
from belgrano.outbox.outgoing import select_outgoing, select_outgoing_status
from tests.ahorro.cast import ShopApp, Visitor
from tests.ahorro.conftest import some_settings
from tests.ahorro.outlets.peer import Answer, Peer, created
from tests.people import until


async def status(shop: ShopApp) -> dict[str, int]:
    return await shop.base.read(select_outgoing_status)


async def buy(shop: ShopApp, how_many: int, clara: Visitor | None = None) -> list[str]:
    """That many pedidos; their numeros in order."""
    clara = clara or await shop.customer()
    arroz = await shop.producto()
    return [(await clara.buy(arroz))["numero"] for _ in range(how_many)]


async def test_a_pedido_is_posted_at_once_with_the_first_key(shop_on_each: ShopApp, peer: Peer) -> None:
    shop = shop_on_each
    (numero,) = await buy(shop, 1)

    async def confirmed() -> bool:
        return (await status(shop))["pendientes"] == 0

    assert await until(confirmed)
    headers, body = peer.heard[0]
    assert headers["path"] == "/api/tickets"
    assert headers["x-api-key"] == shop.house.settings.api_key
    assert headers["content-type"] == "application/json"
    assert headers["x-request-id"] == numero
    assert body["numero"] == numero


async def test_away_keeps_all_and_back_drains_in_order_without_a_stampede(shop_on_each: ShopApp, peer: Peer) -> None:
    shop = shop_on_each
    await peer.stop()
    numeros = await buy(shop, 60)
    await asyncio.sleep(1.5)
    assert peer.heard == []
    assert (await status(shop))["pendientes"] == 60
    peer.delay = 0.005

    await peer.start()

    async def drained() -> bool:
        return (await status(shop))["pendientes"] == 0

    assert await until(drained)
    assert sorted(peer.numeros, key=numeros.index)[:60] == numeros
    assert len(peer.heard) <= 66
    assert peer.most_open <= 4
    place = {numero: at for at, numero in reversed(list(enumerate(peer.numeros)))}
    assert all(abs(place[numero] - at) <= 4 for at, numero in enumerate(numeros))


@pytest.mark.parametrize("code", [400, 409, 413, 415, 422])
async def test_a_pedido_refused_for_good_is_set_aside_and_holds_up_nobody(shop: ShopApp, peer: Peer, code: int) -> None:
    poisoned: list[str] = []

    def say(body: Any) -> Answer:
        if not poisoned:
            poisoned.append(body["numero"])
        if body["numero"] in poisoned:
            return code, {}, '{"detail": "No.", "errores": [{"campo": "total", "detalle": "está mal."}]}'
        return created(body)

    peer.say = say
    numeros = await buy(shop, 5)

    async def settled() -> bool:
        return await status(shop) == {"pendientes": 0, "apartados": 1, "mas_viejo_s": 0}

    assert await until(settled)
    assert set(peer.numeros) == set(numeros)
    jefa, clara = await shop.customer("admin"), await shop.customer()
    view = await jefa.ok("GET", "/api/outbox")
    assert view["apartados"] == 1
    (fila,) = view["filas"]
    assert (fila["numero"], fila["estado"]) == (poisoned[0], "apartado")
    assert str(code) in fila["error"]
    assert "total está mal." in fila["error"]
    assert (await clara.ask("GET", "/api/outbox")).status_code == 403
    assert (await shop.visitor().ask("GET", "/api/outbox")).status_code == 401
    assert (await clara.ask("POST", "/api/outbox/reintentar", {})).status_code == 403

    peer.say = created
    assert await jefa.ok("POST", "/api/outbox/reintentar", {"numero": "PED-NO"}) == {"reintentados": 0}
    assert await jefa.ok("POST", "/api/outbox/reintentar", {"numero": poisoned[0]}) == {"reintentados": 1}

    async def confirmed() -> bool:
        return (await status(shop))["apartados"] == 0 and (await status(shop))["pendientes"] == 0

    assert await until(confirmed)
    assert peer.raw[-1] == next(
        raw for raw, (_, b) in zip(peer.raw, peer.heard, strict=True) if b["numero"] in poisoned
    )


@pytest.mark.parametrize("code", [401, 403])
async def test_a_wrong_key_stops_the_queue_and_keeps_everything(shop: ShopApp, peer: Peer, code: int) -> None:
    peer.say = lambda body: (code, {}, "{}")
    await buy(shop, 6)

    async def stopped() -> bool:
        return shop.house.cola.state == "detenida"

    assert await until(stopped)
    await asyncio.sleep(0.5)
    assert await status(shop) | {"mas_viejo_s": 0} == {"pendientes": 6, "apartados": 0, "mas_viejo_s": 0}
    assert len(peer.heard) <= 4
    health = await shop.visitor().ok("GET", "/health")
    assert (health["status"], health["ticketera"]) == ("degraded", "detenida")


@pytest.mark.parametrize(
    "answer",
    [
        (503, {"retry-after": "1"}, ""),
        (429, {"retry-after": "1"}, ""),
        (503, {"retry-after": "mañana"}, ""),
        (502, {}, "<html>"),
        (500, {}, ""),
        (404, {}, "<html>"),
        (302, {"location": "http://malo.test/"}, ""),
        (204, {}, ""),
    ],
    ids=lambda a: str(a[0]),
)  # fmt: skip
async def test_not_now_is_tried_again_until_it_is_taken(shop: ShopApp, peer: Peer, answer: Answer) -> None:
    peer.say = lambda body: answer if len(peer.heard) < 3 else created(body)
    numeros = await buy(shop, 2)

    async def confirmed() -> bool:
        return await status(shop) == {"pendientes": 0, "apartados": 0, "mas_viejo_s": 0}

    assert await until(confirmed)
    assert set(peer.numeros) == set(numeros)
    assert {headers["path"] for headers, _ in peer.heard} == {"/api/tickets"}


async def test_an_answer_that_was_lost_is_asked_for_again_with_the_same_bytes(shop: ShopApp, peer: Peer) -> None:
    def hang_up(body: Any) -> Answer:
        if len(peer.heard) == 1:
            raise ConnectionResetError
        return 200, {}, '{"exito": true, "idempotent": true}'

    peer.say = hang_up
    await buy(shop, 1)

    async def confirmed() -> bool:
        return (await status(shop))["pendientes"] == 0

    assert await until(confirmed)
    assert len(peer.raw) == 2
    assert peer.raw[0] == peer.raw[1]


async def test_a_ticketera_that_never_answers_slows_no_customer(shop: ShopApp, peer: Peer) -> None:
    peer.say = lambda body: None
    clara = await shop.customer()
    await buy(shop, 4, clara)
    arroz = await shop.producto()
    loop = asyncio.get_running_loop()

    slowest = 0.0
    for _ in range(20):
        began = loop.time()
        await clara.buy(arroz)
        slowest = max(slowest, loop.time() - began)

    assert slowest < 10
    assert (await status(shop))["pendientes"] == 24


async def test_what_was_confirmed_goes_again_since_a_date(shop: ShopApp, peer: Peer) -> None:
    numeros = await buy(shop, 3)
    jefa = await shop.customer("admin")

    async def confirmed() -> bool:
        return (await status(shop))["pendientes"] == 0

    assert await until(confirmed)
    assert await jefa.ok("POST", "/api/outbox/reintentar", {"desde": "2999-01-01"}) == {"reintentados": 0}
    assert await jefa.ok("POST", "/api/outbox/reintentar", {}) == {"reintentados": 0}
    assert await jefa.ok("POST", "/api/outbox/reintentar", {"desde": "2020-01-01"}) == {"reintentados": 3}
    assert await until(confirmed)
    assert sorted(peer.numeros) == sorted(numeros * 2)
    for bad in ("ayer", "", "0001-01-01", 5):
        response = await jefa.ask("POST", "/api/outbox/reintentar", {"desde": bad})
        assert response.status_code in ({200} if bad == "" else {400}), bad


async def test_the_queue_goes_on_where_a_former_life_left_it(database_url: str, tmp_path: Path, peer: Peer) -> None:
    await peer.stop()
    settings = some_settings(database_url, tmp_path, ticketera_url=peer.url)
    first = create_app(settings)
    async with first.test_app():
        numeros = await buy(ShopApp(first), 5)
    await peer.start()

    again = create_app(settings)
    async with again.test_app():
        shop = ShopApp(again)

        async def confirmed() -> bool:
            return (await status(shop))["pendientes"] == 0

        assert await until(confirmed)
        assert [row["key"] for row in await shop.base.read(select_outgoing, state="hecho")] == numeros
    assert peer.numeros[0] == numeros[0]
    assert set(peer.numeros) == set(numeros)
