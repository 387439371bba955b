"""The outbox rows that the shop itself looks at; the queue's own statements are in belgrano.outbox.outgoing."""

from belgrano.database.work import Connection


async def retry_row(con: Connection, numero: str) -> int:
    """Queue again what was set aside of one pedido; how many rows that is."""
    return int(
        await con.execute(
            """
            UPDATE outgoing
               SET state = 'pendiente', attempts = 0, due_at = 0, done_at = NULL
             WHERE lane = :numero AND state = 'apartado'
            """,
            {"numero": numero},
        )
    )
