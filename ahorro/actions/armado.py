"""The acts on a pedido from the order to the bag: packed, weighed, replaced, paid, cancelled, back on the shelf.

Each is done once per `accion_id` of whoever does it. Whatever one changes of the lines or the money is one commit with
the stock, the books, and what Ticketera is told of it.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace

from ahorro.actions.cancelaciones import no_lo_quiere
from ahorro.actions.entregas import recibir_devolucion
from ahorro.domain.armado import (
    ajustado,
    check_acto,
    con_renglon,
    deshecho,
    listo,
    reemplazado,
    renglon_de,
)
from ahorro.domain.auditoria import Quien
from ahorro.domain.carrito import Cuanto
from ahorro.domain.errors import CampoInvalido, ClaveReusada, PedidoNoExiste, VersionVieja
from ahorro.domain.events import EntregaCambiada, PedidoConfirmado
from ahorro.domain.libro import Hecho, Movimiento
from ahorro.domain.pedido import Pedido
from ahorro.store.armado import insert_acto, select_acto, update_armado, update_respuesta
from ahorro.store.catalogo import select_producto
from ahorro.store.diferencias import delete_diferencias
from ahorro.store.entregas import select_estado
from ahorro.store.libro import insert_lo_que_es, insert_movimiento
from ahorro.store.pedidos import insert_revision
from ahorro.store.stock import give_stock, update_devuelto
from ahorro.store.todos import select_cobro, select_entero, select_respuesta
from belgrano.contract import PAGOS
from belgrano.database.once import once
from belgrano.database.work import Work
from belgrano.words.money import pesos_justos


@dataclass(frozen=True, slots=True)
class Acto:
    """What somebody does to a pedido; of its members those that its `accion` has. Money in centavos.

    `cuanto` None: none of it. `revision` is the pedido's as they saw it, None: whatever it is.
    """

    accion: str
    accion_id: str
    revision: int | None = None
    producto_id: int = 0
    cuanto: Cuanto | None = None
    por: int = 0
    medio: str = ""
    monto: int = 0
    motivo: str = ""
    texto: str = ""
    acordado: bool = False

    def huella(self, numero: str) -> str:
        """What identifies its content, whatever was seen."""
        said = asdict(replace(self, accion_id="", revision=None))
        return hashlib.sha256(json.dumps([numero, said], sort_keys=True).encode()).hexdigest()


async def actuar(work: Work, quien: Quien, numero: str, acto: Acto) -> str:
    """Do an act on a pedido, once; the pedido as it is then, as JSON, and when it is asked again the same.

    Raises ClaveReusada, PedidoNoExiste, VersionVieja, NoSePuedeAhora, CampoInvalido, SinStock, FaltaPesar, TotalMayor
    and NadaQueVuelva.
    """
    assert quien.id is not None  # noqa: S101
    usuario_id = quien.id

    async def first() -> str:
        found = await select_entero(work.con, numero)
        if found is None:
            raise PedidoNoExiste
        antes = found[0]
        if acto.revision is not None and acto.revision != antes.revision:
            raise VersionVieja("pedido", json.loads(await select_respuesta(work.con, numero)))
        check_acto(antes, acto.accion)
        despues, detalle = await _ACTOS[acto.accion](work, quien, antes, acto)
        hecho = Hecho(acto.accion, quien.nombre, detalle, work.ahora)
        await insert_acto(work.con, antes.id, usuario_id, acto.accion_id, acto.huella(numero), hecho)
        if acto.accion != "nota":
            await _guardar(work, quien, antes, replace(ajustado(despues), revision=antes.revision + 1))
        respuesta = await select_respuesta(work.con, numero)
        await update_respuesta(work.con, usuario_id, acto.accion_id, respuesta)
        return respuesta

    answer = await once(select_acto(work.con, usuario_id, acto.accion_id), acto.huella(numero), first, ClaveReusada)
    return answer or await select_respuesta(work.con, numero)


async def ver_diferencia(work: Work, numero: str) -> None:
    """Somebody has seen that Ticketera did not take what became of a pedido, and settled it."""
    await delete_diferencias(work.con, numero)


async def _guardar(work: Work, quien: Quien, antes: Pedido, despues: Pedido) -> None:
    await update_armado(work.con, antes, despues)
    await insert_lo_que_es(work.con, antes, despues, work.ahora, quien.nombre)
    vive = not despues.cerrado and despues.etapa != "cancelado"
    if vive and await insert_revision(work.con, antes, despues, work.ahora):
        work.tell(PedidoConfirmado(despues.numero))
    work.tell(EntregaCambiada(despues.usuario_id, despues.numero))


async def _armar(work: Work, quien: Quien, p: Pedido, acto: Acto) -> tuple[Pedido, str]:
    return replace(p, etapa="en_armado"), ""


async def _renglon(work: Work, quien: Quien, p: Pedido, acto: Acto) -> tuple[Pedido, str]:
    despues = con_renglon(p, acto.producto_id, acto.cuanto)
    r = renglon_de(p, acto.producto_id)
    va = next((each.cuanto for each in despues.items if each.producto_id == acto.producto_id and each.va), "")
    return despues, f"{r.nombre}: {va or 'no hay'}" + (f" (pidió {r.cuanto_pedido})" if r.cantidad else "")


async def _reemplazar(work: Work, quien: Quien, p: Pedido, acto: Acto) -> tuple[Pedido, str]:
    por = await select_producto(work.con, acto.por)
    if por is None:
        raise CampoInvalido("por", "no existe o no está a la venta.")
    if acto.cuanto is None:
        raise CampoInvalido("cantidad", "tiene que ser 1 o más.")
    despues = reemplazado(p, acto.producto_id, por, acto.cuanto)
    va = renglon_de(despues, por.id)
    return despues, f"{renglon_de(p, acto.producto_id).nombre}: en su lugar {va.cuanto} de {por.nombre}"


async def _deshacer(work: Work, quien: Quien, p: Pedido, acto: Acto) -> tuple[Pedido, str]:
    return deshecho(p, acto.producto_id), renglon_de(p, acto.producto_id).nombre


async def _listo(work: Work, quien: Quien, p: Pedido, acto: Acto) -> tuple[Pedido, str]:
    return listo(p, acordado=acto.acordado), "El total se habló con el cliente" if acto.acordado else ""


async def _pagado(work: Work, quien: Quien, p: Pedido, acto: Acto) -> tuple[Pedido, str]:
    await insert_movimiento(work.con, p.id, Movimiento("pago", -acto.monto, acto.medio, work.ahora, quien.nombre))
    como = PAGOS[acto.medio]["como"]
    return replace(p, pagado_centavos=p.pagado_centavos + acto.monto), f"{pesos_justos(acto.monto)} {como}"


async def _devolver(work: Work, quien: Quien, p: Pedido, acto: Acto) -> tuple[Pedido, str]:
    cobrado, _ = await select_cobro(work.con, p.id)
    pagado = p.pagado_centavos + (cobrado or 0)
    if acto.monto > pagado:
        raise CampoInvalido("monto", f"no puede superar lo que pagó y no se le devolvió: {pesos_justos(pagado)}.")
    await insert_movimiento(work.con, p.id, Movimiento("devuelto", acto.monto, "", work.ahora, quien.nombre))
    return replace(p, pagado_centavos=p.pagado_centavos - acto.monto), f"{pesos_justos(acto.monto)}: {acto.motivo}"


async def _cancelar(work: Work, quien: Quien, p: Pedido, acto: Acto) -> tuple[Pedido, str]:
    await no_lo_quiere(work, p)
    actual = await select_estado(work.con, p.numero)
    if actual is not None and actual["stock_devuelto_en"] is None:
        await give_stock(work.con, p.id)
        await update_devuelto(work.con, p.id, work.ahora)
    return replace(p, etapa="cancelado"), acto.motivo


async def _devuelto(work: Work, quien: Quien, p: Pedido, acto: Acto) -> tuple[Pedido, str]:
    await recibir_devolucion(work, p.numero)
    return p, ""


async def _nota(work: Work, quien: Quien, p: Pedido, acto: Acto) -> tuple[Pedido, str]:
    return p, acto.texto


_ACTOS: dict[str, Callable[[Work, Quien, Pedido, Acto], Awaitable[tuple[Pedido, str]]]] = {
    "armar": _armar,
    "renglon": _renglon,
    "reemplazar": _reemplazar,
    "deshacer": _deshacer,
    "listo": _listo,
    "pagado": _pagado,
    "devolver": _devolver,
    "cancelar": _cancelar,
    "devuelto": _devuelto,
    "nota": _nota,
}
