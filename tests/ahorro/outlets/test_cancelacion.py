"""A customer's wish to cancel: it follows the pedido through the same queue, and Ticketera has the last word."""

import json
from typing import Any

import pytest

from ahorro.actions.cancelaciones import cancelar_pedido
from ahorro.domain.errors import PedidoEnCamino, PedidoNoExiste
from belgrano.database.work import Work
from tests.ahorro.cast import ShopApp
from tests.ahorro.outlets.peer import Answer, Peer
from tests.ahorro.outlets.test_ticketera import status
from tests.people import until


def ticketera(act_status: int = 200) -> Any:
    """Answers posts as Ticketera does, and acts with this status."""

    def say(body: Any) -> Answer:
        if "accion" in body:
            return act_status, {}, json.dumps({"codigo": "accion_no_permitida"} if act_status >= 400 else {"id": 77})
        return 201, {}, json.dumps({"exito": True, "ticket_id": 77, "numero": body["numero"]})

    return say


async def all_confirmed(shop: ShopApp) -> bool:
    return await status(shop) == {"pendientes": 0, "apartados": 0, "mas_viejo_s": 0}


async def test_it_is_posted_after_the_pedido_also_when_ticketera_was_away(shop: ShopApp, peer: Peer) -> None:
    peer.say = ticketera()
    await peer.stop()
    clara = await shop.customer()
    numero = (await clara.buy(await shop.producto()))["numero"]
    await shop.base.do(cancelar_pedido, clara.id, numero)
    await shop.base.do(cancelar_pedido, clara.id, numero)

    await peer.start()

    assert await until(lambda: all_confirmed(shop))
    acts = [(headers["path"], body) for headers, body in peer.heard if body and "accion" in body]
    assert acts == [("/api/tickets/77/acciones", {"accion": "cancelar", "accion_id": f"cancelar-{numero}"})]
    first = next(i for i, (_, body) in enumerate(peer.heard) if body and body.get("numero") == numero)
    assert "accion" not in peer.heard[first][1]


@pytest.mark.parametrize("act_status", [200, 409])
async def test_in_time_or_too_late_it_is_asked_once_and_nothing_is_set_aside(
    shop: ShopApp,
    peer: Peer,
    act_status: int,
) -> None:
    peer.say = ticketera(act_status)
    clara = await shop.customer()
    numero = (await clara.buy(await shop.producto()))["numero"]

    await shop.base.do(cancelar_pedido, clara.id, numero)

    assert await until(lambda: all_confirmed(shop))
    assert len([body for _, body in peer.heard if body and "accion" in body]) == 1
    assert (await clara.ok("GET", f"/api/pedidos/{numero}"))["estado"] == "recibido"


async def test_somebody_elses_and_what_is_on_its_way_are_refused(shop: ShopApp) -> None:
    async def sale(work: Work, numero: str) -> None:
        await work.con.execute("UPDATE pedidos SET estado = 'en_camino' WHERE numero = :n", {"n": numero})

    clara, julian = await shop.customer(), await shop.customer()
    numero = (await clara.buy(await shop.producto()))["numero"]

    with pytest.raises(PedidoNoExiste):
        await shop.base.do(cancelar_pedido, julian.id, numero)
    await shop.base.do(sale, numero)
    with pytest.raises(PedidoEnCamino):
        await shop.base.do(cancelar_pedido, clara.id, numero)
