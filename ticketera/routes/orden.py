"""The repartidor's own order of the route."""

from quart import Blueprint, Response
from quart_schema import document_request

from belgrano.http.access import allow
from belgrano.http.answers import answers, refuses
from ticketera.actions.mudanzas import ordenar
from ticketera.routes.answers import tablero, tickets
from ticketera.routes.fields import Body, Id
from ticketera.routes.house import base, body, me, settle
from ticketera.routes.mudanzas import Uuid

routes = Blueprint("orden", __name__)


class Orden(Body):
    """One of one's own tickets, and in front of which other one it goes (null: last)."""

    clave: Uuid
    ticket_id: Id
    antes_de: Id | None = None


@routes.post("/api/mi-orden")
@allow("repartidor")
@document_request(Orden)
@answers(tablero.Mudanza)
@refuses(tickets.ConTicket, 409)
async def post_mi_orden() -> Response:
    """Move one's own ticket within one's own route, where the settings allow it; answered as a move is."""
    asked = await body(Orden)
    return settle(await base().do(ordenar, me().quien, asked.clave.lower(), asked.ticket_id, asked.antes_de))
