"""What board and phone look at: snapshots with their number. Each for one `Base.read`. And what each board remembers.

Everything in an answer is of one snapshot of the database, `seq` the last change that it contains.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from belgrano.database.work import Connection
from belgrano.words.times import DIA, comienzo_del_dia, dia_de
from ticketera.domain.tablero import DENSIDADES, TEMAS, Cuentas, MisTickets, Preferencias, Tablero
from ticketera.domain.ticket import Estado, Ticket
from ticketera.store import novedades, tickets, usuarios

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


# One look into the index of the day's closed tickets: what was closed before costs nothing.
CERRADOS_POR_ESTADO = """
    SELECT estado, repartidor_id, COUNT(*) AS cuantos
      FROM tickets
     WHERE cerrado_en >= :desde
     GROUP BY estado, repartidor_id
"""


async def select_cuentas(con: Connection, abiertos: Sequence[Ticket], ahora: int) -> Cuentas:
    """The counts of the day of `ahora`; `abiertos` are all open tickets of the same snapshot."""
    rows = await con.fetch_all(
        CERRADOS_POR_ESTADO,
        {"desde": comienzo_del_dia(ahora)},
    )
    por_estado = dict.fromkeys(map(str, Estado), 0)
    for ticket in abiertos:
        por_estado[ticket.estado] += 1
    hechos: Counter[int] = Counter()
    for row in rows:
        por_estado[row["estado"]] += row["cuantos"]
        if row["repartidor_id"] is not None:
            hechos[row["repartidor_id"]] += row["cuantos"]
    return Cuentas(dia_de(ahora).isoformat(), por_estado, dict(hechos))


async def select_preferencias(con: Connection, usuario_id: int) -> Preferencias:
    """A person's; the defaults where nothing was kept."""
    stored = await con.fetch_val("SELECT datos FROM preferencias WHERE usuario_id = :id", {"id": usuario_id})
    datos = json.loads(stored) if stored else {}
    return Preferencias(
        tuple(datos.get("fijadas", ())), datos.get("densidad", DENSIDADES[0]), datos.get("tema", TEMAS[0])
    )


async def upsert_preferencias(con: Connection, usuario_id: int, datos: Mapping[str, Any]) -> None:
    """Keep a person's, whole."""
    await con.execute(
        """
        INSERT INTO preferencias (usuario_id, datos) VALUES (:id, :datos)
        ON CONFLICT (usuario_id) DO UPDATE SET datos = excluded.datos
        """,
        {"id": usuario_id, "datos": json.dumps(datos)},
    )
