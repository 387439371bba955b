"""A repartidor's own: the list, and being on duty."""

from quart import Blueprint, Response
from quart_schema import document_request

from belgrano.access import allow
from belgrano.work import Connection
from ticketera.actions.turnos import abrir_turno, cerrar_turno
from ticketera.domain.prueba import politica
from ticketera.domain.tiempo import iso_o_nada
from ticketera.routes.fields import Body, Pesos
from ticketera.routes.house import answer, base, body, me
from ticketera.store.configuracion import select_configuracion
from ticketera.store.usuarios import select_usuario
from ticketera.store.vistas import mis_tickets_json, select_mis_tickets
from ticketera.store.wire import Json, pesos

routes = Blueprint("reparto", __name__)


class Turno(Body):
    """On duty or not; `fondo` is the change in hand (pesos) with which it begins."""

    abierto: bool
    fondo: Pesos | None = None


@routes.get("/api/mis-tickets")
@allow("repartidor")
async def get_mis_tickets() -> Response:
    """Their open tickets in order, with the number of the newest change."""
    return answer(mis_tickets_json(await base().read(select_mis_tickets, me().id)))


@routes.get("/api/turno")
@allow("repartidor")
async def get_turno() -> Response:
    """Whether they are on duty and since when, and what a delivery is asked for."""
    return answer(await base().read(select_turno, me().id))


@routes.post("/api/turno")
@allow("repartidor")
@document_request(Turno)
async def post_turno() -> Response:
    """Go on or off duty; going on may bring tickets in the same commit."""
    turno = await body(Turno)
    if turno.abierto:
        await base().do(abrir_turno, me().id, turno.fondo)
    else:
        await base().do(cerrar_turno, me().id)
    return answer(await base().read(select_turno, me().id))


async def select_turno(con: Connection, usuario_id: int) -> Json:
    """The answer of GET and POST /api/turno: `fondo` in pesos, `politica` as `domain.prueba.politica` gives it."""
    usuario = await select_usuario(con, usuario_id)
    return {
        "abierto": usuario is not None and usuario.en_turno,
        "desde": None if usuario is None else iso_o_nada(usuario.turno_desde),
        "fondo": pesos(0 if usuario is None else usuario.fondo),
        "politica": politica(await select_configuracion(con)),
    }
