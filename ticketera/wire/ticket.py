"""A ticket as board and phone get it, and its history as admins do."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

from belgrano.words.times import iso, iso_o_nada
from ticketera.domain.ticket import Ticket
from ticketera.wire.text import Json, pesos


def ticket_json(t: Ticket) -> Json:
    """A ticket as board and phone get it: everything but the customer's email. Give it to `encode`.

    Its published shape is `routes/answers/tickets.py`, and a test holds this to it. Written out, for it is made a
    thousand times for one board.
    """
    return {
        "id": t.id,
        "numero": t.numero,
        "estado": t.estado,
        "prioridad": t.prioridad.name,
        "tipo_cliente": t.tipo_cliente,
        "cliente_nombre": t.cliente_nombre,
        "cliente_direccion": t.cliente_direccion,
        "cliente_piso": t.cliente_piso,
        "cliente_barrio": t.cliente_barrio,
        "cliente_telefono": t.cliente_telefono,
        "cliente_lat": t.cliente_lat,
        "cliente_lng": t.cliente_lng,
        "productos": msgspec.Raw(t.productos),
        "total": Decimal(t.total).scaleb(-2),
        "metodo_pago": t.metodo_pago,
        "indicaciones": t.indicaciones,
        "negocio": t.negocio,
        "franja_desde": iso_o_nada(t.franja_desde),
        "franja_hasta": iso_o_nada(t.franja_hasta),
        "repartidor_id": t.repartidor_id,
        "repartidor_nombre": t.repartidor_nombre,
        "lugar": t.lugar,
        "version": t.version,
        "intento": t.intento,
        "creado_en": iso(t.creado_en),
        "asignado_en": iso_o_nada(t.asignado_en),
        "recibido_en": iso_o_nada(t.recibido_en),
        "visto_en": iso_o_nada(t.visto_en),
        "en_camino_en": iso_o_nada(t.en_camino_en),
        "llego_en": iso_o_nada(t.llego_en),
        "cerrado_en": iso_o_nada(t.cerrado_en),
        "resuelto_en": iso_o_nada(t.resuelto_en),
        "motivo": t.motivo,
        "nota": t.nota,
        "cobrado": pesos(t.cobrado),
        "medio": t.medio,
        "prueba": None if t.prueba is None else msgspec.Raw(t.prueba),
        "revision": t.revision,
        "pagado": t.pagado,
        "preparado_en": iso_o_nada(t.preparado_en),
    }


def antes_json(t: Ticket) -> Json:
    """What a closed ticket counted as before it changed."""
    return {"estado": t.estado, "cerrado_en": iso_o_nada(t.cerrado_en), "repartidor_id": t.repartidor_id}


_INSTANTES = {"preparado_en", "franja_desde", "franja_hasta"}


def detalle_json(detalle: Mapping[str, object]) -> Json:
    """What the history says beside a change; money in pesos, instants in ISO 8601."""
    return {name: _dicho(name, value) for name, value in detalle.items()}


def _dicho(name: str, value: Any) -> object:
    if name == "cobrado":
        return pesos(value)
    said = pesos if name == "total" else iso_o_nada if name in _INSTANTES else None
    return value if said is None else {end: said(each) for end, each in value.items()}


def historia_json(row: Mapping[str, Any]) -> Json:
    """One change in a ticket's history: who, when, what, from what to what.

    `clave` is the mudanza's; `mudados`, how many tickets undoing it would put back, is there while it can be undone.
    """
    item: Json = {
        "en": iso(row["en"]),
        "ocurrido_en": iso_o_nada(row["ocurrido_en"]),
        "quien": {"id": row["quien_id"], "nombre": row["quien_nombre"], "rol": row["quien_rol"]},
        "que": row["que"],
        "de": row["de"],
        "a": row["a"],
        "repartidor_de": row["repartidor_de"],
        "repartidor_a": row["repartidor_a"],
    }
    if row["detalle"] is not None:
        item["detalle"] = msgspec.Raw(row["detalle"])
    if row["clave"] is not None:
        item["clave"] = row["clave"]
    if row["deshacer"] is not None:
        item["mudados"] = len(msgspec.json.decode(row["deshacer"]))
    return item
