"""Filling the shelves: make or renew what is sold, each by its clave. For demo data and imports."""

from collections.abc import Sequence

from ahorro.domain.catalogo import IVA_GENERAL
from belgrano.database.work import Connection
from belgrano.words.text import folded


async def upsert_negocio(
    con: Connection, *, clave: str, nombre: str, descripcion: str, logo: str | None, color: str | None, orden: int
) -> int:
    """Make or renew the negocio with this clave; its id."""
    row = await con.fetch_one(
        """
        INSERT INTO negocios (clave, nombre, descripcion, logo, color, orden)
        VALUES (:clave, :nombre, :descripcion, :logo, :color, :orden)
            ON CONFLICT (clave) DO UPDATE
           SET nombre = excluded.nombre, descripcion = excluded.descripcion, logo = excluded.logo,
               color = excluded.color, orden = excluded.orden
        RETURNING id
        """,
        {
            "clave": clave,
            "nombre": nombre,
            "descripcion": descripcion,
            "logo": logo,
            "color": color,
            "orden": orden,
        },
    )
    assert row is not None  # noqa: S101
    return int(row["id"])


async def upsert_sucursal(
    con: Connection,
    *,
    negocio_id: int,
    clave: str,
    nombre: str,
    direccion: str,
    telefono: str,
    horarios: str,
    orden: int,
) -> int:
    """Make or renew the branch with this clave; its id."""
    row = await con.fetch_one(
        """
        INSERT INTO sucursales (negocio_id, clave, nombre, direccion, telefono, horarios, orden)
        VALUES (:negocio_id, :clave, :nombre, :direccion, :telefono, :horarios, :orden)
            ON CONFLICT (clave) DO UPDATE
           SET negocio_id = excluded.negocio_id, nombre = excluded.nombre, direccion = excluded.direccion,
               telefono = excluded.telefono, horarios = excluded.horarios, orden = excluded.orden
        RETURNING id
        """,
        {
            "negocio_id": negocio_id,
            "clave": clave,
            "nombre": nombre,
            "direccion": direccion,
            "telefono": telefono,
            "horarios": horarios,
            "orden": orden,
        },
    )
    assert row is not None  # noqa: S101
    return int(row["id"])


async def upsert_categoria(
    con: Connection, *, clave: str, nombre: str, descripcion: str, icono: str | None, orden: int
) -> int:
    """Make or renew the shelf with this clave; its id."""
    row = await con.fetch_one(
        """
        INSERT INTO categorias (clave, nombre, descripcion, icono, orden)
        VALUES (:clave, :nombre, :descripcion, :icono, :orden)
            ON CONFLICT (clave) DO UPDATE
           SET nombre = excluded.nombre, descripcion = excluded.descripcion, icono = excluded.icono,
               orden = excluded.orden
        RETURNING id
        """,
        {"clave": clave, "nombre": nombre, "descripcion": descripcion, "icono": icono, "orden": orden},
    )
    assert row is not None  # noqa: S101
    return int(row["id"])


async def upsert_producto(
    con: Connection,
    *,
    clave: str,
    nombre: str,
    negocio_id: int,
    categoria_id: int,
    precio_centavos: int,
    oferta_centavos: int | None = None,
    descripcion: str = "",
    unidad: str | None = None,
    contenido: int | None = None,
    medida: str | None = None,
    stock: int | None = None,
    imagen: str | None = None,
    destacado: bool = False,
    activo: bool = True,
    iva_por_mil: int = IVA_GENERAL,
) -> int:
    """Make or renew the product with this clave; its id."""
    row = await con.fetch_one(
        """
        INSERT INTO productos (clave, nombre, buscado, descripcion, unidad, contenido, medida, precio_centavos,
                               oferta_centavos, stock, imagen, destacado, activo, negocio_id, categoria_id, iva_por_mil)
        VALUES (:clave, :nombre, :buscado, :descripcion, :unidad, :contenido, :medida, :precio_centavos,
                :oferta_centavos, :stock, :imagen, :destacado, :activo, :negocio_id, :categoria_id, :iva_por_mil)
            ON CONFLICT (clave) DO UPDATE
           SET nombre = excluded.nombre, buscado = excluded.buscado, descripcion = excluded.descripcion,
               unidad = excluded.unidad, contenido = excluded.contenido, medida = excluded.medida,
               precio_centavos = excluded.precio_centavos, oferta_centavos = excluded.oferta_centavos,
               stock = excluded.stock, imagen = excluded.imagen, destacado = excluded.destacado,
               activo = excluded.activo, negocio_id = excluded.negocio_id, categoria_id = excluded.categoria_id,
               iva_por_mil = excluded.iva_por_mil
        RETURNING id
        """,
        {
            "clave": clave,
            "nombre": nombre,
            "buscado": folded(nombre),
            "descripcion": descripcion,
            "unidad": unidad,
            "contenido": contenido,
            "medida": medida,
            "precio_centavos": precio_centavos,
            "oferta_centavos": oferta_centavos,
            "stock": stock,
            "imagen": imagen,
            "destacado": destacado,
            "activo": activo,
            "negocio_id": negocio_id,
            "categoria_id": categoria_id,
            "iva_por_mil": iva_por_mil,
        },
    )
    assert row is not None  # noqa: S101
    return int(row["id"])


async def replace_producto_sucursales(con: Connection, producto_id: int, sucursal_ids: Sequence[int]) -> None:
    """Say in which branches a product is sold; none at all means in every one of its negocio."""
    await con.execute("DELETE FROM producto_sucursales WHERE producto_id = :id", {"id": producto_id})
    for sucursal_id in sucursal_ids:
        await con.execute(
            "INSERT INTO producto_sucursales (producto_id, sucursal_id) VALUES (:producto_id, :sucursal_id)",
            {"producto_id": producto_id, "sucursal_id": sucursal_id},
        )


async def select_ids_por_clave(con: Connection) -> dict[str, int]:
    """The id of each product by its clave."""
    return {r["clave"]: r["id"] for r in await con.fetch_all("SELECT id, clave FROM productos")}
