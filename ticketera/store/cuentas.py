"""How many tickets there are in each state, exactly, at any volume."""

from collections import Counter
from collections.abc import Sequence

from belgrano.database.work import Connection
from belgrano.words.times import comienzo_del_dia, dia_de
from ticketera.domain.tablero import Cuentas
from ticketera.domain.ticket import Estado, Ticket

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
