"""Everybody's pedidos, as who works in the shop reads them."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from quart import Blueprint, Response
from quart_schema import document_request
from typing_extensions import TypedDict

from ahorro.actions.armado import Acto, actuar
from ahorro.domain.armado import ACTOS
from ahorro.domain.auditoria import Quien
from ahorro.domain.carrito import CANTIDAD_MAXIMA, PESO_MAXIMO, Cuanto
from ahorro.domain.cuenta import PERSONAL
from ahorro.domain.errors import CampoInvalido, PedidoNoExiste
from ahorro.domain.pedido import ESTADOS_DE_TIENDA
from ahorro.routes.admin.ventas import borde, check_orden
from ahorro.routes.answers import Descuento, Entrega, EstadoDeTienda, Franja, SinStock
from ahorro.routes.catalogo import leer_limite, leer_texto
from ahorro.routes.fields import MOST_ID, Body, Id, MetodoDePago, Precio, one_line, prose
from ahorro.routes.house import answer, base, body, me
from ahorro.routes.pedidos import NUMERO
from ahorro.store.todos import select_respuesta, select_todos
from ahorro.wire.todos import pedido_del_dueno_en_lista_json
from belgrano.http.access import allow
from belgrano.http.answers import Amount, Instant, Refusal, answers, refuses
from belgrano.http.fields import not_blank
from belgrano.http.problems import Problem
from belgrano.http.shapes import OneOf, invalid

routes = Blueprint("admin_pedidos", __name__)

CON_CUANTO = ("renglon", "reemplazar")
AccionId = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")]
Cuantas = Annotated[int, Field(ge=0, le=CANTIDAD_MAXIMA)]
Gramos = Annotated[int, Field(ge=0, le=PESO_MAXIMO)]
Motivo = Annotated[str, StringConstraints(max_length=200), AfterValidator(one_line)]
TextoDeNota = Annotated[str, StringConstraints(max_length=1000), AfterValidator(prose), AfterValidator(not_blank)]


class Cliente(TypedDict):
    """Who bought."""

    nombre: str
    email: str
    telefono: str


class PedidoDelDuenoEnLista(TypedDict):
    """A pedido without its lines; `estado` is the shop's word, `entrega.estado` Ticketera's."""

    numero: str
    estado: EstadoDeTienda
    total: Amount
    creado_en: Instant
    cliente: Cliente
    direccion: str
    piso: str
    barrio: str
    franja: Franja | None
    metodo_pago: str
    envio: Amount
    entrega: Entrega
    indicaciones: str


class RenglonDelDueno(TypedDict):
    """A line: what was asked for and what was packed, units or grams, null until somebody packs; pesos.

    What stands `en_lugar_de` another product, by its id, was not asked for.
    """

    producto_id: int
    nombre: str
    pedido: int
    armado: int | None
    precio: Amount
    subtotal: Amount
    en_lugar_de: int | None


class Pago(TypedDict):
    """What somebody paid, and who took it."""

    medio: str
    monto: Amount
    en: Instant
    por: str


class Paso(TypedDict):
    """What happened: `creado`, Ticketera's estado, or an act; who did it, and in which words."""

    que: str
    en: Instant
    por: str
    detalle: str


class Nota(TypedDict):
    """What somebody who works here wrote of it."""

    texto: str
    en: Instant
    por: str


class PedidoDelDueno(PedidoDelDuenoEnLista):
    """A whole pedido."""

    renglones: list[RenglonDelDueno]
    descuentos: list[Descuento]
    pagos: list[Pago]
    devuelto: Amount
    historial: list[Paso]
    notas: list[Nota]
    revision: int


class PedidoViejo(Refusal):
    """Somebody else did something meanwhile: the pedido as it is now."""

    pedido: PedidoDelDueno


class TotalMayor(Refusal):
    """It costs more than a tenth above what its customer was shown."""

    mostrado: Amount
    total: Amount


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
    found = await base().read(select_respuesta, numero) if NUMERO.fullmatch(numero) else ""
    if not found:
        raise PedidoNoExiste
    return answer(found)


class AccionDicha(Body):
    """What somebody does to a pedido; `accion` says which of the other members count."""

    accion: Annotated[str, OneOf(ACTOS)]
    accion_id: AccionId
    revision: Annotated[int, Field(ge=0, le=MOST_ID)] | None = None
    producto_id: Id | None = None
    cantidad: Cuantas | None = None
    peso_g: Gramos | None = None
    por: Id | None = None
    medio: MetodoDePago | None = None
    monto: Precio | None = None
    motivo: Motivo | None = None
    texto: TextoDeNota | None = None
    acordado: bool | None = None

    def check(self) -> None:
        """Raise Problem 400 naming what this act says besides and is not there."""
        missing = [name for name in ACTOS[self.accion].pide if getattr(self, name) is None]
        if self.accion in CON_CUANTO and self.cantidad is None and self.peso_g is None:
            missing.append("cantidad")
        if missing:
            raise invalid([{"campo": name, "detalle": "es obligatorio."} for name in missing])

    @property
    def acto(self) -> Acto:
        """It as the action has it."""
        cuanto = self.cantidad if self.peso_g is None else self.peso_g
        return Acto(
            self.accion,
            self.accion_id,
            self.revision,
            self.producto_id or 0,
            Cuanto(cuanto, en_gramos=self.peso_g is not None) if cuanto else None,
            self.por or 0,
            self.medio or "",
            self.monto or 0,
            self.motivo or "",
            self.texto or "",
            bool(self.acordado),
        )


@routes.post("/api/admin/pedidos/<numero>/acciones")
@allow(*PERSONAL)
@document_request(AccionDicha)
@answers(PedidoDelDueno)
@refuses(PedidoViejo | TotalMayor | SinStock | Refusal, 409)
async def post_accion(numero: str) -> Response:
    """An act on a pedido, once per accion_id; the pedido as it is then."""
    dicha = await body(AccionDicha)
    return answer(await actuar_en(numero, dicha))


async def actuar_en(numero: str, dicha: AccionDicha) -> str:
    """Do an act as whoever asks; the pedido as JSON. Raises as the action, and Problem 403 for who may not."""
    if me().rol not in ACTOS[dicha.accion].roles:
        raise Problem(403, "prohibido", "Tu cuenta no tiene permiso para esto.")
    dicha.check()
    if not NUMERO.fullmatch(numero):
        raise PedidoNoExiste
    return await base().do(actuar, Quien(me().id, me().nombre), numero, dicha.acto)
