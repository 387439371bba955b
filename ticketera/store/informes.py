"""Reports, counted in SQL over one index (tickets_cerrados), which holds all that they read.

Percentiles are exact: the row of the nearest rank, in the order of the index of that stretch. Whatever the number of
tickets, what leaves the database is a row per repartidor, state and reason, and one number per percentile.
"""
# ruff: noqa: S608  (SQL text is put together from the domain's own column names, never from values)

from typing import Any

from belgrano.database.work import Connection
from ticketera.domain.informe import PERCENTILES, SERIES, SOLO_ENTREGADOS, Grupo, Recorte, Rendido, puesto
from ticketera.store.caja import MEDIO

_CASH = f"{MEDIO} = 'efectivo'"


async def select_grupos(con: Connection, recorte: Recorte) -> list[Grupo]:
    """The closed tickets, counted by repartidor, state and reason; money in centavos."""
    where, values = _donde(recorte)
    rows = await con.fetch_all(
        f"""
        SELECT repartidor_id, estado, motivo,
               COUNT(*) AS cuantos,
               COUNT(franja_hasta) AS con_franja,
               COUNT(CASE WHEN cerrado_en <= franja_hasta THEN 1 END) AS a_tiempo,
               CAST(COALESCE(SUM(CASE WHEN {_CASH} THEN cobrado END), 0) AS BIGINT) AS efectivo,
               CAST(COALESCE(SUM(CASE WHEN {_CASH} THEN 0 ELSE cobrado END), 0) AS BIGINT) AS otros_medios
          FROM tickets
         WHERE {where}
         GROUP BY repartidor_id, estado, motivo
        """,
        values,
    )
    return [Grupo(**dict(row)) for row in rows]


async def select_rendidos(con: Connection, recorte: Recorte) -> list[Rendido]:
    """What was handed in between the same instants, by repartidor."""
    who = "" if recorte.repartidor_id is None else "AND repartidor_id = :repartidor_id"
    values: dict[str, Any] = {"desde": recorte.desde, "hasta": recorte.hasta}
    if who:
        values["repartidor_id"] = recorte.repartidor_id
    rows = await con.fetch_all(
        f"""
        SELECT repartidor_id, CAST(SUM(contado) AS BIGINT) AS rendido,
               CAST(SUM(contado - esperado) AS BIGINT) AS diferencia
          FROM rendiciones
         WHERE en >= :desde AND en < :hasta {who}
         GROUP BY repartidor_id
        """,
        values,
    )
    return [Rendido(**dict(row)) for row in rows]


async def select_negocios_cerrados(con: Connection, recorte: Recorte) -> list[str]:
    """The negocios of these tickets."""
    where, values = _donde(Recorte(recorte.desde, recorte.hasta))
    rows = await con.fetch_all(
        f"SELECT DISTINCT negocio FROM tickets WHERE {where} AND negocio <> '' ORDER BY negocio", values
    )
    return [row["negocio"] for row in rows]


async def select_medida(
    con: Connection, recorte: Recorte, serie: str, percentiles: tuple[int, ...] = PERCENTILES
) -> tuple[int, dict[int, int]]:
    """How many tickets have this stretch (SERIES), and its percentiles in ms, none where there is no ticket."""
    desde, hasta = SERIES[serie]
    where, values = _donde(recorte)
    where += f" AND {hasta} >= {desde}"  # not where one is missing, nor over a clock that was set back
    if serie in SOLO_ENTREGADOS:
        where += " AND estado = 'entregado'"
    cuantos = int(await con.fetch_val(f"SELECT COUNT(*) FROM tickets WHERE {where}", values))
    found = {}
    for percentil in percentiles if cuantos else ():
        ahead = puesto(cuantos, percentil) - 1
        behind = cuantos - 1 - ahead
        # From the nearer end: a database keeps as many rows as it has to pass over.
        order, salto = ("ASC", ahead) if ahead <= behind else ("DESC", behind)
        found[percentil] = int(
            await con.fetch_val(
                f"""
                SELECT {hasta} - {desde} AS ms FROM tickets WHERE {where} ORDER BY ms {order} LIMIT 1 OFFSET :salto
                """,
                {**values, "salto": salto},
            )
        )
    return cuantos, found


def _donde(recorte: Recorte) -> tuple[str, dict[str, Any]]:
    where = ["cerrado_en >= :desde AND cerrado_en < :hasta"]
    values: dict[str, Any] = {"desde": recorte.desde, "hasta": recorte.hasta}
    for campo in ("repartidor_id", "negocio", "estado"):
        value = getattr(recorte, campo)
        if value is not None:
            where.append(f"{campo} = :{campo}")
            values[campo] = value
    return " AND ".join(where), values
