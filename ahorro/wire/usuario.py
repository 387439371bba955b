"""Whoever is in."""

from ahorro.domain.cuenta import Usuario
from ahorro.wire.text import Json


def sesion_json(usuario: Usuario) -> Json:
    """The answer of GET and POST /api/sesion."""
    return {"usuario": {"id": usuario.id, "nombre": usuario.nombre, "email": usuario.email, "rol": usuario.rol}}
