"""The repartidor's phone."""

from quart import Blueprint, render_template

from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.http.contactos import contacto
from belgrano.words.times import now
from ticketera.domain.acciones import tabla
from ticketera.domain.prueba import politica
from ticketera.domain.ticket import Estado, Ticket
from ticketera.routes.house import base, me
from ticketera.routes.pages.frame import json_block
from ticketera.routes.pages.instalable import PAGE_HEADERS, clave_de_avisos, version
from ticketera.store.configuracion import select_configuracion
from ticketera.store.conflictos import select_en_revision
from ticketera.store.tablero import select_mis_tickets
from ticketera.store.usuarios import select_usuario
from ticketera.wire.repartidor import turno_json
from ticketera.wire.tablero import mis_tickets_json
from ticketera.wire.text import Json

routes = Blueprint("pagina_reparto", __name__)


@routes.get("/reparto")
@routes.get("/reparto/tickets/<int:number>")
@allow("repartidor")
async def get_reparto(number: int | None = None) -> tuple[str, dict[str, str]]:
    """The list and the tickets of whoever asks, alive by its script. `number` is the script's business."""
    datos, tickets = await base().read(_select_datos, me().id)
    datos |= {"yo": {"id": me().id, "nombre": me().nombre}, "ahora": now(), "version": await version(), **tabla()}
    return await render_template(
        "ticketera/reparto.html", yo=me(), tickets=tickets, datos=json_block(datos), avisos=clave_de_avisos()
    ), PAGE_HEADERS


async def _select_datos(con: Connection, usuario_id: int) -> tuple[Json, list[Ticket]]:
    """What the script needs, and the tickets in the order of the list, the one under way first."""
    mis = await select_mis_tickets(con, usuario_id)
    usuario = await select_usuario(con, usuario_id)
    telefonos = {ticket.cliente_telefono for ticket in mis.tickets if ticket.cliente_telefono}
    en_orden = sorted(mis.tickets, key=lambda ticket: ticket.estado is not Estado.EN_CAMINO)
    datos = {
        "reparto": mis_tickets_json(mis),
        "turno": {"abierto": False, "desde": None} if usuario is None else turno_json(usuario),
        "en_revision": await select_en_revision(con, usuario_id),
        "politica": politica(await select_configuracion(con)),
        "contactos": [[telefono, contacto(telefono)] for telefono in sorted(telefonos)],
    }
    return datos, en_orden
