"""Open offers: the first free repartidor who says so has the ticket, and everybody else is told who.

This door is the only way in which a repartidor hears of a ticket that is not theirs, and it is exact: only in a
mode that offers, in turno, below the cap, and never of what a person set apart lately. Who took one is said, by first
name, to whoever is in turno and for a short while only.
"""

from dataclasses import replace
from functools import partial

from belgrano.database.running import select_running_at
from belgrano.database.work import Work
from belgrano.words.times import MINUTO
from ticketera.actions.asignacion import al_final
from ticketera.actions.cambios import registrar_cambio
from ticketera.actions.once import once_for
from ticketera.domain.asignacion import con_lugar, de_pila, se_ofrece
from ticketera.domain.cambio import Cambio
from ticketera.domain.errors import NoExiste
from ticketera.domain.resultado import Hecho, Rechazado
from ticketera.domain.ticket import Ticket, en_manos_de
from ticketera.domain.usuario import Usuario
from ticketera.store import configuracion, ofertas, tickets, usuarios
from ticketera.store.respuestas import Respuesta

SE_CUENTA = 15 * MINUTO  # how long afterwards a phone that was out of reach hears who took it
YA_TOMADO, SIN_LUGAR = "ya_tomado", "sin_lugar"


async def tomar(work: Work, repartidor_id: int, ticket_id: int, accion_id: str) -> Respuesta:
    """Take an offered ticket, once, however often it is sent; the answer is the ticket.

    codigo `ya_tomado` when somebody else was first, `sin_lugar` at the cap, each with `detalle`. The same accion_id
    gives the same answer. Raises NoExiste where it is no offer for them, ClaveConOtroContenido.
    """
    act = partial(_tomar, work, repartidor_id, ticket_id)
    return await once_for(work, str(repartidor_id), accion_id, ["tomar", ticket_id], act)


async def _tomar(work: Work, repartidor_id: int, ticket_id: int) -> Hecho | Rechazado:
    ajustes = await configuracion.select_configuracion(work.con)
    usuario = await usuarios.select_repartidor(work.con, repartidor_id)
    ticket = await tickets.select_ticket(work.con, ticket_id)
    if ticket is None or usuario is None or not (usuario.activo and usuario.en_turno):
        raise NoExiste("No existe esa oferta.")
    if not se_ofrece(ticket, ajustes, work.ahora, await select_running_at(work.con, work.ahora)):
        return await _ya_no(work, usuario, ticket, se_ofrecen=ajustes.modo.ofrece)
    if not con_lugar(usuario, ajustes):
        return Rechazado(SIN_LUGAR, detalle="Ya llevás todos los tickets que podés llevar.")
    lugar = await al_final(work, usuario.id)
    # Whoever takes it has seen it: it does not ring again.
    tomado = replace(en_manos_de(ticket, usuario.id, usuario.nombre, lugar, work.ahora), visto_en=work.ahora)
    return Hecho(await registrar_cambio(work, Cambio(ticket, tomado, "tomado", usuario.quien)))


async def _ya_no(work: Work, usuario: Usuario, ticket: Ticket, *, se_ofrecen: bool) -> Hecho | Rechazado:
    """Somebody took it; or it is no offer, and so does not exist for a phone."""
    quien = None
    if se_ofrecen and ticket.repartidor_id is not None:
        quien = await ofertas.select_tomado(work.con, ticket.id, work.ahora - SE_CUENTA)
    if quien is None:
        raise NoExiste("No existe esa oferta.")
    if quien[0] == usuario.id == ticket.repartidor_id:
        return Hecho(ticket)
    if quien[0] == usuario.id:
        raise NoExiste("No existe esa oferta.")  # they had it, and it was moved on
    return Rechazado(YA_TOMADO, detalle=f"Ya lo tomó {de_pila(quien[1])}")
