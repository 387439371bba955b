"""The money in the street: what each repartidor collected and did not hand in yet, and what was handed in."""
# ruff: noqa: S608  (SQL text is put together from this module's own fragments, never from values)

from typing import Any

from belgrano.database.work import Connection
from belgrano.words.times import comienzo_del_dia
from ticketera.domain.caja import Caja, Cobro, Rendicion

# SQL of a ticket's own columns. Older programs say how much was collected and not how: that is cash.
MEDIO = "COALESCE(medio, 'efectivo')"
POR_RENDIR = "cobrado IS NOT NULL AND rendicion_id IS NULL"  # what the index tickets_por_rendir holds
_COBROS = f"""
    SELECT id AS ticket_id, numero, cobrado AS monto, {MEDIO} AS medio, cerrado_en AS en, 0 AS corrige
      FROM tickets
     WHERE repartidor_id = :repartidor_id AND {POR_RENDIR} AND cobrado <> 0
    UNION ALL
    SELECT c.ticket_id, t.numero, -c.monto, c.medio, c.en, 1
      FROM contraasientos c
      JOIN tickets t ON t.id = c.ticket_id
     WHERE c.repartidor_id = :repartidor_id AND c.rendicion_id IS NULL
     ORDER BY en, ticket_id, corrige
"""
_RENDICIONES = """
    SELECT r.id, r.clave, r.repartidor_id, u.nombre AS repartidor_nombre, r.esperado, r.contado, r.nota, r.por_id,
           a.nombre AS por_nombre, r.en
      FROM rendiciones r
      JOIN usuarios u ON u.id = r.repartidor_id
      JOIN usuarios a ON a.id = r.por_id
"""


async def select_caja(con: Connection, repartidor_id: int, ahora: int) -> Caja:
    """What a repartidor has to account for at `ahora` (ms UTC)."""
    values = {"repartidor_id": repartidor_id}
    rows = await con.fetch_all(_COBROS, values)
    return Caja(
        repartidor_id,
        int(await con.fetch_val("SELECT fondo FROM usuarios WHERE id = :repartidor_id", values) or 0),
        [Cobro(**{**dict(row), "corrige": bool(row["corrige"])}) for row in rows],
        await select_rendido(con, repartidor_id, comienzo_del_dia(ahora)),
        await select_en_conflicto(con, repartidor_id),
    )


async def select_rendido(con: Connection, repartidor_id: int, desde: int) -> int:
    """What a repartidor handed in since an instant, in centavos."""
    return int(
        await con.fetch_val(
            """
            SELECT COALESCE(CAST(SUM(contado) AS BIGINT), 0)
              FROM rendiciones
             WHERE repartidor_id = :repartidor_id AND en >= :desde
            """,
            {"repartidor_id": repartidor_id, "desde": desde},
        )
    )


async def select_en_conflicto(con: Connection, repartidor_id: int) -> int:
    """What a repartidor collected for tickets that wait for a decision, in centavos, unless it is in the caja since."""
    return int(
        await con.fetch_val(
            """
            SELECT COALESCE(CAST(SUM(c.cobrado) AS BIGINT), 0)
              FROM conflictos c
              JOIN tickets t ON t.id = c.ticket_id
             WHERE c.decision IS NULL AND c.repartidor_id = :repartidor_id
               AND NOT (t.estado = 'entregado' AND t.repartidor_id = c.repartidor_id AND t.cobrado IS NOT NULL)
            """,
            {"repartidor_id": repartidor_id},
        )
    )


async def insert_rendicion(
    con: Connection, *, clave: str, repartidor_id: int, esperado: int, contado: int, nota: str, por_id: int, ahora: int
) -> int:
    """Keep a handing in; its id."""
    return int(
        await con.fetch_val(
            """
            INSERT INTO rendiciones (repartidor_id, clave, esperado, contado, nota, por_id, en)
            VALUES (:repartidor_id, :clave, :esperado, :contado, :nota, :por_id, :ahora)
            RETURNING id
            """,
            {
                "clave": clave,
                "repartidor_id": repartidor_id,
                "esperado": esperado,
                "contado": contado,
                "nota": nota,
                "por_id": por_id,
                "ahora": ahora,
            },
        )
    )


async def update_rendidos(con: Connection, repartidor_id: int, rendicion_id: int) -> int:
    """Close the tickets that are in a caja into a rendición; how many."""
    return await con.execute(
        f"""
        UPDATE tickets SET rendicion_id = :rendicion_id
         WHERE repartidor_id = :repartidor_id AND {POR_RENDIR}
        """,
        {"repartidor_id": repartidor_id, "rendicion_id": rendicion_id},
    )


async def update_contraasientos(con: Connection, repartidor_id: int, rendicion_id: int) -> int:
    """Close the corrections that are in a caja into a rendición; how many."""
    return await con.execute(
        """
        UPDATE contraasientos SET rendicion_id = :rendicion_id
         WHERE repartidor_id = :repartidor_id AND rendicion_id IS NULL
        """,
        {"repartidor_id": repartidor_id, "rendicion_id": rendicion_id},
    )


async def insert_contraasiento(
    con: Connection, *, repartidor_id: int, ticket_id: int, monto: int, medio: str, ahora: int
) -> None:
    """Give an amount that was handed in back to whoever handed it in."""
    await con.execute(
        """
        INSERT INTO contraasientos (repartidor_id, ticket_id, monto, medio, en)
        VALUES (:repartidor_id, :ticket_id, :monto, :medio, :ahora)
        """,
        {"repartidor_id": repartidor_id, "ticket_id": ticket_id, "monto": monto, "medio": medio, "ahora": ahora},
    )


async def clear_rendicion(con: Connection, ticket_id: int) -> None:
    """Take a ticket out of the rendición that closed it."""
    await con.execute("UPDATE tickets SET rendicion_id = NULL WHERE id = :id", {"id": ticket_id})


async def select_rendicion(con: Connection, clave: str) -> Rendicion | None:
    """The rendición of this clave."""
    row = await con.fetch_one(f"{_RENDICIONES} WHERE r.clave = :clave", {"clave": clave})
    return None if row is None else Rendicion(**dict(row))


async def select_rendiciones(
    con: Connection, repartidor_id: int | None = None, antes_de_id: int | None = None, limite: int = 50
) -> list[Rendicion]:
    """The newest rendiciones, maybe of one repartidor, maybe older than one."""
    where: list[str] = ["TRUE"]
    values: dict[str, Any] = {"limite": limite}
    if repartidor_id is not None:
        where.append("r.repartidor_id = :repartidor_id")
        values["repartidor_id"] = repartidor_id
    if antes_de_id is not None:
        where.append("r.id < :antes_de_id")
        values["antes_de_id"] = antes_de_id
    rows = await con.fetch_all(f"{_RENDICIONES} WHERE {' AND '.join(where)} ORDER BY r.id DESC LIMIT :limite", values)
    return [Rendicion(**dict(row)) for row in rows]
