"""A promotion as its owner gets it, in pesos."""

from ahorro.domain.promociones import PromocionDicha
from ahorro.wire.text import Json, pesos
from belgrano.words.times import iso_o_nada


def promocion_json(dicha: PromocionDicha, ahora: int) -> Json:
    """All that its owner has said of it, and how it is at an instant (ms UTC)."""
    p = dicha.promocion
    return {
        "id": p.id,
        "nombre": p.nombre,
        "tipo": p.tipo,
        "lleva": p.lleva,
        "paga": p.paga,
        "porcentaje": p.por_ciento,
        "monto": None if p.monto_centavos is None else pesos(p.monto_centavos),
        "alcance": p.alcance,
        "cuales": [{"id": cual, "nombre": dicha.nombres.get(cual, "")} for cual in p.cuales],
        "desde": iso_o_nada(p.desde),
        "hasta": iso_o_nada(p.hasta),
        "dias": list(p.dias),
        "medios": list(p.medios),
        "sobre_ofertas": p.sobre_ofertas,
        "mezcla": p.mezcla,
        "codigo": p.codigo or None,
        "usos": p.usos,
        "por_cliente": p.por_cliente,
        "minimo": pesos(p.minimo_centavos),
        "activa": p.activa,
        "estado": p.estado(ahora),
        "usada": dicha.usada,
        "rebajado": pesos(dicha.rebajado_centavos),
        "version": p.version,
    }
