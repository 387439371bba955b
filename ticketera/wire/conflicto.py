"""A conflicto as admins get it."""

import msgspec

from belgrano.words.times import iso
from ticketera.domain.conflicto import Conflicto
from ticketera.wire.text import Json, pesos


def conflicto_json(c: Conflicto) -> Json:
    """A conflicto, as in GET /api/conflictos and in its novedad."""
    return {
        "id": c.id,
        "ticket_id": c.ticket_id,
        "numero": c.numero,
        "accion": c.accion,
        "motivo": c.motivo,
        "nota": c.nota,
        "cobrado": pesos(c.cobrado),
        "medio": c.medio,
        "prueba": None if c.prueba is None else msgspec.Raw(c.prueba),
        "repartidor": {"id": c.repartidor_id, "nombre": c.repartidor_nombre},
        "ocurrido_en": iso(c.ocurrido_en),
        "creado_en": iso(c.creado_en),
        "decision": c.decision,
    }
