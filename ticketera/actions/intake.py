"""Intake: an order of a shop becomes one ticket, given out at once when somebody can take it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from belgrano.database.once import once
from belgrano.database.work import Connection, Work
from ticketera.actions.asignacion import al_final, elegir
from ticketera.actions.cambios import decir_ofertas, registrar_cambio
from ticketera.domain.cambio import Cambio
from ticketera.domain.encargo import Encargo
from ticketera.domain.errors import CamposInvalidos, DomainError, NumeroEnConflicto
from ticketera.domain.intake import huella, ticket_nuevo
from ticketera.domain.modos import modo_de
from ticketera.domain.ticket import TIENDA, Estado, Quien, Ticket
from ticketera.domain.traido import HUELLA_TRAIDA
from ticketera.domain.usuario import Usuario
from ticketera.store import tickets, usuarios


@dataclass(frozen=True, slots=True)
class Recibido:
    """What became of an order: its ticket as it is now, and whether it was there before."""

    ticket: Ticket
    repetido: bool


async def recibir_ticket(work: Work, nuevo: Encargo, quien: Quien = TIENDA) -> Recibido:
    """Make a ticket of an order, or find the one it made before.

    A new ticket goes to the repartidor it names, over the cap and off duty too; else to whom the rule chooses; else
    it waits. The rule gives nothing that is not due.

    Raises NumeroEnConflicto when its numero exists with other content, CamposInvalidos for a repartidor that is
    unknown or inactive.
    """
    marca = huella(nuevo)
    return await once(
        _conocido(work.con, nuevo), marca, partial(_recibir, work, nuevo, marca, quien), NumeroEnConflicto
    )


async def _recibir(work: Work, nuevo: Encargo, marca: str, quien: Quien) -> Recibido:
    modo, usuario = None, await _nombrado(work.con, nuevo)
    if usuario is None:
        modo, usuario = await elegir(work, nuevo.negocio, nuevo.cliente_barrio, nuevo.franja_desde)
    lugar = await al_final(work, 0 if usuario is None else usuario.id)
    nacido = _ticket(nuevo, marca, usuario, lugar, work.ahora)
    # The history tells whom the rule chose from whom the order named.
    detalle = {"regla": modo} if modo is not None and usuario is not None else None
    ticket = await registrar_cambio(work, Cambio(None, nacido, "creado", quien, detalle=detalle))
    if modo is not None and modo_de(modo).ofrece:
        await decir_ofertas(work)
    return Recibido(ticket, repetido=False)


async def recibir_lote(work: Work, nuevos: Sequence[Encargo], quien: Quien) -> list[Recibido | DomainError]:
    """Make tickets of several orders in one commit; one that is refused, which leaves no trace, holds up no other."""
    hechos: list[Recibido | DomainError] = []
    for nuevo in nuevos:
        try:
            hechos.append(await recibir_ticket(work, nuevo, quien))
        except DomainError as error:
            hechos.append(error)
    return hechos


async def revisar_ticket(con: Connection, nuevo: Encargo) -> None:
    """Raise what `recibir_ticket` would raise, and keep nothing. For `Base.read`."""
    await once(_conocido(con, nuevo), huella(nuevo), partial(_nombrado, con, nuevo), NumeroEnConflicto)


async def _conocido(con: Connection, nuevo: Encargo) -> tuple[object, Recibido] | None:
    """The ticket that its numero made before, and of what: of one that came from the earlier system nobody knows."""
    ticket = await tickets.select_numero(con, nuevo.numero)
    if ticket is None:
        return None
    return huella(nuevo) if ticket.huella == HUELLA_TRAIDA else ticket.huella, Recibido(ticket, repetido=True)


async def _nombrado(con: Connection, nuevo: Encargo) -> Usuario | None:
    """The repartidor that the order names, if it does."""
    if nuevo.repartidor_id is None:
        return None
    usuario = await usuarios.select_repartidor(con, nuevo.repartidor_id)
    if usuario is None or not usuario.activo:
        raise CamposInvalidos(("repartidor_id", "no existe o está dado de baja"))
    return usuario


def _ticket(nuevo: Encargo, marca: str, usuario: Usuario | None, lugar: str, ahora: int) -> Ticket:
    ticket = ticket_nuevo(nuevo, tickets.productos_de(nuevo.productos))
    ticket.huella, ticket.lugar, ticket.creado_en = marca, lugar, ahora
    if usuario is not None:
        ticket.estado, ticket.asignado_en = Estado.ASIGNADO, ahora
        ticket.repartidor_id, ticket.repartidor_nombre = usuario.id, usuario.nombre
    return ticket
