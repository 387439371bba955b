"""Guesses at a customer's PIN: few of each repartidor in a while, and few of a ticket in all."""

from belgrano.accounts.tries import MINUTE_MS, Rule, Try, forget_tries, take_tries, tries_left
from belgrano.database.work import Work
from belgrano.words.times import DIA
from ticketera.domain.errors import NoExiste
from ticketera.domain.prueba import pin_coincide
from ticketera.domain.ticket import Quien
from ticketera.store.tickets import select_ticket

DE_ALGUIEN = Rule("pin", 5, 15 * MINUTE_MS)
DEL_TICKET = Rule("pin del ticket", 20, 90 * DIA)  # of 10,000


async def probar_pin(work: Work, quien: Quien, ticket_id: int, pin: str, secreto: str) -> tuple[bool, int, int]:
    """Whether these are the digits of the customer of one's own ticket, how many guesses are left, and how long to
    wait (ms) where there are none: then nothing was looked at. Raises NoExiste."""
    ticket = await select_ticket(work.con, ticket_id)
    if ticket is None or ticket.repartidor_id != quien.id:
        raise NoExiste("Ese ticket no existe.")
    if wait := await contar_intento(work, quien, ticket.id):
        return False, 0, wait
    quedan = min([await tries_left(work, each) for each in _intentos(quien, ticket.id)])
    correcto = pin_coincide(secreto, ticket.numero, pin)
    if correcto:
        await olvidar_intentos(work, quien, ticket.id)
    return correcto, quedan, 0


async def contar_intento(work: Work, quien: Quien, ticket_id: int) -> int:
    """Count a guess; 0, or how long it has to wait (ms). An act that fails afterwards uncounts it with all the rest."""
    return await take_tries(work, _intentos(quien, ticket_id))


async def olvidar_intentos(work: Work, quien: Quien, ticket_id: int) -> None:
    """The digits were right: the slips before count for nothing."""
    await forget_tries(work, _intentos(quien, ticket_id))


def _intentos(quien: Quien, ticket_id: int) -> tuple[Try, Try]:
    return (DE_ALGUIEN, f"{ticket_id} {quien.clave}"), (DEL_TICKET, str(ticket_id))
