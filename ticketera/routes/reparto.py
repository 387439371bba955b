"""A repartidor's own: the list, being on duty, and what their phone says that it may do."""

from typing import Annotated

from pydantic import Field, StringConstraints
from quart import Blueprint, Response
from quart_schema import document_request

from belgrano.http.access import allow
from belgrano.http.answers import answers
from ticketera.actions.turnos import abrir_turno, cerrar_turno
from ticketera.actions.usuarios import guardar_permisos
from ticketera.domain.prueba import politica
from ticketera.routes.answers import gente, tablero
from ticketera.routes.fields import Body, Clave, ExactBody, Permiso, Pesos
from ticketera.routes.house import answer, base, body, me
from ticketera.store.configuracion import select_configuracion
from ticketera.store.tablero import select_mis_tickets
from ticketera.wire.repartidor import turno_json
from ticketera.wire.tablero import mis_tickets_json
from ticketera.wire.text import encode

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


class Permisos(ExactBody):
    """Whether it sounds, knows where it is, notifies, is installed; what was refused; which it is; a call for help."""

    sonido: Permiso = "no"
    ubicacion: Permiso = "no"
    avisos: Permiso | None = None
    instalada: bool = False
    version: Annotated[str, StringConstraints(max_length=40, pattern=r"^[\w.-]*$")] = ""
    telefono: Clave | None = None
    problemas: Annotated[int, Field(ge=0, le=999)] | None = None
    ayuda: bool | None = None


@routes.get("/api/permisos")
@allow("repartidor")
@answers(gente.PermisosDichos)
async def get_permisos() -> Response:
    """What this repartidor's phone said last; with two phones, `telefono` tells which one spoke."""
    return answer(me().permisos)


@routes.post("/api/permisos")
@allow("repartidor")
@document_request(Permisos)
@answers(gente.PermisosDichos)
async def post_permisos() -> Response:
    """Say what this phone may do; the board hears of it."""
    said = (await body(Permisos)).model_dump(exclude_none=True)
    text = encode(said)
    await base().do(guardar_permisos, me().id, text)
    return answer(text)
