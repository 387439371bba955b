"""What a free phone may know of a ticket that is nobody's."""

import json
from typing import Any

from belgrano.words.times import iso_o_nada
from ticketera.domain.asignacion import posicion_fresca
from ticketera.domain.ruta import metros
from ticketera.domain.ticket import Ticket
from ticketera.domain.usuario import Usuario
from ticketera.wire.text import Json, pesos


def oferta_json(ticket: Ticket, usuario: Usuario, ahora: int) -> Json:
    """An offer as a phone gets it: where, when, how much. No name, telephone or e-mail of the customer."""
    desde = posicion_fresca(usuario, ahora)
    oferta: Json = {
        "ticket_id": ticket.id,
        "numero": ticket.numero,
        "barrio": ticket.cliente_barrio,
        "direccion": ticket.cliente_direccion,
        "franja": None
        if ticket.franja_desde is None
        else {"desde": iso_o_nada(ticket.franja_desde), "hasta": iso_o_nada(ticket.franja_hasta)},
        "total": pesos(ticket.total),
        "metodo_pago": ticket.metodo_pago,
        "pagado": ticket.pagado,
        "bultos": _bultos(ticket),
    }
    if desde is not None and ticket.cliente_lat is not None and ticket.cliente_lng is not None:
        oferta["distancia_m"] = round(metros(desde, (ticket.cliente_lat, ticket.cliente_lng)))
    return oferta


def _bultos(ticket: Ticket) -> int:
    """How many things there are to carry, counting quantities where they are whole numbers."""

    def cuantos(producto: Any) -> int:
        cantidad = producto.get("cantidad") if isinstance(producto, dict) else 1
        return cantidad if isinstance(cantidad, int) and not isinstance(cantidad, bool) and cantidad > 0 else 1

    return sum(cuantos(producto) for producto in json.loads(ticket.productos))
