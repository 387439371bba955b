"""What every route needs: the house that app.py built, the person who asks, the body, the query, the answer."""

import json
from dataclasses import dataclass
from decimal import Decimal

from quart import Response, current_app

from belgrano.http import house as ground
from belgrano.http.access import caller
from belgrano.http.house import HOUSE, Shape, answer, base, body, form, query
from belgrano.http.problems import Problem
from ticketera.domain.ticket import TIENDA, Quien
from ticketera.domain.usuario import Usuario
from ticketera.keys import ApiKeys
from ticketera.settings import Settings
from ticketera.store.respuestas import Respuesta

__all__ = [
    "House", "Shape", "answer", "base", "body", "form", "house", "me", "query", "quien", "same_person", "settle",
]  # fmt: skip

# What people read of an act that was refused and left something behind (`Respuesta.codigo`).
DETAILS = {
    "ticket_ajeno": "Este ticket ya no es tuyo. Lo que hiciste quedó anotado para que lo vean en la central.",
    "cerrado": "El ticket ya estaba cerrado. Lo que hiciste quedó anotado para que lo vean en la central.",
    "en_revision": "Tu entrega está en revisión. La central ve también lo que dijiste después.",
    "falta_prueba": "Falta una prueba de la entrega. Lo que hiciste quedó anotado para que lo vean en la central.",
    "mudanza_rechazada": "No se movió ningún ticket. Mirá por qué en cada uno.",
}
OTRO_DETAIL = "No se puede: el ticket cambió mientras tanto."


@dataclass(frozen=True, kw_only=True)
class House(ground.House):
    """What app.py built and routes use."""

    settings: Settings
    keys: ApiKeys


def house() -> House:
    """The house of the app that handles this request."""
    built: House = current_app.extensions[HOUSE]
    return built


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


def settle(respuesta: Respuesta) -> Response:
    """The answer of an act: what it did, or a 409 with what stands in the way."""
    if respuesta.codigo is None:
        return answer(respuesta.cuerpo)
    extra = json.loads(respuesta.cuerpo, parse_float=Decimal)
    detail = extra.pop("detalle", None) or DETAILS.get(respuesta.codigo, OTRO_DETAIL)
    raise Problem(409, respuesta.codigo, detail, **extra)
