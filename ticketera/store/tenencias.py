"""Who held a ticket before, since when and until when."""

from typing import Any

from belgrano.database.work import Connection


async def upsert_tenencia(con: Connection, ticket_id: int, repartidor_id: int, desde: int, hasta: int) -> None:
    """Note that a repartidor held a ticket until now."""
    await con.execute(
        """
        INSERT INTO tenencias (ticket_id, repartidor_id, desde, hasta)
        VALUES (:ticket_id, :repartidor_id, :desde, :hasta)
        ON CONFLICT (ticket_id, repartidor_id) DO UPDATE SET desde = excluded.desde, hasta = excluded.hasta
        """,
        {"ticket_id": ticket_id, "repartidor_id": repartidor_id, "desde": desde, "hasta": hasta},
    )


async def select_tenencia(con: Connection, ticket_id: int, repartidor_id: int) -> Any | None:
    """Since when and until when a repartidor held a ticket that left their hands."""
    row: Any = await con.fetch_one(
        "SELECT desde, hasta FROM tenencias WHERE ticket_id = :ticket_id AND repartidor_id = :repartidor_id",
        {"ticket_id": ticket_id, "repartidor_id": repartidor_id},
    )
    return row


async def exists_tenencia(con: Connection, ticket_id: int, repartidor_id: int, desde: int) -> bool:
    """Whether a repartidor has a ticket (closed or not), or held it until after an instant."""
    return (
        await con.fetch_val(
            """
            SELECT 1
              FROM tickets t
             WHERE t.id = :ticket_id
               AND (t.repartidor_id = CAST(:repartidor_id AS BIGINT)
                    OR EXISTS (SELECT 1
                                 FROM tenencias n
                                WHERE n.ticket_id = t.id
                                  AND n.repartidor_id = CAST(:repartidor_id AS BIGINT)
                                  AND n.hasta > :desde))
            """,
            {"ticket_id": ticket_id, "repartidor_id": repartidor_id, "desde": desde},
        )
        is not None
    )
