"""A picture of a delivery, as it is listed."""

from typing import Any

from belgrano.words.times import iso
from ticketera.wire.text import Json


def foto_json(foto: Any) -> Json:
    """A picture as it is listed."""
    return {
        "foto_id": foto["foto_id"],
        "tipo": foto["tipo"],
        "en": iso(foto["en"]),
        "repartidor": {"id": foto["repartidor_id"], "nombre": foto["repartidor_nombre"]},
    }
