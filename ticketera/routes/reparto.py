"""A repartidor's own: the list, and being on duty."""

from quart import Blueprint, Response
from quart_schema import document_request

from belgrano.http.access import allow
from belgrano.http.answers import answers
from ticketera.actions.turnos import abrir_turno, cerrar_turno
from ticketera.domain.prueba import politica
from ticketera.routes.answers import gente, tablero
from ticketera.routes.fields import Body, Pesos
from ticketera.routes.house import answer, base, body, me
from ticketera.store.configuracion import select_configuracion
from ticketera.store.tablero import select_mis_tickets
from ticketera.wire.repartidor import turno_json
from ticketera.wire.tablero import mis_tickets_json

routes = Blueprint("reparto", __name__)


class Turno(Body):
    """On duty or not; `fondo` is the change in hand (pesos) with which it begins."""

    abierto: bool
    fondo: Pesos | None = None


@routes.get("/api/mis-tickets")
@allow("repartidor")
@answers(tablero.MisTickets)
async def get_mis_tickets() -> Response:
    """Their open tickets in order, with the number of the newest change."""
    return answer(mis_tickets_json(await base().read(select_mis_tickets, me().id)))


@routes.get("/api/turno")
@allow("repartidor")
@answers(gente.Turno)
async def get_turno() -> Response:
    """Whether they are on duty, and since when."""
    return answer(turno_json(me()))


@routes.post("/api/turno")
@allow("repartidor")
@document_request(Turno)
@answers(gente.Turno)
async def post_turno() -> Response:
    """Go on or off duty; going on may bring tickets in the same commit."""
    turno = await body(Turno)
    if turno.abierto:
        return answer(turno_json(await base().do(abrir_turno, me().id, turno.fondo)))
    return answer(turno_json(await base().do(cerrar_turno, me().id)))


@routes.get("/api/politica")
@allow("repartidor")
@answers(gente.Politica)
async def get_politica() -> Response:
    """What a delivery is asked for, and how much cash one should carry: `domain.prueba.politica`."""
    return answer(politica(await base().read(select_configuracion)))
