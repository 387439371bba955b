"""Moves on the board, taking one back, and a repartidor's own order of their route."""

import re
from typing import Annotated

from pydantic import Field, StringConstraints
from quart import Blueprint, Response
from quart_schema import document_request

from belgrano.http.access import allow
from belgrano.http.answers import answers, refuses
from ticketera.actions.mudanzas import deshacer, mudar, ordenar
from ticketera.domain import mudanza
from ticketera.domain.errors import NoExiste
from ticketera.routes.answers import tablero, tickets
from ticketera.routes.fields import Body, Id, Version
from ticketera.routes.house import base, body, me, quien, settle

routes = Blueprint("mudanzas", __name__)
MOST_TICKETS = 500
UUID = r"^[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}$"
Uuid = Annotated[str, StringConstraints(max_length=36, pattern=UUID)]


class Movido(Body):
    """One ticket that moves, and the version the admin was looking at."""

    id: Id
    version: Version


class Mudanza(Body):
    """What moves, to whom (null: to nobody), and in front of what (null: last)."""

    clave: Uuid
    tickets: Annotated[list[Movido], Field(min_length=1, max_length=MOST_TICKETS)]
    repartidor_id: Id | None
    antes_de: Id | None = None
    forzar: bool = False


@routes.post("/api/mudanzas")
@allow("admin")
@document_request(Mudanza)
@answers(tablero.Mudanza)
@refuses(tablero.MudanzaRechazada, 409)
async def post_mudanza() -> Response:
    """Move tickets; each says for itself whether it went."""
    asked = await body(Mudanza)
    tickets = [(each.id, each.version) for each in asked.tickets]
    move = mudanza.Mudanza(asked.clave.lower(), tickets, asked.repartidor_id, asked.antes_de, asked.forzar)
    return settle(await base().do(mudar, quien(), move))


@routes.post("/api/mudanzas/<clave>/deshacer")
@allow("admin")
@answers(tablero.Mudanza)
@refuses(tablero.MudanzaRechazada, 409)
async def post_deshacer(clave: str) -> Response:
    """Put back what the move moved and nothing has touched since."""
    if not re.fullmatch(UUID, clave):
        raise NoExiste("No existe esa mudanza.")
    return settle(await base().do(deshacer, quien(), clave.lower()))


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
