"""Where shop and Ticketera do not agree about a pedido, and a person has to see to it."""

from dataclasses import dataclass

from ahorro.domain.pedido import REVISION
from belgrano.database.work import Connection

# A change that Ticketera did not take any more: its ticket was over, or is not known there.
TARDE = f"o.state = 'apartado' AND o.key LIKE '{REVISION}%'"


@dataclass(frozen=True, slots=True)
class Diferencia:
    """A pedido and what of it is not as Ticketera has it: `motivo` is its word, None where it left though it was
    cancelled."""

    numero: str
    cliente_nombre: str
    total_centavos: int
    estado: str
    motivo: str | None


async def select_diferencias(con: Connection, limite: int = 50) -> list[Diferencia]:
    """All of them, the oldest first; of each pedido the last that Ticketera did not take."""
    rows = await con.fetch_all(
        f"""
        SELECT p.numero, p.cliente_nombre, p.total_centavos, p.estado, o.last_error AS motivo
          FROM outgoing o
          JOIN pedidos p ON p.numero = o.lane
         WHERE {TARDE}
           AND o.id = (SELECT max(o.id) FROM outgoing o WHERE {TARDE} AND o.lane = p.numero)
         UNION ALL
        SELECT p.numero, p.cliente_nombre, p.total_centavos, p.estado, NULL
          FROM pedidos p
         WHERE p.estado IN ('pendiente', 'asignado', 'en_camino') AND p.estado = 'en_camino'
           AND p.cancelacion_en IS NOT NULL
         ORDER BY 1
         LIMIT CAST(:limite AS BIGINT)
        """,  # noqa: S608  (a constant)
        {"limite": limite},
    )
    return [Diferencia(**dict(row)) for row in rows]


async def delete_diferencias(con: Connection, numero: str) -> None:
    """Somebody has seen what Ticketera did not take of a pedido."""
    await con.execute(
        f"""
        DELETE FROM outgoing WHERE lane = :numero AND state = 'apartado' AND key LIKE '{REVISION}%'
        """,  # noqa: S608  (a constant)
        {"numero": numero},
    )
