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
