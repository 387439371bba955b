"""One's own pedidos: the list, one of them with the way of its delivery, and the same again."""

from quart import Blueprint, render_template, request
from quart.typing import ResponseReturnValue

from ahorro.actions.cancelaciones import cancelar_pedido
from ahorro.actions.carritos import repetir_pedido
from ahorro.domain.armado import lo_que_cambio
from ahorro.domain.errors import PedidoEnCamino
from ahorro.routes.house import base, me, my_session
from ahorro.routes.pages.compra import para_seguir
from ahorro.routes.pages.forms import go, number
from ahorro.routes.pedidos import CLIENTES, mi_pedido
from ahorro.store.arrepentimientos import select_codigo
from ahorro.store.entregas import select_pasos
from ahorro.store.pedidos import select_pedidos
from belgrano.http.access import allow

routes = Blueprint("paginas_pedidos", __name__)

POR_PAGINA = 20


@routes.get("/pedidos")
@allow(*CLIENTES)
async def get_pedidos() -> ResponseReturnValue:
    """One's own pedidos, newest first."""
    antes = number(request.args.get("antes", ""))
    antes_de = antes if isinstance(antes, int) and antes else None
    pedidos = await base().read(select_pedidos, me().id, POR_PAGINA + 1, antes_de)
    return await render_template(
        "ahorro/pedidos.html",
        pedidos=pedidos[:POR_PAGINA],
        siguiente=pedidos[POR_PAGINA - 1].id if len(pedidos) > POR_PAGINA else None,
        antes=antes_de,
    )


@routes.get("/pedidos/<numero>")
@allow(*CLIENTES)
async def get_pedido(numero: str) -> ResponseReturnValue:
    """One pedido; entrega.js keeps its delivery up to date."""
    p = await mi_pedido(numero)
    pasos = await base().read(select_pasos, p.id)
    arrepentido = await base().read(select_codigo, p.id)
    return await render_template(
        "ahorro/pedido.html", p=p, pasos=pasos, arrepentido=arrepentido, cambios=lo_que_cambio(p), **para_seguir(p)
    )


@routes.post("/pedidos/<numero>/cancelar")
@allow(*CLIENTES)
async def post_cancelar(numero: str) -> ResponseReturnValue:
    """Ask for the pedido to be cancelled; the page shows when it is."""
    pedido = await mi_pedido(numero)
    try:
        await base().do(cancelar_pedido, pedido.usuario_id, numero)
    except PedidoEnCamino:
        return go(f"/pedidos/{numero}", "ya_salio")
    return go(f"/pedidos/{numero}", "cancelando")


@routes.post("/pedidos/<numero>/repetir")
@allow(*CLIENTES)
async def post_repetir(numero: str) -> ResponseReturnValue:
    """Put what was bought then into the cart, at today's prices; what is no longer sold is left out."""
    pedido = await mi_pedido(numero)
    session = await my_session()
    algo, todo = await base().do(repetir_pedido, session.token_hash, pedido.usuario_id, pedido.como_se_pidio.items)
    if not algo:
        return go(f"/pedidos/{numero}", "nada_que_repetir")
    return go("/carrito", "repetido" if todo else "repetido_en_parte")
