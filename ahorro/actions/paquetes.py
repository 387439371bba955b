"""The acts on paquetes automáticos: keep them, and make the pedidos whose day has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ahorro.actions.pedidos import check_metodo, check_visto, confirmar_paquete
from ahorro.domain.cambio import Visto
from ahorro.domain.carrito import RENGLONES_MAXIMOS, check_cantidad
from ahorro.domain.configuracion import Configuracion
from ahorro.domain.correo import Como, carta_de_paquete
from ahorro.domain.cuenta import Usuario
from ahorro.domain.errors import (
    CampoInvalido,
    CuentaInactiva,
    PaqueteNoExiste,
    PaqueteVacio,
    ProductoNoExiste,
    SinStock,
)
from ahorro.domain.events import CorreoPorMandar
from ahorro.domain.paquete import FRECUENCIAS, Estimado, Paquete, proxima_despues, sale_en
from ahorro.domain.pedido import Entrega, Pedido, numero_de_paquete
from ahorro.store.catalogo import select_producto
from ahorro.store.configuracion import select_configuracion
from ahorro.store.correos import insert_correo
from ahorro.store.cuentas import select_usuario
from ahorro.store.estimados import select_estimado
from ahorro.store.paquetes import (
    delete_paquete,
    insert_paquete,
    replace_paquete_items,
    select_paquete,
    select_paquete_que_toca,
    update_activo,
    update_paquete,
    update_proxima,
    update_total_visto,
    update_vistos,
)
from ahorro.store.pedidos import select_pedido
from belgrano.database.work import Work
from belgrano.words.times import DIA, dia_de

AVISO_MS = 3 * DIA  # a message about a paquete that could not leave for so long is of no use


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
    """A new paquete; its id. Raises CampoInvalido, ProductoNoExiste, CuentaInactiva."""
    usuario = await select_usuario(work.con, usuario_id)
    if usuario is None or not usuario.activo:
        raise CuentaInactiva
    await _check(work, datos, frozenset())
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
    await _dar_por_visto(work, usuario_id, paquete_id)
    return paquete_id


async def cambiar_paquete(work: Work, usuario_id: int, paquete_id: int, datos: DatosDePaquete) -> None:
    """Change a paquete of this comerciante; what is in it and off sale for now may stay.

    Raises PaqueteNoExiste when it is not theirs; else as crear_paquete.
    """
    antes = await select_paquete(work.con, usuario_id, paquete_id)
    await _check(work, datos, frozenset(r.producto_id for r in antes.items) if antes else frozenset())
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
    await _dar_por_visto(work, usuario_id, paquete_id)


async def _dar_por_visto(work: Work, usuario_id: int, paquete_id: int) -> None:
    """Keep what its pages say that its next pedido comes to; what is missing for now counts among its goods."""
    paquete = await _mio(work, usuario_id, paquete_id)
    cuando = sale_en(paquete.proxima_el, work.ahora)
    sale, entero = [
        await select_estimado(work.con, items, paquete.entrega, cuando) for items in (paquete.salen, paquete.items)
    ]
    await update_total_visto(work.con, paquete_id, entero.carrito.total_centavos, sale.envio_centavos)


async def activar_paquete(work: Work, usuario_id: int, paquete_id: int) -> None:
    """Let a paquete go on; one that goes on after its date, or on it, waits for the next day.

    Raises PaqueteNoExiste when it is not this comerciante's, PaqueteVacio when nothing of it is sold any more.
    """
    paquete = await _mio(work, usuario_id, paquete_id)
    if not paquete.a_la_venta:
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


async def _check(work: Work, datos: DatosDePaquete, tenia: frozenset[int]) -> None:
    if datos.frecuencia not in FRECUENCIAS:
        raise CampoInvalido("frecuencia", "Elegí semanal, quincenal o mensual.")
    if datos.proxima_el < dia_de(work.ahora):
        raise CampoInvalido("proxima_el", "La próxima fecha no puede ser anterior a hoy.")
    _check_items(datos.items)
    check_metodo(await select_configuracion(work.con, Configuracion()), datos.entrega.metodo_pago)
    for producto_id, _ in datos.items:
        if producto_id not in tenia and await select_producto(work.con, producto_id) is None:
            raise ProductoNoExiste


def _check_items(items: Sequence[tuple[int, int]]) -> None:
    if not 1 <= len(items) <= RENGLONES_MAXIMOS:
        raise CampoInvalido("items", f"Un paquete lleva de 1 a {RENGLONES_MAXIMOS} productos distintos.")
    if len({producto_id for producto_id, _ in items}) != len(items):
        raise CampoInvalido("items", "Hay un producto repetido.")
    for _, cantidad in items:
        check_cantidad(cantidad)


async def procesar_paquete(
    work: Work,
    usuario: Usuario,
    paquete_id: int,
    visto: Mapping[int, Visto] | None = None,
    envio_visto: int | None = None,
    total_visto: int | None = None,
) -> Pedido:
    """Make today's pedido of a paquete now, of what there is; if today has one, that one. Its prices count as seen.

    `visto`, `total_visto` (of the goods, with the promotions of now) and `envio_visto`, in centavos, are what the
    comerciante was looking at. Raises PaqueteNoExiste, PaqueteVacio, SinStock, CarritoCambio, EnvioCambio, and
    CampoInvalido for a way to pay that was withdrawn.
    """
    paquete = await _mio(work, usuario.id, paquete_id)
    hecho = await select_pedido(work.con, usuario.id, numero_de_hoy(work, paquete))
    if hecho is not None:
        return await _anotar(work, paquete, hecho, paquete.aviso)
    de_hoy = await select_estimado(work.con, paquete.salen, paquete.entrega, work.ahora)
    if visto is not None:
        check_visto(de_hoy.carrito, visto, total_visto)
    pedido = await _procesar(work, usuario, paquete, de_hoy, paquete.sin, envio_visto)
    await update_vistos(work.con, paquete.id)
    # Of a day with a promotion it may come to less than was seen of the others, which stays agreed on.
    comprado = max(paquete.total_visto_centavos or 0, de_hoy.carrito.total_centavos)
    await update_total_visto(work.con, paquete.id, comprado, max(paquete.envio_visto_centavos, de_hoy.envio_centavos))
    return pedido


def numero_de_hoy(work: Work, paquete: Paquete) -> str:
    """The numero of today's pedido of a paquete, whether or not there is one."""
    return numero_de_paquete(paquete.id, dia_de(work.ahora))


async def _mio(work: Work, usuario_id: int, paquete_id: int) -> Paquete:
    paquete = await select_paquete(work.con, usuario_id, paquete_id)
    if paquete is None:
        raise PaqueteNoExiste
    return paquete


async def _procesar(
    work: Work,
    usuario: Usuario,
    paquete: Paquete,
    estimado: Estimado,
    aviso: str | None,
    envio_visto: int | None = None,
) -> Pedido:
    """Order what there is, and say `aviso` on the paquete."""
    if not paquete.salen:
        for r in paquete.a_la_venta:
            raise SinStock(r.producto_id, r.nombre, r.stock or 0)
        raise PaqueteVacio
    pedido = await confirmar_paquete(work, usuario, paquete.id, dia_de(work.ahora), estimado, envio_visto)
    return await _anotar(work, paquete, pedido, aviso)


async def _anotar(work: Work, paquete: Paquete, pedido: Pedido, aviso: str | None) -> Pedido:
    """Note that today's pedido is made."""
    proxima = proxima_despues(paquete, dia_de(work.ahora))
    await update_proxima(work.con, paquete.id, proxima, ultimo_numero=pedido.numero, aviso=aviso)
    return pedido


async def procesar_el_que_toca(work: Work, paquete_id: int, sitio: str) -> None:
    """Make the pedido of a paquete whose day has come; nothing when somebody else has just made it.

    Raises as procesar_paquete, CuentaInactiva, and PaqueteMasCaro where it costs what nobody has said yes to.
    """
    paquete = await select_paquete_que_toca(work.con, dia_de(work.ahora), paquete_id)
    if paquete is None:
        return
    usuario = await select_usuario(work.con, paquete.usuario_id)
    if usuario is None or not usuario.activo:
        raise CuentaInactiva
    hecho = await select_pedido(work.con, usuario.id, numero_de_hoy(work, paquete))
    if hecho is not None:
        await _anotar(work, paquete, hecho, paquete.aviso)
        return
    estimado = await select_estimado(work.con, paquete.salen, paquete.entrega, work.ahora)
    estimado.check_medio()
    estimado.check_lo_visto(paquete)
    aviso = " ".join(filter(None, (paquete.sin, estimado.distinto(paquete)))) or None
    await _procesar(work, usuario, paquete, estimado, aviso)
    if aviso is not None and aviso != paquete.aviso:
        como: Como = "salió incompleto" if paquete.sin else "salió con otro total"
        await _avisar(work, usuario, paquete, aviso, sitio, como)


async def esperar_el_que_toca(work: Work, paquete_id: int, aviso: str, sitio: str) -> None:
    """Let a paquete that could not be made be tried again tomorrow, and say why; by mail when that is new."""
    hoy = dia_de(work.ahora)
    paquete = await select_paquete_que_toca(work.con, hoy, paquete_id)
    if paquete is None:
        return
    ritmo = paquete.ritmo_el or paquete.proxima_el
    await update_proxima(work.con, paquete.id, hoy + timedelta(days=1), aviso=aviso, ritmo_el=ritmo)
    usuario = await select_usuario(work.con, paquete.usuario_id)
    if usuario is not None and usuario.activo and aviso != paquete.aviso:
        await _avisar(work, usuario, paquete, aviso, sitio, "no salió")


async def _avisar(work: Work, usuario: Usuario, paquete: Paquete, aviso: str, sitio: str, como: Como) -> None:
    """Mail its comerciante what became of a paquete."""
    asunto, texto = carta_de_paquete(usuario.nombre, paquete.id, paquete.nombre, aviso, sitio, como)
    await insert_correo(
        work.con,
        para=usuario.email,
        asunto=asunto,
        texto=texto,
        semilla="",
        ahora=work.ahora,
        vence_en=work.ahora + AVISO_MS,
    )
    work.tell(CorreoPorMandar())
