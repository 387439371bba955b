"""Moves on the board, and taking them back. A move says what moves and in front of what; nobody else is touched."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter

from belgrano.database.once import once
from belgrano.database.running import select_running_at
from belgrano.database.work import Work
from ticketera.actions.asignacion import entre, repartir
from ticketera.actions.cambios import registrar_cambio
from ticketera.domain.asignacion import tope_de
from ticketera.domain.cambio import Cambio
from ticketera.domain.errors import (
    CamposInvalidos,
    ClaveConOtroContenido,
    NoExiste,
    RepartidorInactivo,
    RolNoPermitido,
    TicketCerrado,
    VersionVieja,
)
from ticketera.domain.intake import huella_de
from ticketera.domain.mudanza import Movido, Mudados, Mudanza, NoMovido, Origen, revisar_mudanza
from ticketera.domain.ticket import Quien, Ticket, en_manos_de, sin_asignar
from ticketera.domain.usuario import Usuario
from ticketera.store import configuracion, mudanzas, tickets, usuarios
from ticketera.store.cambios import select_tocado, select_ultimo_cambio
from ticketera.store.respuestas import Respuesta, respuesta_de

SIN_LUGAR = "sin_lugar"


async def mudar(work: Work, quien: Quien, mudanza: Mudanza) -> Respuesta:
    """Move tickets to a repartidor or to nobody, in front of another ticket or last, in the order given.

    The answer is `{"clave", "resultados"}`; codigo `mudanza_rechazada` when none could move. The same clave gives the
    same answer. Raises CamposInvalidos, ClaveConOtroContenido.
    """
    revisar_mudanza(mudanza)
    return await _once(work, mudanza.clave, mudanza.contenido(), partial(_mudar, work, quien, mudanza))


async def ordenar(work: Work, quien: Quien, clave: str, ticket_id: int, antes_de: int | None) -> Respuesta:
    """Put one's own open ticket in front of another, or last; the board hears of it as of any move.

    The answer is as that of `mudar`. An anchor that has left means last, with `ancla_perdida`. Raises RolNoPermitido
    where the setting `orden_propio` is off, NoExiste for what is not theirs, TicketCerrado, CamposInvalidos,
    ClaveConOtroContenido.
    """
    if antes_de == ticket_id:
        raise CamposInvalidos(("antes_de", "es el mismo ticket"))
    contenido = ["orden", quien.id, ticket_id, antes_de]
    return await _once(work, clave, contenido, partial(_ordenar, work, quien, clave, ticket_id, antes_de))


async def deshacer(work: Work, quien: Quien, clave: str) -> Respuesta:
    """Put back holder, place and state of what a mudanza moved and nothing has touched since, over the cap too.

    The answer is as that of `mudar`; again gives the same. Raises NoExiste for an unknown clave.
    """
    hecha = await mudanzas.select_mudanza(work.con, clave)
    if hecha is None:
        raise NoExiste("No existe esa mudanza.")
    if hecha.deshecha is not None:
        return hecha.deshecha
    # From the end of their old columns, so that what followed a ticket is back before it.
    from_behind = sorted(hecha.origenes, key=attrgetter("lugar"), reverse=True)
    devueltos = {origen.id: await _devolver(work, quien, clave, origen) for origen in from_behind}
    respuesta = respuesta_de(Mudados(clave, [devueltos[origen.id] for origen in hecha.origenes]))
    await mudanzas.update_deshecha(work.con, clave, respuesta)
    await repartir(work)
    return respuesta


async def _once(
    work: Work, clave: str, contenido: Sequence[object], mover: Callable[[], Awaitable[tuple[Mudados, list[Origen]]]]
) -> Respuesta:
    """Move once, however often it is sent: the answer is kept, with where the tickets came from."""
    huella = huella_de(contenido)

    async def first() -> Respuesta:
        mudados, origenes = await mover()
        respuesta = respuesta_de(mudados)
        await mudanzas.insert_mudanza(work.con, clave, huella, respuesta, origenes, work.ahora)
        return respuesta

    async def known() -> tuple[object, Respuesta] | None:
        hecha = await mudanzas.select_mudanza(work.con, clave)
        return None if hecha is None else (hecha.huella, hecha.respuesta)

    return await once(known(), huella, first, ClaveConOtroContenido)


async def _mudar(work: Work, quien: Quien, mudanza: Mudanza) -> tuple[Mudados, list[Origen]]:
    """Move what can be moved: what became of each, and where those that moved came from."""
    destino = await _destino(work, mudanza.repartidor_id)
    found = [await tickets.select_ticket(work.con, ticket_id) for ticket_id, _ in mudanza.tickets]
    codigos = await _codigos(work, mudanza, destino, found)
    moving = [t for t, codigo in zip(found, codigos, strict=True) if t is not None and codigo is None]
    origenes = [await _origen(work, ticket) for ticket in moving]
    ancla, perdida = await _ancla(work, mudanza.antes_de, mudanza.repartidor_id)
    lugares = await entre(work, mudanza.repartidor_id or 0, ancla, len(moving))
    resultados: dict[int, Movido | NoMovido] = {}
    for i, (ticket, lugar) in enumerate(zip(moving, lugares, strict=True)):
        despues = await _mudado(work, ticket, destino, lugar)
        despues = await registrar_cambio(work, Cambio(ticket, despues, "movido", quien, mudanza.clave))
        origenes[i] = replace(origenes[i], version=despues.version)
        resultados[ticket.id] = Movido(ticket.id, despues.version, despues.lugar, perdida)
    for (ticket_id, _), known, codigo in zip(mudanza.tickets, found, codigos, strict=True):
        if codigo is not None:
            resultados[ticket_id] = await _no_movido(work, ticket_id, codigo, known)
    await repartir(work)
    return Mudados(mudanza.clave, [resultados[ticket_id] for ticket_id, _ in mudanza.tickets], perdida), origenes


async def _ordenar(
    work: Work, quien: Quien, clave: str, ticket_id: int, antes_de: int | None
) -> tuple[Mudados, list[Origen]]:
    """Move one's own ticket; an admin's undo of it puts nothing back."""
    if not (await configuracion.select_configuracion(work.con)).orden_propio:
        raise RolNoPermitido("El orden del recorrido lo decide la central.")
    ticket = await tickets.select_ticket(work.con, ticket_id)
    if ticket is None or quien.id is None or ticket.repartidor_id != quien.id:
        raise NoExiste("No existe ese ticket.")
    if not ticket.abierto:
        raise TicketCerrado(ticket)
    ancla, perdida = await _ancla(work, antes_de, quien.id)
    (lugar,) = await entre(work, quien.id, ancla, 1)
    despues = await registrar_cambio(work, Cambio(ticket, replace(ticket, lugar=lugar), "movido", quien, clave))
    return Mudados(clave, [Movido(ticket.id, despues.version, despues.lugar, perdida)], perdida), []


async def _destino(work: Work, repartidor_id: int | None) -> Usuario | None:
    if repartidor_id is None:
        return None
    destino = await usuarios.select_repartidor(work.con, repartidor_id)
    if destino is None:
        raise CamposInvalidos(("repartidor_id", "no existe"))
    return destino


async def _codigos(
    work: Work, mudanza: Mudanza, destino: Usuario | None, found: Sequence[Ticket | None]
) -> list[str | None]:
    """Why each ticket cannot move, None where it can."""
    room = None
    if destino is not None and not mudanza.forzar:
        settings = await configuracion.select_configuracion(work.con)
        room = tope_de(destino, settings) - destino.tickets_abiertos
    codigos: list[str | None] = []
    for (_, version), ticket in zip(mudanza.tickets, found, strict=True):
        gains = ticket is not None and destino is not None and ticket.repartidor_id != destino.id
        if ticket is None:
            codigo: str | None = NoExiste.codigo
        elif not ticket.abierto:
            codigo = TicketCerrado.codigo
        elif ticket.version != version:
            codigo = VersionVieja.codigo
        elif destino is not None and not destino.activo:
            codigo = RepartidorInactivo.codigo
        elif gains and room is not None and room <= 0:
            codigo = SIN_LUGAR
        else:
            codigo = None
            room = None if room is None else room - gains
        codigos.append(codigo)
    return codigos


async def _ancla(work: Work, antes_de: int | None, repartidor_id: int | None) -> tuple[str | None, bool]:
    """The place to move in front of (None: last), and whether that ticket has left the column."""
    if antes_de is None:
        return None, False
    ticket = await tickets.select_ticket(work.con, antes_de)
    if ticket is None or not ticket.abierto or ticket.repartidor_id != repartidor_id:
        return None, True
    return ticket.lugar, False


async def _mudado(work: Work, ticket: Ticket, destino: Usuario | None, lugar: str) -> Ticket:
    """The ticket at its new place. Within its column only the place changes."""
    if (None if destino is None else destino.id) == ticket.repartidor_id:
        return replace(ticket, lugar=lugar)
    if destino is None:
        return sin_asignar(ticket, lugar, apartado_en=await select_running_at(work.con, work.ahora))
    return en_manos_de(ticket, destino.id, destino.nombre, lugar, work.ahora)


async def _origen(work: Work, ticket: Ticket) -> Origen:
    """Where a ticket stands before it moves."""
    t = ticket
    siguiente = await tickets.select_siguiente(work.con, t.repartidor_id or 0, t.lugar)
    return Origen(
        t.id, t.repartidor_id, t.lugar, t.estado, t.asignado_en, t.en_camino_en, t.llego_en, siguiente, t.version
    )


async def _devolver(work: Work, quien: Quien, clave: str, origen: Origen) -> Movido | NoMovido:
    """Put one ticket back where it was."""
    ticket = await tickets.select_ticket(work.con, origen.id)
    # A later move that was taken back is no touch: step by step one comes back to the beginning.
    if ticket is None or (ticket.version != origen.version and await select_tocado(work.con, ticket.id, clave)):
        return await _no_movido(work, origen.id, VersionVieja.codigo, ticket)
    holder = None
    if origen.repartidor_id is not None:
        holder = await usuarios.select_repartidor(work.con, origen.repartidor_id)
    if holder is not None and not holder.activo:
        return await _no_movido(work, ticket.id, RepartidorInactivo.codigo, ticket)
    ancla, _ = await _ancla(work, origen.siguiente, origen.repartidor_id)
    (lugar,) = await entre(work, origen.repartidor_id or 0, ancla, 1)
    despues = await _mudado(work, ticket, holder, lugar)
    if holder is not None and ticket.repartidor_id != holder.id:
        despues = replace(
            despues,
            estado=origen.estado,
            asignado_en=origen.asignado_en,
            en_camino_en=origen.en_camino_en,
            llego_en=origen.llego_en,
        )
    despues = await registrar_cambio(work, Cambio(ticket, despues, "deshecho", quien, clave))
    return Movido(ticket.id, despues.version, despues.lugar)


async def _no_movido(work: Work, ticket_id: int, codigo: str, ticket: Ticket | None) -> NoMovido:
    ultimo = None if ticket is None else await select_ultimo_cambio(work.con, ticket_id)
    return NoMovido(ticket_id, codigo, ticket, ultimo)
