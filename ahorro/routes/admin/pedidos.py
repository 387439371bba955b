"""Everybody's pedidos, as who works in the shop reads them."""

from typing import Literal

from quart import Blueprint, Response
from typing_extensions import TypedDict

from ahorro.domain.cuenta import PERSONAL
from ahorro.domain.errors import CampoInvalido, PedidoNoExiste
from ahorro.domain.pedido import ESTADOS_DE_TIENDA
from ahorro.routes.admin.ventas import borde, check_orden
from ahorro.routes.answers import Descuento, Entrega, Franja
from ahorro.routes.catalogo import leer_limite, leer_texto
from ahorro.routes.house import answer, base
from ahorro.routes.pedidos import NUMERO
from ahorro.store.todos import select_cobro, select_entero, select_todos
from ahorro.wire.text import Json
from ahorro.wire.todos import pedido_del_dueno_en_lista_json, pedido_del_dueno_json
from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.http.answers import Amount, Instant, answers

routes = Blueprint("admin_pedidos", __name__)


class Cliente(TypedDict):
    """Who bought."""

    nombre: str
    email: str
    telefono: str


class PedidoDelDuenoEnLista(TypedDict):
    """A pedido without its lines; `estado` is the shop's word, `entrega.estado` Ticketera's."""

    numero: str
    estado: Literal["recibido", "en_armado", "listo", "en_camino", "entregado", "fallido", "cancelado"]
    total: Amount
    creado_en: Instant
    cliente: Cliente
    direccion: str
    piso: str
    barrio: str
    franja: Franja | None
    metodo_pago: str
    entrega: Entrega
    notas: str


class RenglonDelDueno(TypedDict):
    """A line: what was asked for and what was packed, null until somebody packs; pesos."""

    producto_id: int
    nombre: str
    pedido: int
    armado: int | None
    precio: Amount
    subtotal: Amount


class Pago(TypedDict):
    """What somebody paid, and who took it."""

    medio: str
    monto: Amount
    en: Instant
    por: str


class Paso(TypedDict):
    """What happened: `creado`, or Ticketera's estado."""

    que: str
    en: Instant


class PedidoDelDueno(PedidoDelDuenoEnLista):
    """A whole pedido."""

    renglones: list[RenglonDelDueno]
    descuentos: list[Descuento]
    pagos: list[Pago]
    devuelto: Amount
    historial: list[Paso]
    revision: int


class PedidosDelDueno(TypedDict):
    """Everybody's, newest first; `siguiente` is the cursor of what follows."""

    pedidos: list[PedidoDelDuenoEnLista]
    siguiente: str | None


def leer_estado() -> str:
    """`estado` of the query string, the shop's word; nothing for all. Raises CampoInvalido."""
    estado = leer_texto("estado")
    if estado and estado not in ESTADOS_DE_TIENDA:
        raise CampoInvalido("estado", f"tiene que ser uno de: {', '.join(ESTADOS_DE_TIENDA)}.")
    return estado


@routes.get("/api/admin/pedidos")
@allow(*PERSONAL)
@answers(PedidosDelDueno)
async def get_pedidos() -> Response:
    """A page of all pedidos; `q` is a piece of numero, name, e-mail or telephone, `hasta` is included."""
    desde, hasta = borde("desde"), borde("hasta")
    check_orden(desde, hasta)
    pedidos, siguiente = await base().read(
        select_todos,
        q=leer_texto("q"),
        estado=leer_estado(),
        desde=desde,
        antes_de=hasta,
        limite=leer_limite(50),
        cursor=leer_texto("cursor"),
    )
    return answer({"pedidos": [pedido_del_dueno_en_lista_json(p) for p in pedidos], "siguiente": siguiente})


@routes.get("/api/admin/pedidos/<numero>")
@allow(*PERSONAL)
@answers(PedidoDelDueno)
async def get_pedido(numero: str) -> Response:
    """A whole pedido, whoever bought it."""
    found = await base().read(_con_cobro, numero) if NUMERO.fullmatch(numero) else None
    if found is None:
        raise PedidoNoExiste
    return answer(found)


async def _con_cobro(con: Connection, numero: str) -> Json | None:
    found = await select_entero(con, numero)
    return None if found is None else pedido_del_dueno_json(*found, *await select_cobro(con, found[0].id))
