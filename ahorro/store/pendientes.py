"""What waits for a person who works in the shop, counted."""
# ruff: noqa: S608  (SQL text is put together from this module's own words, never from values)

from ahorro.domain.pedido import PAGAN_ANTES
from ahorro.store.catalogo import ESTADOS
from ahorro.store.diferencias import TARDE
from belgrano.database.work import Connection

ABIERTOS = "estado IN ('pendiente', 'asignado', 'en_camino')"
ANTES = ", ".join(f"'{medio}'" for medio in PAGAN_ANTES)


async def select_pendientes(con: Connection, desde: int) -> dict[str, int]:
    """How much there is of each thing that somebody has to see to.

    `recibidos` (nobody packs them yet), `en_armado`, `de_hoy` (pedidos since `desde`, ms UTC), `por_pagar` (to be paid
    beforehand and not out yet), `poco_stock`, `sin_stock`, `arrepentimientos`, `apartados` (Ticketera refused them),
    `diferencias` (pedidos of which it did not take a later change), `sin_par` (not the same in Ticketera),
    `por_volver` (goods of what was not delivered), `comercios` (to be approved), `paquetes` (that could not leave and
    wait), `sin_tocar` (products that scheduled prices left alone, unread).
    """
    # What is open is said as the index of open pedidos has it: SQLite takes no other.
    row = await con.fetch_one(
        f"""
        SELECT (SELECT count(*) FROM pedidos
                 WHERE {ABIERTOS} AND estado <> 'en_camino' AND etapa = 'recibido') AS recibidos,
               (SELECT count(*) FROM pedidos
                 WHERE {ABIERTOS} AND estado <> 'en_camino' AND etapa = 'en_armado') AS en_armado,
               (SELECT count(*) FROM pedidos WHERE creado_en >= :desde) AS de_hoy,
               (SELECT count(*) FROM pedidos
                 WHERE {ABIERTOS} AND estado <> 'en_camino' AND etapa <> 'cancelado' AND metodo_pago IN ({ANTES})
                   AND pagado_centavos < total_centavos) AS por_pagar,
               (SELECT count(*) FROM productos p WHERE {ESTADOS["poco_stock"]}) AS poco_stock,
               (SELECT count(*) FROM productos p WHERE {ESTADOS["sin_stock"]}) AS sin_stock,
               (SELECT count(*) FROM arrepentimientos WHERE atendido_en IS NULL) AS arrepentimientos,
               (SELECT count(*) FROM outgoing o WHERE state = 'apartado' AND NOT ({TARDE})) AS apartados,
               (SELECT count(DISTINCT o.lane) FROM outgoing o WHERE {TARDE}) AS diferencias,
               (SELECT count(*) FROM sin_par) AS sin_par,
               (SELECT count(*) FROM pedidos WHERE estado = 'fallido' AND stock_devuelto_en IS NULL) AS por_volver,
               (SELECT count(*) FROM comercios WHERE aprobado_en IS NULL) AS comercios,
               (SELECT count(*) FROM paquetes WHERE activo AND ritmo_el IS NOT NULL) AS paquetes,
               (SELECT COALESCE(sum(por_ver), 0) FROM precio_programados WHERE por_ver > 0) AS sin_tocar
        """,
        {"desde": desde},
    )
    assert row is not None  # noqa: S101
    return {name: int(row[name]) for name in row.keys()}  # noqa: SIM118
