"""Prices that move together."""

import asyncio
from decimal import Decimal
from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field, PlainValidator, StringConstraints
from quart import Blueprint, Response
from quart_schema import document_request
from typing_extensions import TypedDict

from ahorro.actions.precios import Pedida, cambiar_precios, deshacer_precios, ver_precios
from ahorro.domain.catalogo import PRECIO_MAXIMO_CENTAVOS, Filtro
from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.errors import CampoInvalido
from ahorro.domain.precios import REDONDEOS, Movida, Regla, alistar
from ahorro.routes.admin.productos import Cual, quien
from ahorro.routes.fields import Clave, Desde, ExactBody, Id
from ahorro.routes.house import answer, base, body
from ahorro.wire.precios import movida_json, resultados_json
from ahorro.wire.text import Json
from belgrano.http.access import allow
from belgrano.http.answers import Amount, Instant, answers
from belgrano.http.fields import number
from belgrano.words.times import iso, now

routes = Blueprint("admin_precios", __name__)


def _porcentaje(value: Any) -> int:
    """A per cent with up to two decimals, as hundredths of it."""
    rate = number(value)
    if not -100 <= rate <= 1_000 or rate != rate.quantize(Decimal("0.01")) or not rate:
        raise ValueError("tiene que ser un porcentaje de -100 a 1.000, distinto de 0, con hasta dos decimales.")
    return int(rate * 100)


def _monto(value: Any) -> int:
    """Pesos either way, as centavos."""
    monto = number(value)
    most = PRECIO_MAXIMO_CENTAVOS // 100
    if not -most <= monto <= most or monto != monto.quantize(Decimal("0.01")) or not monto:
        raise ValueError("tiene que ser un monto en pesos, distinto de 0, con hasta dos decimales.")
    return int(monto * 100)


def _redondeo(value: Any) -> int:
    if type(value) is not int or value not in REDONDEOS:
        raise ValueError(f"tiene que ser uno de: {', '.join(map(str, REDONDEOS))}.")
    return value


Porcentaje = Annotated[int, PlainValidator(_porcentaje, json_schema_input_type=float)]
Redondeo = Annotated[int, PlainValidator(_redondeo, json_schema_input_type=int)]


class Cuales(ExactBody):
    """Which products; nothing said: all of them."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=50_000)] | None = None
    q: Annotated[str, StringConstraints(max_length=120)] | None = None
    negocio: Cual | None = None
    categoria: Cual | None = None


class Cambio(ExactBody):
    """By how much prices move; `vista_previa` keeps nothing, without it a `clave` is needed.

    `desde` is when: an instant, or a date (its beginning in Buenos Aires), up to a year ahead. As of an offer, one that
    has passed is at once.
    """

    filtro: Cuales
    porcentaje: Porcentaje | None = None
    monto: Annotated[int, PlainValidator(_monto, json_schema_input_type=float)] | None = None
    redondeo: Redondeo | None = None
    vista_previa: bool = False
    forzar: bool = False
    clave: Clave | None = None
    desde: Desde | None = None


class Movido(TypedDict):
    """A product's price before and after, in pesos."""

    id: int
    nombre: str
    antes: Amount
    despues: Amount


class AvisoDePrecio(TypedDict):
    """What to know of a product before its price moves."""

    producto_id: int
    nombre: str
    que: Literal["salto", "cero", "al_reves", "bajo_costo", "sin_oferta", "programado"]
    detalle: str


class Movidos(TypedDict):
    """All that moves; `lote` where it was done, or is to be done, and `desde` where it was asked for a moment."""

    productos: list[Movido]
    cantidad: int
    avisos: list[AvisoDePrecio]
    lote: NotRequired[str]
    desde: NotRequired[Instant]


class Vuelto(TypedDict):
    """Whether a product's price went back; `codigo` says why not."""

    id: int
    ok: bool
    codigo: NotRequired[Literal["cambio_despues", "oferta_mayor"]]


class Deshecho(TypedDict):
    """What came of taking a lote back."""

    lote: str
    resultados: list[Vuelto]


def pedida_de(cambio: Cambio) -> Pedida:
    """The change in the words of the acts. Raises CampoInvalido where it says none, or two."""
    if (cambio.porcentaje is None) == (cambio.monto is None):
        raise CampoInvalido("porcentaje", "va el porcentaje o el monto, uno de los dos.")
    f = cambio.filtro
    ids = None if f.ids is None else tuple(sorted(set(f.ids)))
    q = (f.q or "").replace("\0", "").strip()
    filtro = Filtro(estado="", ids=ids, q=q, negocio=f.negocio or "", categoria=f.categoria or "")
    redondeo = (cambio.redondeo or 0) * 100 or 1
    return Pedida(filtro, Regla(cambio.porcentaje or 0, cambio.monto or 0, redondeo), cambio.forzar, cambio.desde)


@routes.post("/api/admin/precios")
@allow(*ENCARGADOS)
@document_request(Cambio)
@answers(Movidos)
async def post_precios() -> Response:
    """Move the prices of what the filter names, now or at a moment to come, or show what would come of it."""
    cambio = await body(Cambio)
    pedida = pedida_de(cambio)
    cuando: Json = {} if cambio.desde is None else {"desde": iso(cambio.desde)}
    if cambio.vista_previa:
        movida = await base().read(ver_precios, pedida, now())
        return await asyncio.to_thread(lambda: answer({**movida_json(movida), **cuando}))
    if cambio.clave is None:
        raise CampoInvalido("clave", "hace falta para cambiar los precios una sola vez.")
    movida, lote = await mover_precios(cambio.clave, pedida), cambio.clave
    return await asyncio.to_thread(lambda: answer({**movida_json(movida), "lote": lote, **cuando}))


async def mover_precios(lote: str, pedida: Pedida, vista: str = "") -> Movida:
    """Move the prices; what comes of it is made ready first, so that orders wait for the writing only.

    Raises what `cambiar_precios` does.
    """
    try:
        alistada = await asyncio.to_thread(alistar, await base().read(ver_precios, pedida, now()))
    except CampoInvalido:
        alistada = None  # the act says it, unless it knows this lote
    return await base().do(cambiar_precios, quien(), lote, pedida, alistada=alistada, vista=vista)


@routes.post("/api/admin/precios/<lote>/deshacer")
@allow(*ENCARGADOS)
@answers(Deshecho)
async def post_deshacer(lote: str) -> Response:
    """Put back what nobody changed since; again: the same answer."""
    return answer({"lote": lote, "resultados": resultados_json(await base().do(deshacer_precios, quien(), lote))})
