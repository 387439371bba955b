"""What was sold: sums over pedidos that are neither cancelled nor came back."""
# ruff: noqa: S608  (SQL text is put together from this module's own words, never from values)

from ahorro.domain.carrito import KILO
from ahorro.domain.ventas import DESFASE_MS, Ventas, VentasDe
from belgrano.database.work import Connection
from belgrano.words.times import DIA

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


async def select_ventas(con: Connection, desde: int, hasta: int) -> Ventas:
    """What was sold from an instant until just before another (ms UTC), by day, product and way to pay."""
    values = {"desde": desde, "hasta": hasta}
    dias = await con.fetch_all(
        f"""
        SELECT (p.creado_en - {DESFASE_MS}) / {DIA} AS clave, sum(p.total_centavos) AS vendido, count(*) AS cuantos
          FROM pedidos p
         WHERE {VENDIDOS}
         GROUP BY 1
         ORDER BY 1
        """,
        values,
    )
    medios = await con.fetch_all(
        f"""
        SELECT p.metodo_pago AS clave, sum(p.total_centavos) AS vendido, count(*) AS cuantos
          FROM pedidos p
         WHERE {VENDIDOS}
         GROUP BY 1
         ORDER BY 2 DESC, 1
        """,
        values,
    )
    productos = await con.fetch_all(
        f"""
        SELECT i.producto_id AS clave, max(i.nombre) AS nombre, sum({SUBTOTAL} - {REBAJADO}) AS vendido,
               sum(i.cantidad) AS cuantos, i.por_peso
          FROM pedidos p
          JOIN pedido_items i ON i.pedido_id = p.id
         WHERE {VENDIDOS}
         GROUP BY 1, i.por_peso
         ORDER BY 3 DESC, 1
         LIMIT {MAS_VENDIDOS}
        """,
        values,
    )
    return Ventas(
        vendido_centavos=sum(int(r["vendido"]) for r in dias),
        pedidos=sum(int(r["cuantos"]) for r in dias),
        por_dia=tuple(VentasDe(int(r["clave"]), "", int(r["vendido"]), int(r["cuantos"])) for r in dias),
        por_producto=tuple(
            VentasDe(int(r["clave"]), r["nombre"], int(r["vendido"]), int(r["cuantos"]), bool(r["por_peso"]))
            for r in productos
        ),
        por_medio=tuple(VentasDe(0, r["clave"], int(r["vendido"]), int(r["cuantos"])) for r in medios),
    )
