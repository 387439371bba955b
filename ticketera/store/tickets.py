"""The tickets table."""
# ruff: noqa: S608  (SQL text is put together from this module's own column names, never from values)

import re
from collections.abc import Callable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from belgrano.database.running import AT
from belgrano.database.work import Connection, Row
from belgrano.words.text import unaccented
from belgrano.words.times import DIA
from ticketera.domain.encargo import CAMPOS, EDITABLES, Prioridad
from ticketera.domain.intake import indicaciones_de
from ticketera.domain.ticket import Estado, Ticket
from ticketera.store.modos import REPARTE
from ticketera.wire.text import encode

NO_DIGIT = re.compile(r"\D")
ESTADOS = {str(e): e for e in Estado}
CLOSED_ON_BOARD = 200

# The columns: of the order what the table of its fields says, of the ticket what it has besides.
_NAMES = tuple(each.name for each in fields(Ticket))
_ELSEWHERE = {"id", "repartidor_nombre", "rendicion_id"}  # made by the database, read beside it, written by `caja`
_REVISADOS = {"productos", "total"}  # by the shop alone
_FIXED = {"huella", "creado_en"} | CAMPOS.keys() - EDITABLES - _REVISADOS - {"repartidor_id"}
# What no new ticket has yet: these columns begin as NULL.
_LATER = {
    "recibido_en", "visto_en", "en_camino_en", "llego_en", "cerrado_en", "cerrado_por", "estado_previo", "motivo",
    "nota", "cobrado", "medio", "prueba", "apartado_en", "resuelto_en", "pagado", "preparado_en", "olvidar_en",
}  # fmt: skip
_NEW = tuple(each for each in _NAMES if each not in _ELSEWHERE | _LATER)
_WRITTEN = tuple(each for each in _NAMES if each not in _ELSEWHERE | _FIXED)

_COLUMNS = ", ".join("u.nombre" if each == "repartidor_nombre" else f"t.{each}" for each in _NAMES)
_FROM = "FROM tickets t LEFT JOIN usuarios u ON u.id = t.repartidor_id"
TICKET = f"SELECT {_COLUMNS} {_FROM}"
_new_of, _written_of = attrgetter(*_NEW), attrgetter(*_WRITTEN)
_INSERT = (
    f"INSERT INTO tickets ({', '.join(_NEW)}, buscable) VALUES ({', '.join(':' + c for c in _NEW)}, :buscable)"
    " RETURNING id"
)
_UPDATE = (
    f"UPDATE tickets SET {', '.join(f'{c} = :{c}' for c in (*_WRITTEN, 'buscable'))}"
    " WHERE id = :id AND version = CAST(:version AS INTEGER) - 1"
)


def ticket_de(row: Any) -> Ticket:
    """A row of all columns, in the order of the fields, as a Ticket."""
    ticket = Ticket(*row)
    ticket.estado = ESTADOS[ticket.estado]
    ticket.prioridad = Prioridad(ticket.prioridad)
    if ticket.estado_previo is not None:
        ticket.estado_previo = ESTADOS[ticket.estado_previo]
    if ticket.pagado is not None:
        ticket.pagado = bool(ticket.pagado)
    ticket.indicaciones = indicaciones_de(ticket.indicaciones)  # kept as it came before we knew better
    return ticket


def _values(t: Ticket, columns: tuple[str, ...], values_of: Callable[[Ticket], Any]) -> dict[str, Any]:
    values: dict[str, Any] = dict(zip(columns, values_of(t), strict=True))
    values["estado"] = t.estado.value
    values["prioridad"] = int(t.prioridad)
    if t.estado_previo is not None:
        values["estado_previo"] = str(t.estado_previo)
    digits = NO_DIGIT.sub("", t.cliente_telefono)
    values["buscable"] = unaccented(
        f"{t.numero}\n{t.cliente_nombre}\n{t.cliente_direccion}\n{t.cliente_telefono}\n{digits}"
    )
    return values


def productos_de(productos: Sequence[object]) -> str:
    """The products of an order as their column keeps them: JSON text."""
    return encode(productos)


async def insert_ticket(con: Connection, ticket: Ticket) -> int:
    """Keep a new ticket; its id."""
    row = await con.fetch_one(_INSERT, _values(ticket, _NEW, _new_of))
    return int(row["id"])  # type: ignore[index]


async def update_ticket(con: Connection, ticket: Ticket) -> bool:
    """Keep the next version of a ticket. False when the stored one is not the version before it."""
    return bool(await con.execute(_UPDATE, {"id": ticket.id, **_values(ticket, _WRITTEN, _written_of)}))


async def select_ticket(con: Connection, ticket_id: int) -> Ticket | None:
    """One ticket by its id."""
    row = await con.fetch_one(f"{TICKET} WHERE t.id = :id", {"id": ticket_id})
    return None if row is None else ticket_de(row)


async def select_numero(con: Connection, numero: str) -> Ticket | None:
    """One ticket by its numero."""
    row = await con.fetch_one(f"{TICKET} WHERE t.numero = :numero", {"numero": numero})
    return None if row is None else ticket_de(row)


async def select_numeros(con: Connection, numeros: Sequence[str]) -> set[str]:
    """Which of these numeros have a ticket."""
    if not numeros:
        return set()
    values = {f"n{n}": numero for n, numero in enumerate(numeros)}
    rows = await con.fetch_all(
        f"SELECT numero FROM tickets WHERE numero IN ({', '.join(f':{name}' for name in values)})", values
    )
    return {row["numero"] for row in rows}


async def select_desde(con: Connection, despues_de: int, limite: int) -> tuple[str, list[Row]]:
    """The epoca, and id, numero, estado and creado_en (ms UTC) of the tickets after an id, the oldest first."""
    rows: list[Row] = await con.fetch_all(
        """
        SELECT id, numero, estado, creado_en
          FROM tickets
         WHERE id > :despues_de
         ORDER BY id
         LIMIT CAST(:limite AS BIGINT)
        """,
        {"despues_de": despues_de, "limite": limite},
    )
    return str(await con.fetch_val("SELECT epoca FROM tablero WHERE id = 1")), rows


async def select_ultimo_lugar(con: Connection, columna: int) -> str | None:
    """The last place of a column: a repartidor's id, 0 for "Sin asignar". None when the column is empty."""
    lugar: str | None = await con.fetch_val(
        """
        SELECT lugar
          FROM tickets
         WHERE COALESCE(repartidor_id, 0) = :columna AND cerrado_en IS NULL
         ORDER BY lugar DESC
         LIMIT 1
        """,
        {"columna": columna},
    )
    return lugar


async def select_lugar_anterior(con: Connection, columna: int, lugar: str) -> str | None:
    """The place just before `lugar` in a column, or None at its beginning."""
    found: str | None = await con.fetch_val(
        """
        SELECT lugar
          FROM tickets
         WHERE COALESCE(repartidor_id, 0) = :columna AND cerrado_en IS NULL AND lugar < :lugar
         ORDER BY lugar DESC
         LIMIT 1
        """,
        {"columna": columna, "lugar": lugar},
    )
    return found


async def select_siguiente(con: Connection, columna: int, lugar: str) -> int | None:
    """The id of the ticket just behind `lugar` in a column, or None at its end."""
    found: int | None = await con.fetch_val(
        """
        SELECT id
          FROM tickets
         WHERE COALESCE(repartidor_id, 0) = :columna AND cerrado_en IS NULL AND lugar > :lugar
         ORDER BY lugar
         LIMIT 1
        """,
        {"columna": columna, "lugar": lugar},
    )
    return found


async def exists_lugar(con: Connection, columna: int, lugar: str) -> bool:
    """Whether an open ticket of the column is at this place."""
    return (
        await con.fetch_val(
            """
            SELECT 1
              FROM tickets
             WHERE COALESCE(repartidor_id, 0) = :columna AND cerrado_en IS NULL AND lugar = :lugar
            """,
            {"columna": columna, "lugar": lugar},
        )
        is not None
    )


# What a person put into "Sin asignar" is left there for a while, and what is expected later is not due yet.
LE_TOCA = f"""(t.apartado_en IS NULL
                OR t.apartado_en < {AT} - c.minutos_respeto * 60000)
           AND (t.franja_desde IS NULL
                OR t.franja_desde <= CAST(:ahora AS BIGINT) + c.minutos_antes * CAST(60000 AS BIGINT))
"""


async def select_en_espera(con: Connection, ahora: int) -> tuple[str, Ticket] | None:
    """The mode, and the ticket that its rule gives next: highest priority, then oldest, of those whose turn it is.

    None too in a mode in which no rule gives anything.
    """
    row = await con.fetch_one(
        f"""
        SELECT {_COLUMNS}, c.modo_asignacion
          {_FROM}
          JOIN configuracion c ON c.id = 1 AND {REPARTE}
         WHERE t.estado = 'pendiente' AND {LE_TOCA}
         ORDER BY t.prioridad DESC, t.id
         LIMIT 1
        """,
        {"ahora": ahora},
    )
    if row is None:
        return None
    values = tuple(row)  # type: ignore[arg-type,var-annotated]
    return values[-1], ticket_de(values[:-1])


async def select_destinos(con: Connection, ahora: int) -> list[tuple[int, str, str]]:
    """Whose each ticket is that waits for a rule: (id, negocio, barrio), highest priority, then oldest, first."""
    rows = await con.fetch_all(
        f"""
        SELECT t.id, t.negocio, t.cliente_barrio
          FROM tickets t
          JOIN configuracion c ON c.id = 1
         WHERE t.estado = 'pendiente' AND {LE_TOCA}
         ORDER BY t.prioridad DESC, t.id
        """,
        {"ahora": ahora},
    )
    return [(row["id"], row["negocio"], row["cliente_barrio"]) for row in rows]


async def select_columna(con: Connection, columna: int) -> list[Ticket]:
    """The open tickets of a repartidor, or of "Sin asignar" (0), in order."""
    rows = await con.fetch_all(
        f"{TICKET} WHERE COALESCE(t.repartidor_id, 0) = :columna AND t.cerrado_en IS NULL ORDER BY t.lugar",
        {"columna": columna},
    )
    return [ticket_de(row) for row in rows]


async def select_abiertos(con: Connection) -> list[Ticket]:
    """Every open ticket, column by column, each in its order."""
    rows = await con.fetch_all(
        f"{TICKET} WHERE t.cerrado_en IS NULL ORDER BY COALESCE(t.repartidor_id, 0), t.lugar", {}
    )
    return [ticket_de(row) for row in rows]


async def select_cerrados(con: Connection, ahora: int) -> list[Ticket]:
    """The newest closed tickets of the last 24 h, 200 at most."""
    rows = await con.fetch_all(
        f"{TICKET} WHERE t.cerrado_en > :desde ORDER BY t.cerrado_en DESC LIMIT {CLOSED_ON_BOARD}",
        {"desde": ahora - DIA},
    )
    return [ticket_de(row) for row in rows]


async def select_sin_resolver(con: Connection, desde: int) -> list[Ticket]:
    """Every delivery that failed since an instant, and that nobody tried again or put away; the newest first."""
    rows = await con.fetch_all(
        f"""
        {TICKET}
         WHERE t.estado = 'fallido' AND t.resuelto_en IS NULL AND t.cerrado_en > :desde
         ORDER BY t.cerrado_en DESC, t.id
        """,
        {"desde": desde},
    )
    return [ticket_de(row) for row in rows]
