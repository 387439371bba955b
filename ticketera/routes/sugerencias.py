"""What an admin is proposed: who could take a ticket and why one waits, and a better order for a route."""

import asyncio
from typing import Literal

from quart import Blueprint, Response
from quart_schema import document_querystring

from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.http.answers import answers
from belgrano.words.times import now
from ticketera.domain.asignacion import posicion_fresca
from ticketera.domain.errors import NoExiste
from ticketera.domain.espera import Panorama, espera_de, esperas
from ticketera.domain.ruta import ordenar
from ticketera.domain.ticket import Ticket
from ticketera.domain.usuario import Usuario
from ticketera.routes.answers import tablero
from ticketera.routes.fields import MOST_ID, Body
from ticketera.routes.house import answer, base, query
from ticketera.routes.tickets import ticket_id
from ticketera.store.panorama import select_panorama
from ticketera.store.tickets import select_columna, select_ticket
from ticketera.store.usuarios import select_repartidor
from ticketera.wire.espera import espera_json
from ticketera.wire.text import Json

routes = Blueprint("sugerencias", __name__)
FOR_ONE = 10


class Criterio(Body):
    """How to order a route."""

    criterio: Literal["franja", "cercania"]


@routes.get("/api/sugerencias")
@allow("admin")
@answers(tablero.Sugerencias)
async def get_sugerencias() -> Response:
    """Why each ticket without a holder waits; when due, in a mode that proposes, with the best who can take it."""
    panorama = await base().read(select_panorama, now())
    return answer(await asyncio.to_thread(_todos, panorama))  # tickets times people: not on the loop


def _todos(panorama: Panorama) -> Json:
    return {"modo": panorama.ajustes.modo_asignacion, "tickets": [espera_json(each) for each in esperas(panorama)]}


@routes.get("/api/tickets/<int:number>/sugerencias")
@allow("admin")
@answers(tablero.SugerenciasDeUno)
async def get_sugerencias_de(number: int) -> Response:
    """Who could take one ticket, the best first, and why it waits (null when somebody has it, or it is closed)."""
    panorama, ticket = await base().read(_select_uno, ticket_id(number), now())
    one = espera_de(panorama, ticket, FOR_ONE)
    waits = ticket.repartidor_id is None and ticket.abierto
    return answer({"sugerencias": one.sugerencias, "espera": one.motivo if waits else None})


async def _select_uno(con: Connection, number: int, ahora: int) -> tuple[Panorama, Ticket]:
    ticket = await select_ticket(con, number)
    if ticket is None:
        raise NoExiste("Ese ticket no existe.")
    return await select_panorama(con, ahora), ticket


@routes.get("/api/repartidores/<int:number>/orden")
@allow("admin")
@document_querystring(Criterio)
@answers(tablero.Orden)
async def get_orden(number: int) -> Response:
    """A repartidor's open tickets in a better order, with the metres before and after; nothing is moved."""
    asked = query(Criterio)
    usuario, tickets = await base().read(_select_ruta, number)
    orden = await asyncio.to_thread(ordenar, tickets, asked.criterio, posicion_fresca(usuario, now()))
    return answer(
        {
            "tickets": [{"id": t.id, "version": t.version} for t in orden.tickets],
            "metros_antes": orden.metros_antes,
            "metros_despues": orden.metros_despues,
            "sin_lugar": orden.sin_lugar,
        }
    )


async def _select_ruta(con: Connection, number: int) -> tuple[Usuario, list[Ticket]]:
    usuario = await select_repartidor(con, number) if 0 < number <= MOST_ID else None
    if usuario is None:
        raise NoExiste("No existe ese repartidor.")
    return usuario, await select_columna(con, usuario.id)
