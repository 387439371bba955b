"""What board and phone read: snapshots with their number, and what a listener missed. Each for one `Base.read`.

Everything in an answer is of one snapshot of the database, `seq` the last change that it contains.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from belgrano.database.work import Connection
from ticketera.domain.ticket import Ticket
from ticketera.domain.tiempo import DIA
from ticketera.domain.usuario import Usuario
from ticketera.store import acuses, novedades, tickets, usuarios, wire
from ticketera.store.cuentas import Cuentas, select_cuentas

KEPT = 7 * DIA
POR_RESOLVER = 7 * DIA  # so long a failed delivery stays on the board


@dataclass(frozen=True, slots=True)
class Tablero:
    """The board: every repartidor, every open ticket, what failed and waits for somebody, the newest closed ones, and
    how many there are of each state today."""

    epoca: str
    seq: int
    repartidores: Sequence[Usuario]
    tickets: Sequence[Ticket]
    cuentas: Cuentas


@dataclass(frozen=True, slots=True)
class MisTickets:
    """A phone's list: the open tickets of a repartidor, in order."""

    epoca: str
    seq: int
    tickets: Sequence[Ticket]


async def select_tablero(con: Connection, ahora: int) -> Tablero:
    """The board as it is."""
    epoca, seq = await novedades.select_posicion(con, 0)
    abiertos = await tickets.select_abiertos(con)
    cerrados = {t.id: t for t in await tickets.select_cerrados(con, ahora)}
    cerrados |= {t.id: t for t in await tickets.select_sin_resolver(con, ahora - POR_RESOLVER)}
    cuentas = await select_cuentas(con, abiertos, ahora)
    return Tablero(epoca, seq, await usuarios.select_repartidores(con), [*abiertos, *cerrados.values()], cuentas)


async def select_mis_tickets(con: Connection, repartidor_id: int) -> MisTickets:
    """A repartidor's list as it is."""
    epoca, seq = await novedades.select_posicion(con, repartidor_id)
    return MisTickets(epoca, seq, await tickets.select_columna(con, repartidor_id))


def tablero_json(tablero: Tablero, ahora: int) -> wire.Json:
    """The answer of GET /api/tablero. Give it to `wire.encode`."""
    return {
        "epoca": tablero.epoca,
        "seq": tablero.seq,
        "repartidores": [wire.repartidor_json(u) for u in tablero.repartidores],
        "tickets": [wire.ticket_json(t) for t in tablero.tickets],
        "cuentas": tablero.cuentas.por_estado,
        "dia": tablero.cuentas.dia,
        "hechos": {str(repartidor_id): n for repartidor_id, n in tablero.cuentas.hechos.items()},
    }


def mis_tickets_json(mis: MisTickets) -> wire.Json:
    """The answer of GET /api/mis-tickets. Give it to `wire.encode`."""
    return {"epoca": mis.epoca, "seq": mis.seq, "tickets": [wire.ticket_json(t) for t in mis.tickets]}


async def select_novedades(con: Connection, oyente: int, epoca: str, desde: int, ahora: int) -> str:
    """The JSON text of GET /api/novedades for a listener: the tablero (0), or a repartidor by id.

    What came after `desde`, the very objects that were pushed; of a ticket that is not theirs any more the number and
    the form stay, and nothing of the customer. Or the whole, when that is more than 500 or 1 MiB, older than 7 days, of
    another epoca, or above the newest number.
    """
    now_epoca, seq = await novedades.select_posicion(con, oyente)
    missed = None
    if epoca == now_epoca and 0 <= seq - desde <= novedades.AT_MOST:
        missed = await _missed(con, oyente, now_epoca, desde, seq, ahora)
    answer: wire.Json = {"epoca": now_epoca, "seq": seq}
    if missed is not None:
        answer["novedades"] = wire.arreglo(missed)
    elif oyente == 0:
        answer |= {"completo": True, **tablero_json(await select_tablero(con, ahora), ahora)}
    else:
        answer |= {"completo": True, **mis_tickets_json(await select_mis_tickets(con, oyente))}
    if oyente == 0:
        if "repartidores" not in answer:
            answer["repartidores"] = [wire.repartidor_json(u) for u in await usuarios.select_repartidores(con)]
        rows = await acuses.select_acuses(con)
        answer["acuses"] = [wire.acuse_json(r["id"], r["recibido_en"], r["visto_en"]) for r in rows]
    return wire.encode(answer)


async def _missed(con: Connection, oyente: int, epoca: str, desde: int, hasta: int, ahora: int) -> list[str] | None:
    """The novedades in between, or None when they are too much or partly forgotten."""
    if hasta == desde:
        return []
    if await novedades.select_tamano(con, oyente, desde, hasta) > novedades.AT_MOST_BYTES:
        return None
    rows = await novedades.select_novedades(con, oyente, desde, hasta)
    whole = len(rows) == hasta - desde and all(r["ticket"] is not None for r in rows)
    if not whole or rows[0]["en"] < ahora - KEPT:
        return None
    texts = [
        wire.novedad(oyente, r["seq"], r["tipo"], epoca, r if oyente in (0, r["repartidor_id"]) else wire.ajeno(r))
        for r in rows
    ]
    return texts if sum(len(text.encode()) for text in texts) <= novedades.AT_MOST_BYTES else None


async def select_historial_json(con: Connection, ticket_id: int) -> list[wire.Json]:
    """The history of a ticket, oldest first, as GET /api/tickets/<id> shows it to admins."""
    return [wire.historia_json(row) for row in await novedades.select_historial(con, ticket_id)]
