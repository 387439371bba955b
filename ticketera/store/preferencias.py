"""What each admin's board remembers: one JSON object a person."""

import json
from collections.abc import Mapping
from typing import Any

from belgrano.database.work import Connection
from ticketera.domain.preferencias import DENSIDADES, Preferencias


async def select_preferencias(con: Connection, usuario_id: int) -> Preferencias:
    """A person's; the defaults where nothing was kept."""
    stored = await con.fetch_val("SELECT datos FROM preferencias WHERE usuario_id = :id", {"id": usuario_id})
    datos = json.loads(stored) if stored else {}
    return Preferencias(tuple(datos.get("fijadas", ())), datos.get("densidad", DENSIDADES[0]))


async def upsert_preferencias(con: Connection, usuario_id: int, datos: Mapping[str, Any]) -> None:
    """Keep a person's, whole."""
    await con.execute(
        """
        INSERT INTO preferencias (usuario_id, datos) VALUES (:id, :datos)
        ON CONFLICT (usuario_id) DO UPDATE SET datos = excluded.datos
        """,
        {"id": usuario_id, "datos": json.dumps(datos)},
    )
