"""Who works with Ticketera: an admin, and whoever is in."""

from belgrano.words.times import iso
from ticketera.domain.usuario import Usuario
from ticketera.wire.text import Json


def usuario_json(u: Usuario) -> Json:
    """An admin, as in GET /api/usuarios."""
    return {
        "id": u.id,
        "nombre": u.nombre,
        "email": u.email,
        "telefono": u.telefono,
        "rol": u.rol,
        "activo": u.activo,
        "creado_en": iso(u.creado_en),
    }


def sesion_json(user: Usuario) -> Json:
    """The answer of GET and POST /api/sesion."""
    return {"usuario": {"id": user.id, "nombre": user.nombre, "email": user.email, "rol": user.rol}}
