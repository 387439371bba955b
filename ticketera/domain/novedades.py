"""Who hears of a change, and under which name. Listener 0 is the tablero, anything else the repartidor with that id."""

from ticketera.domain.ticket import Ticket

TABLERO = 0
ASIGNADO = "ticket.asignado"
RETIRADO = "ticket.retirado"
CONFLICTO = "ticket.conflicto"


def oyentes(antes: Ticket | None, despues: Ticket) -> list[tuple[int, str]]:
    """The listeners of a change with the tipo each hears, the tablero first (contract, section 5)."""
    heard = [(TABLERO, _tipo_tablero(antes, despues))]
    before = None if antes is None else antes.repartidor_id
    after = despues.repartidor_id
    if before is not None and before != after:
        heard.append((before, RETIRADO))
    if after is not None:
        heard.append((after, _tipo_phone(antes, despues)))
    return heard


def _tipo_tablero(antes: Ticket | None, despues: Ticket) -> str:
    if antes is None:
        return "ticket.creado"
    if despues.estado != antes.estado and not despues.abierto:
        return f"ticket.{despues.estado}"
    if despues.repartidor_id != antes.repartidor_id or despues.lugar != antes.lugar:
        return "ticket.movido"
    if despues.estado != antes.estado and despues.estado == "en_camino":
        return "ticket.en_camino"
    return "ticket.actualizado"


def _tipo_phone(antes: Ticket | None, despues: Ticket) -> str:
    gained = despues.abierto and (antes is None or antes.holder != despues.repartidor_id)
    if gained:
        return ASIGNADO
    if antes is None or despues.estado != antes.estado:
        return f"ticket.{despues.estado}"
    if despues.lugar != antes.lugar:
        return "ticket.movido"
    return "ticket.actualizado"
