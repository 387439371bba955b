"""What was answered where many products went on sale at once, or off it."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from ahorro.domain.ficha import Encendido
from belgrano.database.work import Connection


async def select_estado_lote(con: Connection, lote: str) -> tuple[str, list[Encendido]] | None:
    """The hash of what was asked under a clave, and what came of it."""
    row = await con.fetch_one("SELECT huella, respuesta FROM estado_lotes WHERE lote = :lote", {"lote": lote})
    return (row["huella"], [Encendido(**each) for each in json.loads(row["respuesta"])]) if row else None


async def insert_estado_lote(
    con: Connection, lote: str, huella: str, resultados: Sequence[Encendido], ahora: int
) -> None:
    """Keep what was asked and what came of it."""
    await con.execute(
        "INSERT INTO estado_lotes (lote, huella, respuesta, en) VALUES (:lote, :huella, :respuesta, :en)",
        {"lote": lote, "huella": huella, "respuesta": json.dumps([asdict(each) for each in resultados]), "en": ahora},
    )
