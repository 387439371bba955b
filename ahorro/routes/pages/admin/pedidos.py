"""Everybody's pedidos as pages: a list to search, and one whole, to pack from and to call about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.domain.armado import ACTOS
from ahorro.domain.cliente import Cliente
from ahorro.domain.cuenta import ADMIN, ENCARGADOS, PERSONAL
from ahorro.domain.errors import CampoInvalido, PedidoNoExiste
from ahorro.domain.libro import Hecho, Movimiento, devuelto_de, pagado_de, pagos_de
from ahorro.domain.pedido import ESTADOS_DE_TIENDA, Pedido
from ahorro.routes.admin.pedidos import leer_estado
from ahorro.routes.admin.ventas import borde, check_orden
from ahorro.routes.catalogo import leer_texto
from ahorro.routes.house import base, me
from ahorro.routes.pages.compra import para_seguir
from ahorro.routes.pages.confirmacion import nueva_clave
from ahorro.routes.pages.forms import sentence
from ahorro.routes.pedidos import NUMERO
from ahorro.store.armado import select_actos
from ahorro.store.arrepentimientos import select_codigo
from ahorro.store.clientes import select_cliente
from ahorro.store.diferencias import select_diferencias
from ahorro.store.libro import select_libro
from ahorro.store.todos import count_abiertos_de_todos, select_cobro, select_entero, select_todos
from ahorro.wire.todos import historia_de
from belgrano.contract import ESTADOS, MOTIVOS, PAGOS
from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.http.contactos import contacto
from belgrano.outbox.outgoing import select_outgoing_of
from belgrano.words.times import dia_de, now

routes = Blueprint("paginas_admin_pedidos", __name__)

# What the shop calls a pedido: of one, of many, and the colour of that.
PALABRAS = {
    "recibido": ("Recibido", "Recibidos", "ambar"),
    "en_armado": ("En preparación", "En preparación", "ambar"),
    "listo": ("Listo para salir", "Listos para salir", "azul"),
    "en_camino": ("En camino", "En camino", "azul"),
    "entregado": ("Entregado", "Entregados", "verde"),
    "fallido": ("No entregado", "No entregados", "rojo"),
    "cancelado": ("Cancelado", "Cancelados", ""),
}
# A step of its history, as the shop tells it.
PASOS = {
    "armar": "Se empezó a armar",
    "renglon": "Se armó",
    "reemplazar": "Se reemplazó",
    "deshacer": "Se deshizo",
    "listo": "Listo para salir",
    "pagado": "Pagó",
    "devolver": "Se le devolvió",
    "cancelar": "Lo canceló el negocio",
    "devuelto": "Volvió la mercadería",
    "nota": "Nota",
    "creado": "Lo pidió el cliente",
    "pendiente": "Sin repartidor",
    "asignado": "Con repartidor",
    "en_camino": "Salió",
    "entregado": "Entregado",
    "fallido": "No se pudo entregar",
    "cancelado": "Cancelado",
}


@routes.get("/admin/pedidos")
@allow(*PERSONAL)
async def get_pedidos() -> ResponseReturnValue:
    """All pedidos, the newest first, by state, day, and what is looked for."""
    f = {name: leer_texto(name) for name in ("q", "estado", "desde", "hasta", "por_pagar")}
    cursor = leer_texto("cursor")
    abiertos, errores = await base().read(count_abiertos_de_todos), {}
    pedidos: Sequence[Pedido] = ()
    siguiente = None
    try:
        desde, hasta = borde("desde"), borde("hasta")
        check_orden(desde, hasta)
        pedidos, siguiente = await base().read(
            select_todos,
            q=f["q"],
            estado=leer_estado(),
            por_pagar=bool(f["por_pagar"]),
            desde=desde,
            antes_de=hasta,
            cursor=cursor,
        )
    except CampoInvalido as error:
        errores[error.campo] = sentence(error.campo, error.detalle)
    hoy = dia_de(now()).isoformat()
    page = await render_template(
        "ahorro/admin/pedidos.html",
        f=f,
        hay_filtro=any(f.values()),
        errores=errores,
        pedidos=pedidos,
        palabras=PALABRAS,
        solapas=_solapas(f, abiertos),
        hoy=_address(f, desde=hoy, hasta=hoy),
        siguiente=_address(f, cursor=siguiente) if siguiente else "",
        principio=_address(f) if cursor else "",
        diferencias=await base().read(select_diferencias) if me().rol in ENCARGADOS else [],
    )
    return page, 400 if errores else 200


def _solapas(f: dict[str, str], abiertos: Mapping[str, int]) -> list[tuple[str, str, int | None, bool]]:
    """What a list is narrowed to at a tap: what it is called, where, how many are open in it, whether it is this."""
    aca = (f["estado"], bool(f["por_pagar"]))
    tabs: list[tuple[str, str, int | None]] = [("Todos", "", None)]
    tabs += [(PALABRAS[each][1], each, abiertos[each] or None) for each in ESTADOS_DE_TIENDA]
    found = [
        (nombre, _address(f, estado=estado, por_pagar=""), cuantos, aca == (estado, False))
        for nombre, estado, cuantos in tabs
    ]
    waits = _address(f, estado="recibido", por_pagar="1")
    return [*found[:2], ("Esperan una transferencia", waits, None, aca == ("recibido", True)), *found[2:]]


def _address(f: dict[str, str], **more: str) -> str:
    said = urlencode({name: value for name, value in {**f, **more}.items() if value})
    return "/admin/pedidos" + (f"?{said}" if said else "")


@dataclass(frozen=True, slots=True)
class _Entero:
    """All that the page of a pedido shows; of its customer only what an admin may see."""

    pedido: Pedido
    actos: list[Hecho]
    libro: list[Movimiento]
    historial: list[tuple[str, int, str, str]]
    cobrado_centavos: int | None
    medio: str | None
    arrepentido: str | None
    envio: Any
    cliente: Cliente | None


async def _entero(con: Connection, numero: str, *, con_cliente: bool) -> _Entero | None:
    found = await select_entero(con, numero)
    if found is None:
        return None
    pedido, pasos = found
    actos = await select_actos(con, pedido.id)
    return _Entero(
        pedido,
        actos,
        await select_libro(con, pedido.id),
        historia_de(pasos, actos),
        *await select_cobro(con, pedido.id),
        await select_codigo(con, pedido.id),
        await select_outgoing_of(con, numero),
        await select_cliente(con, pedido.usuario_id) if con_cliente else None,
    )


@routes.get("/admin/pedidos/<numero>")
@allow(*PERSONAL)
async def get_pedido(numero: str) -> ResponseReturnValue:
    """One pedido, whoever bought it, on the screen and on paper."""
    return await ver_pedido(numero)


async def ver_pedido(numero: str, error: str = "", codigo: str = "", status: int = 200) -> ResponseReturnValue:
    """The page of a pedido, and why an act was refused. Raises PedidoNoExiste."""
    es_admin = me().rol in ADMIN
    todo = await base().read(_entero, numero, con_cliente=es_admin) if NUMERO.fullmatch(numero) else None
    if todo is None:
        raise PedidoNoExiste
    p = todo.pedido
    pasos = [
        (": ".join(filter(None, (_paso(que, p), detalle))) + (f", {por}" if por else ""), en)
        for que, en, por, detalle in todo.historial
    ]
    if p.cancelacion_en is not None:
        pasos.append(("El cliente pidió cancelarlo", p.cancelacion_en))
    pago = PAGOS[p.entrega.metodo_pago]
    page = await render_template(
        "ahorro/admin/pedido.html",
        p=p,
        clave=nueva_clave,
        error=error,
        puede=[name for name, acto in ACTOS.items() if me().rol in acto.roles and p.estado_de_tienda in acto.desde],
        libro=todo.libro,
        pagos=pagos_de(todo.libro),
        devuelto=devuelto_de(todo.libro),
        pagado_en_total=pagado_de(todo.libro),
        notas=[h for h in todo.actos if h.accion == "nota"],
        palabra=PALABRAS[p.estado_de_tienda],
        pasos=sorted(pasos, key=lambda each: each[1]),
        contacto=contacto(p.entrega.telefono),
        pago=pago["oficina"],
        medio=PAGOS[todo.medio]["oficina"] if todo.medio and todo.medio in PAGOS else todo.medio or "",
        cobrado=todo.cobrado_centavos,
        otro_cobro=todo.cobrado_centavos not in ((None, 0) if pago["antes"] else (None, p.total_centavos)),
        entrega=ESTADOS[p.estado]["oficina"],
        arrepentido=todo.arrepentido,
        envio=todo.envio,
        cliente=todo.cliente,
        **para_seguir(p),
    )
    return page, status


def _paso(que: str, p: Pedido) -> str:
    """A step in words: of the one in which the pedido is, whose it is and why it failed."""
    if que == p.estado and que in {"asignado", "en_camino", "entregado"} and p.repartidor_nombre:
        return f"{PASOS[que]}: {p.repartidor_nombre}"
    if que == p.estado == "fallido" and p.motivo:
        return f"{PASOS[que]}: {MOTIVOS[p.motivo]['oficina'].lower() if p.motivo in MOTIVOS else p.motivo}"
    return PASOS.get(que, que)
