"""Who works in the shop, as its admins get them."""

from ahorro.domain.personal import Persona
from ahorro.wire.text import Json
from belgrano.words.times import iso_o_nada


def persona_json(persona: Persona) -> Json:
    """All that an admin may see of a person; `estado` is `activo`, `invitado` or `inactivo`."""
    return {
        "id": persona.id,
        "nombre": persona.nombre,
        "email": persona.email,
        "rol": persona.rol,
        "activo": persona.activo,
        "estado": persona.estado,
        "visto_en": iso_o_nada(persona.visto_en),
        "invitacion_hasta": iso_o_nada(persona.invitacion_hasta),
        "segundo_paso": persona.segundo_paso,
        "version": persona.version,
    }
