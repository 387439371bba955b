"""Pedidos: confirm the cart, see one's own, and hear of their deliveries."""

import json
import re
from collections.abc import AsyncIterator, Mapping

from quart import Blueprint, Response, request
from quart_schema import document_request

from ahorro.actions.carritos import dar_por_visto
from ahorro.actions.pedidos import confirmar_pedido
from ahorro.domain.cambio import Visto
from ahorro.domain.cuenta import ROLES, Usuario
from ahorro.domain.errors import CampoInvalido, CarritoCambio, PedidoNoExiste
from ahorro.domain.pedido import ABIERTOS, ABIERTOS_DE_COMERCIO, Entrega, Pedido
from ahorro.routes import answers as shapes
from ahorro.routes.catalogo import leer_limite, leer_texto
from ahorro.routes.fields import (
    Barrio,
    Body,
    Clave,
    Direccion,
    FranjaElegida,
    LoVisto,
    MetodoDePago,
    Notas,
    Piso,
    Telefono,
    Ubicacion,
)
from ahorro.routes.house import House, answer, base, body, house, me, my_session
from ahorro.store.entregas import select_pedidos_cambiados
from ahorro.store.pedidos import select_pedido, select_pedidos
from ahorro.wire.pedido import entrega_json, hecho_json, pedido_en_lista_json, pedido_json
from belgrano.http.access import allow
from belgrano.http.answers import Refusal, answers, refuses, sends
from belgrano.words.numbers import whole

NUMERO = re.compile(r"[A-Z0-9-]{1,50}")
CLIENTES = ROLES  # who works here buys here, too

routes = Blueprint("pedidos", __name__)


class Confirmacion(Body):
    """The body of POST /api/pedidos; `clave` is the customer's own, so that a repeat makes no second pedido."""

    clave: Clave
    direccion: Direccion
    telefono: Telefono
    metodo_pago: MetodoDePago
    notas: Notas | None = None
    # Beyond the contract: `direccion` may be the whole address, or what is beside it here.
    piso: Piso | None = None
    barrio: Barrio | None = None
    franja: FranjaElegida | None = None
    ubicacion: Ubicacion | None = None  # where on the map that is
    visto: LoVisto | None = None  # what each product cost where the customer saw it

    @property
    def entrega(self) -> Entrega:
        """Where it goes, when, and how it is paid."""
        return Entrega(
            self.direccion,
            self.telefono,
            self.metodo_pago,
            self.notas or "",
            self.piso or "",
            self.barrio or "",
            self.franja,
            self.ubicacion,
        )


@routes.post("/api/pedidos")
@allow(*CLIENTES)
@document_request(Confirmacion)
@answers(shapes.PedidoHecho, 201)
@refuses(shapes.CarritoCambio | shapes.SinStock | Refusal, 409)
async def post_pedido() -> Response:
    """The cart becomes a pedido; the same clave gives the same one."""
    confirmacion = await body(Confirmacion)
    session = await my_session()
    pedido = await confirmar(me(), session.token_hash, confirmacion, confirmacion.visto)
    return answer(hecho_json(pedido), 201, {"Location": f"/api/pedidos/{pedido.numero}"})


async def confirmar(
    usuario: Usuario,
    token_hash: str,
    confirmacion: Confirmacion,
    visto: Mapping[int, Visto] | None,
    total_visto: int | None = None,
    envio_visto: int | None = None,
) -> Pedido:
    """Make the pedido. Raises as confirmar_pedido, and Problem 429 for too many in a short time.

    What a CarritoCambio says counts as seen.
    """
    limits, large = house().limits, usuario.rol != "cliente"
    limits.check_order(request, usuario.id, large=large)
    try:
        return await base().do(
            confirmar_pedido,
            usuario,
            token_hash,
            confirmacion.clave,
            confirmacion.entrega,
            visto=visto,
            total_visto=total_visto,
            envio_visto=envio_visto,
            de_fabrica=house().settings.de_fabrica,
            abiertos=(ABIERTOS_DE_COMERCIO if large else ABIERTOS) if limits.on else None,
        )
    except CarritoCambio as error:
        await base().do(dar_por_visto, token_hash, error.a_la_vista, error.descuento_centavos)
        raise


@routes.get("/api/pedidos")
@allow(*CLIENTES)
@answers(shapes.Pedidos)
async def get_pedidos() -> Response:
    """One's own pedidos, newest first, without their lines."""
    cursor = leer_texto("cursor")
    if cursor and whole(cursor) is None:
        raise CampoInvalido("cursor", "Ese cursor no es de esta lista.")
    limite = leer_limite(20)
    pedidos = await base().read(select_pedidos, me().id, limite + 1, int(cursor) if cursor else None)
    siguiente = str(pedidos[limite - 1].id) if len(pedidos) > limite else None
    return answer({"pedidos": [pedido_en_lista_json(p) for p in pedidos[:limite]], "siguiente": siguiente})


async def mi_pedido(numero: str) -> Pedido:
    """The pedido with this numero, if it is of whoever asks. Raises PedidoNoExiste."""
    if not NUMERO.fullmatch(numero):
        raise PedidoNoExiste
    pedido = await base().read(select_pedido, me().id, numero)
    if pedido is None:
        raise PedidoNoExiste
    return pedido


@routes.get("/api/pedidos/<numero>")
@allow(*CLIENTES)
@answers(shapes.Pedido)
async def get_pedido(numero: str) -> Response:
    """One's own pedido; somebody else's is like one that does not exist."""
    return answer(pedido_json(await mi_pedido(numero)))


@routes.get("/api/pedidos/vivo")
@allow(*CLIENTES)
@sends("text/event-stream")
async def get_vivo() -> Response:
    """Server-Sent Events: the delivery state of one's own pedidos, each time Ticketera tells something new.

    `event: entrega`, `data: {numero, estado, repartidor_nombre, en, motivo, revision}`; `revision` counts what became
    of it in the shop. `desde` (or Last-Event-ID, which a
    browser sends by itself when it reconnects) is the id of the last event seen; without either, all there is to say.
    """
    text = request.headers.get("Last-Event-ID") or request.args.get("desde") or ""
    if text and whole(text) is None:
        raise CampoInvalido("desde", "tiene que ser el id de un evento.")
    session = await my_session()
    response = Response(
        _entregas(house(), me().id, session.token_hash, int(text or 0)),
        content_type="text/event-stream; charset=utf-8",
        headers={"X-Accel-Buffering": "no"},
    )
    response.timeout = None
    return response


async def _entregas(home: House, usuario_id: int, token_hash: str, desde: int) -> AsyncIterator[bytes]:
    """What changed since `desde`, then what changes. The same state may come twice; a change is never left out."""
    yield b"retry: 500\n\n"
    async for _ in home.vivo.listen(usuario_id, token_hash):
        rows = await home.base.read(select_pedidos_cambiados, usuario_id, desde)
        for row in rows:
            entrega = entrega_json(row["estado"], row["repartidor_nombre"], row["estado_en"], row["motivo"])
            data = json.dumps({"numero": row["numero"], **entrega, "revision": row["revision"]}, ensure_ascii=False)
            desde = row["cambio"]
            yield f"id: {desde}\nevent: entrega\ndata: {data}\n\n".encode()
        if not rows:
            yield b": sigo\n\n"
