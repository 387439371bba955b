"""Who has their account erased is forgotten by Ticketera, too: through the queue, after all that went before."""

import json
from typing import Any

from tests.ahorro.cast import PASSWORD, ShopApp
from tests.ahorro.outlets.peer import Answer, Peer
from tests.ahorro.outlets.test_ticketera import status
from tests.ahorro.pages.reader import Reader
from tests.ahorro.routes.test_mis_datos import entregar
from tests.people import until

CONFIRMED = {"pendientes": 0, "apartados": 0, "mas_viejo_s": 0}


def told(peer: Peer) -> list[tuple[str, Any]]:
    return [(headers["path"], body) for headers, body in peer.heard if body]


async def test_it_waits_for_a_ticketera_that_is_away_and_names_nobody(shop_on_each: ShopApp, peer: Peer) -> None:
    shop, product = shop_on_each, await shop_on_each.producto()
    ana = await shop.customer(nombre="Ana Quintrel")
    numeros = [(await ana.buy(product))["numero"] for _ in range(2)]
    for numero in numeros:
        await entregar(shop, numero)
    assert await until(lambda: confirmed(shop))
    await peer.stop()
    peer.heard.clear()
    await ana.ok("POST", "/api/cuenta/borrar", {"password": PASSWORD})
    assert (await status(shop))["pendientes"] == 2

    await peer.start()

    assert await until(lambda: confirmed(shop))
    assert sorted(told(peer), key=str) == [("/api/tickets/olvidos", {"numero": n}) for n in sorted(numeros)]
    assert len({headers["x-request-id"] for headers, body in peer.heard if body}) == 2


async def test_an_answer_that_got_lost_is_asked_for_again(shop: ShopApp, peer: Peer) -> None:
    ana = await shop.customer()
    numero = (await ana.buy(await shop.producto()))["numero"]
    await entregar(shop, numero)
    assert await until(lambda: confirmed(shop))
    answers: list[Answer] = [(503, {}, "{}"), (200, {}, json.dumps({"exito": True, "olvidado": False}))]
    peer.say = lambda body: answers.pop(0)

    await ana.ok("POST", "/api/cuenta/borrar", {"password": PASSWORD})

    assert await until(lambda: confirmed(shop), 20)
    assert [each for each in told(peer) if "olvidos" in each[0]] == [("/api/tickets/olvidos", {"numero": numero})] * 2


async def test_what_ticketera_refuses_is_said_to_the_owner_who_sends_it_again(shop: ShopApp, peer: Peer) -> None:
    ana, duena = await shop.customer(), await shop.customer("admin")
    numero = (await ana.buy(await shop.producto()))["numero"]
    await entregar(shop, numero)
    assert await until(lambda: confirmed(shop))
    answers: list[Answer] = [(400, {}, json.dumps({"detail": "no"})), (200, {}, "{}")]
    peer.say = lambda body: answers.pop(0)
    await ana.ok("POST", "/api/cuenta/borrar", {"password": PASSWORD})

    async def aside() -> bool:
        return (await status(shop))["apartados"] == 1

    assert await until(aside)
    page = Reader(duena.client)
    await page.go("/admin/envios")
    assert page.sees(f"Olvido de {numero}")

    await page.press(f"Reintentar olvidar:{numero}")

    assert await until(lambda: confirmed(shop))
    assert answers == []


async def confirmed(shop: ShopApp) -> bool:
    return await status(shop) == CONFIRMED
