"""A cart, and what in it is not as its customer saw it."""

from collections.abc import Sequence

from ahorro.domain.cambio import Cambio
from ahorro.domain.carrito import Carrito
from ahorro.domain.descuentos import Descuento, dichos
from ahorro.wire.renglon import renglon_json
from ahorro.wire.text import Json, pesos


def carrito_json(carrito: Carrito) -> Json:
    """A cart as JSON, in pesos of today."""
    return {
        "items": [{**renglon_json(r), "negocio": r.negocio, "imagen": r.imagen} for r in carrito.renglones],
        "subtotal": pesos(carrito.subtotal_centavos),
        "descuentos": descuentos_json(carrito.descuentos),
        "cupon": {"codigo": carrito.cupon, "aviso": carrito.cupon_aviso or None} if carrito.cupon else None,
        "total": pesos(carrito.total_centavos),
        "aproximado": carrito.aproximado,
        "unidades": carrito.unidades,
        "avisos": [aviso_json(c) for c in carrito.avisos],
    }


def descuentos_json(descuentos: Sequence[Descuento]) -> list[Json]:
    """What is taken off: a promotion's line by line, a coupon's once, without a product."""
    return [
        {
            "promocion": d.promocion_id,
            "nombre": d.nombre,
            "texto": d.texto,
            "monto": pesos(d.monto_centavos),
            "producto_id": None if d.codigo else d.producto_id,
        }
        for d in dichos(descuentos)
    ]


def aviso_json(c: Cambio) -> Json:
    """What changed about one line; prices in pesos."""
    numbers = {"antes": c.antes, "ahora": c.ahora}
    said = {name: pesos(n) if c.que == "cambio_precio" else n for name, n in numbers.items() if n is not None}
    return {"producto_id": c.producto_id, "nombre": c.nombre, "que": c.que, **said}
