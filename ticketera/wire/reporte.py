"""A report to the shop: a ticket came into another state."""

from belgrano.words.times import iso
from ticketera.domain.ticket import Estado, Ticket
from ticketera.wire.text import Json, pesos


def reporte_json(ticket: Ticket, epoca: str, ahora: int) -> Json:
    """The report of a ticket's state, with what was said of the money at the door. `ahora` in ms UTC."""
    data: Json = {
        "numero": ticket.numero,
        "estado": ticket.estado,
        "epoca": epoca,
        "version": ticket.version,
        "repartidor_nombre": ticket.repartidor_nombre,
        "en": iso(_cuando(ticket, ahora)),
    }
    if ticket.motivo is not None:
        data["motivo"] = ticket.motivo
    if ticket.cobrado is not None:
        data |= {"cobrado": pesos(ticket.cobrado), "medio": ticket.medio}
    return {"type": f"ticket.{ticket.estado}", "timestamp": iso(ahora), "data": data}


def _cuando(ticket: Ticket, ahora: int) -> int:
    """When the ticket came into its state, as far as people say."""
    if ticket.cerrado_en is not None:
        return ticket.cerrado_en
    if ticket.estado is Estado.EN_CAMINO and ticket.en_camino_en is not None:
        return ticket.en_camino_en
    return ahora
