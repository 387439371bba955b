"""Conflictos: what was done in the street to a ticket that had moved on, until an admin decides."""

from dataclasses import replace

from belgrano.database.work import Work
from ticketera.actions.asignacion import repartir
from ticketera.actions.cambios import registrar_cambio, registrar_conflicto
from ticketera.actions.olvidos import cumplir_olvido
from ticketera.domain.acciones import Acto, cerrado
from ticketera.domain.cambio import Cambio
from ticketera.domain.conflicto import Conflicto
from ticketera.domain.errors import CamposInvalidos, ConflictoResuelto, NoExiste, TicketCerrado
from ticketera.domain.olvido import sin_palabras
from ticketera.domain.ticket import Estado, Quien, Rol, Ticket
from ticketera.store import conflictos, tickets
from ticketera.store.tenencias import select_tenencia

DECISIONES = ("aceptar", "descartar")
DESPUES = {"entregar": "Después dijo que lo entregó", "fallar": "Después dijo que no lo pudo entregar"}


async def abrir_conflicto(work: Work, quien: Quien, acto: Acto, ticket: Ticket, cuando: int) -> int:
    """Keep what a repartidor says was done; the id. One is open per ticket and repartidor: a second is the first.

    Where the second says otherwise, the first says so, for whoever decides.
    """
    if quien.id is None:
        raise NoExiste
    if ticket.olvidado:  # what it came to counts; what it says of a person nobody keeps any more
        acto = replace(acto, nota=None, prueba=None, motivo=sin_palabras(acto.motivo))
    known = await conflictos.select_abierto(work.con, ticket.id, quien.id)
    if known is not None:
        await _dijo_despues(work, known, acto)
        return known.id
    conflicto_id = await conflictos.insert_conflicto(
        work.con,
        ticket_id=ticket.id,
        repartidor_id=quien.id,
        accion=acto.accion,
        motivo=acto.motivo,
        nota=acto.nota,
        cobrado=acto.cobrado,
        medio=acto.medio,
        prueba=acto.prueba,
        ocurrido_en=cuando,
        ahora=work.ahora,
    )
    shown = await _conflicto(work, conflicto_id)
    await registrar_conflicto(work, ticket, shown, que="conflicto", quien=quien)
    return conflicto_id


async def _dijo_despues(work: Work, conflicto: Conflicto, acto: Acto) -> None:
    """Note in an open conflicto what its author says now, where that is the contrary. It is the same conflicto."""
    dicho = DESPUES[acto.accion]
    if acto.motivo is not None:
        dicho += f" ({acto.motivo.replace('_', ' ')})"
    if acto.accion == conflicto.accion or dicho in (conflicto.nota or ""):
        return
    nota = ". ".join(filter(None, (conflicto.nota, dicho, acto.nota)))
    await conflictos.update_nota(work.con, conflicto.id, nota)


async def en_revision(work: Work, quien: Quien, ticket: Ticket) -> bool:
    """Whether a delivery of this repartidor's waits for an admin."""
    if quien.rol is not Rol.REPARTIDOR or quien.id is None:
        return False
    known = await conflictos.select_abierto(work.con, ticket.id, quien.id)
    return known is not None and known.accion == "entregar"


async def retirar_conflicto(work: Work, quien: Quien, ticket: Ticket) -> None:
    """Whoever delivers after all (back with the proof, or with the ticket) leaves nothing for an admin to decide."""
    known = None if quien.id is None else await conflictos.select_abierto(work.con, ticket.id, quien.id)
    if known is not None and known.accion == "entregar":
        await conflictos.update_decision(work.con, known.id, "descartar", quien.id, work.ahora)
        await _descartar(work, quien, replace(known, decision="descartar"), ticket)


async def resolver_conflicto(work: Work, quien: Quien, conflicto_id: int, decision: str) -> tuple[Conflicto, Ticket]:
    """Decide a conflicto: it as it is then, and its ticket. The same decision again changes nothing.

    `aceptar`: the ticket becomes what the act says, by its author, at its time. `descartar`: it stays as it is.

    Raises NoExiste, ConflictoResuelto when it was decided otherwise, TicketCerrado when a delivery already closed
    the ticket, so that only descartar is left.
    """
    if decision not in DECISIONES:
        raise CamposInvalidos(("decision", "tiene que ser aceptar o descartar"))
    conflicto = await _conflicto(work, conflicto_id)
    ticket = await tickets.select_ticket(work.con, conflicto.ticket_id)
    if ticket is None:
        raise NoExiste("No existe ese ticket.")
    if conflicto.decision is None:
        if decision == "aceptar" and ticket.estado is Estado.ENTREGADO:
            raise TicketCerrado(ticket, ["descartar"], "Ya figura entregado: solo se puede descartar.")
        await conflictos.update_decision(work.con, conflicto_id, decision, quien.id, work.ahora)
        conflicto = replace(conflicto, decision=decision)
        ticket = await (_aceptar if decision == "aceptar" else _descartar)(work, quien, conflicto, ticket)
    elif conflicto.decision != decision:
        raise ConflictoResuelto
    return conflicto, ticket


async def _descartar(work: Work, quien: Quien, conflicto: Conflicto, ticket: Ticket) -> Ticket:
    await registrar_conflicto(work, ticket, conflicto, que="conflicto_descartado", quien=quien)
    return ticket


async def _aceptar(work: Work, quien: Quien, conflicto: Conflicto, ticket: Ticket) -> Ticket:
    """The ticket as its author left it in the street, whoever has it now."""
    autor = Quien(conflicto.repartidor_id, conflicto.repartidor_nombre, Rol.REPARTIDOR)
    c = conflicto
    acto = Acto(
        ticket.id, c.accion, "", motivo=c.motivo, nota=c.nota, cobrado=c.cobrado, medio=c.medio, prueba=c.prueba
    )
    despues = cerrado(ticket, acto, c.ocurrido_en, autor)
    # `corregir` opens it again in the author's hands, whatever it was in other hands.
    previo = Estado.EN_CAMINO if ticket.estado is Estado.EN_CAMINO else Estado.ASIGNADO
    despues = replace(despues, estado_previo=previo)
    if ticket.repartidor_id != autor.id:
        held = await select_tenencia(work.con, ticket.id, c.repartidor_id)
        despues = replace(
            despues,
            repartidor_id=autor.id,
            repartidor_nombre=autor.nombre,
            asignado_en=c.ocurrido_en if held is None else held["desde"],
            recibido_en=None,
            visto_en=None,
            en_camino_en=ticket.en_camino_en if previo is Estado.EN_CAMINO else None,
            llego_en=None,  # what somebody else did is not what they did
            apartado_en=None,
        )
    cuando = c.ocurrido_en
    cambio = Cambio(ticket, despues, "conflicto_aceptado", quien, ocurrido_en=cuando, conflicto=conflicto)
    despues = await cumplir_olvido(work, await registrar_cambio(work, cambio))
    await repartir(work)
    return despues


async def _conflicto(work: Work, conflicto_id: int) -> Conflicto:
    conflicto = await conflictos.select_conflicto(work.con, conflicto_id)
    if conflicto is None:
        raise NoExiste("No existe ese conflicto.")
    return conflicto
