"""What Ticketera is told about a pedido: the spec's ticket_data, as the bytes that are posted."""

from ahorro.domain.pedido import Entrega, Pedido
from ahorro.wire.text import Json, encode, pesos
from belgrano.words.times import iso


def ticket_data(pedido: Pedido) -> str:
    """The body of POST /api/tickets for this pedido; the same pedido always gives the same text."""
    data: Json = {
        "numero": pedido.numero,
        "cliente_nombre": pedido.cliente_nombre,
        "cliente_direccion": pedido.entrega.direccion,
        "cliente_telefono": pedido.entrega.telefono,
        "cliente_email": pedido.cliente_email,
        "productos": [
            {
                "id": r.producto_id,
                "nombre": r.nombre,
                "cantidad": r.cantidad,
                "precio": pesos(r.precio_centavos),
                "subtotal": pesos(r.subtotal_centavos),
                "negocio": r.negocio,
                "categoria": r.categoria,
            }
            for r in pedido.items
        ],
        "total": pesos(pedido.total_centavos),
        "metodo_pago": pedido.entrega.metodo_pago,
        "indicaciones": pedido.entrega.notas,
        "estado": "pendiente",
        "prioridad": "normal",
        "tipo_cliente": pedido.tipo_cliente,
    }
    return encode(data | _pistas(pedido.entrega))


def _pistas(entrega: Entrega) -> Json:
    """What Ticketera takes beyond the spec. Only what is there: a pedido without it says what it always said."""
    pistas: Json = {}
    if entrega.piso:
        pistas["cliente_piso"] = entrega.piso
    if entrega.barrio:
        pistas["cliente_barrio"] = entrega.barrio
    if entrega.franja is not None:
        pistas["franja_desde"] = iso(entrega.franja.desde)
        pistas["franja_hasta"] = iso(entrega.franja.hasta)
    return pistas
