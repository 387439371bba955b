"""What every route needs: the house that app.py built, the person who asks, the body, the answer."""

import json
import time
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel
from quart import Response, current_app, request

from belgrano.database.base import Base
from belgrano.http.access import caller
from belgrano.http.cookies import Sessions
from belgrano.http.json_input import read_json
from belgrano.http.limits import Limits
from belgrano.http.problems import Problem
from belgrano.http.shapes import invalid, parse
from belgrano.http.unsent import Keeper
from ticketera.domain.respuesta import Respuesta
from ticketera.domain.ticket import TIENDA, Quien
from ticketera.domain.usuario import Usuario
from ticketera.keys import ApiKeys
from ticketera.settings import Settings
from ticketera.wire.text import encode

Shape = TypeVar("Shape", bound=BaseModel)


# What people read of an act that was refused and left something behind (`Respuesta.codigo`).
DETAILS = {
    "ticket_ajeno": "Este ticket ya no es tuyo. Lo que hiciste quedó anotado para que lo vean en la central.",
    "cerrado": "El ticket ya estaba cerrado. Lo que hiciste quedó anotado para que lo vean en la central.",
    "en_revision": "Tu entrega está en revisión. La central ve también lo que dijiste después.",
    "falta_prueba": "Falta una prueba de la entrega. Lo que hiciste quedó anotado para que lo vean en la central.",
    "mudanza_rechazada": "No se movió ningún ticket. Mirá por qué en cada uno.",
}


@dataclass(frozen=True)
class House:
    """What app.py built and routes use."""

    settings: Settings
    base: Base
    sessions: Sessions
    keys: ApiKeys
    limits: Limits
    keeper: Keeper


def house() -> House:
    """The house of the app that handles this request."""
    built: House = current_app.extensions["ticketera"]
    return built


def base() -> Base:
    """The database of the app that handles this request."""
    return house().base


def now() -> int:
    """Milliseconds UTC."""
    return time.time_ns() // 1_000_000


def me() -> Usuario:
    """The person who asks; the access check has let them in."""
    user: Usuario = caller()
    return user


def same_person(said: str | None, user: Usuario | None) -> None:
    """A page that says whose it is gets nothing with another's cookie: two people took turns on one phone.

    `said` is the id that the page sends (`X-Usuario`, on a handshake `usuario`). Raises Problem 401.
    """
    if said is not None and user is not None and said != str(user.id):
        raise Problem(401, "otra_sesion", "En este navegador entró otra persona. Entrá de nuevo.")


def quien() -> Quien:
    """Whoever asks: a person, or the shop with its key."""
    user: Usuario | None = caller()
    return TIENDA if user is None else user.quien


async def body(shape: type[Shape]) -> Shape:
    """The request's JSON body in this shape. Raises Problem 400, 413 or 415."""
    return parse(shape, await read_json(request))


def query(shape: type[Shape]) -> Shape:
    """The query string in this shape; what is empty counts as left out. Raises Problem 400."""
    given = {name: value for name, value in request.args.items() if value != ""}
    if unstorable := [name for name, value in given.items() if "\0" in value and name in shape.model_fields]:
        raise invalid([{"campo": name, "detalle": "tiene un carácter que no sirve."} for name in unstorable])
    return parse(shape, given)


def settle(respuesta: Respuesta) -> Response:
    """The answer of an act: what it did, or a 409 with what stands in the way."""
    if respuesta.codigo is None:
        return answer(respuesta.cuerpo)
    detail = DETAILS.get(respuesta.codigo, "No se puede: el ticket cambió mientras tanto.")
    raise Problem(409, respuesta.codigo, detail, **json.loads(respuesta.cuerpo, parse_float=Decimal))


def answer(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """An answer in JSON: text as it is, or data to encode."""
    text = data if isinstance(data, str) else encode(data)
    return Response(text, status, headers, content_type="application/json")
