"""The stock that pedidos take and give back, units or grams; a product whose stock nobody counts has none.

What was sold by the unit and is sold by weight since, or the other way round, is not given back: one is not the other.
"""

from belgrano.database.work import Connection, Row

VA = "COALESCE(i.armado, i.cantidad)"  # how much of a line the pedido has


async def take_stock(con: Connection, producto_id: int, cantidad: int) -> bool:
    """Lower the stock of a product that is counted; False when fewer are left."""
    changed = await con.execute(
        """
        UPDATE productos
           SET stock = stock - :cantidad
         WHERE id = :id AND stock >= :cantidad
        """,
        {"id": producto_id, "cantidad": cantidad},
    )
    return bool(changed)


async def give_stock(con: Connection, pedido_id: int) -> None:
    """Put what a pedido took back on the shelves, where it is counted."""
    await _move(con, pedido_id, "+")


async def take_stock_again(con: Connection, pedido_id: int) -> bool:
    """Take what a pedido gave back; False, and nothing is taken, when not all of it is there."""
    missing = await con.fetch_val(
        f"""
        SELECT count(*)
          FROM productos p
         WHERE p.stock < (SELECT sum({VA}) FROM pedido_items i
                           WHERE i.pedido_id = :pedido_id AND i.producto_id = p.id AND i.por_peso = p.por_peso)
        """,  # noqa: S608
        {"pedido_id": pedido_id},
    )
    if missing:
        return False
    await _move(con, pedido_id, "-")
    return True


async def _move(con: Connection, pedido_id: int, sign: str) -> None:
    await con.execute(
        f"""
        UPDATE productos
           SET stock = stock {sign} (SELECT sum({VA}) FROM pedido_items i
                                      WHERE i.pedido_id = :pedido_id AND i.producto_id = productos.id
                                        AND i.por_peso = productos.por_peso)
         WHERE stock IS NOT NULL
           AND EXISTS (SELECT 1 FROM pedido_items i
                        WHERE i.pedido_id = :pedido_id AND i.producto_id = productos.id
                          AND i.por_peso = productos.por_peso)
        """,  # noqa: S608  (plus or minus)
        {"pedido_id": pedido_id},
    )


async def update_devuelto(con: Connection, pedido_id: int, en: int | None) -> None:
    """Note when a pedido gave its stock back; None: it has it again."""
    await con.execute(
        "UPDATE pedidos SET stock_devuelto_en = CAST(:en AS BIGINT) WHERE id = :id", {"en": en, "id": pedido_id}
    )


async def select_por_volver(con: Connection, limite: int = 100) -> list[Row]:
    """The failed pedidos whose goods are not back on the shelf, the oldest first."""
    rows: list[Row] = await con.fetch_all(
        """
        SELECT numero, cliente_nombre, total_centavos, motivo, estado_en
          FROM pedidos
         WHERE estado = 'fallido' AND stock_devuelto_en IS NULL
         ORDER BY estado_en, id
         LIMIT CAST(:limite AS BIGINT)
        """,
        {"limite": limite},
    )
    return rows
