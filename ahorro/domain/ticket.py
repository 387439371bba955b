"""What Ticketera is told about a pedido: the spec's ticket_data, as the bytes that are posted."""

import json
from datetime import UTC, datetime

from ahorro.domain.dinero import pesos
from ahorro.domain.pedido import Entrega, Pedido

CANCELACION = "cancelar:"


def clave_de_cancelacion(numero: str, *, otra_vez: int | None = None) -> str:
    """The key of the outbox row that asks Ticketera to cancel: one for a pedido, however often it is asked.

    `otra_vez` (an instant) is for a pedido that was opened again after that.
    """
    return f"{CANCELACION}{numero}" if otra_vez is None else f"{CANCELACION}{numero}:{otra_vez}"


def ticket_data(pedido: Pedido) -> str:
    """The body of POST /api/tickets for this pedido; the same pedido always gives the same text."""
    data: dict[str, object] = {
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
    return json.dumps(data | _pistas(pedido.entrega), ensure_ascii=False, separators=(",", ":"))


def _pistas(entrega: Entrega) -> dict[str, object]:
    """What Ticketera takes beyond the spec. Only what is there: a pedido without it says what it always said."""
    pistas: dict[str, object] = {}
    if entrega.piso:
        pistas["cliente_piso"] = entrega.piso
    if entrega.barrio:
        pistas["cliente_barrio"] = entrega.barrio
    if entrega.franja is not None:
        pistas["franja_desde"] = iso(entrega.franja.desde)
        pistas["franja_hasta"] = iso(entrega.franja.hasta)
    return pistas


def iso(ms: int) -> str:
    """An instant as UTC, ISO 8601 with milliseconds."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
