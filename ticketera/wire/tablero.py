"""The snapshots of board and phone."""

from ticketera.domain.tablero import MisTickets, Tablero
from ticketera.wire.repartidor import repartidor_json
from ticketera.wire.text import Json
from ticketera.wire.ticket import ticket_json


def tablero_json(tablero: Tablero) -> Json:
    """The answer of GET /api/tablero. Give it to `encode`."""
    return {
        "epoca": tablero.epoca,
        "seq": tablero.seq,
        "repartidores": [repartidor_json(u) for u in tablero.repartidores],
        "tickets": [ticket_json(t) for t in tablero.tickets],
        "cuentas": tablero.cuentas.por_estado,
        "dia": tablero.cuentas.dia,
        "hechos": {str(repartidor_id): n for repartidor_id, n in tablero.cuentas.hechos.items()},
    }


def mis_tickets_json(mis: MisTickets) -> Json:
    """The answer of GET /api/mis-tickets. Give it to `encode`."""
    return {"epoca": mis.epoca, "seq": mis.seq, "tickets": [ticket_json(t) for t in mis.tickets]}
