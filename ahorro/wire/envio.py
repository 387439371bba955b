"""A row of the outbox, as the admin gets it: one pedido on its way to Ticketera."""

from typing import Any

from ahorro.wire.text import Json
from belgrano.words.times import iso, iso_o_nada


def envio_json(row: Any) -> Json:
    """A row of `belgrano.outbox` as JSON."""
    return {
        "id": row["id"],
        "numero": row["lane"],
        "clave": row["key"],
        "estado": row["state"],
        "intentos": row["attempts"],
        "error": row["last_error"],
        "creado_en": iso(row["created_at"]),
        "confirmado_en": iso_o_nada(row["done_at"]),
    }
