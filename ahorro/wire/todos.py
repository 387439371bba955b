"""Pedidos as who works in the shop reads them, in pesos."""

from collections.abc import Sequence

from ahorro.domain.libro import Hecho, Movimiento, devuelto_de, pagos_de
from ahorro.domain.pedido import Pedido
from ahorro.wire.carrito import descuentos_json
from ahorro.wire.pedido import pedido_json
from ahorro.wire.text import Json, pesos
from belgrano.words.times import iso

SHARED = (
    "numero",
    "estado",
    "total",
    "creado_en",
    "direccion",
    "piso",
    "barrio",
    "franja",
    "metodo_pago",
    "envio",
    "entrega",
)


def pedido_del_dueno_en_lista_json(pedido: Pedido) -> Json:
    """A pedido without its lines; `estado` is the shop's word, `entrega.estado` Ticketera's."""
    said = pedido_json(pedido)
    return {
        **{name: said[name] for name in SHARED},
        "indicaciones": pedido.entrega.notas,
        "cliente": {
            "nombre": pedido.cliente_nombre,
            "email": pedido.cliente_email,
            "telefono": pedido.entrega.telefono,
        },
    }


def pedido_del_dueno_json(
    pedido: Pedido, pasos: Sequence[tuple[str, int]], actos: Sequence[Hecho], libro: Sequence[Movimiento]
) -> Json:
    """A whole pedido; `pedido` and `armado` of a line are units or grams, `armado` null until packed."""
    suya = pedido.entrega.notas and [(pedido.entrega.notas, pedido.creado_en, pedido.cliente_nombre)]
    nuestras = [(h.detalle, h.en, h.quien) for h in actos if h.accion == "nota"]
    return {
        **pedido_del_dueno_en_lista_json(pedido),
        "renglones": [
            {
                "producto_id": r.producto_id,
                "nombre": r.nombre,
                "pedido": r.cantidad,
                "armado": r.armado,
                "precio": pesos(r.precio_centavos),
                "subtotal": pesos(r.subtotal_centavos),
                "en_lugar_de": r.en_lugar_de,
            }
            for r in pedido.items
        ],
        "descuentos": descuentos_json(pedido.descuentos),
        "pagos": [
            {"medio": pago.medio, "monto": pesos(pago.monto_centavos), "en": iso(pago.en), "por": pago.por}
            for pago in pagos_de(libro)
        ],
        "devuelto": pesos(devuelto_de(libro)),
        "historial": [
            {"que": que, "en": iso(en), "por": por, "detalle": detalle}
            for que, en, por, detalle in historia_de(pasos, actos)
        ],
        "notas": [{"texto": texto, "en": iso(en), "por": por} for texto, en, por in [*(suya or []), *nuestras]],
        "revision": pedido.revision,
    }


def historia_de(pasos: Sequence[tuple[str, int]], actos: Sequence[Hecho]) -> list[tuple[str, int, str, str]]:
    """What Ticketera said and what was done here, in their order: what, when (ms UTC), by whom, in which words."""
    dicho = [(que, en, "", "") for que, en in pasos]
    return sorted([*dicho, *((h.accion, h.en, h.quien, h.detalle) for h in actos)], key=lambda each: each[1])
