"""From what the domain refuses to what HTTP answers: the one table, and the two refusals that carry more."""

import json
from decimal import Decimal
from typing import Any

from belgrano.http import problems
from belgrano.http.problems import Problem
from belgrano.http.shapes import invalid
from ticketera.domain.errors import (
    CajaCambio,
    CamposInvalidos,
    ClaveConOtroContenido,
    ConTicket,
    DomainError,
    NoExiste,
    NoSePuede,
    PedidoCerrado,
    RolNoPermitido,
)
from ticketera.wire.text import encode, pesos
from ticketera.wire.ticket import ticket_json

STATUS: dict[type[DomainError], int] = {
    DomainError: 400,
    NoExiste: 404,
    RolNoPermitido: 403,
    ClaveConOtroContenido: 422,
    NoSePuede: 409,
}


def problem_of(error: Exception) -> Problem:
    """The problem+json of anything raised; a bug is logged and becomes a 500."""
    if not isinstance(error, DomainError):
        return problems.problem_of(error)
    if isinstance(error, CamposInvalidos):
        return invalid([{"campo": campo, "detalle": detalle} for campo, detalle in error.errores])
    extra: dict[str, Any] = {}
    if isinstance(error, ConTicket):
        extra = {"ticket": plain(ticket_json(error.ticket)), "acciones": error.acciones}
        if error.ticket.cambio_por is not None:
            extra["por"] = {"id": error.ticket.cambio_por, "nombre": error.ticket.cambio_por_nombre}
    if isinstance(error, CajaCambio):
        extra = {"a_rendir": pesos(error.a_rendir)}
    if isinstance(error, PedidoCerrado):
        extra = {"estado": str(error.estado)}
    return Problem(problems.status_of(error, STATUS), error.codigo, error.detalle, **extra)


def plain(value: Any) -> Any:
    """JSON with texts already encoded in it, as plain data; numbers stay exact."""
    return json.loads(encode(value), parse_float=Decimal)
