"""The numbered changes: written with each change, read by who missed some."""
# ruff: noqa: S608  (SQL text is put together from this module's own column names, never from values)

from collections.abc import Mapping, Sequence
from typing import Any

from belgrano.database.work import Connection
from belgrano.words.times import DIA
from ticketera.domain.cambio import Cambio
from ticketera.domain.mudanza import UltimoCambio
from ticketera.wire.conflicto import conflicto_json
from ticketera.wire.text import encode
from ticketera.wire.ticket import antes_json, detalle_json, ticket_json

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


_CAMBIO = (
    "ticket_id", "en", "ocurrido_en", "quien_id", "quien_nombre", "quien_rol", "que", "de", "a", "repartidor_de",
    "repartidor_a", "detalle", "clave", "conflicto", "ticket", "antes",
)  # fmt: skip
_INSERT_CAMBIO = (
    f"INSERT INTO cambios ({', '.join(_CAMBIO)}) VALUES ({', '.join(':' + c for c in _CAMBIO)}) RETURNING id"
)


async def insert_cambio(con: Connection, cambio: Cambio, ahora: int) -> Mapping[str, Any]:
    """Keep a change; its row, with the id. The ticket is in it as every listener gets it."""
    antes, despues, quien, detalle = cambio.antes, cambio.despues, cambio.quien, cambio.detalle
    row: dict[str, Any] = {
        "ticket_id": despues.id,
        "en": ahora,
        "ocurrido_en": cambio.ocurrido_en,
        "quien_id": quien.id,
        "quien_nombre": quien.nombre,
        "quien_rol": str(quien.rol),
        "que": cambio.que,
        "de": None if antes is None else str(antes.estado),
        "a": str(despues.estado),
        "repartidor_de": None if antes is None else antes.repartidor_nombre,
        "repartidor_a": despues.repartidor_nombre,
        "detalle": None if detalle is None else encode(detalle_json(detalle)),
        "clave": cambio.clave,
        "conflicto": None if cambio.conflicto is None else encode(conflicto_json(cambio.conflicto)),
        "ticket": encode(ticket_json(despues)),
        "antes": None if antes is None or antes.abierto else encode(antes_json(antes)),
    }
    row["id"] = int(await con.fetch_val(_INSERT_CAMBIO, row))
    return row


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


async def select_historial(con: Connection, ticket_id: int) -> list[Any]:
    """Every change of a ticket, oldest first. `deshacer`: what its mudanza would put back, if it still can."""
    rows: list[Any] = await con.fetch_all(
        """
        SELECT c.en, c.ocurrido_en, c.quien_id, c.quien_nombre, c.quien_rol, c.que, c.de, c.a, c.repartidor_de,
               c.repartidor_a, c.detalle, c.clave, m.deshacer
          FROM cambios c
          LEFT JOIN mudanzas m ON m.clave = c.clave AND m.deshecha IS NULL AND c.que = 'movido'
         WHERE c.ticket_id = :ticket_id
         ORDER BY c.id
        """,
        {"ticket_id": ticket_id},
    )
    return rows


async def select_ultimo_cambio(con: Connection, ticket_id: int) -> UltimoCambio | None:
    """The newest change of a ticket."""
    row = await con.fetch_one(
        "SELECT que, en, repartidor_de FROM cambios WHERE ticket_id = :ticket_id ORDER BY id DESC LIMIT 1",
        {"ticket_id": ticket_id},
    )
    return None if row is None else UltimoCambio(row["que"], row["en"], row["repartidor_de"])


async def select_tocado(con: Connection, ticket_id: int, clave: str) -> bool:
    """Whether anything touched a ticket since a mudanza moved it; moves taken back, and conflictos, did not."""
    touched: bool = await con.fetch_val(
        """
        SELECT EXISTS (
          SELECT 1
            FROM cambios c
           WHERE c.ticket_id = :ticket_id AND c.que NOT IN ('deshecho', 'conflicto', 'conflicto_descartado')
             AND c.id > (SELECT MAX(id) FROM cambios WHERE ticket_id = :ticket_id AND clave = :clave AND que = 'movido')
             AND NOT EXISTS (
               SELECT 1 FROM cambios d WHERE d.ticket_id = :ticket_id AND d.clave = c.clave AND d.que = 'deshecho'))
        """,
        {"ticket_id": ticket_id, "clave": clave},
    )
    return bool(touched)


async def select_cambios_viejos(con: Connection, antes_de: int, at_most: int) -> int | None:
    """The last of the oldest `at_most` changes that still have their ticket and happened before an instant."""
    last: int | None = await con.fetch_val(
        """
        SELECT MAX(id)
          FROM (SELECT c.id, c.en
                  FROM cambios c
                 WHERE c.id > (SELECT podado_hasta FROM tablero WHERE id = 1)
                 ORDER BY c.id
                 LIMIT :at_most) AS oldest
         WHERE en < :antes_de
        """,
        {"antes_de": antes_de, "at_most": at_most},
    )
    return last


async def clear_cambios(con: Connection, hasta: int) -> None:
    """Drop the ticket of the changes up to this one; the history stays."""
    await con.execute(
        """
        UPDATE cambios
           SET ticket = NULL
         WHERE id > (SELECT podado_hasta FROM tablero WHERE id = 1) AND id <= :hasta
        """,
        {"hasta": hasta},
    )
    await con.execute("UPDATE tablero SET podado_hasta = :hasta WHERE id = 1", {"hasta": hasta})


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
