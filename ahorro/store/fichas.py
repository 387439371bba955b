"""Products as their owner writes them: new ones, and changes from a version on."""
# ruff: noqa: S608  (SQL text is put together from this module's own column names, never from values)

import json
from collections.abc import Mapping, Sequence

from ahorro.domain.auditoria import Quien
from ahorro.store.catalogo import el_de
from ahorro.store.palabras import delete_palabras, insert_palabras
from belgrano.database.work import Connection
from belgrano.words.text import folded

# Whether the offer runs at :ahora, for those that have dates.
RIGE = "(COALESCE(oferta_desde, :ahora) <= :ahora AND (oferta_hasta IS NULL OR :ahora < oferta_hasta))"
CON_FECHAS = "(oferta_desde IS NOT NULL OR oferta_hasta IS NOT NULL)"  # as the index of these has it
# PostgreSQL cannot tell the type of a parameter that is NULL.
_AS = {
    **dict.fromkeys(("contenido", "stock", "stock_minimo", "costo_centavos", "oferta_centavos"), "BIGINT"),
    **dict.fromkeys(("oferta_desde", "oferta_hasta"), "BIGINT"),
}


def _value(column: str) -> str:
    return f"CAST(:{column} AS {_AS[column]})" if column in _AS else f":{column}"


def _values(campos: Mapping[str, object]) -> dict[str, object]:
    derived = {"buscado": folded(str(campos["nombre"]))} if "nombre" in campos else {}
    return {**campos, **derived}


async def insert_ficha(con: Connection, ficha: Mapping[str, object], ahora: int) -> int:
    """A new product, with all of CAMPOS; its id."""
    values = _values(ficha)
    row = await con.fetch_one(
        f"INSERT INTO productos ({', '.join(values)}) VALUES ({', '.join(map(_value, values))}) RETURNING id", values
    )
    assert row is not None  # noqa: S101
    await insert_palabras(con, row["id"], str(values["buscado"]))
    await update_rige(con, ahora, row["id"])
    return int(row["id"])


async def update_ficha(con: Connection, producto_id: int, cambios: Mapping[str, object], ahora: int) -> None:
    """Write some of CAMPOS, and count the version on."""
    values = _values(cambios)
    sets = ", ".join(f"{column} = {_value(column)}" for column in values)
    await con.execute(
        f"UPDATE productos SET {sets}, version = version + 1 WHERE id = :id", {**values, "id": producto_id}
    )
    if "buscado" in values:
        await delete_palabras(con, producto_id)
        await insert_palabras(con, producto_id, str(values["buscado"]))
    await update_rige(con, ahora, producto_id)


async def update_version(con: Connection, producto_id: int) -> None:
    """Count the version on, where what changed is not in a column of the product."""
    await con.execute("UPDATE productos SET version = version + 1 WHERE id = :id", {"id": producto_id})


async def update_rige(con: Connection, ahora: int, producto_id: int | None = None) -> None:
    """Let offers run, or end, as their dates say at an instant (ms UTC); of all products, or of one."""
    which, values = ("id = :id", {"id": producto_id}) if producto_id is not None else (CON_FECHAS, {})
    await con.execute(
        f"UPDATE productos SET oferta_rige = {RIGE} WHERE {which} AND oferta_rige <> {RIGE}",
        {"ahora": ahora, **values},
    )


async def count_por_girar(con: Connection, ahora: int) -> int:
    """How many offers should run at an instant (ms UTC) and do not, or the other way round."""
    return int(
        await con.fetch_val(
            f"SELECT count(*) FROM productos WHERE {CON_FECHAS} AND oferta_rige <> {RIGE}", {"ahora": ahora}
        )
    )


async def select_clave_libre(con: Connection, clave: str, table: str = "productos") -> str:
    """This name in addresses, or the first of `clave-2`, `clave-3` … that nothing in `table` has."""
    if await con.fetch_val(f"SELECT count(*) FROM {table} WHERE clave = :clave", {"clave": clave}) == 0:
        return clave  # by the index; what follows reads the whole table
    rows = await con.fetch_all(
        f"SELECT clave FROM {table} WHERE clave = :clave OR clave LIKE :mas ESCAPE '\\'",
        {"clave": clave, "mas": clave.replace("_", "\\_") + "-%"},
    )
    taken = {row["clave"] for row in rows}
    free = (each for n in range(2, len(taken) + 3) if (each := f"{clave}-{n}") not in taken)
    return next(free)


async def select_con_codigo(con: Connection, codigo: str, negocio_id: int, menos: int) -> str | None:
    """The name of a product of a negocio that has this bar code, other than the one with the id `menos`."""
    return await con.fetch_val(  # type: ignore[no-any-return]
        """
        SELECT nombre FROM productos
         WHERE codigo_barras = :codigo AND negocio_id = :negocio_id AND id <> :menos
         ORDER BY id LIMIT 1
        """,
        {"codigo": codigo, "negocio_id": negocio_id, "menos": menos},
    )


async def exists_nombre(con: Connection, nombre: str, negocio_id: int) -> bool:
    """Whether a product of a negocio has exactly this name."""
    query = "SELECT count(*) FROM productos WHERE buscado = :buscado AND nombre = :nombre AND negocio_id = :negocio_id"
    values = {"buscado": folded(nombre), "nombre": nombre, "negocio_id": negocio_id}
    return bool(await con.fetch_val(query, values))


async def select_id_de(con: Connection, table: str, cual: str) -> int | None:
    """The id of what is filed in `negocios` or `categorias` under this id, clave or name, in this order.

    A name is found as people write it, too: `ALMACEN` is `Almacén`.
    """
    assert table in {"negocios", "categorias"}  # noqa: S101
    found = await con.fetch_val(el_de(table, ":cual"), {"cual": cual})
    if found is None:
        rows = await con.fetch_all(f"SELECT id, nombre FROM {table} ORDER BY id")
        found = next((row["id"] for row in rows if folded(row["nombre"]) == folded(cual)), None)
    return found  # type: ignore[no-any-return]


async def insert_precio_cambios(
    con: Connection, quien: Quien, cambios: Sequence[tuple[int, int | None, int]], ahora: int, lote: str | None = None
) -> None:
    """Note what products cost before and after: (producto_id, centavos or None where it is new, centavos)."""
    if cambios:
        await con.execute(
            """
            INSERT INTO precio_cambios
                   (producto_id, en, quien_id, quien_nombre, lote, antes_centavos, despues_centavos)
            SELECT CAST(value->>0 AS BIGINT), CAST(:en AS BIGINT), CAST(:quien_id AS BIGINT),
                   CAST(:quien_nombre AS TEXT), CAST(:lote AS TEXT), CAST(value->>1 AS BIGINT),
                   CAST(value->>2 AS BIGINT)
              FROM json_each(:filas)
            """,
            {
                "filas": json.dumps(dict(enumerate(cambios))),
                "en": ahora,
                "quien_id": quien.id,
                "quien_nombre": quien.nombre,
                "lote": lote,
            },
        )
