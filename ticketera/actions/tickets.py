"""Editing what a ticket says, and putting a failed one away."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from belgrano.database.work import Work
from ticketera.actions.cambios import registrar_cambio
from ticketera.domain.acciones import DE_NADIE, acciones_posibles
from ticketera.domain.cambio import Cambio
from ticketera.domain.encargo import EDITABLES, TEXTOS, Prioridad
from ticketera.domain.errors import AccionNoPermitida, CamposInvalidos, NoExiste, TicketCerrado, VersionVieja
from ticketera.domain.intake import indicaciones_de, limpio
from ticketera.domain.lugar import punto
from ticketera.domain.ticket import Estado, Quien, Ticket
from ticketera.store import tickets


async def editar_ticket(work: Work, quien: Quien, ticket_id: int, version: int, cambios: Mapping[str, Any]) -> Ticket:
    """Change fields of a ticket that is still at `version`; `cambios` has only what was sent, `prioridad` by name.

    Raises NoExiste, VersionVieja, TicketCerrado where it is nobody's any more, CamposInvalidos for a field that cannot
    be edited.
    """
    wrong = [(campo, "no se puede cambiar") for campo in cambios if campo not in EDITABLES]
    if wrong:
        raise CamposInvalidos(*wrong)
    ticket = await tickets.select_ticket(work.con, ticket_id)
    if ticket is None:
        raise NoExiste("No existe ese ticket.")
    if ticket.version != version:
        raise VersionVieja(ticket, acciones_posibles(ticket, quien.rol, work.ahora))
    if ticket.olvidado:
        raise TicketCerrado(ticket, [], DE_NADIE)
    nuevos = {campo: _valor(campo, valor) for campo, valor in cambios.items()}
    if "cliente_direccion" in nuevos and nuevos["cliente_direccion"] != ticket.cliente_direccion:
        # Where the old address was says nothing about the new one.
        nuevos = {"cliente_lat": None, "cliente_lng": None} | nuevos
    if nuevos.keys() & {"cliente_lat", "cliente_lng"}:
        lugar = punto(nuevos.get("cliente_lat", ticket.cliente_lat), nuevos.get("cliente_lng", ticket.cliente_lng))
        nuevos |= {"cliente_lat": lugar and lugar[0], "cliente_lng": lugar and lugar[1]}
    changed = {campo: valor for campo, valor in nuevos.items() if getattr(ticket, campo) != valor}
    if changed.keys() & {"franja_desde", "franja_hasta"}:
        _revisar_franja(replace(ticket, **changed))
    if not changed:
        return ticket
    detalle = {campo: {"de": _visible(getattr(ticket, campo)), "a": _visible(v)} for campo, v in changed.items()}
    return await registrar_cambio(work, Cambio(ticket, replace(ticket, **changed), "editado", quien, detalle=detalle))


async def poner_resuelto(work: Work, quien: Quien, ticket_id: int, version: int, resuelto: bool) -> Ticket:
    """Put a failed delivery away, or back among those that wait for somebody; as it is already, nothing changes.

    Raises NoExiste, VersionVieja, AccionNoPermitida for a ticket that did not fail.
    """
    ticket = await tickets.select_ticket(work.con, ticket_id)
    if ticket is None:
        raise NoExiste("No existe ese ticket.")
    if ticket.estado is Estado.FALLIDO and (ticket.resuelto_en is not None) is resuelto:
        return ticket
    posibles = acciones_posibles(ticket, quien.rol, work.ahora)
    if ticket.version != version:
        raise VersionVieja(ticket, posibles)
    if ticket.estado is not Estado.FALLIDO:
        raise AccionNoPermitida(ticket, posibles)
    despues = replace(ticket, resuelto_en=work.ahora if resuelto else None)
    return await registrar_cambio(work, Cambio(ticket, despues, "resuelto" if resuelto else "sin_resolver", quien))


def _revisar_franja(ticket: Ticket) -> None:
    desde, hasta = ticket.franja_desde, ticket.franja_hasta
    if (desde is None) != (hasta is None):
        raise CamposInvalidos(("franja_hasta" if hasta is None else "franja_desde", "falta la otra punta de la franja"))
    if desde is not None and hasta is not None and hasta <= desde:
        raise CamposInvalidos(("franja_hasta", "tiene que ser después de la otra punta"))


def _valor(campo: str, valor: Any) -> Any:
    if campo == "indicaciones":
        return indicaciones_de(limpio(valor))
    if campo in TEXTOS:
        return limpio(valor)
    return Prioridad[valor] if campo == "prioridad" else valor


def _visible(valor: Any) -> Any:
    return valor.name if isinstance(valor, Prioridad) else valor
