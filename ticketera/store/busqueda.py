"""Looking for tickets: by what they are, by words in them, by the time they came, a page at a time."""
# ruff: noqa: S608  (SQL text is put together from this module's own conditions, never from values)

import unicodedata
from dataclasses import dataclass
from typing import Any

from belgrano.database.work import Connection
from belgrano.words.telefono import formas
from belgrano.words.text import unaccented
from ticketera.domain.ticket import Ticket
from ticketera.store.tickets import TICKET, ticket_de

NUEVOS = 10_000


@dataclass(frozen=True, slots=True)
class Busqueda:
    """What tickets are looked for; None is any. `desde` and `hasta` (ms UTC, the end left out) are about `creado_en`.

    `q` is looked for in numero, name, address and phone.
    """

    estado: str | None = None
    repartidor_id: int | None = None
    negocio: str | None = None
    q: str | None = None
    desde: int | None = None
    hasta: int | None = None


async def select_tickets(
    con: Connection,
    busqueda: Busqueda,
    *,
    limite: int = 50,
    antes_de_id: int | None = None,
    despues_de_id: int | None = None,
) -> list[Ticket]:
    """Tickets, newest first: those older than `antes_de_id`, or the next newer ones after `despues_de_id`."""
    where, values = _condiciones(busqueda)
    up = despues_de_id is not None
    if despues_de_id is not None:
        where.append("t.id > :despues_de_id")
        values["despues_de_id"] = despues_de_id
    elif antes_de_id is not None:
        where.append("t.id < :antes_de_id")
        values["antes_de_id"] = antes_de_id
    filters = f"WHERE {' AND '.join(where)}" if where else ""
    order = "" if up else "DESC"
    rows = await con.fetch_all(f"{TICKET} {filters} ORDER BY t.id {order} LIMIT :limite", {**values, "limite": limite})
    found = [ticket_de(row) for row in rows]
    return found[::-1] if up else found


async def count_tickets(con: Connection, busqueda: Busqueda, hasta: int) -> int:
    """How many tickets match; whoever reads it is told of no more than `hasta`, so that nobody waits for the rest."""
    where, values = _condiciones(busqueda)
    filters = f"WHERE {' AND '.join(where)}" if where else ""
    some = f"SELECT 1 FROM tickets t {filters} LIMIT :hasta_cuantos"
    return int(await con.fetch_val(f"SELECT COUNT(*) FROM ({some}) AS hallados", {**values, "hasta_cuantos": hasta}))


async def select_negocios(con: Connection) -> list[str]:
    """Every negocio that one of the newest tickets was of: what is offered to choose from."""
    newest = "SELECT negocio FROM tickets ORDER BY id DESC LIMIT :cuantos"
    rows = await con.fetch_all(
        f"SELECT DISTINCT negocio FROM ({newest}) AS nuevos WHERE negocio <> '' ORDER BY negocio", {"cuantos": NUEVOS}
    )
    return [row["negocio"] for row in rows]


def _condiciones(busqueda: Busqueda) -> tuple[list[str], dict[str, Any]]:
    where: list[str] = []
    values: dict[str, Any] = {}
    for campo in ("estado", "repartidor_id", "negocio"):
        value = getattr(busqueda, campo)
        if value is not None:
            where.append(f"t.{campo} = :{campo}")
            values[campo] = value
    if busqueda.q and busqueda.q.strip():
        plain = unaccented(unicodedata.normalize("NFC", busqueda.q.strip()))
        plain = plain.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        # A number is found however it was written, and however it is asked for.
        ways = {f"q{place}": f"%{way}%" for place, way in enumerate([plain, *formas(busqueda.q)])}
        looks = [f"t.buscable LIKE :{name} ESCAPE '\\'" for name in ways]
        where.append(f"({' OR '.join(looks)})")
        values |= ways
    if busqueda.desde is not None:
        where.append("t.creado_en >= :desde")
        values["desde"] = busqueda.desde
    if busqueda.hasta is not None:
        where.append("t.creado_en < :hasta")
        values["hasta"] = busqueda.hasta
    return where, values
