"""The numbered changes, pulled by whoever missed some; and what phones say of them (acuses)."""
# ruff: noqa: S608  (SQL text is put together from this module's own column names, never from values)

from collections.abc import Sequence
from typing import Any

from belgrano.database.work import Connection
from belgrano.words.times import DIA

AT_MOST = 500
AT_MOST_BYTES = 1_048_576
KEPT = 7 * DIA


async def next_tablero(con: Connection) -> tuple[int, str]:
    """The next number of the tablero's stream, and the epoca."""
    row = await con.fetch_one("UPDATE tablero SET seq = seq + 1 WHERE id = 1 RETURNING seq, epoca", {})
    return row["seq"], row["epoca"]  # type: ignore[index]


async def select_posicion(con: Connection, oyente: int) -> tuple[str, int]:
    """The epoca and a listener's newest number (0: the tablero)."""
    row = await con.fetch_one(
        """
        SELECT t.epoca, CASE WHEN CAST(:oyente AS BIGINT) = 0 THEN t.seq ELSE u.seq END AS seq
          FROM tablero t
          LEFT JOIN usuarios u ON u.id = CAST(:oyente AS BIGINT)
         WHERE t.id = 1
        """,
        {"oyente": oyente},
    )
    return row["epoca"], row["seq"] or 0  # type: ignore[index]


async def select_posiciones(con: Connection, oyentes: Sequence[int]) -> tuple[str, dict[int, int]]:
    """The epoca, and the newest number of each listener asked for (0: the tablero)."""
    row = await con.fetch_one("SELECT seq, epoca FROM tablero WHERE id = 1", {})
    seqs = {0: row["seq"]} if 0 in oyentes else {}  # type: ignore[index]
    ids = [int(oyente) for oyente in oyentes if oyente]
    if ids:
        wanted = ", ".join(map(str, ids))
        rows = await con.fetch_all(f"SELECT id, seq FROM usuarios WHERE id IN ({wanted})", {})
        seqs |= {r["id"]: r["seq"] for r in rows}
    return row["epoca"], seqs  # type: ignore[index]


_INSERT_NOVEDADES = [
    "INSERT INTO novedades (oyente, seq, tipo, cambio_id) VALUES "
    + ", ".join(f"(:o{i}, :s{i}, :t{i}, :cambio_id)" for i in range(n))
    for n in range(4)
]


async def insert_novedades(con: Connection, cambio_id: int, numbered: Sequence[tuple[int, int, str]]) -> None:
    """Address a change to its listeners: (oyente, seq, tipo), three at most."""
    values: dict[str, Any] = {"cambio_id": cambio_id}
    for i, (oyente, seq, tipo) in enumerate(numbered):
        values[f"o{i}"], values[f"s{i}"], values[f"t{i}"] = oyente, seq, tipo
    await con.execute(_INSERT_NOVEDADES[len(numbered)], values)


async def select_novedades(con: Connection, oyente: int, desde: int, hasta: int) -> list[Any]:
    """A listener's changes after `desde` up to `hasta`, in order, with what `wire/novedad.py` needs.

    `repartidor_id` is who has the ticket now.
    """
    rows: list[Any] = await con.fetch_all(
        """
        SELECT n.seq, n.tipo, c.en, c.ticket_id, c.ticket, c.clave, c.quien_id, c.quien_nombre, c.conflicto, c.antes,
               t.repartidor_id
          FROM novedades n
          JOIN cambios c ON c.id = n.cambio_id
          JOIN tickets t ON t.id = c.ticket_id
         WHERE n.oyente = :oyente AND n.seq > :desde AND n.seq <= :hasta
         ORDER BY n.seq
        """,
        {"oyente": oyente, "desde": desde, "hasta": hasta},
    )
    return rows


async def select_perdidas(con: Connection, oyente: int, desde: int, hasta: int, ahora: int) -> list[Any] | None:
    """What a listener missed, as `select_novedades` gives it; None when it is too much, partly forgotten, or older than
    7 days."""
    if not 0 <= hasta - desde <= AT_MOST:
        return None
    if hasta == desde:
        return []
    if await select_tamano(con, oyente, desde, hasta) > AT_MOST_BYTES:
        return None
    rows = await select_novedades(con, oyente, desde, hasta)
    whole = len(rows) == hasta - desde and all(row["ticket"] is not None for row in rows)
    return rows if whole and rows[0]["en"] >= ahora - KEPT else None


async def select_tamano(con: Connection, oyente: int, desde: int, hasta: int) -> int:
    """About how many characters of tickets those changes carry; never more than the bytes they have."""
    return int(
        await con.fetch_val(
            """
            SELECT COALESCE(SUM(CASE WHEN n.tipo = 'ticket.retirado' THEN 0
                                     WHEN n.oyente <> 0 AND COALESCE(t.repartidor_id, 0) <> n.oyente THEN 0
                                     ELSE LENGTH(c.ticket) END), 0)
              FROM novedades n
              JOIN cambios c ON c.id = n.cambio_id
              JOIN tickets t ON t.id = c.ticket_id
             WHERE n.oyente = :oyente AND n.seq > :desde AND n.seq <= :hasta
            """,
            {"oyente": oyente, "desde": desde, "hasta": hasta},
        )
    )


async def delete_novedades(con: Connection, oyente: int, hasta_cambio: int, at_most: int) -> int:
    """Forget a listener's numbers of changes up to this one, the oldest `at_most` at once; how many."""
    return int(
        await con.execute(
            """
            DELETE FROM novedades
             WHERE oyente = :oyente
               AND cambio_id <= :hasta_cambio
               AND seq IN (SELECT seq FROM novedades WHERE oyente = :oyente ORDER BY seq LIMIT :at_most)
            """,
            {"oyente": oyente, "hasta_cambio": hasta_cambio, "at_most": at_most},
        )
    )


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
