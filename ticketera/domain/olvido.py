"""A customer whom the shop forgets: the ticket stays for the counts, without whose it was. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from belgrano.contract import MOTIVOS
from ticketera.domain.ticket import Ticket

# What of a ticket is about the customer, and what stands there then. A barrio names nobody, and stays for the counts.
DE_LA_PERSONA: Mapping[str, Any] = {
    "cliente_nombre": "Cuenta borrada",
    "cliente_direccion": "",
    "cliente_piso": "",
    "cliente_telefono": "",
    "cliente_email": "",
    "cliente_lat": None,
    "cliente_lng": None,
    "indicaciones": "",
    "nota": None,
    "prueba": None,
}


def sin_persona(ticket: Ticket) -> Ticket:
    """The ticket, of nobody."""
    return replace(ticket, **DE_LA_PERSONA, motivo=sin_palabras(ticket.motivo))


def sin_palabras(motivo: str | None) -> str | None:
    """Why an order was not delivered, where that is one of the table's reasons; whoever cancels writes their own."""
    return motivo if motivo in MOTIVOS else None


def json_sin_persona(said: Any, ticket_id: int) -> Any:
    """What was answered or told, as it is decoded: this ticket in it, however deep, of nobody."""
    if isinstance(said, list):
        return [json_sin_persona(each, ticket_id) for each in said]
    if not isinstance(said, dict):
        return said
    if said.get("id") == ticket_id and "cliente_nombre" in said:
        emptied = {name: DE_LA_PERSONA.get(name, value) for name, value in said.items()}
        return {**emptied, "motivo": sin_palabras(said["motivo"])}
    return {name: json_sin_persona(value, ticket_id) for name, value in said.items()}


def suceso_sin_persona(detalle: Mapping[str, Any]) -> dict[str, Any]:
    """What the history says beside a change, without what it says of the person."""
    said = {name: value for name, value in detalle.items() if name not in DE_LA_PERSONA}
    return {name: value for name, value in said.items() if name != "motivo" or sin_palabras(value)}
