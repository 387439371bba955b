"""Tickets one by one: find, look at, edit, act on."""

from typing import Annotated

from pydantic import StringConstraints
from quart import Blueprint, Response
from quart_schema import document_querystring, document_request

from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.http.answers import answers, refuses
from belgrano.http.shapes import invalid
from ticketera.actions.tickets import editar_ticket, poner_resuelto
from ticketera.domain.acciones import Acto
from ticketera.domain.errors import NoExiste
from ticketera.domain.ticket import Rol
from ticketera.domain.usuario import Usuario
from ticketera.routes.answers import tickets
from ticketera.routes.encargo import NUNCA_VACIOS, Edicion
from ticketera.routes.fields import (
    MOST_ID,
    Body,
    Clave,
    Entero,
    Estado,
    ExactBody,
    Instante,
    Opcional50,
    Opcional2000,
    Pesos,
    Version,
)
from ticketera.routes.house import answer, base, body, me, query, quien, settle
from ticketera.routes.prueba import Prueba, actuar_con_prueba
from ticketera.store.busqueda import Busqueda, select_tickets
from ticketera.store.cambios import select_historial
from ticketera.store.tickets import select_ticket
from ticketera.wire.text import Json
from ticketera.wire.ticket import historia_json, ticket_json

routes = Blueprint("tickets", __name__)
PAGE, MOST_PAGE = 50, 200


class Filtro(Body):
    """What GET /api/tickets may be asked; `cursor` is what the page before gave."""

    estado: Estado | None = None
    repartidor_id: Entero | None = None
    q: Annotated[str, StringConstraints(max_length=200)] | None = None
    limite: Entero = PAGE
    cursor: Entero | None = None


class Resuelto(ExactBody):
    """Whether a failed delivery waits for nobody any more, and the version that was looked at."""

    version: Version
    resuelto: bool


class Accion(Body):
    """One act on a ticket."""

    accion: str
    accion_id: Clave
    version: Version | None = None
    ocurrido_en: Instante = None
    motivo: Annotated[str, StringConstraints(max_length=200)] | None = None
    nota: Opcional2000 = None
    cobrado: Pesos | None = None
    medio: Opcional50 = None
    prueba: Prueba | None = None


@routes.get("/api/tickets")
@allow("admin")
@document_querystring(Filtro)
@answers(tickets.PaginaDeTickets)
async def get_tickets() -> Response:
    """Tickets that match, newest first, a page at a time."""
    filtro = query(Filtro)
    if not 1 <= filtro.limite <= MOST_PAGE:
        raise invalid([{"campo": "limite", "detalle": f"tiene que estar entre 1 y {MOST_PAGE}."}])
    asked = Busqueda(estado=filtro.estado, repartidor_id=filtro.repartidor_id, q=filtro.q)
    found = await base().read(select_tickets, asked, limite=filtro.limite + 1, antes_de_id=filtro.cursor)
    page = found[: filtro.limite]
    more = str(page[-1].id) if len(found) > len(page) else None
    return answer({"tickets": [ticket_json(each) for each in page], "siguiente": more})


@routes.get("/api/tickets/<int:number>")
@allow("admin", "repartidor")
@answers(tickets.TicketConHistorial | tickets.Ticket)
async def get_ticket(number: int) -> Response:
    """One ticket; for admins with the customer's email and its history. Somebody else's does not exist."""
    return answer(await base().read(select_for, me(), ticket_id(number)))


async def select_for(con: Connection, user: Usuario, number: int) -> Json:
    """The ticket as this person may see it. Raises NoExiste."""
    ticket = await select_ticket(con, number)
    if ticket is None or (user.rol is not Rol.ADMIN and ticket.repartidor_id != user.id):
        raise NoExiste("Ese ticket no existe.")
    if user.rol is not Rol.ADMIN:
        return ticket_json(ticket)
    historial = [historia_json(row) for row in await select_historial(con, number)]
    return {**ticket_json(ticket), "cliente_email": ticket.cliente_email, "historial": historial}


@routes.patch("/api/tickets/<int:number>")
@allow("admin")
@document_request(Edicion)
@answers(tickets.Ticket)
@refuses(tickets.ConTicket, 409)
async def patch_ticket(number: int) -> Response:
    """Change what an admin may change of a ticket."""
    edicion = await body(Edicion)
    cambios = edicion.model_dump(exclude_unset=True, exclude={"version"})
    missing = [campo for campo in NUNCA_VACIOS if cambios.get(campo, 0) is None]
    if missing:
        raise invalid([{"campo": campo, "detalle": "no puede quedar vacío."} for campo in missing])
    return answer(ticket_json(await base().do(editar_ticket, quien(), ticket_id(number), edicion.version, cambios)))


@routes.post("/api/tickets/<int:number>/resuelto")
@allow("admin")
@document_request(Resuelto)
@answers(tickets.Ticket)
@refuses(tickets.ConTicket, 409)
async def post_resuelto(number: int) -> Response:
    """Put a failed delivery away ("Ya está resuelto"), or back."""
    dicho = await body(Resuelto)
    hecho = await base().do(poner_resuelto, quien(), ticket_id(number), dicho.version, dicho.resuelto)
    return answer(ticket_json(hecho))


@routes.post("/api/tickets/<int:number>/acciones")
@allow("admin", "repartidor", or_key=True)
@document_request(Accion)
@answers(tickets.Ticket)
@refuses(tickets.ActoRechazado, 409)
async def post_accion(number: int) -> Response:
    """Do one act of the table."""
    accion = await body(Accion)
    traida = None if accion.prueba is None else accion.prueba.model_dump_json(exclude_defaults=True)
    acto = Acto(ticket_id=ticket_id(number), **accion.model_dump(exclude={"prueba"}), prueba=traida)
    return settle(await actuar_con_prueba(acto, accion.prueba))


def ticket_id(number: int) -> int:
    """A ticket's id out of an address. Raises NoExiste for one that no ticket can have."""
    if not 0 < number <= MOST_ID:
        raise NoExiste("Ese ticket no existe.")
    return number
