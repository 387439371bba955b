"""What was sold: sums over pedidos that are neither cancelled nor came back."""
# ruff: noqa: S608  (SQL text is put together from this module's own words, never from values)

from ahorro.domain.carrito import KILO
from ahorro.domain.ventas import DESFASE_MS, Suma, Ventas, VentasDe
from belgrano.database.work import Connection
from belgrano.words.times import DIA, HORA

VENDIDOS = "p.creado_en >= :desde AND p.creado_en < :hasta AND p.estado NOT IN ('cancelado', 'fallido')"
MAS_VENDIDOS = 100
# What promotions and a coupon took off a line.
REBAJADO = """
    COALESCE((SELECT sum(d.monto_centavos) FROM pedido_descuentos d
               WHERE d.pedido_id = p.id AND d.producto_id = i.producto_id), 0)
"""
# As Renglon.subtotal_centavos has it.
SUBTOTAL = f"""
    CASE WHEN i.por_peso THEN (2 * i.precio_centavos * i.cantidad + {KILO}) / {2 * KILO}
         ELSE i.precio_centavos * i.cantidad END
"""
# What pedidos as a whole are summed by: the number of it, its name, and what is joined for it.
DIAS = (f"(p.creado_en - {DESFASE_MS}) / {DIA}", "''", "")
HORAS = (f"(p.creado_en - {DESFASE_MS}) / {HORA} % 24", "''", "")
MEDIOS = ("0", "p.metodo_pago", "")
ZONAS = ("0", "p.barrio", "")
COMERCIANTES = ("p.usuario_id", "c.nombre", "JOIN comercios c ON c.usuario_id = p.usuario_id")


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


async def select_vendido_por(
    con: Connection, que: tuple[str, str, str], desde: int, hasta: int, *, en_orden: bool = False
) -> tuple[VentasDe, ...]:
    """What was sold by one of the lists above, the most first, or `en_orden` of its number."""
    clave, nombre, junto = que
    rows = await con.fetch_all(
        f"""
        SELECT {clave} AS clave, {nombre} AS nombre, sum(p.total_centavos) AS vendido, count(*) AS cuantos
          FROM pedidos p
          {junto}
         WHERE {VENDIDOS}
         GROUP BY 1, 2
         ORDER BY {"1" if en_orden else "3 DESC, 2, 1"}
        """,
        {"desde": desde, "hasta": hasta},
    )
    return tuple(VentasDe(int(r["clave"]), r["nombre"], int(r["vendido"]), int(r["cuantos"])) for r in rows)


async def select_productos_vendidos(con: Connection, desde: int, hasta: int) -> tuple[tuple[VentasDe, ...], int]:
    """The best sold products, and what all others came to in centavos."""
    rows = await con.fetch_all(
        f"""
        SELECT t.*, sum(t.vendido) OVER () AS todo
          FROM (SELECT i.producto_id AS clave, max(i.nombre) AS nombre, sum({SUBTOTAL} - {REBAJADO}) AS vendido,
                       sum(i.cantidad) AS cuantos, i.por_peso
                  FROM pedidos p
                  JOIN pedido_items i ON i.pedido_id = p.id
                 WHERE {VENDIDOS}
                 GROUP BY i.producto_id, i.por_peso) t
         ORDER BY t.vendido DESC, t.clave
         LIMIT {MAS_VENDIDOS}
        """,
        {"desde": desde, "hasta": hasta},
    )
    vendidos = tuple(
        VentasDe(int(r["clave"]), r["nombre"], int(r["vendido"]), int(r["cuantos"]), bool(r["por_peso"])) for r in rows
    )
    return vendidos, int(rows[0]["todo"]) - sum(v.vendido_centavos for v in vendidos) if rows else 0


async def select_categorias_vendidas(con: Connection, desde: int, hasta: int) -> tuple[VentasDe, ...]:
    """What was sold by the categoria in which each product is now; `cuantos` are pedidos with something of it."""
    rows = await con.fetch_all(
        f"""
        SELECT c.id AS clave, c.nombre, sum({SUBTOTAL} - {REBAJADO}) AS vendido, count(DISTINCT p.id) AS cuantos
          FROM pedidos p
          JOIN pedido_items i ON i.pedido_id = p.id
          JOIN productos pr ON pr.id = i.producto_id
          JOIN categorias c ON c.id = pr.categoria_id
         WHERE {VENDIDOS}
         GROUP BY c.id, c.nombre
         ORDER BY 3 DESC, 1
        """,
        {"desde": desde, "hasta": hasta},
    )
    return tuple(VentasDe(int(r["clave"]), r["nombre"], int(r["vendido"]), int(r["cuantos"])) for r in rows)


async def select_ventas(con: Connection, desde: int, hasta: int) -> Ventas:
    """What was sold from an instant until just before another (ms UTC), in all and by each thing it is asked by."""
    productos, otros = await select_productos_vendidos(con, desde, hasta)
    return Ventas(
        suma=await select_suma(con, desde, hasta),
        por_dia=await select_vendido_por(con, DIAS, desde, hasta, en_orden=True),
        por_hora=await select_vendido_por(con, HORAS, desde, hasta, en_orden=True),
        por_producto=productos,
        otros_centavos=otros,
        por_categoria=await select_categorias_vendidas(con, desde, hasta),
        por_medio=await select_vendido_por(con, MEDIOS, desde, hasta),
        por_zona=await select_vendido_por(con, ZONAS, desde, hasta),
        por_comerciante=await select_vendido_por(con, COMERCIANTES, desde, hasta),
    )


async def select_agotados(con: Connection, limite: int = 50) -> list[VentasDe]:
    """What is on sale and there is none of, by name; nothing in its numbers."""
    rows = await con.fetch_all(
        "SELECT id, nombre FROM productos WHERE activo AND stock <= 0 ORDER BY buscado, id LIMIT :limite",
        {"limite": limite},
    )
    return [VentasDe(row["id"], row["nombre"], 0, 0) for row in rows]
