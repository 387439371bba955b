"""A product's picture as programs get it."""

from ahorro.domain.imagen import Imagen
from ahorro.wire.text import Json


def imagen_json(imagen: Imagen) -> Json:
    """Where its largest JPEG is, and how large, in px."""
    return {"id": imagen.id, "url": imagen.url, "ancho": imagen.ancho, "alto": imagen.alto}
