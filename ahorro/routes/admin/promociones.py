"""Promotions and coupons as their owner keeps them."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, PlainValidator, StringConstraints
from quart import Blueprint, Response
from quart_schema import document_request
from typing_extensions import TypedDict

from ahorro.actions.promociones import cambiar_promocion, crear_promocion
from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.errors import CampoInvalido, NoExiste
from ahorro.domain.pedido import METODOS_DE_PAGO, TOTAL_MAXIMO_CENTAVOS
from ahorro.domain.promociones import (
    ALCANCES,
    CUALES_MAXIMO,
    LLEVA_MAXIMO,
    TIPOS,
    PromocionDicha,
    normalizar_codigo,
)
from ahorro.routes.admin.productos import Cual, quien
from ahorro.routes.answers import Nombrado
from ahorro.routes.fields import MOST_ID, Desde, ExactBody, Hasta, Id, Nombre, Precio, centavos
from ahorro.routes.house import answer, base, body
from ahorro.store.promociones import select_nombres_de, select_promociones, select_usos
from ahorro.wire.promocion import promocion_json
from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.http.answers import Amount, Instant, Refusal, answers, refuses
from belgrano.http.shapes import OneOf
from belgrano.words.times import now

routes = Blueprint("admin_promociones", __name__)

CODIGO = re.compile(r"[A-Z0-9-]{3,20}", re.ASCII)
USOS_MAXIMOS = 1_000_000


def _codigo(text: str) -> str:
    codigo = normalizar_codigo(text)
    if not CODIGO.fullmatch(codigo):
        raise ValueError("son de 3 a 20 letras sin acentos, números o guiones.")
    return codigo


def _minimo(value: Any) -> int:
    return centavos(value, TOTAL_MAXIMO_CENTAVOS // 100)


def _sin_repetir(values: list[Any]) -> list[Any]:
    return sorted(set(values))


CodigoDeCupon = Annotated[str, StringConstraints(max_length=60), AfterValidator(_codigo)]
Usos = Annotated[int, Field(ge=1, le=USOS_MAXIMOS)]


class CambiosDePromocion(ExactBody):
    """What may be said of a promotion; pesos, per cent. `dias`: 1 is Monday; an empty list is every day, every way."""

    nombre: Nombre | None = None
    tipo: Annotated[str, OneOf(TIPOS)] | None = None
    lleva: Annotated[int, Field(ge=2, le=LLEVA_MAXIMO)] | None = None
    paga: Annotated[int, Field(ge=1, le=LLEVA_MAXIMO)] | None = None
    porcentaje: Annotated[int, Field(ge=1, le=100)] | None = None
    monto: Precio | None = None
    alcance: Annotated[str, OneOf(ALCANCES)] | None = None
    cuales: Annotated[list[Cual], Field(max_length=CUALES_MAXIMO)] | None = None
    desde: Desde | None = None
    hasta: Hasta | None = None
    dias: (
        Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(max_length=7), AfterValidator(_sin_repetir)] | None
    ) = None
    medios: (
        Annotated[list[Annotated[str, OneOf(METODOS_DE_PAGO)]], Field(max_length=20), AfterValidator(_sin_repetir)]
        | None
    ) = None
    sobre_ofertas: bool | None = None
    mezcla: bool | None = None
    codigo: CodigoDeCupon | None = None
    usos: Usos | None = None
    por_cliente: Usos | None = None
    minimo: Annotated[int, PlainValidator(_minimo, json_schema_input_type=float)] | None = None
    activa: bool | None = None


class NuevaPromocion(CambiosDePromocion):
    """A new promotion; with a `codigo` it is a coupon."""

    nombre: Nombre
    tipo: Annotated[str, OneOf(TIPOS)]


class PromocionDesde(CambiosDePromocion):
    """A change to the version that was seen."""

    version: Id


class PromocionDelDuenio(TypedDict):
    """A promotion, `codigo` null: whoever buys gets it. `usada` counts pedidos, `rebajado` is what they saved."""

    id: int
    nombre: str
    tipo: Literal["nxm", "segunda", "porcentaje", "monto"]
    lleva: int | None
    paga: int | None
    porcentaje: int | None
    monto: Amount | None
    alcance: Literal["todo", "categoria", "negocio", "producto"]
    cuales: list[Nombrado]
    desde: Instant | None
    hasta: Instant | None
    dias: list[int]
    medios: list[str]
    sobre_ofertas: bool
    mezcla: bool
    codigo: str | None
    usos: int | None
    por_cliente: int | None
    minimo: Amount
    activa: bool
    estado: Literal["rige", "hoy_no", "empieza", "termino", "apagada"]
    usada: int
    rebajado: Amount
    version: int


class Promociones(TypedDict):
    """All of them, the newest first: nothing follows."""

    promociones: list[PromocionDelDuenio]
    siguiente: None


class PromocionVieja(Refusal):
    """Somebody else changed it meanwhile: as it is now."""

    promocion: PromocionDelDuenio


# What may be taken back to nothing; anything else has to say something.
MAY_BE_NULL = frozenset(
    ("lleva", "paga", "porcentaje", "monto", "desde", "hasta", "codigo", "usos", "por_cliente", "minimo")
)
RENAMED = {"porcentaje": "por_ciento", "monto": "monto_centavos", "minimo": "minimo_centavos"}
NOTHING: Mapping[str, object] = {"codigo": "", "minimo": 0}


def datos_de(cambios: CambiosDePromocion) -> dict[str, Any]:
    """The change in the words of the acts. Raises CampoInvalido for a null where there is something to say."""
    datos: dict[str, Any] = {}
    for campo, valor in cambios.model_dump(exclude_unset=True, exclude={"version"}).items():
        if valor is None and campo not in MAY_BE_NULL:
            raise CampoInvalido(campo, "no puede quedar en blanco.")
        said = tuple(valor) if campo in {"dias", "medios"} else valor
        datos[RENAMED.get(campo, campo)] = NOTHING.get(campo) if said is None else said
    return datos


async def select_dichas(con: Connection) -> list[PromocionDicha]:
    """All of them with what they are for by name, and how often each was used."""
    promociones, usos = await select_promociones(con), await select_usos(con)
    found = []
    for p in promociones:
        usada, rebajado = usos.get(p.id, (0, 0))
        found.append(PromocionDicha(p, await select_nombres_de(con, p.alcance, p.cuales), usada, rebajado))
    return found


@routes.get("/api/admin/promociones")
@allow(*ENCARGADOS)
@answers(Promociones)
async def get_promociones() -> Response:
    """All promotions and coupons, the newest first."""
    ahora = now()
    dichas = await base().read(select_dichas)
    return answer({"promociones": [promocion_json(each, ahora) for each in dichas], "siguiente": None})


@routes.post("/api/admin/promociones")
@allow(*ENCARGADOS)
@document_request(NuevaPromocion)
@answers(PromocionDelDuenio, 201)
async def post_promocion() -> Response:
    """A new one; carts take it at once."""
    nueva = await body(NuevaPromocion)
    return answer(promocion_json(await base().do(crear_promocion, quien(), datos_de(nueva)), now()), 201)


@routes.patch("/api/admin/promociones/<int:promocion_id>")
@allow(*ENCARGADOS)
@document_request(PromocionDesde)
@answers(PromocionDelDuenio)
@refuses(PromocionVieja, 409)
async def patch_promocion(promocion_id: int) -> Response:
    """Change some of it, from the version that was seen; pedidos keep what they got."""
    cambios = await body(PromocionDesde)
    if promocion_id > MOST_ID:
        raise NoExiste
    changed = await base().do(cambiar_promocion, quien(), promocion_id, cambios.version, datos_de(cambios))
    return answer(promocion_json(changed, now()))
