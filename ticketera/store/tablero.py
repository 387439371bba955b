"""What board and phone look at: snapshots with their number. Each for one `Base.read`.

Everything in an answer is of one snapshot of the database, `seq` the last change that it contains.
"""

from belgrano.database.work import Connection
from belgrano.words.times import DIA
from ticketera.domain.tablero import MisTickets, Tablero
from ticketera.store import novedades, tickets, usuarios
from ticketera.store.cuentas import select_cuentas

POR_RESOLVER = 7 * DIA  # so long a failed delivery stays on the board


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
