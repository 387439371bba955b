"""The acts on paquetes automáticos: keep them, and make the pedidos whose day has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ahorro.actions.pedidos import confirmar_paquete
from ahorro.domain.carrito import RENGLONES_MAXIMOS, check_cantidad
from ahorro.domain.cuenta import Usuario
from ahorro.domain.errors import CampoInvalido, CuentaInactiva, PaqueteNoExiste, PaqueteVacio, ProductoNoExiste
from ahorro.domain.paquete import FRECUENCIAS, Paquete, proxima_despues
from ahorro.domain.pedido import Entrega, Pedido, dia_de
from ahorro.store.catalogo import select_producto
from ahorro.store.cuentas import select_usuario
from ahorro.store.paquetes import (
    delete_paquete,
    insert_paquete,
    replace_paquete_items,
    select_paquete,
    select_paquete_que_toca,
    update_activo,
    update_paquete,
    update_proxima,
)
from belgrano.work import Work


@dataclass(frozen=True, slots=True)
class DatosDePaquete:
    """What a comerciante fills in; `items` are (producto_id, cantidad) pairs."""

    nombre: str
    frecuencia: str
    proxima_el: date
    entrega: Entrega
    items: tuple[tuple[int, int], ...]
    activo: bool = True


async def crear_paquete(work: Work, usuario_id: int, datos: DatosDePaquete) -> int:
    """A new paquete; its id. Raises CampoInvalido, ProductoNoExiste."""
    await _check(work, datos)
    paquete_id = await insert_paquete(
        work.con,
        usuario_id,
        nombre=datos.nombre,
        frecuencia=datos.frecuencia,
        proxima_el=datos.proxima_el,
        entrega=datos.entrega,
        ahora=work.ahora,
    )
    await replace_paquete_items(work.con, paquete_id, datos.items)
    return paquete_id


async def cambiar_paquete(work: Work, usuario_id: int, paquete_id: int, datos: DatosDePaquete) -> None:
    """Change a paquete of this comerciante. Raises PaqueteNoExiste when it is not theirs; else as crear_paquete."""
    await _check(work, datos)
    mio = await update_paquete(
        work.con,
        usuario_id,
        paquete_id,
        nombre=datos.nombre,
        frecuencia=datos.frecuencia,
        proxima_el=datos.proxima_el,
        activo=datos.activo,
        entrega=datos.entrega,
    )
    if not mio:
        raise PaqueteNoExiste
    await replace_paquete_items(work.con, paquete_id, datos.items)


async def activar_paquete(work: Work, usuario_id: int, paquete_id: int) -> None:
    """Let a paquete go on; one that goes on after its date, or on it, waits for the next day.

    Raises PaqueteNoExiste when it is not this comerciante's, PaqueteVacio when nothing of it is sold any more.
    """
    paquete = await _mio(work, usuario_id, paquete_id)
    if not paquete.items:
        raise PaqueteVacio
    manana = dia_de(work.ahora) + timedelta(days=1)
    await update_activo(work.con, paquete_id, True, max(paquete.proxima_el, manana))


async def pausar_paquete(work: Work, usuario_id: int, paquete_id: int) -> None:
    """Stop a paquete until it is let go on. Raises PaqueteNoExiste when it is not this comerciante's."""
    paquete = await _mio(work, usuario_id, paquete_id)
    await update_activo(work.con, paquete_id, False, paquete.proxima_el)


async def borrar_paquete(work: Work, usuario_id: int, paquete_id: int) -> None:
    """Forget a paquete of this comerciante. Raises PaqueteNoExiste."""
    if not await delete_paquete(work.con, usuario_id, paquete_id):
        raise PaqueteNoExiste


async def _check(work: Work, datos: DatosDePaquete) -> None:
    if datos.frecuencia not in FRECUENCIAS:
        raise CampoInvalido("frecuencia", "Elegí semanal, quincenal o mensual.")
    if datos.proxima_el < dia_de(work.ahora):
        raise CampoInvalido("proxima_el", "La próxima fecha no puede ser anterior a hoy.")
    _check_items(datos.items)
    for producto_id, _ in datos.items:
        if await select_producto(work.con, producto_id) is None:
            raise ProductoNoExiste


def _check_items(items: Sequence[tuple[int, int]]) -> None:
    if not 1 <= len(items) <= RENGLONES_MAXIMOS:
        raise CampoInvalido("items", f"Un paquete lleva de 1 a {RENGLONES_MAXIMOS} productos distintos.")
    if len({producto_id for producto_id, _ in items}) != len(items):
        raise CampoInvalido("items", "Hay un producto repetido.")
    for _, cantidad in items:
        check_cantidad(cantidad)


async def procesar_paquete(work: Work, usuario: Usuario, paquete_id: int) -> Pedido:
    """Make today's pedido of a paquete now; if today has one, that one.

    Raises PaqueteNoExiste, PaqueteVacio, SinStock.
    """
    return await _procesar(work, usuario, await _mio(work, usuario.id, paquete_id))


async def _mio(work: Work, usuario_id: int, paquete_id: int) -> Paquete:
    paquete = await select_paquete(work.con, usuario_id, paquete_id)
    if paquete is None:
        raise PaqueteNoExiste
    return paquete


async def _procesar(work: Work, usuario: Usuario, paquete: Paquete) -> Pedido:
    hoy = dia_de(work.ahora)
    if not paquete.items:
        raise PaqueteVacio
    pedido = await confirmar_paquete(work, usuario, paquete.id, hoy, paquete.entrega, paquete.items)
    await update_proxima(work.con, paquete.id, proxima_despues(paquete, hoy), pedido.numero, None)
    return pedido


async def procesar_el_que_toca(work: Work, paquete_id: int) -> None:
    """Make the pedido of a paquete whose day has come; nothing when somebody else has just made it.

    Raises as procesar_paquete, and CuentaInactiva.
    """
    paquete = await select_paquete_que_toca(work.con, dia_de(work.ahora), paquete_id)
    if paquete is None:
        return
    usuario = await select_usuario(work.con, paquete.usuario_id)
    if usuario is None or not usuario.activo:
        raise CuentaInactiva
    await _procesar(work, usuario, paquete)


async def saltear_el_que_toca(work: Work, paquete_id: int, aviso: str) -> None:
    """Let a paquete that could not be made wait for its next date, and say why."""
    hoy = dia_de(work.ahora)
    paquete = await select_paquete_que_toca(work.con, hoy, paquete_id)
    if paquete is not None:
        await update_proxima(work.con, paquete.id, proxima_despues(paquete, hoy), None, aviso)
