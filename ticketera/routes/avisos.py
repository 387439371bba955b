"""Notices while the screen is off: one's browser asks for them. Registered only where the server has a key."""

from typing import Annotated

from pydantic import StringConstraints
from quart import Blueprint, Response
from quart_schema import document_request

from belgrano.http.access import allow
from belgrano.http.answers import answers_nothing
from belgrano.http.shapes import invalid
from belgrano.http.webpush import Keys
from ticketera.actions.avisos import desuscribir, suscribir
from ticketera.domain.avisos import MAS_LARGO, Suscripcion, es_servicio
from ticketera.routes.fields import ExactBody
from ticketera.routes.house import base, body, house, me

routes = Blueprint("avisos", __name__)
Endpoint = Annotated[str, StringConstraints(min_length=1, max_length=MAS_LARGO)]
Base64 = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class Claves(ExactBody):
    """What the browser reads with, as it says it."""

    p256dh: Base64
    auth: Base64


class Alta(ExactBody):
    """A browser's push subscription."""

    endpoint: Endpoint
    claves: Claves


class Baja(ExactBody):
    """Which one is over."""

    endpoint: Endpoint


@routes.post("/api/avisos")
@allow("repartidor")
@document_request(Alta)
@answers_nothing
async def post_avisos() -> Response:
    """Tell this browser of new tickets while no page of this person is open, for as long as the session lasts."""
    alta = await body(Alta)
    if not es_servicio(alta.endpoint, house().settings.push_origins):
        raise invalid([{"campo": "endpoint", "detalle": "no es de un servicio de avisos conocido."}])
    try:
        Keys(alta.claves.p256dh, alta.claves.auth).parts()
    except ValueError:
        raise invalid([{"campo": "claves", "detalle": "no son las de una suscripción."}]) from None
    session = await house().sessions.current()
    suscripcion = Suscripcion(alta.endpoint, alta.claves.p256dh, alta.claves.auth)
    await base().do(suscribir, me().id, session.token_hash if session else "", suscripcion)
    return Response(b"", 204)


@routes.delete("/api/avisos")
@allow("repartidor")
@document_request(Baja)
@answers_nothing
async def delete_avisos() -> Response:
    """Tell this browser no more."""
    await base().do(desuscribir, me().id, (await body(Baja)).endpoint)
    return Response(b"", 204)
