"""What Ticketera is told about a pedido: the spec's ticket_data, as the bytes that are posted."""

from ahorro.domain.carrito import Renglon
from ahorro.domain.descuentos import resumen
from ahorro.domain.pedido import Entrega, Pedido
from ahorro.wire.text import Json, encode, pesos
from belgrano.words import money
from belgrano.words.times import iso

INDICACIONES_MAXIMO = 2000


def ticket_data(pedido: Pedido) -> str:
    """The body of POST /api/tickets for this pedido; the same pedido always gives the same text, packed or not."""
    pedido = pedido.como_se_pidio
    data: Json = {
        "numero": pedido.numero,
        "cliente_nombre": pedido.cliente_nombre,
        "cliente_direccion": pedido.entrega.direccion,
        "cliente_telefono": pedido.entrega.telefono,
        "cliente_email": pedido.cliente_email,
        "productos": [_producto(r) for r in pedido.items],
        "total": pesos(pedido.total_centavos),
        "metodo_pago": pedido.entrega.metodo_pago,
        "indicaciones": _indicaciones(pedido),
        "estado": "pendiente",
        "prioridad": "normal",
        "tipo_cliente": pedido.tipo_cliente,
    }
    return encode(data | _pistas(pedido.entrega))


def revision_data(pedido: Pedido) -> Json:
    """What POST /api/tickets/revisiones says of a pedido as it is now, beside which it is."""
    return {
        "productos": [_producto(r) for r in pedido.items if r.va],
        "total": pesos(pedido.total_centavos),
        "pagado": pedido.pagado,
        "preparado": pedido.etapa == "listo",
        "indicaciones": _indicaciones(pedido),
    }


def olvido(numero: str) -> str:
    """The body of POST /api/tickets/olvidos for a pedido."""
    return encode({"numero": numero})


def _indicaciones(pedido: Pedido) -> str:
    """What the customer wrote, and below it why the lines come to more than the total, as far as there is room."""
    taken = {name: monto for name, monto in resumen(pedido.descuentos).items() if monto}
    rebajas = "; ".join(f"{name} {money.pesos_justos(monto)}" for name, monto in taken.items())
    whole = "\n".join(filter(None, (pedido.entrega.notas, rebajas and f"Descuentos: {rebajas}.")))
    return whole if len(whole) <= INDICACIONES_MAXIMO else pedido.entrega.notas


def _producto(r: Renglon) -> Json:
    """A line; Ticketera counts things, so what is weighed is one, and its name says how much."""
    return {
        "id": r.producto_id,
        "nombre": f"{r.nombre}, {r.cuanto}{' aprox.' if r.armado is None else ''}" if r.por_peso else r.nombre,
        "cantidad": 1 if r.por_peso else r.va,
        "precio": pesos(r.subtotal_centavos if r.por_peso else r.precio_centavos),
        "subtotal": pesos(r.subtotal_centavos),
        "negocio": r.negocio,
        "categoria": r.categoria,
    }


def _pistas(entrega: Entrega) -> Json:
    """What Ticketera takes beyond the spec. Only what is there: a pedido without it says what it always said."""
    pistas: Json = {}
    if entrega.piso:
        pistas["cliente_piso"] = entrega.piso
    if entrega.barrio:
        pistas["cliente_barrio"] = entrega.barrio
    if entrega.punto is not None:
        pistas["cliente_lat"], pistas["cliente_lng"] = entrega.punto
    if entrega.franja is not None:
        pistas["franja_desde"] = iso(entrega.franja.desde)
        pistas["franja_hasta"] = iso(entrega.franja.hasta)
    return pistas
