"""Photos and signatures of deliveries, as we encoded them."""

from typing import Any

from belgrano.database.work import Connection


async def select_foto(con: Connection, ticket_id: int, foto_id: str) -> Any | None:
    """One photo of a ticket without its bytes: foto_id, tipo, en (ms UTC), repartidor_id, repartidor_nombre."""
    found = [foto for foto in await select_fotos(con, ticket_id) if foto["foto_id"] == foto_id]
    return found[0] if found else None


async def select_fotos(con: Connection, ticket_id: int) -> list[Any]:
    """The photos of a ticket, oldest first, as `select_foto` gives one."""
    return await con.fetch_all(
        """
        SELECT f.foto_id, f.tipo, f.en, f.repartidor_id, u.nombre AS repartidor_nombre
          FROM fotos f
          JOIN usuarios u ON u.id = f.repartidor_id
         WHERE f.ticket_id = :ticket_id
         ORDER BY f.id
        """,
        {"ticket_id": ticket_id},
    )


async def select_datos(con: Connection, ticket_id: int, foto_id: str) -> Any | None:
    """One photo with its bytes: tipo, repartidor_id, datos."""
    row: Any = await con.fetch_one(
        "SELECT tipo, repartidor_id, datos FROM fotos WHERE ticket_id = :ticket_id AND foto_id = :foto_id",
        {"ticket_id": ticket_id, "foto_id": foto_id},
    )
    return row


async def insert_foto(
    con: Connection, *, ticket_id: int, repartidor_id: int, foto_id: str, tipo: str, datos: bytes, ahora: int
) -> None:
    """Keep a photo."""
    await con.execute(
        """
        INSERT INTO fotos (ticket_id, repartidor_id, foto_id, tipo, en, datos)
        VALUES (:ticket_id, :repartidor_id, :foto_id, :tipo, :ahora, :datos)
        """,
        {
            "ticket_id": ticket_id,
            "repartidor_id": repartidor_id,
            "foto_id": foto_id,
            "tipo": tipo,
            "ahora": ahora,
            "datos": datos,
        },
    )


async def delete_fotos(con: Connection, antes_de: int, limite: int) -> int:
    """Forget photos taken in before an instant, a few at once; how many went."""
    return await con.execute(
        "DELETE FROM fotos WHERE id IN (SELECT id FROM fotos WHERE en < :antes_de ORDER BY en LIMIT :limite)",
        {"antes_de": antes_de, "limite": limite},
    )
