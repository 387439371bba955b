"""The shop's later word on an order reaches its ticket."""

from dataclasses import dataclass

from belgrano.database.work import Work
from ticketera.actions.cambios import registrar_cambio
from ticketera.domain.cambio import Cambio
from ticketera.domain.errors import NoExiste, PedidoCerrado
from ticketera.domain.revision import Revision, lo_que_cambio, revisado
from ticketera.domain.ticket import TIENDA, Ticket
from ticketera.store import tickets


@dataclass(frozen=True, slots=True)
class Revisado:
    """The ticket as it is now, and whether it had heard this word, or a later one, before."""

    ticket: Ticket
    repetido: bool


async def aplicar_revision(work: Work, revision: Revision) -> Revisado:
    """Make a word true that is newer than the one the ticket has; any other changes nothing.

    Raises NoExiste for a numero without a ticket, PedidoCerrado for a newer word on a closed one.
    """
    ticket = await tickets.select_numero(work.con, revision.numero)
    if ticket is None:
        raise NoExiste("No hay un ticket con ese número.")
    if revision.revision <= ticket.revision:
        return Revisado(ticket, repetido=True)
    if not ticket.abierto:
        raise PedidoCerrado(ticket.estado)
    despues = revisado(ticket, revision, work.ahora)
    detalle = lo_que_cambio(ticket, despues) or None
    return Revisado(
        await registrar_cambio(work, Cambio(ticket, despues, "revisado", TIENDA, detalle=detalle)), repetido=False
    )
