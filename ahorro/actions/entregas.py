"""What Ticketera says of a pedido, and what becomes of the stock that it took."""

from dataclasses import dataclass

from ahorro.actions.cancelaciones import pedir_cancelacion
from ahorro.domain.errors import NadaQueVuelva
from ahorro.domain.events import EntregaCambiada
from ahorro.domain.libro import Movimiento
from ahorro.domain.pedido import ESTADOS_CANCELABLES, clave_de_cancelacion
from ahorro.store.entregas import insert_aviso, select_estado, update_estado, upsert_paso
from ahorro.store.libro import insert_movimiento
from ahorro.store.pedidos import select_pedido
from ahorro.store.stock import give_stock, take_stock_again, update_devuelto
from belgrano.database.work import Row, Work


@dataclass(frozen=True, slots=True)
class Reporte:
    """A report of Ticketera: `version` counts within `epoca`; `en` in ms UTC, `cobrado` (None: nobody said) in
    centavos."""

    numero: str
    estado: str
    epoca: str
    version: int
    repartidor_nombre: str | None
    motivo: str | None
    en: int
    cobrado: int | None = None
    medio: str | None = None


async def aplicar_reporte(work: Work, webhook_id: str, reporte: Reporte) -> bool:
    """Take over what Ticketera says of a pedido, if it is newer or of another epoca; True when it changed anything.

    A report that arrived before, an older one, and one of an unknown numero change nothing. What its customer does not
    want and Ticketera opens again (out of the street, or out of a copy) is asked to be cancelled again.
    """
    if not await insert_aviso(work.con, webhook_id, work.ahora):
        return False
    actual = await select_estado(work.con, reporte.numero)
    if actual is None:
        return False
    if actual["epoca"] == reporte.epoca and reporte.version <= (actual["ticket_version"] or 0):
        return False
    await update_estado(
        work.con,
        actual["id"],
        estado=reporte.estado,
        repartidor_nombre=reporte.repartidor_nombre,
        motivo=reporte.motivo,
        estado_en=reporte.en,
        epoca=reporte.epoca,
        version=reporte.version,
        cobrado=reporte.cobrado,
        medio=reporte.medio,
    )
    await _anotar_el_cobro(work, actual, reporte)
    await _seguir_el_stock(work, actual, reporte.estado)
    await upsert_paso(work.con, actual["id"], reporte.estado, reporte.en)
    opened = reporte.estado in ESTADOS_CANCELABLES and actual["estado"] not in ESTADOS_CANCELABLES
    if opened and actual["cancelacion_en"] is not None:
        pedido = await select_pedido(work.con, actual["usuario_id"], reporte.numero)
        assert pedido is not None  # noqa: S101
        await pedir_cancelacion(work, pedido, clave_de_cancelacion(reporte.numero, otra_vez=work.ahora))
    work.tell(EntregaCambiada(actual["usuario_id"], reporte.numero))
    return True


async def _anotar_el_cobro(work: Work, actual: Row, reporte: Reporte) -> None:
    """What the door brought, in the books: each time the difference to what they said."""
    monto = (actual["cobrado_centavos"] or 0) - (reporte.cobrado or 0)
    medio = reporte.medio or actual["metodo_pago"]
    await insert_movimiento(
        work.con, actual["id"], Movimiento("puerta", monto, medio, reporte.en, reporte.repartidor_nombre or "")
    )


async def _seguir_el_stock(work: Work, actual: Row, estado: str) -> None:
    """What is cancelled gives back what it took, once; what is alive again takes it again, if it is there still.

    What the shop cancelled is not alive as long as Ticketera has it on no way.
    """
    if actual["etapa"] == "cancelado" and estado in ESTADOS_CANCELABLES:
        return
    devuelto = actual["stock_devuelto_en"] is not None
    if estado == "cancelado" and not devuelto:
        await give_stock(work.con, actual["id"])
        await update_devuelto(work.con, actual["id"], work.ahora)
    elif estado not in {"cancelado", "fallido"} and devuelto and await take_stock_again(work.con, actual["id"]):
        await update_devuelto(work.con, actual["id"], None)


async def recibir_devolucion(work: Work, numero: str) -> None:
    """The goods of a failed delivery are on the shelf again: count them, once. Raises NadaQueVuelva."""
    actual = await select_estado(work.con, numero)
    if actual is None or actual["estado"] != "fallido" or actual["stock_devuelto_en"] is not None:
        raise NadaQueVuelva
    await give_stock(work.con, actual["id"])
    await update_devuelto(work.con, actual["id"], work.ahora)
