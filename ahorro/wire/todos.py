"""Pedidos as who works in the shop reads them, in pesos."""

from collections.abc import Sequence

from ahorro.domain.pedido import Pedido
from ahorro.wire.carrito import descuentos_json
from ahorro.wire.pedido import pedido_json
from ahorro.wire.text import Json, pesos
from belgrano.words.times import iso

SHARED = ("numero", "total", "creado_en", "direccion", "piso", "barrio", "franja", "metodo_pago", "entrega", "notas")


def pedido_del_dueno_en_lista_json(pedido: Pedido) -> Json:
    """A pedido without its lines; `estado` is the shop's word, `entrega.estado` Ticketera's."""
    said = pedido_json(pedido)
    return {
        **{name: said[name] for name in SHARED},
        "estado": pedido.estado_de_tienda,
        "cliente": {
            "nombre": pedido.cliente_nombre,
            "email": pedido.cliente_email,
            "telefono": pedido.entrega.telefono,
        },
    }


def pedido_del_dueno_json(
    pedido: Pedido, historial: Sequence[tuple[str, int]], cobrado_centavos: int | None, medio: str | None
) -> Json:
    """A whole pedido; `pagos` is what was collected at the door. Nobody packs yet: `armado` is null, `devuelto` 0."""
    return {
        **pedido_del_dueno_en_lista_json(pedido),
        "renglones": [
            {
                "producto_id": r.producto_id,
                "nombre": r.nombre,
                "pedido": r.cantidad,
                "armado": None,
                "precio": pesos(r.precio_centavos),
                "subtotal": pesos(r.subtotal_centavos),
            }
            for r in pedido.items
        ],
        "descuentos": descuentos_json(pedido.descuentos),
        "pagos": [
            {
                "medio": medio or pedido.entrega.metodo_pago,
                "monto": pesos(cobrado_centavos),
                "en": iso(pedido.estado_en),
                "por": pedido.repartidor_nombre or "",
            }
        ]
        if cobrado_centavos and pedido.estado_en is not None
        else [],
        "devuelto": 0,
        "historial": [{"que": que, "en": iso(en)} for que, en in historial],
        "revision": 0,
    }
