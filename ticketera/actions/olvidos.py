"""The shop forgets a customer: their ticket, once it is closed, is nobody's."""

from dataclasses import replace

from belgrano.database.work import Work
from ticketera.actions.cambios import registrar_cambio
from ticketera.domain.cambio import Cambio
from ticketera.domain.olvido import sin_persona
from ticketera.domain.ticket import TIENDA, Ticket
from ticketera.store import olvidos, tickets


async def pedir_olvido(work: Work, numero: str) -> bool:
    """Forget the customer of an order, or remember to do so when it is closed; whether it is done.

    Of a numero that nobody sent there is nothing to forget; asked twice it is done once.
    """
    ticket = await tickets.select_numero(work.con, numero)
    if ticket is None or ticket.olvidado:
        return True
    if ticket.olvidar_en is None:
        await olvidos.update_olvidar(work.con, ticket.id, work.ahora)
        ticket = replace(ticket, olvidar_en=work.ahora)
    return (await cumplir_olvido(work, ticket)).olvidado


async def cumplir_olvido(work: Work, ticket: Ticket) -> Ticket:
    """The ticket of nobody, if the shop asked for that and it is closed; else as it is."""
    if not ticket.olvidado:
        return ticket
    await olvidos.delete_direccion_de(work.con, ticket)
    if (despues := sin_persona(ticket)) != ticket:
        ticket = await registrar_cambio(work, Cambio(ticket, despues, "olvidado", TIENDA))
    await olvidos.clear_huella(work.con, ticket.id)
    await olvidos.clear_cambios(work.con, ticket.id)
    await olvidos.clear_conflictos(work.con, ticket.id)
    await olvidos.clear_respuestas(work.con, ticket)
    await olvidos.clear_mudanzas(work.con, ticket)
    await olvidos.clear_reportes(work.con, ticket.numero)
    await olvidos.delete_fotos_de(work.con, ticket.id)
    return ticket
