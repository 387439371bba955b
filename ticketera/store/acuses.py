"""Whether phones have their tickets, and people opened them; in the tickets table, beside its versions."""

from typing import Any

from belgrano.database.work import Connection


async def select_acuses(con: Connection) -> list[Any]:
    """id, recibido_en and visto_en of the open tickets that are in somebody's hands."""
    rows: list[Any] = await con.fetch_all(
        "SELECT id, recibido_en, visto_en FROM tickets WHERE cerrado_en IS NULL AND repartidor_id IS NOT NULL", {}
    )
    return rows


async def set_recibidos(con: Connection, repartidor_id: int, seq: int, ahora: int) -> list[Any]:
    """Note that a phone has all that it holds and was given up to `seq`; the tickets for which that is new."""
    rows: list[Any] = await con.fetch_all(
        """
        UPDATE tickets
           SET recibido_en = :ahora
         WHERE COALESCE(repartidor_id, 0) = :repartidor_id
           AND cerrado_en IS NULL
           AND recibido_en IS NULL
           AND dado_seq <= :seq
        RETURNING id, recibido_en, visto_en, asignado_en
        """,
        {"repartidor_id": repartidor_id, "seq": seq, "ahora": ahora},
    )
    return rows


async def set_visto(con: Connection, repartidor_id: int, ticket_id: int, ahora: int) -> Any | None:
    """Note that a person opened a ticket that is theirs; None when it is not, or was noted before."""
    row: Any = await con.fetch_one(
        """
        UPDATE tickets
           SET visto_en = :ahora
         WHERE id = :id
           AND repartidor_id = :repartidor_id
           AND cerrado_en IS NULL
           AND visto_en IS NULL
        RETURNING id, recibido_en, visto_en
        """,
        {"id": ticket_id, "repartidor_id": repartidor_id, "ahora": ahora},
    )
    return row
