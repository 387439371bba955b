"""The acts of moving in: the earlier system's people and tickets, each once, however often they are brought."""

from collections.abc import Sequence
from dataclasses import replace

from belgrano.database.traidos import insert_traidos, select_traidos
from belgrano.database.work import Work
from ticketera.actions.asignacion import al_final
from ticketera.actions.cambios import asentar_lo_pasado, registrar_cambio
from ticketera.actions.usuarios import crear_usuario
from ticketera.domain.cambio import Cambio
from ticketera.domain.intake import ticket_nuevo
from ticketera.domain.ticket import CERRADOS, Estado, Ticket, en_manos_de
from ticketera.domain.traido import ANTES, HUELLA_TRAIDA, PersonaTraida, TicketTraido
from ticketera.domain.usuario import Usuario
from ticketera.store import tickets, usuarios

USER = "user"  # the earlier system's table


async def traer_personas(work: Work, personas: Sequence[PersonaTraida]) -> int:
    """Make the accounts that have not come yet, without a password; how many. A known e-mail is that account."""
    have_come = await select_traidos(work.con, USER, [each.clave for each in personas])
    nuevas = 0
    for persona in personas:
        if persona.clave in have_come:
            continue
        known = await usuarios.select_id_de_email(work.con, persona.email)
        if known is None:
            made = await crear_usuario(
                work, nombre=persona.nombre, email=persona.email, password_hash="", rol=persona.rol
            )
            known = made.id
            if not persona.activo:
                await usuarios.update_usuario(work.con, known, {"activo": False})
            nuevas += 1
        await insert_traidos(work.con, USER, {persona.clave: known})
    return nuevas


async def traer_tickets(work: Work, traidos: Sequence[TicketTraido]) -> int:
    """Make the tickets whose numero is not there yet, each with its history; how many."""
    known = await tickets.select_numeros(work.con, [each.encargo.numero for each in traidos])
    ids = await select_traidos(work.con, USER, {each.repartidor for each in traidos if each.repartidor is not None})
    nuevos = 0
    for traido in traidos:
        if traido.encargo.numero not in known:
            repartidor_id = ids.get(traido.repartidor or "")
            repartidor = None if repartidor_id is None else await usuarios.select_repartidor(work.con, repartidor_id)
            await _traer(work, traido, repartidor)
            nuevos += 1
    return nuevos


async def _traer(work: Work, traido: TicketTraido, repartidor: Usuario | None) -> None:
    """One ticket, step by step: what is open is told to board and shop, what is over only written down."""
    cerrado = traido.estado in CERRADOS
    registrar = asentar_lo_pasado if cerrado else registrar_cambio
    ticket = await registrar(
        work, Cambio(None, await _nacido(work, traido), "creado", ANTES, ocurrido_en=traido.creado_en)
    )
    if repartidor is not None and (cerrado or repartidor.activo):
        cuando = traido.asignado_en or traido.creado_en
        lugar = await al_final(work, repartidor.id)
        dado = en_manos_de(ticket, repartidor.id, repartidor.nombre, lugar, cuando)
        ticket = await registrar(work, Cambio(ticket, dado, "asignado", ANTES, ocurrido_en=cuando))
        if traido.estado is Estado.EN_CAMINO:
            sale = replace(ticket, estado=Estado.EN_CAMINO, en_camino_en=cuando)
            ticket = await registrar(work, Cambio(ticket, sale, "iniciar", ANTES, ocurrido_en=cuando))
    if cerrado:
        fin = replace(
            ticket,
            estado=traido.estado,
            cerrado_en=traido.cerrado_en,
            estado_previo=ticket.estado,
            nota=traido.nota or None,
        )
        que = "entregar" if traido.estado is Estado.ENTREGADO else "cancelar"
        await registrar(work, Cambio(ticket, fin, que, ANTES, ocurrido_en=traido.cerrado_en))


async def _nacido(work: Work, traido: TicketTraido) -> Ticket:
    ticket = ticket_nuevo(traido.encargo, tickets.productos_de(traido.encargo.productos))
    ticket.huella, ticket.creado_en = HUELLA_TRAIDA, traido.creado_en
    ticket.lugar = await al_final(work, 0)
    return ticket
