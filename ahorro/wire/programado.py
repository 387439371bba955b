"""A change of prices for a moment to come, as its owner gets it."""

from ahorro.domain.programado import Programado
from ahorro.wire.precios import movida_json
from ahorro.wire.text import Json
from belgrano.words.times import iso, iso_o_nada


def programado_json(programado: Programado) -> Json:
    """A change that waits for its moment, or what became of it."""
    p = programado
    movida = movida_json(p.movida)
    return {
        "lote": p.lote,
        "desde": iso(p.desde),
        "estado": p.estado,
        "quien": p.quien.nombre,
        "creado_en": iso(p.creado_en),
        "que": str(p.regla),
        "productos": movida["productos"],
        "cantidad": movida["cantidad"],
        "terminado_en": iso_o_nada(p.terminado_en),
        "cancelado_por": p.cancelado_por or None,
        "sin_tocar": [{"id": each.id, "nombre": each.nombre, "codigo": each.codigo} for each in p.sin_tocar],
        "por_ver": p.por_ver,
    }
