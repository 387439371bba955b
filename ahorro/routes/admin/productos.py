"""Products as their owner keeps them."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from quart import Blueprint, Response, request
from quart_schema import document_request

from ahorro.actions.fichas import cambiar_producto, crear_producto
from ahorro.domain.auditoria import Quien
from ahorro.domain.catalogo import ESTADOS_DE_FICHA, MEDIDAS, STOCK_MAXIMO, Filtro
from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.errors import CampoInvalido, ProductoNoExiste
from ahorro.routes.answers import Ficha, Fichas, FichaVieja
from ahorro.routes.catalogo import leer_limite, leer_texto
from ahorro.routes.fields import ClaveDeProducto, Corto, ExactBody, Iva, Nombre, OfertaDicha, PorMil, Precio, Prosa
from ahorro.routes.house import answer, base, body, me
from ahorro.store.catalogo import ORDENES, select_productos
from ahorro.wire.ficha import ficha_json
from belgrano.http.access import allow
from belgrano.http.answers import answers, refuses
from belgrano.http.fields import MOST_ID, Id
from belgrano.http.shapes import OneOf
from belgrano.words.numbers import is_whole

routes = Blueprint("admin_productos", __name__)
_ENTRE_CIFRAS = str.maketrans("", "", " -\u00a0")


def _cual(value: Any) -> str:
    """What something is filed under: its id, clave or name."""
    if isinstance(value, bool) or not isinstance(value, int | str) or not 0 < len(str(value).strip()) <= 120:
        raise ValueError("tiene que ser el id, la clave o el nombre de uno que haya.")
    return str(value).strip().replace("\0", "")


def _codigo(text: str) -> str:
    """A bar code's digits, without the blanks and dashes that are printed between them."""
    digits = text.translate(_ENTRE_CIFRAS)
    if not 4 <= len(digits) <= 14 or not is_whole(digits):
        raise ValueError("tiene que tener de 4 a 14 números, y nada más.")
    return digits


Cual = Annotated[str, BeforeValidator(_cual)]
CodigoDeBarras = Annotated[str, AfterValidator(_codigo)]
Stock = Annotated[int, Field(ge=0, le=STOCK_MAXIMO)]


class Cambios(ExactBody):
    """What may be said of a product; money in pesos, rates per cent."""

    clave: ClaveDeProducto | None = None
    nombre: Nombre | None = None
    descripcion: Prosa | None = None
    precio: Precio | None = None
    oferta: OfertaDicha | None = None
    iva: Iva | None = None
    internos: PorMil | None = None
    unidad: Corto | None = None
    contenido: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = None
    medida: Annotated[str, OneOf(MEDIDAS)] | None = None
    por_peso: bool | None = None
    stock: Stock | None = None
    stock_minimo: Stock | None = None
    negocio: Cual | None = None
    categoria: Cual | None = None
    codigo_barras: CodigoDeBarras | None = None
    estante: Corto | None = None
    ingredientes: Prosa | None = None
    advertencias: Prosa | None = None
    mayores: bool | None = None
    costo: Precio | None = None
    destacado: bool | None = None
    activo: bool | None = None


class Nuevo(Cambios):
    """A new product."""

    nombre: Nombre
    precio: Precio
    negocio: Cual
    categoria: Cual


class CambiosDesde(Cambios):
    """A change to the version that was seen."""

    version: Id
    stock_visto: Stock | None = None


# What may be taken back to nothing; anything else has to say something.
MAY_BE_NULL = frozenset(
    ("oferta", "unidad", "contenido", "medida", "stock", "stock_visto", "stock_minimo", "codigo_barras", "costo")
)
RENAMED = {
    "precio": "precio_centavos", "iva": "iva_por_mil", "internos": "internos_por_mil", "costo": "costo_centavos",
}  # fmt: skip


def datos_de(cambios: Cambios) -> Mapping[str, object]:
    """The change in the words of the acts. Raises CampoInvalido for a null where there is something to say."""
    said = cambios.model_dump(exclude_unset=True, exclude={"version"})
    datos: dict[str, object] = {}
    for campo, valor in said.items():
        if valor is None and campo not in MAY_BE_NULL:
            raise CampoInvalido(campo, "no puede quedar en blanco.")
        if campo == "oferta":
            centavos, desde, hasta = valor or (None, None, None)
            datos |= {"oferta_centavos": centavos, "oferta_desde": desde, "oferta_hasta": hasta}
        else:
            datos[RENAMED.get(campo, campo)] = valor
    return datos


def quien() -> Quien:
    """Who asks, as the book has them."""
    return Quien(me().id, me().nombre)


def leer_estado() -> str:
    """`estado` of the query string, nothing for everything. Raises CampoInvalido."""
    estado = leer_texto("estado")
    if estado not in ESTADOS_DE_FICHA:
        raise CampoInvalido("estado", f"tiene que ser uno de: {', '.join(filter(None, ESTADOS_DE_FICHA))}.")
    return estado


def leer_filtro() -> Filtro:
    """What the query string narrows the owner's list to. Raises CampoInvalido."""
    return Filtro(
        q=leer_texto("q"),
        codigo=leer_texto("codigo"),
        negocio=leer_texto("negocio"),
        categoria=leer_texto("categoria"),
        ofertas=request.args.get("ofertas") == "1",
        estado=leer_estado(),
    )


@routes.get("/api/admin/productos")
@allow(*ENCARGADOS)
@answers(Fichas)
async def get_productos() -> Response:
    """A page of all products, on sale or not; `codigo` is a bar code or clave, `siguiente` the next page's cursor."""
    orden = leer_texto("orden")
    if orden not in ORDENES:
        raise CampoInvalido("orden", f"tiene que ser uno de: {', '.join(o for o in ORDENES if o)}.")
    productos, siguiente = await base().read(
        select_productos, leer_filtro(), orden=orden, limite=leer_limite(50), cursor=leer_texto("cursor", 400)
    )
    return answer({"productos": [ficha_json(p) for p in productos], "siguiente": siguiente})


@routes.post("/api/admin/productos")
@allow(*ENCARGADOS)
@document_request(Nuevo)
@answers(Ficha, 201)
async def post_producto() -> Response:
    """A new product; customers see it at once."""
    nuevo = await body(Nuevo)
    return answer(ficha_json(await base().do(crear_producto, quien(), datos_de(nuevo))), 201)


@routes.patch("/api/admin/productos/<int:producto_id>")
@allow(*ENCARGADOS)
@document_request(CambiosDesde)
@answers(Ficha)
@refuses(FichaVieja, 409)
async def patch_producto(producto_id: int) -> Response:
    """Change some of it, from the version that was seen."""
    cambios = await body(CambiosDesde)
    if producto_id > MOST_ID:
        raise ProductoNoExiste
    changed = await base().do(cambiar_producto, quien(), producto_id, cambios.version, datos_de(cambios))
    return answer(ficha_json(changed))
