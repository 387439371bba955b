"""How far a new shop has come."""

from belgrano.database.work import Connection


async def select_primeros(con: Connection) -> dict[str, bool]:
    """What is there already: negocios, categorias, productos (on sale), personal (a second one), pedidos."""
    row = await con.fetch_one(
        """
        SELECT EXISTS (SELECT 1 FROM negocios) AS negocios,
               EXISTS (SELECT 1 FROM categorias) AS categorias,
               EXISTS (SELECT 1 FROM productos WHERE activo) AS productos,
               (SELECT count(*) FROM usuarios WHERE rol NOT IN ('cliente', 'comerciante') AND activo) > 1 AS personal,
               EXISTS (SELECT 1 FROM pedidos) AS pedidos
        """
    )
    assert row is not None  # noqa: S101
    return {name: bool(row[name]) for name in row.keys()}  # noqa: SIM118
