"""The conflictos: what was done in the street to tickets that had moved on."""

from belgrano.database.work import Connection
from ticketera.domain.conflicto import Conflicto

_SELECT = """
    SELECT c.id, c.ticket_id, t.numero, c.repartidor_id, u.nombre AS repartidor_nombre, c.accion, c.motivo, c.nota,
           c.cobrado, c.ocurrido_en, c.creado_en, c.decision, c.medio, c.prueba
      FROM conflictos c
      JOIN tickets t ON t.id = c.ticket_id
      JOIN usuarios u ON u.id = c.repartidor_id
"""


async def select_conflicto(con: Connection, conflicto_id: int) -> Conflicto | None:
    """One conflicto by id, open or not."""
    row = await con.fetch_one(f"{_SELECT} WHERE c.id = :id", {"id": conflicto_id})
    return None if row is None else Conflicto(**dict(row))


async def select_abierto(con: Connection, ticket_id: int, repartidor_id: int) -> Conflicto | None:
    """The open conflicto of a ticket and a repartidor: there is one at most."""
    row = await con.fetch_one(
        f"{_SELECT} WHERE c.ticket_id = :ticket_id AND c.repartidor_id = :repartidor_id AND c.decision IS NULL",
        {"ticket_id": ticket_id, "repartidor_id": repartidor_id},
    )
    return None if row is None else Conflicto(**dict(row))


async def select_conflictos(con: Connection, ticket_id: int | None = None) -> list[Conflicto]:
    """The open conflictos, oldest first, maybe of one ticket only."""
    of_ticket = "" if ticket_id is None else " AND c.ticket_id = :ticket_id"
    rows = await con.fetch_all(
        f"{_SELECT} WHERE c.decision IS NULL{of_ticket} ORDER BY c.id",
        {} if ticket_id is None else {"ticket_id": ticket_id},
    )
    return [Conflicto(**dict(row)) for row in rows]


async def select_en_revision(con: Connection, repartidor_id: int) -> list[int]:
    """The open tickets of a repartidor of which something they did waits for an admin: their ids."""
    rows = await con.fetch_all(
        """
        SELECT DISTINCT t.id
          FROM conflictos c
          JOIN tickets t ON t.id = c.ticket_id
         WHERE c.repartidor_id = :repartidor_id AND c.decision IS NULL AND t.repartidor_id = c.repartidor_id
           AND t.estado IN ('asignado', 'en_camino')
         ORDER BY t.id
        """,
        {"repartidor_id": repartidor_id},
    )
    return [row["id"] for row in rows]


async def update_nota(con: Connection, conflicto_id: int, nota: str) -> None:
    """Change what is noted in a conflicto."""
    await con.execute("UPDATE conflictos SET nota = :nota WHERE id = :id", {"id": conflicto_id, "nota": nota})


async def insert_conflicto(
    con: Connection,
    *,
    ticket_id: int,
    repartidor_id: int,
    accion: str,
    motivo: str | None,
    nota: str | None,
    cobrado: int | None,
    medio: str | None,
    prueba: str | None,
    ocurrido_en: int,
    ahora: int,
) -> int:
    """Keep a new open conflicto; its id."""
    return int(
        await con.fetch_val(
            """
            INSERT INTO conflictos
                   (ticket_id, repartidor_id, accion, motivo, nota, cobrado, medio, prueba, ocurrido_en, creado_en)
            VALUES (:ticket_id, :repartidor_id, :accion, :motivo, :nota, :cobrado, :medio, :prueba, :ocurrido_en,
                    :ahora)
            RETURNING id
            """,
            {
                "ticket_id": ticket_id,
                "repartidor_id": repartidor_id,
                "accion": accion,
                "motivo": motivo,
                "nota": nota,
                "cobrado": cobrado,
                "medio": medio,
                "prueba": prueba,
                "ocurrido_en": ocurrido_en,
                "ahora": ahora,
            },
        )
    )


async def update_decision(con: Connection, conflicto_id: int, decision: str, por: int | None, ahora: int) -> None:
    """Close a conflicto."""
    await con.execute(
        "UPDATE conflictos SET decision = :decision, resuelto_por = :por, resuelto_en = :ahora WHERE id = :id",
        {"id": conflicto_id, "decision": decision, "por": por, "ahora": ahora},
    )
