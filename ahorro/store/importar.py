"""What a spreadsheet writes, thousands of lines with one statement; the rows come as JSON (`domain/filas.py`)."""
# ruff: noqa: S608  (SQL text is put together from this module's own column names, never from values)

from ahorro.domain.auditoria import Quien
from ahorro.domain.filas import Json
from ahorro.domain.importar import COLUMNAS, Escritos, PorCual
from ahorro.store.fichas import RIGE
from belgrano.database.work import Connection

TEXTOS = frozenset(
    (
        "clave", "nombre", "buscado", "descripcion", "unidad", "medida", "codigo_barras", "estante", "ingredientes",
        "advertencias",
    )
)  # fmt: skip
SI_O_NO = frozenset(("por_peso", "mayores", "destacado", "activo"))
# How a row names its product: the id, and what has to be joined for it.
CUAL = {
    "id": ("CAST(f.value->>0 AS BIGINT)", ""),
    "clave": ("p.id", "JOIN productos p ON p.clave = f.value->>0"),
}


def _value(column: str, place: int) -> str:
    kind = "TEXT" if column in TEXTOS else "BOOLEAN" if column in SI_O_NO else "BIGINT"
    return f"CAST(f.value->>{place} AS {kind})"


async def select_cambiados_desde(con: Connection, vistos: Json) -> list[int]:
    """The lines of these [linea, id, version] whose product is not at that version any more."""
    found: list[int] = []
    for filas in vistos:
        rows = await con.fetch_all(
            """
            SELECT CAST(f.value->>0 AS BIGINT)
              FROM json_each(:filas) f
              LEFT JOIN productos p ON p.id = CAST(f.value->>1 AS BIGINT) AND p.version = CAST(f.value->>2 AS BIGINT)
             WHERE p.id IS NULL
            """,
            {"filas": filas},
        )
        found += [row[0] for row in rows]
    return found


async def select_ocupados(con: Connection, libres: Json) -> dict[int, str]:
    """The lines of these [linea, clave, codigo_barras] that are somebody's, and which of the two is."""
    found: dict[int, str] = {}
    for filas in libres:
        for place, campo in ((1, "clave"), (2, "codigo_barras")):
            rows = await con.fetch_all(
                f"""
                SELECT CAST(f.value->>0 AS BIGINT)
                  FROM json_each(:filas) f
                  JOIN productos p ON p.{campo} = f.value->>{place}
                """,
                {"filas": filas},
            )
            found |= {row[0]: campo for row in rows}
    return found


async def write_escritos(con: Connection, quien: Quien, escritos: Escritos, ahora: int) -> None:
    """Write all of it, and count the versions on."""
    for columns, batches in escritos.cambios.items():
        sets = ", ".join(f"{column} = {_value(column, n)}" for n, column in enumerate(columns, 1))
        for filas in batches:
            await con.execute(
                f"""
                UPDATE productos SET {sets}, version = version + 1
                  FROM json_each(:filas) f
                 WHERE productos.id = CAST(f.value->>0 AS BIGINT)
                """,
                {"filas": filas},
            )
    values = ", ".join(_value(column, n) for n, column in enumerate(COLUMNAS))
    for filas in escritos.nuevas:
        await con.execute(
            f"INSERT INTO productos ({', '.join(COLUMNAS)}) SELECT {values} FROM json_each(:filas) f", {"filas": filas}
        )
    for filas in escritos.renombrados:
        await con.execute(
            """
            DELETE FROM producto_palabras
             WHERE producto_id IN (SELECT CAST(f.value->>0 AS BIGINT) FROM json_each(:filas) f)
            """,
            {"filas": filas},
        )
    await _insert_palabras(con, escritos.palabras)
    await _insert_precio_cambios(con, quien, escritos.precios, ahora)
    await _insert_asientos(con, quien, escritos.asientos, ahora)
    if escritos.con_ofertas:
        await con.execute(f"UPDATE productos SET oferta_rige = {RIGE} WHERE oferta_rige <> {RIGE}", {"ahora": ahora})


async def _insert_palabras(con: Connection, por_cual: PorCual) -> None:
    for name, batches in por_cual.items():
        cual, join = CUAL[name]
        for filas in batches:
            await con.execute(
                """
                INSERT INTO palabras (palabra) SELECT DISTINCT f.value->>1 FROM json_each(:filas) f WHERE TRUE
                    ON CONFLICT (palabra) DO NOTHING
                """,
                {"filas": filas},
            )
            await con.execute(
                f"""
                INSERT INTO producto_palabras (palabra, producto_id)
                SELECT f.value->>1, {cual} FROM json_each(:filas) f {join}
                """,
                {"filas": filas},
            )


async def _insert_precio_cambios(con: Connection, quien: Quien, por_cual: PorCual, ahora: int) -> None:
    for name, batches in por_cual.items():
        cual, join = CUAL[name]
        for filas in batches:
            await con.execute(
                f"""
                INSERT INTO precio_cambios (producto_id, en, quien_id, quien_nombre, antes_centavos, despues_centavos)
                SELECT {cual}, CAST(:en AS BIGINT), CAST(:quien_id AS BIGINT), CAST(:quien_nombre AS TEXT),
                       CAST(f.value->>1 AS BIGINT), CAST(f.value->>2 AS BIGINT)
                  FROM json_each(:filas) f {join}
                """,
                {"en": ahora, "quien_id": quien.id, "quien_nombre": quien.nombre, "filas": filas},
            )


async def _insert_asientos(con: Connection, quien: Quien, por_cual: PorCual, ahora: int) -> None:
    for name, batches in por_cual.items():
        cual, join = CUAL[name]
        for filas in batches:
            await con.execute(
                f"""
                INSERT INTO auditoria (en, quien_id, quien_nombre, que, cual_id, cual_nombre, campo, de, a)
                SELECT CAST(:en AS BIGINT), CAST(:quien_id AS BIGINT), CAST(:quien_nombre AS TEXT), 'producto', {cual},
                       f.value->>1, f.value->>2, f.value->>3, f.value->>4
                  FROM json_each(:filas) f {join}
                """,
                {"en": ahora, "quien_id": quien.id, "quien_nombre": quien.nombre, "filas": filas},
            )
