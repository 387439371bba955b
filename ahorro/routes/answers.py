"""The shapes of what the shop says in JSON: `/openapi.json` publishes them, tests hold it to them."""

from typing import Annotated, Literal, NotRequired

from typing_extensions import TypedDict

from ahorro.domain.pedido import ESTADOS_DE_TIENDA
from belgrano.contract import ESTADOS
from belgrano.http.answers import Amount, Instant, Refusal
from belgrano.http.health import Health, Queue
from belgrano.http.shapes import OneOf

Estado = Annotated[str, OneOf(ESTADOS)]
EstadoDeTienda = Annotated[str, OneOf(ESTADOS_DE_TIENDA)]


class Nombrado(TypedDict):
    """A negocio or categoria by id and name."""

    id: int
    nombre: str


class Imagen(TypedDict):
    """A picture of a product; `url` and, in px, `ancho` and `alto` are of its largest JPEG."""

    id: int
    url: str
    ancho: int
    alto: int


class Producto(TypedDict):
    """What is sold. Pesos; `precio` is what it costs now, `precio_anterior` what it cost without the offer."""

    id: int
    clave: str
    nombre: str
    descripcion: str
    precio: Amount
    precio_anterior: Amount | None
    oferta: bool
    iva: float
    precio_sin_impuestos: Amount
    precio_por_medida: Amount | None
    unidad: str | None
    por_peso: bool
    mayores: bool
    medida: Literal["g", "ml", "un"] | None
    stock: int | None
    imagen: str | None
    imagenes: list[Imagen]
    negocio: Nombrado
    categoria: Nombrado


class Productos(TypedDict):
    """A page of what is on sale; `siguiente` is the cursor of what follows."""

    productos: list[Producto]
    siguiente: str | None


class OfertaConFechas(TypedDict):
    """What it costs less, and between which instants; null: no end on that side."""

    precio: Amount
    desde: Instant | None
    hasta: Instant | None


class Ficha(TypedDict):
    """All that its owner has said of a product. Pesos; `precio` without the offer, `vigente` what it costs now."""

    id: int
    clave: str
    nombre: str
    descripcion: str
    precio: Amount
    oferta: OfertaConFechas | None
    vigente: Amount
    iva: float
    internos: float
    unidad: str | None
    contenido: int | None
    medida: Literal["g", "ml", "un"] | None
    por_peso: bool
    stock: int | None
    stock_minimo: int | None
    negocio: Nombrado
    categoria: Nombrado
    codigo_barras: str | None
    estante: str
    ingredientes: str
    advertencias: str
    mayores: bool
    costo: Amount | None
    destacado: bool
    imagenes: list[Imagen]
    activo: bool
    version: int


class FichaVieja(Refusal):
    """Somebody else changed it meanwhile: the product as it is now."""

    producto: Ficha


class Fichas(TypedDict):
    """A page of products, on sale or not; `siguiente` is the cursor of what follows."""

    productos: list[Ficha]
    siguiente: str | None


class Renglon(TypedDict):
    """A line, in pesos. Of what is sold by weight `cantidad` is kilos, and `peso_g` says the grams."""

    producto_id: int
    nombre: str
    cantidad: Amount
    peso_g: NotRequired[int]
    precio: Amount
    subtotal: Amount


class RenglonDelCarrito(Renglon):
    """A line of a cart, with what shows it."""

    negocio: str
    imagen: str | None


class Aviso(TypedDict):
    """What is not as it was seen: a price in pesos, units of the rest; without `antes` it was not seen at all."""

    producto_id: int
    nombre: str
    que: Literal["no_se_vende", "cambio_precio", "sin_stock"]
    antes: NotRequired[float]
    ahora: NotRequired[float]


class Descuento(TypedDict):
    """What a promotion takes off a line, or a coupon off all of them (`producto_id` null), in pesos."""

    promocion: int
    nombre: str
    texto: str
    monto: Amount
    producto_id: int | None


class Cupon(TypedDict):
    """The coupon of a cart, and why it takes off nothing."""

    codigo: str
    aviso: str | None


class Carrito(TypedDict):
    """What this session's cart holds, in pesos of today; `total` is what the lines come to less `descuentos`.

    `aproximado`: something in it is still to be weighed.
    """

    items: list[RenglonDelCarrito]
    subtotal: Amount
    descuentos: list[Descuento]
    cupon: Cupon | None
    total: Amount
    aproximado: bool
    unidades: int
    avisos: list[Aviso]


class SinStock(Refusal):
    """Fewer left than asked for."""

    producto_id: int
    quedan: int


class CarritoCambio(Refusal):
    """The lines are not what the customer was looking at; with this answer they have seen them."""

    avisos: list[Aviso]
    total: Amount


class PedidoHecho(TypedDict):
    """A pedido as it was made; `estado` is the shop's word."""

    numero: str
    estado: EstadoDeTienda
    total: Amount


class Franja(TypedDict):
    """When it is expected."""

    desde: Instant
    hasta: Instant


class Entrega(TypedDict):
    """How far the delivery has come, as Ticketera says."""

    estado: Estado
    repartidor_nombre: str | None
    en: Instant | None
    motivo: str | None


class Lugar(TypedDict):
    """Where on the map, in degrees."""

    lat: float
    lng: float


class PedidoEnLista(PedidoHecho):
    """A pedido without its lines; `total` has `envio` in it."""

    envio: Amount
    creado_en: Instant
    direccion: str
    telefono: str
    metodo_pago: str
    notas: str
    piso: str
    barrio: str
    franja: Franja | None
    ubicacion: Lugar | None
    entrega: Entrega


class Pedido(PedidoEnLista):
    """A pedido with its lines, and what was taken off them; `aproximado`: something in it is still to be weighed."""

    items: list[Renglon]
    descuentos: list[Descuento]
    aproximado: bool


class Pedidos(TypedDict):
    """One's own, newest first; `siguiente` is the cursor of what follows."""

    pedidos: list[PedidoEnLista]
    siguiente: str | None


class Cuenta(TypedDict):
    """Who is logged in."""

    id: int
    nombre: str
    email: str
    rol: Literal["cliente", "comerciante", "admin", "encargado", "armador"]


class Sesion(TypedDict):
    """Who I am."""

    usuario: Cuenta


class Mensaje(TypedDict):
    """A sentence for people."""

    mensaje: str


class Envio(TypedDict):
    """A row of the outbox: one pedido on its way to Ticketera."""

    id: int
    numero: str
    clave: str
    estado: Literal["pendiente", "apartado", "hecho"]
    intentos: int
    error: str | None
    creado_en: Instant
    confirmado_en: Instant | None


class Outbox(Queue):
    """How the outbox is doing, and its rows of one state."""

    cola: Literal["yendo", "esperando", "detenida"]
    motivo: str
    filas: list[Envio]


class Reintentados(TypedDict):
    """How many rows go again."""

    reintentados: int


class Salud(Health):
    """The shop's: its outbox, and how Ticketera is where it is not there."""

    outbox: NotRequired[Queue]
    ticketera: NotRequired[Literal["ausente", "detenida"]]


class Presente(TypedDict):
    """The shop answers."""

    status: Literal["ok"]
    message: str
    timestamp: Instant
    version: str
