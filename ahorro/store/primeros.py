"""How far a new shop has come."""

from belgrano.database.work import Connection


async def select_primeros(con: Connection) -> dict[str, bool]:
    """What is there already.

    `configuracion` (something was said of the shop itself), `negocios`, `categorias`, `productos` (on sale), `pedidos`,
    `personal` (a second one).
    """
    row = await con.fetch_one(
        """
        SELECT EXISTS (SELECT 1 FROM configuracion) AS configuracion,
               EXISTS (SELECT 1 FROM negocios) AS negocios,
               EXISTS (SELECT 1 FROM categorias) AS categorias,
               EXISTS (SELECT 1 FROM productos WHERE activo) AS productos,
               (SELECT count(*) FROM usuarios WHERE rol NOT IN ('cliente', 'comerciante') AND activo) > 1 AS personal,
               EXISTS (SELECT 1 FROM pedidos) AS pedidos
        """
    )
    assert row is not None  # noqa: S101
    return {name: bool(row[name]) for name in row.keys()}  # noqa: SIM118
