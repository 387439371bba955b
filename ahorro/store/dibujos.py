"""The drawings that came with the shop, of negocios, categorias and products; in which branches a product is sold."""

from collections.abc import Sequence

from belgrano.database.work import Connection


async def select_ids_por_clave(con: Connection) -> dict[str, int]:
    """The id of each product by its clave."""
    return {r["clave"]: r["id"] for r in await con.fetch_all("SELECT id, clave FROM productos")}


async def update_logo(con: Connection, negocio_id: int, logo: str, color: str) -> None:
    """The drawing of a negocio, a path below static/img, and its colour."""
    await con.execute(
        "UPDATE negocios SET logo = :logo, color = :color WHERE id = :id",
        {"id": negocio_id, "logo": logo, "color": color},
    )


async def update_icono(con: Connection, categoria_id: int, icono: str) -> None:
    """The drawing of a categoria, a path below static/img."""
    await con.execute("UPDATE categorias SET icono = :icono WHERE id = :id", {"id": categoria_id, "icono": icono})


async def update_dibujo(con: Connection, producto_id: int, imagen: str) -> None:
    """The drawing of a product, a path below static/img."""
    await con.execute("UPDATE productos SET imagen = :imagen WHERE id = :id", {"id": producto_id, "imagen": imagen})


async def replace_producto_sucursales(con: Connection, producto_id: int, sucursal_ids: Sequence[int]) -> None:
    """Say in which branches a product is sold; none at all means in every one of its negocio."""
    await con.execute("DELETE FROM producto_sucursales WHERE producto_id = :id", {"id": producto_id})
    for sucursal_id in sucursal_ids:
        await con.execute(
            "INSERT INTO producto_sucursales (producto_id, sucursal_id) VALUES (:producto_id, :sucursal_id)",
            {"producto_id": producto_id, "sucursal_id": sucursal_id},
        )
