"""What became of a pedido reaches Ticketera behind the pedido itself, in order; what comes too late is a difference."""

import json
from typing import Any

from tests.ahorro.armado import act
from tests.ahorro.cast import ShopApp
from tests.ahorro.outlets.peer import Answer, Peer
from tests.ahorro.outlets.test_ticketera import status
from tests.ahorro.pages.reader import Reader
from tests.people import until


def says(late: bool = False) -> Any:
    """Answers as Ticketera does; `late`: every ticket is over."""

    def say(body: Any) -> Answer:
        if body and "revision" in body:
            closed = {"codigo": "cerrado", "detail": "El ticket ya está cerrado.", "estado": "entregado"}
            return (409, {}, json.dumps(closed)) if late else (200, {}, json.dumps({"exito": True}))
        return 201, {}, json.dumps({"exito": True, "ticket_id": 77, "numero": body["numero"]} if body else {})

    return say


async def emptied(shop: ShopApp) -> bool:
    return bool((await status(shop))["pendientes"] == 0)


async def test_it_follows_the_pedido_in_order_also_when_ticketera_was_away(shop: ShopApp, peer: Peer) -> None:
    peer.say = says()
    await peer.stop()
    encargado, te = await shop.customer("encargado"), await shop.producto("Té", 50_00)
    numero = (await (await shop.customer()).buy(te, 3))["numero"]
    await act(encargado, numero, "armar")
    await act(encargado, numero, "renglon", producto_id=te, cantidad=2)
    await act(encargado, numero, "listo")
    await act(encargado, numero, "pagado", medio="efectivo", monto=100)

    await peer.start()

    assert await until(lambda: emptied(shop))
    told = [(headers["path"], body) for headers, body in peer.heard if body and body["numero"] == numero]
    paths, bodies = [path for path, _ in told], [body for _, body in told]
    assert list(dict.fromkeys(paths)) == ["/api/tickets", "/api/tickets/revisiones"]
    assert (bodies[0]["total"], bodies[0]["productos"][0]["cantidad"]) == (150, 3)
    said = [(b["revision"], b["total"], b["preparado"], b["pagado"]) for b in bodies if "revision" in b]
    assert list(dict.fromkeys(said)) == [(2, 100, False, False), (3, 100, True, False), (4, 100, True, True)]


async def test_what_comes_after_the_end_is_asked_once_and_shown_until_somebody_has_seen_it(
    shop: ShopApp, peer: Peer
) -> None:
    peer.say = says(late=True)
    encargado, te = await shop.customer("encargado"), await shop.producto("Té", 50_00)
    numero = (await (await shop.customer()).buy(te, 3))["numero"]
    await act(encargado, numero, "armar")
    await act(encargado, numero, "renglon", producto_id=te, cantidad=2)
    assert await until(lambda: emptied(shop))
    desk = Reader(encargado.client)

    await desk.go("/admin")
    assert desk.sees("1 cambio que llegó tarde a Ticketera") and not desk.sees("envío que Ticketera no aceptó")
    await desk.follow("cambio que llegó tarde")
    assert desk.sees("El total es $ 100,00") and desk.sees("El ticket ya está cerrado")
    await desk.press("Ya lo vi")

    assert desk.status == 200 and not desk.sees("Lo que Ticketera no sabe")
    assert len([b for _, b in peer.heard if b and b["numero"] == numero and "revision" in b]) == 1
    assert (await status(shop))["apartados"] == 0
