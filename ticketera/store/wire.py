"""The JSON that board, phone and shop get. One function builds a novedad, for push and pull alike."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from ticketera.domain.conflicto import Conflicto
from ticketera.domain.ticket import Ticket
from ticketera.domain.tiempo import iso, iso_o_nada
from ticketera.domain.usuario import Usuario

_encoder = msgspec.json.Encoder(decimal_format="number")
Json = dict[str, Any]


def encode(value: object) -> str:
    """JSON text; decimals as exact numbers."""
    return _encoder.encode(value).decode()


def raw(text: str) -> msgspec.Raw:
    """JSON text to be put into a larger value as it is."""
    return msgspec.Raw(text)


def pesos(centavos: int | None) -> Decimal | None:
    """Centavos as the exact number of pesos that JSON carries."""
    return None if centavos is None else Decimal(centavos).scaleb(-2)


def ticket_json(t: Ticket) -> Json:
    """A ticket as board and phone get it: everything but the customer's email. Give it to `encode`.

    Its published shape is `routes/answers/tickets.py`.
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
    }


def usuario_json(u: Usuario) -> Json:
    """An admin, as in GET /api/usuarios."""
    return {
        "id": u.id,
        "nombre": u.nombre,
        "email": u.email,
        "telefono": u.telefono,
        "rol": u.rol,
        "activo": u.activo,
        "creado_en": iso(u.creado_en),
    }


def repartidor_json(u: Usuario) -> Json:
    """A repartidor, as in GET /api/repartidores and in `presencia`."""
    ubicacion = (
        None
        if u.ubicado_en is None
        else {"lat": u.lat, "lng": u.lng, "precision_m": u.precision_m, "en": iso(u.ubicado_en)}
    )
    return {
        "id": u.id,
        "nombre": u.nombre,
        "email": u.email,
        "telefono": u.telefono,
        "activo": u.activo,
        "en_turno": u.en_turno,
        "turno_desde": iso_o_nada(u.turno_desde),
        "en_linea": u.en_linea,
        "senal_en": iso_o_nada(u.senal_en or None),
        "tickets_abiertos": u.tickets_abiertos,
        "por_rendir": pesos(u.por_rendir),
        "ubicacion": ubicacion,
        "vehiculo": u.vehiculo,
        "capacidad": u.capacidad,
        "zona": u.zona,
        "negocio": u.negocio,
        "permisos": msgspec.Raw(u.permisos),
    }


def acuse_json(ticket_id: int, recibido_en: int | None, visto_en: int | None) -> Json:
    """What the tablero hears when a phone has a ticket, or a person opened it."""
    return {"ticket_id": ticket_id, "recibido_en": iso_o_nada(recibido_en), "visto_en": iso_o_nada(visto_en)}


def conflicto_json(c: Conflicto) -> Json:
    """A conflicto, as in GET /api/conflictos and in its novedad."""
    return {
        "id": c.id,
        "ticket_id": c.ticket_id,
        "numero": c.numero,
        "accion": c.accion,
        "motivo": c.motivo,
        "nota": c.nota,
        "cobrado": pesos(c.cobrado),
        "medio": c.medio,
        "prueba": None if c.prueba is None else msgspec.Raw(c.prueba),
        "repartidor": {"id": c.repartidor_id, "nombre": c.repartidor_nombre},
        "ocurrido_en": iso(c.ocurrido_en),
        "creado_en": iso(c.creado_en),
        "decision": c.decision,
    }


def novedad(oyente: int, seq: int, tipo: str, epoca: str, cambio: Mapping[str, Any]) -> str:
    """The JSON text of a novedad, the same when pushed and when pulled.

    `cambio` is a row of `cambios`: `ticket` and `conflicto` are JSON text. `por` is there when a person did it.
    Whoever lost the ticket gets its id only. A conflicto is for the tablero only, and so is `antes`: how a ticket that
    was closed counted before it changed.
    """
    en, ticket_id = iso(cambio["en"]), cambio["ticket_id"]
    text = f'{{"epoca":"{epoca}","seq":{seq},"tipo":"{tipo}","en":"{en}","ticket_id":{ticket_id}'
    if tipo != "ticket.retirado":
        text += f',"ticket":{cambio["ticket"]}'
    if cambio["clave"] is not None:
        text += f',"clave":{encode(cambio["clave"])}'
    if cambio["quien_id"] is not None:
        text += f',"por":{{"id":{cambio["quien_id"]},"nombre":{encode(cambio["quien_nombre"])}}}'
    if cambio["conflicto"] is not None and oyente == 0:
        text += f',"conflicto":{cambio["conflicto"]}'
    if cambio["antes"] is not None and oyente == 0:
        text += f',"antes":{cambio["antes"]}'
    return text + "}"


def antes_json(t: Ticket) -> Json:
    """What a closed ticket counted as before it changed."""
    return {"estado": t.estado, "cerrado_en": iso_o_nada(t.cerrado_en), "repartidor_id": t.repartidor_id}


# What of a ticket a repartidor may still read who had it once: what the app works with, and nothing of the customer.
_DE_TODOS = frozenset(
    {
        "id", "numero", "estado", "prioridad", "repartidor_id", "lugar", "version", "intento", "creado_en",
        "asignado_en", "recibido_en", "visto_en", "en_camino_en", "llego_en", "cerrado_en",
    }
)  # fmt: skip
# What the rest becomes where null is no value of it.
_VACIO: Mapping[str, object] = {
    **dict.fromkeys(
        (
            "cliente_nombre", "cliente_direccion", "cliente_piso", "cliente_barrio", "cliente_telefono", "metodo_pago",
            "indicaciones", "negocio",
        ),
        "",
    ),
    "tipo_cliente": "cliente", "productos": [], "total": 0,
}  # fmt: skip


def ajeno(cambio: Mapping[str, Any]) -> Json:
    """A row of `cambios` for a repartidor who does not have the ticket any more: of the same form, and emptied."""
    ticket = msgspec.json.decode(cambio["ticket"])
    emptied = {name: value if name in _DE_TODOS else _VACIO.get(name) for name, value in ticket.items()}
    return {**dict(cambio), "ticket": encode(emptied)}


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


def arreglo(items: Sequence[str]) -> msgspec.Raw:
    """JSON texts as one JSON array, to be put into a larger value as it is."""
    return msgspec.Raw(f"[{','.join(items)}]")
