"""What a shop sends: the order as Ticketera keeps it, and the hash that tells a repeat from another order."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal

from ticketera.domain.lugar import punto
from ticketera.domain.ruta import Punto
from ticketera.domain.ticket import Prioridad

MOST_ZEROS = 30
MOST_NEGOCIO = 120
NADA_QUE_INDICAR = "sin indicaciones especiales"
_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
# Normalising must round nothing, whatever number a shop writes.
_EXACT = Context(prec=min(MAX_PREC, 100_000), Emax=MAX_EMAX, Emin=MIN_EMIN)


def limpio(text: str | None) -> str:
    """Text as it is kept: composed (NFC), without blanks around it; null is the empty text."""
    if not text:
        return ""
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()


def indicaciones_de(text: str) -> str:
    """What there is to heed: the sentence with which shops fill the field where there is nothing says nothing."""
    return "" if text.rstrip(".").casefold() == NADA_QUE_INDICAR else text


@dataclass(frozen=True, slots=True)
class TicketNuevo:
    """An order as received, with its defaults filled in. Make it with `ticket_nuevo`.

    `total` in centavos; `productos` as given; `prioridad` as given too: `prioridad_efectiva` is what counts.
    """

    numero: str
    cliente_nombre: str
    cliente_direccion: str
    productos: Sequence[object]
    total: int
    cliente_telefono: str = ""
    cliente_email: str = ""
    metodo_pago: str = ""
    indicaciones: str = ""
    prioridad: Prioridad = Prioridad.normal
    tipo_cliente: str = "cliente"
    repartidor_id: int | None = None
    cliente_lat: float | None = None
    cliente_lng: float | None = None
    cliente_piso: str = ""
    cliente_barrio: str = ""
    negocio: str = ""
    franja_desde: int | None = None
    franja_hasta: int | None = None

    @property
    def lugar(self) -> Punto | None:
        """Where it goes to. What was sent stays as it is: a repeat is told by it."""
        return punto(self.cliente_lat, self.cliente_lng)

    @property
    def prioridad_efectiva(self) -> Prioridad:
        """A comerciante's order is at least alta."""
        return max(self.prioridad, Prioridad.alta) if self.tipo_cliente == "comerciante" else self.prioridad


def ticket_nuevo(
    *,
    numero: str,
    cliente_nombre: str,
    cliente_direccion: str,
    productos: Sequence[object],
    total: int,
    cliente_telefono: str | None = None,
    cliente_email: str | None = None,
    metodo_pago: str | None = None,
    indicaciones: str | None = None,
    prioridad: str | None = None,
    tipo_cliente: str | None = None,
    repartidor_id: int | None = None,
    cliente_lat: float | None = None,
    cliente_lng: float | None = None,
    cliente_piso: str | None = None,
    cliente_barrio: str | None = None,
    negocio: str | None = None,
    franja_desde: int | None = None,
    franja_hasta: int | None = None,
) -> TicketNuevo:
    """The order from fields whose types and limits were checked; text is composed and stripped, null is the default.

    From `cliente_piso` on they are hints: no part of what makes two orders the same.
    """
    if franja_desde is None or (franja_hasta is not None and franja_desde >= franja_hasta):
        franja_desde = franja_hasta = None
    return TicketNuevo(
        limpio(numero),
        limpio(cliente_nombre),
        limpio(cliente_direccion),
        productos,
        total,
        limpio(cliente_telefono),
        limpio(cliente_email),
        limpio(metodo_pago),
        limpio(indicaciones),
        Prioridad[prioridad or "normal"],
        tipo_cliente or "cliente",
        repartidor_id,
        cliente_lat,
        cliente_lng,
        limpio(cliente_piso),
        limpio(cliente_barrio),
        limpio(negocio) or _negocio_de(productos),
        franja_desde,
        franja_hasta,
    )


def _negocio_de(productos: Sequence[object]) -> str:
    """The negocio that all products are of, as the shop writes it beside each; nothing where they differ."""
    first = productos[0].get("negocio") if isinstance(productos[0], Mapping) else None
    if not isinstance(first, str) or len(first) > MOST_NEGOCIO:
        return ""
    same = all(isinstance(each, Mapping) and each.get("negocio") == first for each in productos)
    return limpio(first) if same else ""


def huella(nuevo: TicketNuevo) -> str:
    """The hash of an order's content: equal for equal orders however they were written (2 and 2.0, order of keys)."""
    n = nuevo
    return huella_de(
        [
            n.numero, n.cliente_nombre, n.cliente_direccion, n.productos, n.total, n.cliente_telefono,
            n.cliente_email, n.metodo_pago, n.indicaciones, n.prioridad.name, n.tipo_cliente, n.repartidor_id,
            n.cliente_lat, n.cliente_lng,
        ]
    )  # fmt: skip


def huella_de(content: object) -> str:
    """The hash of any JSON content, for what is remembered under a clave."""
    return hashlib.sha256(_encode(_canon(content)).encode()).hexdigest()


def _canon(value: object) -> object:
    """The same JSON value in one way of writing it. A fraction becomes a text that begins with NUL, as no text does."""
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, float | Decimal):
        return _number(Decimal(repr(value)) if isinstance(value, float) else value)
    if isinstance(value, Mapping):
        return {key: _canon(each) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [_canon(each) for each in value]
    raise TypeError(f"{type(value).__name__} is not JSON")


def _number(value: Decimal) -> object:
    if not value:
        return 0
    exact = _EXACT.normalize(value)
    # Never as an integer with a million digits.
    return int(exact) if 0 <= int(exact.as_tuple().exponent) <= MOST_ZEROS else f"\0{exact}"
