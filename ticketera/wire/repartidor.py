"""A repartidor, and their turno."""

import msgspec

from belgrano.words.times import iso, iso_o_nada
from ticketera.domain.usuario import Usuario
from ticketera.wire.text import Json, pesos


def repartidor_json(u: Usuario) -> Json:
    """A repartidor, as in GET /api/repartidores and in `presencia`."""
    ubicacion = (
        None
        if u.ubicado_en is None
        else {"lat": u.lat, "lng": u.lng, "precision_m": u.precision_m, "en": iso(u.ubicado_en)}
    )
    return {
        "id": u.id,
        "nombre": u.nombre,
        "email": u.email,
        "telefono": u.telefono,
        "activo": u.activo,
        "en_turno": u.en_turno,
        "turno_desde": iso_o_nada(u.turno_desde),
        "en_linea": u.en_linea,
        "senal_en": iso_o_nada(u.senal_en or None),
        "tickets_abiertos": u.tickets_abiertos,
        "por_rendir": pesos(u.por_rendir),
        "ubicacion": ubicacion,
        "vehiculo": u.vehiculo,
        "capacidad": u.capacidad,
        "zona": u.zona,
        "negocio": u.negocio,
        "permisos": msgspec.Raw(u.permisos),
    }


def turno_json(usuario: Usuario) -> Json:
    """The answer of GET and POST /api/turno."""
    return {"abierto": usuario.en_turno, "desde": iso_o_nada(usuario.turno_desde)}
