"""A categoria, negocio or sucursal as its owner gets it."""

from ahorro.domain.grupos import Grupo
from ahorro.wire.text import Json


def grupo_json(grupo: Grupo) -> Json:
    """All that its owner has said of it, what it stands under by id and name."""
    tipo, dicho = grupo.tipo, grupo.dicho
    bajo = None if grupo.bajo_id is None else {"id": grupo.bajo_id, "nombre": grupo.bajo_nombre}
    return {
        "id": grupo.id,
        "clave": dicho["clave"],
        "nombre": dicho["nombre"],
        **{campo: dicho[campo] for campo in tipo.textos},
        **({tipo.bajo: bajo} if tipo.bajo else {}),
        "orden": dicho["orden"],
        "version": grupo.version,
    }
