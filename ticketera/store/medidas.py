"""Counts for operators."""

from typing import Any

from belgrano.database.work import Connection
from belgrano.words.times import SEGUNDO, now


async def select_medidas(con: Connection) -> dict[str, int]:
    """`sin_repartidor`, how long the oldest has waited (`espera_s`), `en_turno`, `en_linea`, `conflictos`."""
    row: Any = await con.fetch_one(
        """
        SELECT (SELECT count(*) FROM tickets WHERE estado = 'pendiente') AS sin_repartidor,
               (SELECT MIN(creado_en) FROM tickets WHERE estado = 'pendiente') AS mas_viejo,
               (SELECT count(*) FROM usuarios WHERE activo AND en_turno) AS en_turno,
               (SELECT count(*) FROM usuarios WHERE activo AND en_turno AND en_linea) AS en_linea,
               (SELECT count(*) FROM conflictos WHERE decision IS NULL) AS conflictos
        """
    )
    espera = 0 if row["mas_viejo"] is None else max(0, now() - row["mas_viejo"]) // SEGUNDO
    counts = ("sin_repartidor", "en_turno", "en_linea", "conflictos")
    return {"espera_s": espera} | {each: row[each] for each in counts}
