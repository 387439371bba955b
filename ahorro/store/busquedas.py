"""What people looked for and the shop did not have, counted by words and day."""

from ahorro.domain.ventas import DESFASE_MS
from belgrano.database.work import Connection
from belgrano.words.times import DIA

DISTINTAS_POR_DIA = 500


def dia_de_busqueda(ms: int) -> int:
    """The day of an instant in Buenos Aires, as days since 1970."""
    return (ms - DESFASE_MS) // DIA


async def upsert_busqueda(con: Connection, palabras: str, ahora: int) -> None:
    """Count one more search for these words today; of other words a day keeps no more than DISTINTAS_POR_DIA."""
    await con.execute(
        """
        INSERT INTO busquedas_vacias (dia, palabras, veces)
        SELECT CAST(:dia AS BIGINT), CAST(:palabras AS TEXT), 1
         WHERE (SELECT count(*) FROM busquedas_vacias WHERE dia = :dia) < :most
            OR EXISTS (SELECT 1 FROM busquedas_vacias WHERE dia = :dia AND palabras = :palabras)
            ON CONFLICT (dia, palabras) DO UPDATE SET veces = busquedas_vacias.veces + 1
        """,
        {"dia": dia_de_busqueda(ahora), "palabras": palabras, "most": DISTINTAS_POR_DIA},
    )


async def select_busquedas(con: Connection, desde: int, hasta: int, limite: int = 50) -> list[tuple[str, int]]:
    """What was looked for between two instants (ms UTC, bounds of days), and how often, most first."""
    rows = await con.fetch_all(
        """
        SELECT palabras, sum(veces) AS veces
          FROM busquedas_vacias
         WHERE dia >= :desde AND dia < :hasta
         GROUP BY palabras
         ORDER BY 2 DESC, 1
         LIMIT :limite
        """,
        {"desde": dia_de_busqueda(desde), "hasta": dia_de_busqueda(hasta), "limite": limite},
    )
    return [(row["palabras"], int(row["veces"])) for row in rows]


async def delete_busquedas_antes(con: Connection, before: int) -> None:
    """Forget the days before this instant's."""
    await con.execute("DELETE FROM busquedas_vacias WHERE dia < :dia", {"dia": dia_de_busqueda(before)})
