"""A line of a cart or a pedido as its customer gets it, in pesos."""

from ahorro.domain.carrito import Renglon
from ahorro.wire.text import Json, kilos, pesos


def renglon_json(r: Renglon) -> Json:
    """`cantidad` is in the unit that has the price: of what is weighed kilos, and `peso_g` says its grams."""
    return {
        "producto_id": r.producto_id,
        "nombre": r.nombre,
        "cantidad": kilos(r.cantidad) if r.por_peso else r.cantidad,
        **({"peso_g": r.cantidad} if r.por_peso else {}),
        "precio": pesos(r.precio_centavos),
        "subtotal": pesos(r.subtotal_centavos),
    }
