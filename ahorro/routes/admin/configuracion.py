"""The shop's settings, by its owner."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, NotRequired

from pydantic import AfterValidator, Field, PlainValidator, StringConstraints
from quart import Blueprint, Response
from quart_schema import document_request
from typing_extensions import TypedDict

from ahorro.actions.configuracion import cambiar_configuracion
from ahorro.domain.area import Area, falla_de, sin_repetir
from ahorro.domain.configuracion import cbu_valido
from ahorro.domain.cuenta import ADMIN, cuit_valido
from ahorro.domain.franja import SIN_CORTE
from ahorro.domain.pedido import METODOS_DE_PAGO, TOTAL_MAXIMO_CENTAVOS
from ahorro.routes.admin.productos import quien
from ahorro.routes.fields import Barrio, ExactBody, Id, Nombre, Prosa, ProsaLarga, centavos
from ahorro.routes.house import answer, base, body, configuracion, house
from ahorro.wire.configuracion import configuracion_json
from belgrano.http.access import allow
from belgrano.http.answers import Amount, Refusal, answers, refuses
from belgrano.http.fields import number
from belgrano.http.shapes import OneOf
from belgrano.words.teselas import origen_de_teselas

routes = Blueprint("admin_configuracion", __name__)

ALIAS = re.compile(r"[A-Za-z0-9.-]{6,20}", re.ASCII)
CORREO = re.compile(r"[^@\s<>]{1,64}@[^@\s<>.]{1,63}(?:\.[^@\s<>.]{1,63}){1,5}", re.ASCII)
CBU_DETALLE = "tiene que tener 22 números, y los dígitos verificadores no dan: revisalo."
DIRECCION = re.compile(r"https?://[^\s\"'<>]{3,500}", re.ASCII)


def _or_nothing(fits: Callable[[str], object], detalle: str) -> AfterValidator:
    def check(text: str) -> str:
        text = text.strip()
        if text and not fits(text):
            raise ValueError(detalle)
        return text

    return AfterValidator(check)


def _area(value: Any) -> Area:
    if not isinstance(value, list) or not all(isinstance(each, list) and len(each) == 2 for each in value):
        raise ValueError("tiene que ser una lista de puntos, como [[-34.55, -58.47], …].")
    area = sin_repetir([(float(number(lat)), float(number(lng))) for lat, lng in value])
    if area and (falla := falla_de(area)):
        raise ValueError(falla)
    return area


def _feriado(text: str) -> str:
    try:
        if len(text) != 10:
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("tiene que decir los días como 2026-12-25.") from None


Corto = Annotated[Prosa, StringConstraints(max_length=200)]
Monto = Annotated[
    int,
    PlainValidator(lambda value: centavos(value, TOTAL_MAXIMO_CENTAVOS // 100), json_schema_input_type=float),
]
Desde = Annotated[int, Field(ge=0, le=23)]
Hasta = Annotated[int, Field(ge=1, le=24)]
Cupo = Annotated[int, Field(ge=1, le=100_000)]
Corte = Annotated[int, Field(ge=-24, le=SIN_CORTE)]
Barrios = Annotated[list[Barrio], Field(max_length=200)]
AreaDibujada = Annotated[Area, PlainValidator(_area, json_schema_input_type=list[list[float]])]


class CostoDeEnvio(ExactBody):
    """What delivery costs, in pesos; `gratis_desde` null: never free."""

    costo: Monto = 0
    gratis_desde: Monto | None = None
    minimo: Monto = 0


class ZonaNueva(ExactBody):
    """Barrios with their own cost and minimum; null: the shop's. An `area` decides for who says where they are."""

    nombre: Nombre
    barrios: Barrios = Field(default=[])
    costo: Monto | None = None
    minimo: Monto | None = None
    area: AreaDibujada = Field(default=())


class JornadaNueva(ExactBody):
    """A weekday (1 is Monday) that goes otherwise; null: as the other days."""

    dia: Annotated[int, Field(ge=1, le=7)]
    desde: Desde | None = None
    hasta: Hasta | None = None
    cupo: Cupo | None = None
    corte: Corte | None = None


class HorarioNuevo(ExactBody):
    """When the shop delivers: weekdays (1 is Monday), hours, hours of a window, minutes of notice, closed days.

    From the hour `corte` on nothing more is taken for that day: 13, or -4 for 20 h of the day before.
    """

    dias: Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(min_length=1, max_length=7)] = Field(default=[])
    desde: Desde = 0
    hasta: Hasta = 24
    duracion: Annotated[int, Field(ge=1, le=24)] = 1
    cupo: Cupo = 1
    anticipacion: Annotated[int, Field(ge=0, le=10_080)] = 0
    feriados: Annotated[list[Annotated[str, AfterValidator(_feriado)]], Field(max_length=400)] = Field(default=[])
    corte: Corte = SIN_CORTE
    por_dia: Annotated[list[JornadaNueva], Field(max_length=7)] = Field(default=[])


class CambiosDeConfiguracion(ExactBody):
    """A change to the version that was seen: what is not named stays."""

    version: Id
    nombre: Nombre = ""
    razon_social: Corto = ""
    cuit: Annotated[
        str, _or_nothing(cuit_valido, "tiene que tener 11 números, como 30-71234567-1, con su dígito verificador.")
    ] = ""
    domicilio: Corto = ""
    telefono: Corto = ""
    whatsapp: Corto = ""
    email: Annotated[str, _or_nothing(CORREO.fullmatch, "no parece un correo.")] = ""
    horarios: Prosa = ""
    alias: Annotated[str, _or_nothing(ALIAS.fullmatch, "son de 6 a 20 letras, números, puntos o guiones.")] = ""
    cbu: Annotated[str, _or_nothing(cbu_valido, CBU_DETALLE)] = ""
    data_fiscal: Annotated[str, _or_nothing(DIRECCION.fullmatch, "tiene que ser una dirección https.")] = ""
    medios_de_pago: Annotated[list[Annotated[str, OneOf(METODOS_DE_PAGO)]], Field(min_length=1, max_length=20)] = Field(
        default=[]
    )
    envio: CostoDeEnvio = CostoDeEnvio()
    zonas: Annotated[list[ZonaNueva], Field(max_length=200)] = Field(default=[])
    mapa_teselas: Annotated[
        Corto,
        _or_nothing(lambda text: origen_de_teselas(text) is not None, "tiene que ser como https://…/{z}/{x}/{y}.png."),
    ] = ""
    mapa_atribucion: Corto = ""
    franjas: HorarioNuevo = HorarioNuevo()
    terminos: ProsaLarga = ""
    privacidad: ProsaLarga = ""
    arrepentimiento: ProsaLarga = ""


class EnvioDicho(TypedDict):
    """Pesos; `gratis_desde` null: never free."""

    costo: Amount
    gratis_desde: Amount | None
    minimo: Amount


class ZonaDicha(TypedDict):
    """Pesos; null: the shop's. A drawn one says its corners, latitude first."""

    nombre: str
    barrios: list[str]
    costo: Amount | None
    minimo: Amount | None
    area: NotRequired[list[list[float]]]


class JornadaDicha(TypedDict):
    """A weekday (1 is Monday) that goes otherwise; null: as the other days."""

    dia: int
    desde: int | None
    hasta: int | None
    cupo: int | None
    corte: int | None


class FranjasDichas(TypedDict):
    """Weekdays (1 is Monday), hours, hours of a window, pedidos of a window, minutes of notice, closed days.

    From the hour `corte` on nothing more is taken for that day, below 0 of the day before; 24: without one.
    """

    dias: list[int]
    desde: int
    hasta: int
    duracion: int
    cupo: int
    anticipacion: int
    feriados: list[str]
    corte: int
    por_dia: list[JornadaDicha]


class ConfiguracionDicha(TypedDict):
    """The shop's settings."""

    nombre: str
    razon_social: str
    cuit: str
    domicilio: str
    telefono: str
    whatsapp: str
    email: str
    horarios: str
    alias: str
    cbu: str
    data_fiscal: str
    medios_de_pago: list[str]
    envio: EnvioDicho
    zonas: list[ZonaDicha]
    mapa_teselas: str
    mapa_atribucion: str
    franjas: FranjasDichas
    terminos: str
    privacidad: str
    arrepentimiento: str
    version: int


class ConfiguracionVieja(Refusal):
    """Somebody else changed it meanwhile: the settings as they are now."""

    configuracion: ConfiguracionDicha


@routes.get("/api/admin/configuracion")
@allow(*ADMIN)
@answers(ConfiguracionDicha)
async def get_configuracion() -> Response:
    """The shop's settings."""
    return answer(configuracion_json(await configuracion()))


@routes.patch("/api/admin/configuracion")
@allow(*ADMIN)
@document_request(CambiosDeConfiguracion)
@answers(ConfiguracionDicha)
@refuses(ConfiguracionVieja, 409)
async def patch_configuracion() -> Response:
    """Change some of it, from the version that was seen."""
    cambios = await body(CambiosDeConfiguracion)
    said = in_centavos(cambios.model_dump(exclude_unset=True, exclude={"version"}))
    changed = await base().do(
        cambiar_configuracion, quien(), cambios.version, said, de_fabrica=house().settings.de_fabrica
    )
    return answer(configuracion_json(changed))


def in_centavos(said: Any) -> Any:
    """The same with money under the domain's names."""
    if isinstance(said, Mapping):
        money = {"costo", "gratis_desde", "minimo"}
        return {f"{k}_centavos" if k in money else k: in_centavos(v) for k, v in said.items()}
    return [in_centavos(each) for each in said] if isinstance(said, list) else said
