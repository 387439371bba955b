"""Every change of a ticket: kept once, read as its history and by what a mudanza may take back."""
# ruff: noqa: S608  (SQL text is put together from this module's own column names, never from values)

from collections.abc import Mapping
from typing import Any

from belgrano.database.work import Connection
from ticketera.domain.cambio import Cambio
from ticketera.domain.mudanza import UltimoCambio
from ticketera.wire.conflicto import conflicto_json
from ticketera.wire.text import encode
from ticketera.wire.ticket import antes_json, detalle_json, ticket_json

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
