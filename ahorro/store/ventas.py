"""What was sold: sums over pedidos that are neither cancelled nor came back."""
# ruff: noqa: S608  (SQL text is put together from this module's own words, never from values)

from collections.abc import Iterable
from dataclasses import replace

from ahorro.domain.carrito import KILO
from ahorro.domain.ventas import DESFASE_MS, Suma, Ventas, VentasDe, sumadas
from ahorro.store.stock import VA
from belgrano.database.work import Connection
from belgrano.words.times import HORA

VENDIDOS = (
    "p.creado_en >= :desde AND p.creado_en < :hasta"
    " AND p.estado NOT IN ('cancelado', 'fallido') AND p.etapa <> 'cancelado'"
)
MAS_VENDIDOS = 100
# As Renglon.subtotal_centavos has it.
SUBTOTAL = f"""
    CASE WHEN i.por_peso THEN (2 * i.precio_centavos * {VA} + {KILO}) / {2 * KILO}
         ELSE i.precio_centavos * {VA} END
"""


async def select_suma(con: Connection, desde: int, hasta: int) -> Suma:
    """What was sold in all from an instant until just before another (ms UTC)."""
    row = await con.fetch_one(
        f"""
        SELECT COALESCE(sum(t.vendido), 0) AS vendido, COALESCE(sum(t.cuantos), 0) AS pedidos, count(*) AS clientes,
               COALESCE(sum(CASE WHEN EXISTS (SELECT 1 FROM pedidos a
                                               WHERE a.usuario_id = t.usuario_id AND a.creado_en < :desde
                                                 AND a.estado NOT IN ('cancelado', 'fallido'))
                                 THEN 0 ELSE 1 END), 0) AS nuevos
          FROM (SELECT p.usuario_id, sum(p.total_centavos) AS vendido, count(*) AS cuantos
                  FROM pedidos p
                 WHERE {VENDIDOS}
                 GROUP BY p.usuario_id) t
        """,
        {"desde": desde, "hasta": hasta},
    )
    assert row is not None  # noqa: S101
    return Suma(int(row["vendido"]), int(row["pedidos"]), int(row["clientes"]), int(row["nuevos"]))


async def select_horas_vendidas(con: Connection, desde: int, hasta: int) -> list[VentasDe]:
    """What was sold in each hour in which something was, in their order; `clave` counts hours of Buenos Aires."""
    rows = await con.fetch_all(
        f"""
        SELECT (p.creado_en - {DESFASE_MS}) / {HORA} AS clave, sum(p.total_centavos) AS vendido, count(*) AS cuantos
          FROM pedidos p
         WHERE {VENDIDOS}
         GROUP BY 1
         ORDER BY 1
        """,
        {"desde": desde, "hasta": hasta},
    )
    return [VentasDe(int(r["clave"]), "", int(r["vendido"]), int(r["cuantos"])) for r in rows]


async def select_medios_y_zonas(
    con: Connection, desde: int, hasta: int
) -> tuple[tuple[VentasDe, ...], tuple[VentasDe, ...]]:
    """What was sold by the way to pay, and by the barrio, each with the most first."""
    rows = await con.fetch_all(
        f"""
        SELECT p.metodo_pago, p.barrio, sum(p.total_centavos) AS vendido, count(*) AS cuantos
          FROM pedidos p
         WHERE {VENDIDOS}
         GROUP BY 1, 2
        """,
        {"desde": desde, "hasta": hasta},
    )
    medios, zonas = (
        [VentasDe(0, r[por], int(r["vendido"]), int(r["cuantos"])) for r in rows] for por in ("metodo_pago", "barrio")
    )
    return _las_mejores(sumadas(medios)), _las_mejores(sumadas(zonas))


def _las_mejores(ventas: Iterable[VentasDe]) -> tuple[VentasDe, ...]:
    return tuple(sorted(ventas, key=lambda v: (-v.vendido_centavos, v.nombre)))


async def select_comerciantes_vendidos(con: Connection, desde: int, hasta: int) -> tuple[VentasDe, ...]:
    """What those bought who buy for their business, the most first."""
    rows = await con.fetch_all(
        f"""
        SELECT p.usuario_id AS clave, c.nombre, sum(p.total_centavos) AS vendido, count(*) AS cuantos
          FROM pedidos p
          JOIN comercios c ON c.usuario_id = p.usuario_id
         WHERE {VENDIDOS}
         GROUP BY 1, 2
         ORDER BY 3 DESC, 2, 1
        """,
        {"desde": desde, "hasta": hasta},
    )
    return tuple(VentasDe(int(r["clave"]), r["nombre"], int(r["vendido"]), int(r["cuantos"])) for r in rows)


async def select_lo_vendido(
    con: Connection, desde: int, hasta: int
) -> tuple[tuple[VentasDe, ...], int, tuple[VentasDe, ...]]:
    """The best sold products, what all others came to in centavos, and the categorias in which products are now.

    Of a categoria, `cuantos` are pedidos with something of it. What promotions and a coupon took off is taken off.
    """
    values = {"desde": desde, "hasta": hasta}
    rows = await con.fetch_all(
        f"""
        WITH vendidos AS MATERIALIZED (
                SELECT i.producto_id, i.por_peso, sum({SUBTOTAL}) AS vendido, sum({VA}) AS cuantos
                  FROM pedidos p
                  JOIN pedido_items i ON i.pedido_id = p.id
                 WHERE {VENDIDOS}
                 GROUP BY 1, 2),
             rebajas AS MATERIALIZED (
                SELECT i.producto_id, i.por_peso, sum(d.monto_centavos) AS monto
                  FROM pedidos p
                  JOIN pedido_descuentos d ON d.pedido_id = p.id
                  JOIN pedido_items i ON i.pedido_id = d.pedido_id AND i.producto_id = d.producto_id
                 WHERE {VENDIDOS}
                 GROUP BY 1, 2),
             netos AS MATERIALIZED (
                SELECT v.producto_id, v.por_peso, v.vendido - COALESCE(r.monto, 0) AS vendido, v.cuantos
                  FROM vendidos v
                  LEFT JOIN rebajas r ON r.producto_id = v.producto_id AND r.por_peso = v.por_peso),
             mejores AS (SELECT * FROM netos ORDER BY vendido DESC, producto_id LIMIT {MAS_VENDIDOS})
        SELECT 1 AS que, m.producto_id AS clave, pr.nombre, m.por_peso, m.vendido, m.cuantos
          FROM mejores m
          JOIN productos pr ON pr.id = m.producto_id
         UNION ALL
        SELECT 2, c.id, c.nombre, FALSE, sum(n.vendido), 0
          FROM netos n
          JOIN productos pr ON pr.id = n.producto_id
          JOIN categorias c ON c.id = pr.categoria_id
         GROUP BY c.id, c.nombre
         ORDER BY 1, 5 DESC, 2
        """,
        values,
    )
    con_algo = {
        row["categoria_id"]: int(row["pedidos"])
        for row in await con.fetch_all(
            f"""
            SELECT pr.categoria_id, count(DISTINCT p.id) AS pedidos
              FROM pedidos p
              JOIN pedido_items i ON i.pedido_id = p.id
              JOIN productos pr ON pr.id = i.producto_id
             WHERE {VENDIDOS}
             GROUP BY 1
            """,
            values,
        )
    }
    productos = tuple(
        VentasDe(int(r["clave"]), r["nombre"], int(r["vendido"]), int(r["cuantos"]), bool(r["por_peso"]))
        for r in rows
        if r["que"] == 1
    )
    categorias = tuple(
        VentasDe(int(r["clave"]), r["nombre"], int(r["vendido"]), con_algo[r["clave"]]) for r in rows if r["que"] == 2
    )
    todo, de_estos = (sum(v.vendido_centavos for v in each) for each in (categorias, productos))
    return productos, todo - de_estos, categorias


async def select_ventas(con: Connection, desde: int, hasta: int) -> Ventas:
    """What was sold from an instant until just before another (ms UTC), in all and by each thing it is asked by."""
    productos, otros, categorias = await select_lo_vendido(con, desde, hasta)
    horas = await select_horas_vendidas(con, desde, hasta)
    medios, zonas = await select_medios_y_zonas(con, desde, hasta)
    return Ventas(
        suma=await select_suma(con, desde, hasta),
        por_dia=tuple(sumadas(replace(v, clave=v.clave // 24) for v in horas)),
        por_hora=tuple(sorted(sumadas(replace(v, clave=v.clave % 24) for v in horas), key=lambda v: v.clave)),
        por_producto=productos,
        otros_centavos=otros,
        por_categoria=categorias,
        por_medio=medios,
        por_zona=zonas,
        por_comerciante=await select_comerciantes_vendidos(con, desde, hasta),
        devuelto_centavos=await select_devuelto(con, desde, hasta),
    )


async def select_devuelto(con: Connection, desde: int, hasta: int) -> int:
    """What went back to customers of the pedidos of a time (ms UTC), in centavos."""
    return int(
        await con.fetch_val(
            """
            SELECT COALESCE(sum(l.monto_centavos), 0)
              FROM pedidos p
              JOIN pedido_libro l ON l.pedido_id = p.id
             WHERE p.creado_en >= :desde AND p.creado_en < :hasta AND l.que = 'devuelto'
            """,
            {"desde": desde, "hasta": hasta},
        )
    )


async def select_agotados(con: Connection, limite: int = 50) -> list[VentasDe]:
    """What is on sale and there is none of, by name; nothing in its numbers."""
    rows = await con.fetch_all(
        "SELECT id, nombre FROM productos WHERE activo AND stock <= 0 ORDER BY buscado, id LIMIT :limite",
        {"limite": limite},
    )
    return [VentasDe(row["id"], row["nombre"], 0, 0) for row in rows]
