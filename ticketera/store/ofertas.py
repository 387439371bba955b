"""Open offers: what a free phone may know of tickets that are nobody's, and who took one."""
# ruff: noqa: S608  (SQL text is put together from the names of modes, never from values)

from belgrano.database.running import AT
from belgrano.database.work import Connection
from ticketera.domain.ticket import Ticket
from ticketera.store.modos import OFRECE
from ticketera.store.tickets import LE_TOCA, TICKET, ticket_de
from ticketera.store.usuarios import con_lugar

AT_MOST = 50
CON_LUGAR = con_lugar("yo")


async def select_ofertas(con: Connection, repartidor_id: int, ahora: int) -> list[Ticket]:
    """What is offered to a repartidor now, highest priority, then oldest, first.

    Only in a mode that offers, to whoever is active, in turno and below the cap; never what a person set apart lately,
    or what is not due.
    """
    rows = await con.fetch_all(
        f"""
        {TICKET}
          JOIN configuracion c ON c.id = 1 AND {OFRECE}
          JOIN usuarios yo ON yo.id = :repartidor_id
         WHERE t.estado = 'pendiente' AND {LE_TOCA}
           AND yo.rol = 'repartidor' AND yo.activo AND yo.en_turno AND {CON_LUGAR}
         ORDER BY t.prioridad DESC, t.id
         LIMIT {AT_MOST}
        """,
        {"repartidor_id": repartidor_id, "ahora": ahora},
    )
    return [ticket_de(row) for row in rows]


async def select_ofrecidos(con: Connection, ahora: int) -> str:
    """What is offered to all who are free, as a text that is another when anything of it changes; empty: nothing."""
    rows = await con.fetch_all(
        f"""
        SELECT t.id, t.version
          FROM tickets t
          JOIN configuracion c ON c.id = 1 AND {OFRECE}
         WHERE t.estado = 'pendiente' AND {LE_TOCA}
         ORDER BY t.id
        """,
        {"ahora": ahora},
    )
    return " ".join(f"{row['id']}:{row['version']}" for row in rows)


async def select_tomado(con: Connection, ticket_id: int, desde: int) -> tuple[int, str] | None:
    """Who took an offer last, since an instant: id and name."""
    row = await con.fetch_one(
        """
        SELECT quien_id, quien_nombre
          FROM cambios
         WHERE ticket_id = :ticket_id AND que = 'tomado' AND en > :desde
         ORDER BY id DESC
         LIMIT 1
        """,
        {"ticket_id": ticket_id, "desde": desde},
    )
    return None if row is None else (row["quien_id"], row["quien_nombre"])


async def select_tomadas(con: Connection, repartidor_id: int, desde: int) -> list[tuple[int, str]]:
    """The offers that others took since an instant and have now: ticket id and name. For who is in turno only."""
    rows = await con.fetch_all(
        f"""
        SELECT t.id, k.quien_nombre
          FROM tickets t
          JOIN cambios k ON k.ticket_id = t.id AND k.que = 'tomado' AND k.en = t.asignado_en
          JOIN configuracion c ON c.id = 1 AND {OFRECE}
          JOIN usuarios yo ON yo.id = :repartidor_id AND yo.activo AND yo.en_turno
         WHERE t.cerrado_en IS NULL AND t.repartidor_id <> yo.id AND t.asignado_en > :desde
         ORDER BY t.id
        """,
        {"repartidor_id": repartidor_id, "desde": desde},
    )
    return [(row["id"], row["quien_nombre"]) for row in rows]


async def exists_vuelta(con: Connection, hace: int, ahora: int) -> bool:
    """Whether a person's wish to leave a ticket alone ended in the last `hace` ms, or a ticket fell due."""
    return (
        await con.fetch_val(
            f"""
            SELECT 1
              FROM tickets t
              JOIN configuracion c ON c.id = 1 AND {OFRECE}
             WHERE t.estado = 'pendiente'
               AND ({AT} - c.minutos_respeto * 60000 - t.apartado_en
                      BETWEEN 0 AND CAST(:hace AS BIGINT)
                    OR CAST(:ahora AS BIGINT) + c.minutos_antes * CAST(60000 AS BIGINT) - t.franja_desde
                      BETWEEN 0 AND CAST(:hace AS BIGINT))
             LIMIT 1
            """,
            {"hace": hace, "ahora": ahora},
        )
        is not None
    )
