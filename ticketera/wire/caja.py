"""The money that a repartidor carries, and its handing in. Pesos."""

from decimal import Decimal

from belgrano.words.times import iso
from ticketera.domain.caja import Caja, Rendicion
from ticketera.wire.text import Json, pesos


def caja_json(caja: Caja) -> Json:
    """A caja as in GET /api/caja. Pesos."""
    return {
        "fondo": pesos(caja.fondo),
        "cobrado": [
            {
                "ticket_id": each.ticket_id,
                "numero": each.numero,
                "monto": pesos(each.monto),
                "medio": each.medio,
                "en": iso(each.en),
                "corrige": each.corrige,
            }
            for each in caja.cobrado
        ],
        "por_medio": {medio: pesos(monto) for medio, monto in caja.por_medio.items()},
        "a_rendir": pesos(caja.a_rendir),
        "en_conflicto": pesos(caja.en_conflicto),
        "rendido_hoy": pesos(caja.rendido_hoy),
    }


def rendicion_json(rendicion: Rendicion) -> Json:
    """A rendición as answered. Pesos."""
    return {
        "id": rendicion.id,
        "clave": rendicion.clave,
        "repartidor": {"id": rendicion.repartidor_id, "nombre": rendicion.repartidor_nombre},
        "esperado": pesos(rendicion.esperado),
        "contado": pesos(rendicion.contado),
        "diferencia": pesos(rendicion.diferencia) or Decimal(0),
        "nota": rendicion.nota,
        "por": {"id": rendicion.por_id, "nombre": rendicion.por_nombre},
        "en": iso(rendicion.en),
    }
