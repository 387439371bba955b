"""Pictures of products: which there are, in their order, and the files of each, kept once for all products."""

from collections.abc import Sequence

from ahorro.domain.imagen import Imagen
from belgrano.database.work import Connection


async def select_imagenes(con: Connection, producto_ids: Sequence[int]) -> dict[int, tuple[Imagen, ...]]:
    """The pictures of each of these products that has any, the first one first."""
    rows = await con.fetch_all(
        f"""
        SELECT producto_id, id, huella, ancho, alto
          FROM imagenes
         WHERE producto_id IN ({", ".join(map(str, map(int, producto_ids))) or "NULL"})
         ORDER BY producto_id, orden, id
        """  # noqa: S608
    )
    found: dict[int, tuple[Imagen, ...]] = {}
    for r in rows:
        one = Imagen(r["id"], r["huella"], r["ancho"], r["alto"])
        found[r["producto_id"]] = (*found.get(r["producto_id"], ()), one)
    return found


async def insert_imagen(
    con: Connection, producto_id: int, orden: int, huella: str, ancho: int, alto: int, ahora: int
) -> None:
    """A picture of a product, at this place (from 0) among those it has."""
    await con.execute(
        """
        INSERT INTO imagenes (producto_id, orden, huella, ancho, alto, creada_en)
        VALUES (:producto_id, :orden, :huella, :ancho, :alto, :ahora)
        """,
        {
            "producto_id": producto_id,
            "orden": orden,
            "huella": huella,
            "ancho": ancho,
            "alto": alto,
            "ahora": ahora,
        },
    )


async def update_orden(con: Connection, imagen_id: int, orden: int) -> None:
    """Set the place (from 0) of a picture among those of its product."""
    await con.execute("UPDATE imagenes SET orden = :orden WHERE id = :id", {"orden": orden, "id": imagen_id})


async def delete_imagen(con: Connection, imagen_id: int) -> None:
    """Take a picture from its product."""
    await con.execute("DELETE FROM imagenes WHERE id = :id", {"id": imagen_id})


async def insert_archivo(con: Connection, huella: str, lado: int, formato: str, datos: bytes) -> None:
    """Keep one file of a picture, unless it is there already."""
    await con.execute(
        """
        INSERT INTO imagen_archivos (huella, lado, formato, datos)
        VALUES (:huella, :lado, :formato, :datos)
            ON CONFLICT (huella, lado, formato) DO NOTHING
        """,
        {"huella": huella, "lado": lado, "formato": formato, "datos": datos},
    )


async def select_archivo(con: Connection, huella: str, lado: int, formato: str) -> bytes | None:
    """One file of a picture."""
    row = await con.fetch_one(
        "SELECT datos FROM imagen_archivos WHERE huella = :huella AND lado = :lado AND formato = :formato",
        {"huella": huella, "lado": lado, "formato": formato},
    )
    return None if row is None else bytes(row["datos"])


async def delete_archivos_de_nadie(con: Connection, huella: str) -> None:
    """Forget the files of a picture that no product has any more."""
    await con.execute(
        """
        DELETE FROM imagen_archivos
         WHERE huella = :huella AND NOT EXISTS (SELECT 1 FROM imagenes i WHERE i.huella = :huella)
        """,
        {"huella": huella},
    )
