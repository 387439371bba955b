"""Open offers on the phone: what is offered, and taking one.

The only door through which a repartidor sees something of a ticket that is not theirs: where, when and how much, never
whom. `actions/ofertas.py` says to whom it opens.
"""

from quart import Blueprint, Response
from quart_schema import document_request

from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.http.answers import answers
from belgrano.words.times import MINUTO, now
from ticketera.actions.ofertas import tomar
from ticketera.domain.asignacion import de_pila
from ticketera.domain.errors import NoExiste
from ticketera.routes.answers import tablero, tickets
from ticketera.routes.fields import MOST_ID, Body, Clave
from ticketera.routes.house import answer, base, body, me, settle
from ticketera.store.ofertas import select_ofertas, select_tomadas
from ticketera.store.usuarios import select_repartidor
from ticketera.wire.oferta import oferta_json
from ticketera.wire.text import Json

routes = Blueprint("ofertas", __name__)
RECIEN = 2 * MINUTO  # so long a phone that rang is told who was first


class Toma(Body):
    """Taking an offer; the same `accion_id` gets the same answer."""

    accion_id: Clave


@routes.get("/api/ofertas")
@allow("repartidor")
@answers(tablero.Ofertas)
async def get_ofertas() -> Response:
    """What is offered to whoever asks, and who took one lately; nothing in other modes, off duty, or at the cap."""
    return answer(await base().read(_select, me().id, now()))


async def _select(con: Connection, repartidor_id: int, ahora: int) -> Json:
    usuario = await select_repartidor(con, repartidor_id)
    if usuario is None:
        return {"ofertas": [], "tomadas": []}
    found = await select_ofertas(con, repartidor_id, ahora)
    tomadas = await select_tomadas(con, repartidor_id, ahora - RECIEN)
    return {
        "ofertas": [oferta_json(ticket, usuario, ahora) for ticket in found],
        "tomadas": [{"ticket_id": ticket_id, "por": de_pila(nombre)} for ticket_id, nombre in tomadas],
    }


@routes.post("/api/ofertas/<int:number>/tomar")
@allow("repartidor")
@document_request(Toma)
@answers(tickets.Ticket)
async def post_tomar(number: int) -> Response:
    """Take an offer: the ticket, or 409 with who was first."""
    toma = await body(Toma)
    if not 0 < number <= MOST_ID:
        raise NoExiste("No existe esa oferta.")
    return settle(await base().do(tomar, me().id, number, toma.accion_id))
