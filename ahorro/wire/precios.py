"""Prices that move together, as their owner sees them."""

from collections.abc import Mapping

from ahorro.domain.precios import Movida
from ahorro.wire.text import Json, pesos


def movida_json(movida: Movida) -> Json:
    """What moves from what to what, in pesos, how many, and what is to be known."""
    return {
        "productos": [
            {"id": m.id, "nombre": m.nombre, "antes": pesos(m.antes), "despues": pesos(m.despues)}
            for m in movida.movimientos
        ],
        "cantidad": len(movida.movimientos),
        "avisos": [
            {"producto_id": a.producto_id, "nombre": a.nombre, "que": a.que, "detalle": a.detalle}
            for a in movida.avisos
        ],
    }


def resultados_json(deshecho: Mapping[int, str | None]) -> list[Json]:
    """Of each product whether its price went back, and why not."""
    return [
        {"id": cual, "ok": True} if codigo is None else {"id": cual, "ok": False, "codigo": codigo}
        for cual, codigo in deshecho.items()
    ]
