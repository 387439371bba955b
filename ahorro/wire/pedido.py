"""A pedido as its customer gets it, in pesos, and how far its delivery has come."""

from ahorro.domain.pedido import Pedido
from ahorro.wire.carrito import descuentos_json
from ahorro.wire.renglon import renglon_json
from ahorro.wire.text import Json, pesos
from belgrano.words.times import iso, iso_o_nada


def hecho_json(pedido: Pedido) -> Json:
    """A pedido that was made just now."""
    return {"numero": pedido.numero, "estado": pedido.estado_de_tienda, "total": pesos(pedido.total_centavos)}


def pedido_json(pedido: Pedido) -> Json:
    """A pedido with its lines; `estado` is the shop's word, `entrega.estado` Ticketera's."""
    franja, punto = pedido.entrega.franja, pedido.entrega.punto
    return {
        "numero": pedido.numero,
        "estado": pedido.estado_de_tienda,
        "total": pesos(pedido.total_centavos),
        "envio": pesos(pedido.envio_centavos),
        "creado_en": iso(pedido.creado_en),
        "direccion": pedido.entrega.direccion,
        "telefono": pedido.entrega.telefono,
        "metodo_pago": pedido.entrega.metodo_pago,
        "notas": pedido.entrega.notas,
        "piso": pedido.entrega.piso,
        "barrio": pedido.entrega.barrio,
        "franja": None if franja is None else {"desde": iso(franja.desde), "hasta": iso(franja.hasta)},
        "ubicacion": None if punto is None else {"lat": punto[0], "lng": punto[1]},
        "items": [renglon_json(r) for r in pedido.items],
        "descuentos": descuentos_json(pedido.descuentos),
        "aproximado": pedido.aproximado,
        "entrega": entrega_json(pedido.estado, pedido.repartidor_nombre, pedido.estado_en, pedido.motivo),
    }


def pedido_en_lista_json(pedido: Pedido) -> Json:
    """A pedido without its lines."""
    whole = pedido_json(pedido)
    return {name: value for name, value in whole.items() if name not in {"items", "descuentos", "aproximado"}}


def entrega_json(estado: str, repartidor_nombre: str | None, en: int | None, motivo: str | None) -> Json:
    """How far a delivery has come, as Ticketera said at `en` (ms UTC)."""
    return {"estado": estado, "repartidor_nombre": repartidor_nombre, "en": iso_o_nada(en), "motivo": motivo}
