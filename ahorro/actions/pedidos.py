"""The acts on a pedido: confirm the cart, and hear from Ticketera how far it has come."""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ahorro.domain.carrito import Renglon
from ahorro.domain.cuenta import Usuario
from ahorro.domain.errors import (
    CampoInvalido,
    CarritoVacio,
    ClaveReusada,
    FranjaLlena,
    PedidoEnCamino,
    PedidoNoExiste,
    SinStock,
    TotalCambio,
)
from ahorro.domain.events import EntregaCambiada, PedidoConfirmado
from ahorro.domain.franja import CUPO_POR_FRANJA, Franja, franjas_de
from ahorro.domain.pedido import TOTAL_MAXIMO_CENTAVOS, Entrega, Pedido, numero_de_paquete, numero_de_pedido
from ahorro.domain.ticket import clave_de_cancelacion, ticket_data
from ahorro.store.carritos import delete_items, select_carrito
from ahorro.store.entregas import insert_aviso, select_estado, update_estado, upsert_paso
from ahorro.store.pedidos import (
    give_stock,
    insert_pedido,
    insert_pedido_items,
    select_ocupacion,
    select_pedido,
    select_pedido_por_clave,
    take_stock,
)
from belgrano.outgoing import insert_outgoing
from belgrano.work import Work

CUERPO_MAXIMO = 60 * 1024  # Ticketera takes 64 KiB


def huella_de(entrega: Entrega) -> str:
    """What identifies the content that came with a clave."""
    datos: list[object] = [entrega.direccion, entrega.telefono, entrega.metodo_pago, entrega.notas]
    if entrega.piso or entrega.barrio or entrega.franja:
        datos += [entrega.piso, entrega.barrio, entrega.franja.desde if entrega.franja else None]
    return hashlib.sha256(json.dumps(datos).encode()).hexdigest()


async def confirmar_pedido(
    work: Work,
    usuario: Usuario,
    token_hash: str,
    clave: str,
    entrega: Entrega,
    total_visto: int | None = None,
    cupo: int = CUPO_POR_FRANJA,
) -> Pedido:
    """Turn the session's cart into a pedido: it, its lines, the emptied cart and its outbox row are one commit.

    The same `clave` of this customer gives the pedido that it made. `total_visto` (centavos), when given, is what
    the customer was looking at. A window takes `cupo` pedidos: acts run one after the other, so nobody takes the last
    place twice.

    Raises ClaveReusada when the clave came with other data, CarritoVacio, SinStock, TotalCambio, FranjaLlena, and
    CampoInvalido for a total above what Ticketera takes.
    """
    hecho = await select_pedido_por_clave(work.con, usuario.id, clave)
    huella = huella_de(entrega)
    if hecho is not None:
        if hecho.huella != huella:
            raise ClaveReusada
        return hecho
    carrito = await select_carrito(work.con, token_hash)
    if not carrito.renglones:
        raise CarritoVacio
    if total_visto is not None and total_visto != carrito.total_centavos:
        raise TotalCambio(carrito.total_centavos)
    if entrega.franja is not None:
        await _tomar_franja(work, entrega.franja, cupo)
    pedido = await _guardar(work, usuario, entrega, carrito.renglones, clave=clave, huella=huella)
    await delete_items(work.con, token_hash)
    return pedido


async def _tomar_franja(work: Work, franja: Franja, cupo: int) -> None:
    """Raise FranjaLlena unless there is time and room for one more."""
    if franja not in franjas_de(work.ahora):
        raise FranjaLlena(franja.horas, tarde=True)
    ocupacion = await select_ocupacion(work.con, franja.desde, franja.desde)
    if ocupacion.get(franja.desde, 0) >= cupo:
        raise FranjaLlena(franja.horas)


async def confirmar_paquete(
    work: Work, usuario: Usuario, paquete_id: int, dia: date, entrega: Entrega, items: Sequence[Renglon]
) -> Pedido:
    """Turn a paquete into the pedido of its day; of a day that has one already, that one."""
    numero = numero_de_paquete(paquete_id, dia)
    hecho = await select_pedido(work.con, usuario.id, numero)
    if hecho is not None:
        return hecho
    return await _guardar(
        work, usuario, entrega, items, clave=numero, huella=huella_de(entrega), numero=numero, paquete_id=paquete_id
    )


async def _guardar(
    work: Work,
    usuario: Usuario,
    entrega: Entrega,
    items: Sequence[Renglon],
    *,
    clave: str,
    huella: str,
    numero: str | None = None,
    paquete_id: int | None = None,
) -> Pedido:
    total = sum(r.subtotal_centavos for r in items)
    if total > TOTAL_MAXIMO_CENTAVOS:
        raise CampoInvalido("total", "El pedido es demasiado grande: dividilo en dos.")
    for r in items:
        if r.stock is not None and not await take_stock(work.con, r.producto_id, r.cantidad):
            raise SinStock(r.producto_id, r.nombre, r.stock)
    pedido = Pedido(
        id=0,
        numero=numero or "",
        usuario_id=usuario.id,
        cliente_nombre=usuario.nombre,
        cliente_email=usuario.email,
        tipo_cliente=usuario.tipo_cliente,
        entrega=entrega,
        total_centavos=total,
        creado_en=work.ahora,
        estado="pendiente",
        repartidor_nombre=None,
        motivo=None,
        estado_en=None,
        huella=huella,
        paquete_id=paquete_id,
        items=tuple(items),
    )
    pedido = await _insertar(work, pedido, clave)
    await insert_pedido_items(work.con, pedido.id, items)
    body = ticket_data(pedido)
    if len(body.encode()) > CUERPO_MAXIMO:
        raise CampoInvalido("items", "El pedido tiene demasiados productos: dividilo en dos.")
    await insert_outgoing(work.con, key=pedido.numero, lane=pedido.numero, body=body, ahora=work.ahora)
    work.tell(PedidoConfirmado(pedido.numero))
    return pedido


async def _insertar(work: Work, pedido: Pedido, clave: str) -> Pedido:
    """Store it under its numero, or under a new random one that nobody has."""
    while True:
        if not pedido.numero or pedido.paquete_id is None:
            pedido = replace(pedido, numero=numero_de_pedido(work.ahora, secrets.token_hex(4).upper()))
        pedido_id = await insert_pedido(work.con, pedido, clave)
        if pedido_id is not None:
            return replace(pedido, id=pedido_id)


async def cancelar_pedido(work: Work, usuario_id: int, numero: str) -> None:
    """Ask Ticketera to cancel a pedido that nobody carries yet; asked twice it is asked once.

    Whether it was in time is Ticketera's to say: its report changes the pedido, not this act. The row follows the
    pedido's own in the same lane, so that it waits for a Ticketera that is away too.

    Raises PedidoNoExiste, PedidoEnCamino.
    """
    pedido = await select_pedido(work.con, usuario_id, numero)
    if pedido is None:
        raise PedidoNoExiste
    if not pedido.cancelable:
        raise PedidoEnCamino
    await insert_outgoing(
        work.con,
        key=clave_de_cancelacion(numero),
        lane=numero,
        body=ticket_data(pedido),
        ahora=work.ahora,
    )
    work.tell(PedidoConfirmado(numero))


@dataclass(frozen=True, slots=True)
class Aviso:
    """A report of Ticketera: `version` counts within `epoca`; `en` in ms UTC."""

    numero: str
    estado: str
    epoca: str
    version: int
    repartidor_nombre: str | None
    motivo: str | None
    en: int


async def aplicar_aviso(work: Work, webhook_id: str, aviso: Aviso) -> bool:
    """Take over what Ticketera says of a pedido, if it is newer or of another epoca; True when it changed anything.

    A report that arrived before, an older one, and one of an unknown numero change nothing.
    """
    if not await insert_aviso(work.con, webhook_id, work.ahora):
        return False
    actual = await select_estado(work.con, aviso.numero)
    if actual is None:
        return False
    if actual["epoca"] == aviso.epoca and aviso.version <= (actual["ticket_version"] or 0):
        return False
    await update_estado(
        work.con,
        actual["id"],
        estado=aviso.estado,
        repartidor_nombre=aviso.repartidor_nombre,
        motivo=aviso.motivo,
        estado_en=aviso.en,
        epoca=aviso.epoca,
        version=aviso.version,
    )
    if aviso.estado == "cancelado" and actual["estado"] != "cancelado":
        await give_stock(work.con, actual["id"])
    await upsert_paso(work.con, actual["id"], aviso.estado, aviso.en)
    work.tell(EntregaCambiada(actual["usuario_id"], aviso.numero))
    return True
