"""What a shop sends: the order as Ticketera keeps it, and the hash that tells a repeat from another order."""

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import fields
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from operator import attrgetter
from typing import Any

from ticketera.domain.encargo import CAMPOS, TEXTOS, Encargo, Prioridad
from ticketera.domain.lugar import punto
from ticketera.domain.ticket import Ticket

MOST_ZEROS = 30
NADA_QUE_INDICAR = "sin indicaciones especiales"
_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
# Normalising must round nothing, whatever number a shop writes.
_EXACT = Context(prec=min(MAX_PREC, 100_000), Emax=MAX_EMAX, Emin=MIN_EMIN)
_campos_de = attrgetter(*(each.name for each in fields(Encargo)))  # a Ticket begins with the same


def limpio(text: str | None) -> str:
    """Text as it is kept: composed (NFC), without blanks around it; null is the empty text."""
    if not text:
        return ""
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()


def indicaciones_de(text: str) -> str:
    """What there is to heed: the sentence with which shops fill the field where there is nothing says nothing."""
    return "" if text.rstrip(".").casefold() == NADA_QUE_INDICAR else text


def encargo_de(*, productos: Sequence[object], total: int, **dicho: Any) -> Encargo:
    """The order from fields whose types and limits were checked; text is composed and stripped, null is the default.

    `prioridad` by its name. A window that is none is left out.
    """
    campos: dict[str, Any] = {
        name: limpio(value) if name in TEXTOS else value for name, value in dicho.items() if value is not None
    }
    campos["prioridad"] = Prioridad[campos.get("prioridad") or "normal"]
    encargo = Encargo(productos=productos, total=total, **campos)
    desde, hasta = encargo.franja_desde, encargo.franja_hasta
    if desde is None or (hasta is not None and desde >= hasta):
        encargo.franja_desde = encargo.franja_hasta = None
    encargo.negocio = encargo.negocio or _negocio_de(productos)
    return encargo


def ticket_nuevo(encargo: Encargo, productos: str) -> Ticket:
    """The ticket that an order becomes, with its products as JSON text: as yet nobody's, without a place or a hash."""
    ticket = Ticket(*_campos_de(encargo))
    ticket.productos, ticket.repartidor_id = productos, None
    ticket.prioridad = encargo.prioridad_efectiva
    ticket.indicaciones = indicaciones_de(encargo.indicaciones)
    ticket.cliente_lat, ticket.cliente_lng = punto(encargo.cliente_lat, encargo.cliente_lng) or (None, None)
    return ticket


def _negocio_de(productos: Sequence[object]) -> str:
    """The negocio that all products are of, as the shop writes it beside each; nothing where they differ."""
    first = productos[0].get("negocio") if isinstance(productos[0], dict) else None
    if not isinstance(first, str) or len(first) > CAMPOS["negocio"].most:
        return ""
    same = all(isinstance(each, dict) and each.get("negocio") == first for each in productos)
    return limpio(first) if same else ""


# In this order for ever: the hashes are stored. A field that comes later is no part of them.
_EN_LA_HUELLA = (
    "numero", "cliente_nombre", "cliente_direccion", "productos", "total", "cliente_telefono", "cliente_email",
    "metodo_pago", "indicaciones", "prioridad", "tipo_cliente", "repartidor_id", "cliente_lat", "cliente_lng",
)  # fmt: skip
_contenido = attrgetter(*_EN_LA_HUELLA)
_PRIORIDAD = _EN_LA_HUELLA.index("prioridad")


def huella(encargo: Encargo) -> str:
    """The hash of an order's content: equal for equal orders however they were written (2 and 2.0, order of keys)."""
    content = list(_contenido(encargo))
    content[_PRIORIDAD] = encargo.prioridad.name
    return huella_de(content)


def huella_de(content: object) -> str:
    """The hash of any JSON content, for what is remembered under a clave."""
    return hashlib.sha256(_encode(_canon(content)).encode()).hexdigest()


def _canon(value: object) -> object:
    """The same JSON value in one way of writing it. A fraction becomes a text that begins with NUL, as no text does."""
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, dict):
        return {key: _canon(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_canon(each) for each in value]
    if isinstance(value, float):
        return _number(Decimal(repr(value)))
    raise TypeError(f"{type(value).__name__} is not JSON")


def _number(value: Decimal) -> object:
    if not value:
        return 0
    exact = _EXACT.normalize(value)
    # Never as an integer with a million digits.
    whole = exact == exact.to_integral_value() and int(exact.as_tuple().exponent) <= MOST_ZEROS
    return int(exact) if whole else f"\0{exact}"
