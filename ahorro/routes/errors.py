"""From what the domain refuses to what HTTP answers: the one table, and the refusals that carry more."""

from ahorro.domain.catalogo import Producto
from ahorro.domain.cliente import Cliente
from ahorro.domain.configuracion import Configuracion
from ahorro.domain.errors import (
    CampoInvalido,
    CarritoCambio,
    ClaveReusada,
    CodigoInvalido,
    Conflicto,
    CredencialInvalida,
    DomainError,
    EnlaceVencido,
    FaltaCodigo,
    NoExiste,
    SinStock,
    TotalMayor,
    VersionVieja,
)
from ahorro.domain.grupos import Grupo
from ahorro.domain.personal import Persona
from ahorro.domain.promociones import PromocionDicha
from ahorro.wire.carrito import aviso_json
from ahorro.wire.cliente import cliente_json
from ahorro.wire.configuracion import configuracion_json
from ahorro.wire.ficha import ficha_json
from ahorro.wire.grupo import grupo_json
from ahorro.wire.personal import persona_json
from ahorro.wire.promocion import promocion_json
from ahorro.wire.text import Json, pesos
from belgrano.http import problems
from belgrano.http.problems import Problem
from belgrano.words.times import now

STATUS: dict[type[DomainError], int] = {
    DomainError: 400,
    CredencialInvalida: 401,
    FaltaCodigo: 401,
    CodigoInvalido: 401,
    NoExiste: 404,
    Conflicto: 409,
    EnlaceVencido: 410,
    ClaveReusada: 422,
}


def problem_of(error: Exception) -> Problem:
    """The problem+json of anything raised; a bug is logged and becomes a 500."""
    if not isinstance(error, DomainError):
        return problems.problem_of(error)
    detail = error.detalle
    if isinstance(error, CampoInvalido) and error.campo and not detail[:1].isupper():  # it goes on after the field
        detail = f"{error.campo}: {detail}"
    return Problem(problems.status_of(error, STATUS), error.codigo, detail, **_more(error))


def _more(error: DomainError) -> Json:
    """What the answer to an error carries besides."""
    match error:
        case CampoInvalido():
            return {"errores": [{"campo": error.campo, "detalle": error.detalle}]}
        case SinStock():
            return {"producto_id": error.producto_id, "quedan": error.quedan}
        case CarritoCambio():
            # A quantity is changed by the customer, on another page: programs know three kinds only.
            avisos = [aviso_json(c) for c in error.cambios if c.que != "cantidad"]
            return {"avisos": avisos, "total": pesos(error.total_centavos)}
        case TotalMayor():
            return {"mostrado": pesos(error.mostrado_centavos), "total": pesos(error.total_centavos)}
        case VersionVieja():
            return {error.que: _as_json(error.actual)}
    return {}


def _as_json(thing: object) -> Json:
    """A thing that somebody else changed, in the shape that its own route answers with."""
    match thing:
        case dict():
            return thing
        case Producto():
            return ficha_json(thing)
        case Grupo():
            return grupo_json(thing)
        case Cliente():
            return cliente_json(thing)
        case Persona():
            return persona_json(thing)
        case Configuracion():
            return configuracion_json(thing)
        case PromocionDicha():
            return promocion_json(thing, now())
    raise TypeError(type(thing))
