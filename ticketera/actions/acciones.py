"""The acts on a ticket, by whoever may: start, arrive, deliver, fail, cancel, take back."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from belgrano.database.running import long_ago
from belgrano.database.work import Work
from belgrano.words.times import DIA
from ticketera.actions.asignacion import al_final, repartir
from ticketera.actions.cambios import registrar_cambio
from ticketera.actions.conflictos import abrir_conflicto, en_revision, retirar_conflicto
from ticketera.actions.olvidos import cumplir_olvido
from ticketera.actions.once import once_for
from ticketera.actions.prueba import contar_intento, olvidar_intentos
from ticketera.domain.acciones import (
    ACCIONES,
    DE_LA_CALLE,
    Acto,
    acciones_posibles,
    aplicar,
    revisar_acto,
    revisar_rol,
    sostenido,
)
from ticketera.domain.cambio import Cambio
from ticketera.domain.errors import (
    NoExiste,
    RepartidorInactivo,
    TicketAjeno,
    TicketCerrado,
    VersionVieja,
)
from ticketera.domain.prueba import pide, probar, trae_pin
from ticketera.domain.resultado import Hecho, Rechazado
from ticketera.domain.ticket import Estado, Quien, Rol, Ticket
from ticketera.store import tickets, usuarios
from ticketera.store.configuracion import select_configuracion
from ticketera.store.respuestas import Respuesta
from ticketera.store.tenencias import select_tenencia

SUYO_HASTA = 7 * DIA
FALTA_PRUEBA = "falta_prueba"
EN_REVISION = "en_revision"


async def actuar(work: Work, quien: Quien, acto: Acto, secreto: str | None = None) -> Respuesta:
    """Do an act of the table once, however often it is sent; the answer is the ticket.

    What a repartidor did in the street (entregar, fallar) to a ticket that had moved on, or was closed, becomes a
    conflicto: codigo `ticket_ajeno` or `cerrado`, with `conflicto_id`. So does a delivery without a proof that is
    obligatoria: `falta_prueba`, with what `faltan`. Who says that it was delivered and then that it was not leaves it
    to an admin: `en_revision`, both in the one conflicto. Only acts that were done, and conflictos, are remembered, 30
    days.
    With `secreto` a customer's PIN is checked, as a guess that counts; above the limit, and without, none is right.

    Raises CamposInvalidos, ClaveConOtroContenido, NoExiste, TicketAjeno, RolNoPermitido, VersionVieja,
    AccionNoPermitida, FueraDePlazo, TicketCerrado, RepartidorInactivo.
    """
    revisar_acto(acto)
    act = partial(_actuar, work, quien, acto, secreto)
    return await once_for(work, quien.clave, acto.accion_id, acto.contenido(), act)


async def _actuar(work: Work, quien: Quien, acto: Acto, secreto: str | None) -> Hecho | Rechazado:
    ticket = await tickets.select_ticket(work.con, acto.ticket_id)
    if ticket is None:
        raise NoExiste("No existe ese ticket.")
    if quien.rol is Rol.REPARTIDOR and ticket.repartidor_id != quien.id:
        return await _ajeno(work, quien, acto, ticket, secreto)
    acto, retiene = await _probado(work, quien, acto, ticket, secreto)
    revisar_rol(acto, quien.rol)
    if acto.version is not None and acto.version != ticket.version:
        raise VersionVieja(ticket, acciones_posibles(ticket, quien.rol, work.ahora))
    try:
        despues = aplicar(ticket, acto, quien, work.ahora)
    except TicketCerrado as closed:
        if not _de_la_calle(quien, acto, ticket):
            raise
        return await _en_conflicto(work, quien, acto, ticket, closed.codigo)
    if retiene:
        return await _en_conflicto(work, quien, acto, ticket, FALTA_PRUEBA, retiene)
    if acto.accion == "fallar" and await en_revision(work, quien, ticket):
        return await _en_conflicto(work, quien, acto, ticket, EN_REVISION)
    return Hecho(await _hacer(work, quien, acto, ticket, despues))


async def _probado(
    work: Work, quien: Quien, acto: Acto, ticket: Ticket, secreto: str | None
) -> tuple[Acto, Sequence[str]]:
    """The act with its proof as it is kept, and what makes a delivery wait for an admin. Only repartidores prove."""
    if quien.rol is not Rol.REPARTIDOR or acto.accion not in DE_LA_CALLE:
        return replace(acto, prueba=None), ()
    pedido = pide(await select_configuracion(work.con), ticket) if acto.accion == "entregar" else {}
    adivina = secreto is not None and trae_pin(acto.prueba)
    if adivina and await contar_intento(work, quien, ticket.id):
        secreto = None
    probado = probar(pedido, ticket.numero, acto.prueba, secreto)
    if adivina and probado.pin == "correcto":
        await olvidar_intentos(work, quien, ticket.id)
    return replace(acto, prueba=probado.prueba), probado.retiene


async def _en_conflicto(
    work: Work, quien: Quien, acto: Acto, ticket: Ticket, codigo: str, faltan: Sequence[str] | None = None
) -> Rechazado:
    """What happened to a ticket of theirs that it cannot happen to as things stand: kept for an admin."""
    cuando = sostenido(ticket, acto.ocurrido_en, work.ahora)
    conflicto_id = await abrir_conflicto(work, quien, acto, ticket, cuando)
    return Rechazado(codigo, conflicto_id, ticket, faltan, acciones_posibles(ticket, quien.rol, work.ahora))


async def _ajeno(work: Work, quien: Quien, acto: Acto, ticket: Ticket, secreto: str | None) -> Rechazado:
    """An act on somebody else's ticket: unknown to whom it never was, a conflicto for whom it was."""
    held = None if quien.id is None else await select_tenencia(work.con, ticket.id, quien.id)
    if held is None or held["hasta"] <= await long_ago(work, SUYO_HASTA):
        raise NoExiste("No existe ese ticket.")
    if acto.accion not in DE_LA_CALLE:
        raise TicketAjeno
    acto, _ = await _probado(work, quien, acto, ticket, secreto)
    cuando = work.ahora if acto.ocurrido_en is None else min(max(acto.ocurrido_en, held["desde"]), work.ahora)
    conflicto_id = await abrir_conflicto(work, quien, acto, ticket, cuando)
    return Rechazado(TicketAjeno.codigo, conflicto_id)


def _de_la_calle(quien: Quien, acto: Acto, ticket: Ticket) -> bool:
    """Whether a refusal would lose what happened. Not where this repartidor closed the ticket by the same act."""
    if quien.rol is not Rol.REPARTIDOR or acto.accion not in DE_LA_CALLE:
        return False
    return not (ticket.cerrado_por == quien.id and ticket.estado is ACCIONES[acto.accion].a)


async def _hacer(work: Work, quien: Quien, acto: Acto, antes: Ticket, despues: Ticket) -> Ticket:
    """Write an act down, and give out what it made room for."""
    columna = despues.repartidor_id or 0
    if acto.accion == "reintentar":
        despues = replace(despues, lugar=await al_final(work, 0))
    elif acto.accion == "corregir":
        await _recibe(work, despues)
        if await tickets.exists_lugar(work.con, columna, despues.lugar):
            despues = replace(despues, lugar=await al_final(work, columna))
    detalle = {
        campo: valor
        for campo, valor in (
            ("motivo", acto.motivo),
            ("nota", acto.nota),
            ("cobrado", acto.cobrado),
            ("medio", acto.medio),
        )
        if valor is not None
    }
    cuando = sostenido(antes, acto.ocurrido_en, work.ahora)
    cambio = Cambio(antes, despues, acto.accion, quien, ocurrido_en=cuando, detalle=detalle or None)
    despues = await cumplir_olvido(work, await registrar_cambio(work, cambio))
    if quien.rol is Rol.REPARTIDOR and acto.accion == "entregar":
        await retirar_conflicto(work, quien, despues)
    if despues.abierto and despues.estado is not Estado.PENDIENTE:
        return despues
    dados = await repartir(work)
    return next((dado for dado in dados if dado.id == despues.id), despues)


async def _recibe(work: Work, ticket: Ticket) -> None:
    """Raise RepartidorInactivo when a ticket would open again in the hands of somebody who left."""
    if ticket.repartidor_id is not None:
        usuario = await usuarios.select_usuario(work.con, ticket.repartidor_id)
        if usuario is None or not usuario.activo:
            raise RepartidorInactivo
