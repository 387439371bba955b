"""What of a pedido that came from the earlier shop no other pedido begins with."""

from collections.abc import Collection

from belgrano.database.work import Connection


async def select_numeros(con: Connection, numeros: Collection[str]) -> set[str]:
    """Which of these numeros have a pedido."""
    if not numeros:
        return set()
    values = {f"n{n}": numero for n, numero in enumerate(numeros)}
    rows = await con.fetch_all(
        f"SELECT numero FROM pedidos WHERE numero IN ({', '.join(f':{name}' for name in values)})",  # noqa: S608
        values,
    )
    return {row["numero"] for row in rows}


async def update_traido(
    con: Connection,
    pedido_id: int,
    *,
    estado_en: int | None,
    repartidor_nombre: str | None,
    sin_ticket: bool,
    stock_devuelto_en: int | None,
) -> None:
    """How far a pedido had come, whether it may ever get a ticket, and that it took nothing from the shelves."""
    await con.execute(
        """
        UPDATE pedidos
           SET estado_en = CAST(:estado_en AS BIGINT), repartidor_nombre = CAST(:repartidor_nombre AS TEXT),
               sin_ticket = :sin_ticket, stock_devuelto_en = CAST(:stock_devuelto_en AS BIGINT)
         WHERE id = :id
        """,
        {
            "id": pedido_id,
            "estado_en": estado_en,
            "repartidor_nombre": repartidor_nombre,
            "sin_ticket": sin_ticket,
            "stock_devuelto_en": stock_devuelto_en,
        },
    )


async def cancel_sin_ticket(con: Connection, pedido_id: int, ahora: int) -> bool:
    """Close a pedido that Ticketera never heard of; False for any other, which Ticketera has to be asked about."""
    changed = await con.execute(
        """
        UPDATE pedidos
           SET estado = 'cancelado', estado_en = :ahora, stock_devuelto_en = :ahora,
               cambio = (SELECT max(cambio) + 1 FROM pedidos)
         WHERE id = :id AND sin_ticket AND estado <> 'cancelado'
        """,
        {"id": pedido_id, "ahora": ahora},
    )
    return bool(changed)
