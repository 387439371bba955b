"""The customer does not want it any more: cancelled, or withdrawn from for ten days, without a reason."""

import secrets
from dataclasses import dataclass

from ahorro.domain.cuenta import normalizar_correo
from ahorro.domain.errors import PedidoEnCamino, PedidoNoExiste
from ahorro.domain.events import EntregaCambiada, PedidoConfirmado
from ahorro.domain.pedido import Pedido, clave_de_cancelacion
from ahorro.store.arrepentimientos import (
    DETALLE_MAXIMO,
    insert_arrepentimiento,
    select_arrepentimiento,
    select_comprador,
    update_atendido,
    update_detalle,
)
from ahorro.store.pedidos import insert_para_ticketera, select_pedido, update_cancelacion
from ahorro.store.traidos import cancel_sin_ticket
from belgrano.database.work import Work


@dataclass(frozen=True, slots=True)
class Arrepentimiento:
    """A withdrawal as its customer hears of it; `pedido` is None where nobody may learn which it is."""

    codigo: str
    pedido: Pedido | None


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
    await no_lo_quiere(work, pedido)


async def no_lo_quiere(work: Work, pedido: Pedido) -> None:
    """Keep that the customer does not want it, and ask Ticketera to cancel it while nobody carries it.

    One of the earlier shop that never became a ticket is cancelled here: asking would make a ticket of it.
    """
    await update_cancelacion(work.con, pedido.id, work.ahora)
    if await cancel_sin_ticket(work.con, pedido.id, work.ahora):
        work.tell(EntregaCambiada(pedido.usuario_id, pedido.numero))
    elif pedido.cancelable:
        await pedir_cancelacion(work, pedido, clave_de_cancelacion(pedido.numero))


async def pedir_cancelacion(work: Work, pedido: Pedido, clave: str) -> None:
    """Queue the wish behind what goes before it; the same clave is one wish."""
    await insert_para_ticketera(work.con, clave, pedido, work.ahora)
    work.tell(PedidoConfirmado(pedido.numero))


async def arrepentirse(work: Work, *, numero: str, email: str, detalle: str, usuario_id: int | None) -> Arrepentimiento:
    """Take a withdrawal in; pressed again it is the same one. An open pedido is cancelled, an admin reads of all.

    One that fits no pedido is taken in just the same, and nobody learns whose a numero is. A paquete's numero can be
    guessed, so that one is cancelled for its owner (`usuario_id`) only, and waits for the admin otherwise.
    """
    numero, email = "".join(numero.split()).upper(), normalizar_correo(email)
    comprador = await select_comprador(work.con, numero, email)
    pedido = await select_pedido(work.con, comprador, numero) if comprador is not None else None
    codigo = await _codigo(work, numero, email, detalle, pedido.id if pedido else None)
    if pedido is None or (pedido.paquete_id is not None and usuario_id != pedido.usuario_id):
        return Arrepentimiento(codigo, None)
    await no_lo_quiere(work, pedido)
    return Arrepentimiento(codigo, pedido)


async def _codigo(work: Work, numero: str, email: str, detalle: str, pedido_id: int | None) -> str:
    """The code of this withdrawal: the one that it has, with what is new in `detalle`, or a new one."""
    known = await select_arrepentimiento(work.con, numero, email)
    if known is not None:
        whole = f"{known['detalle']}\n{detalle}".strip()
        if detalle not in known["detalle"] and len(whole) <= DETALLE_MAXIMO:
            await update_detalle(work.con, known["id"], whole)
        return str(known["codigo"])
    while True:
        codigo = f"ARR-{secrets.token_hex(4).upper()}"
        if await insert_arrepentimiento(
            work.con,
            codigo=codigo,
            numero=numero,
            email=email,
            detalle=detalle,
            pedido_id=pedido_id,
            ahora=work.ahora,
        ):
            return codigo


async def atender_arrepentimiento(work: Work, arrepentimiento_id: int) -> None:
    """Note that an admin has answered the customer."""
    await update_atendido(work.con, arrepentimiento_id, work.ahora)
