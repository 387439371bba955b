"""What people write into forms and spreadsheets, read: money, days and times of Buenos Aires, products.

Each reader raises ValueError with what is wrong in Spanish, to be put behind the field's name.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeVar

from ticketera.domain.errors import CamposInvalidos
from ticketera.domain.tiempo import BUENOS_AIRES

T = TypeVar("T")
LONGEST = 500
_PESOS = re.compile(
    r"""
      [0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,2})?  # 12.450,50
    | [0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,2}       # 12,450.50
    | [0-9]{1,15}(?:[.,][0-9]{1,2})?             # 12450,5
    """,
    re.VERBOSE,
)
_DIA = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})|([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_HORA = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2})(?::[0-9]{2}(?:\.0+)?)?)?\s*(?:hs?|horas)?\.?", re.IGNORECASE)
_MOMENTO = re.compile(r"(\S{1,10}?)[\sT]+([0-9].*)")  # no day is longer; without an end it tries them all
_PRODUCTO = re.compile(r"([0-9]{1,9}(?:[.,][0-9]{1,3})?)\s*[xX\u00d7]\s+(\S.*)")
_PAGOS = {
    "efectivo": "efectivo", "transferencia": "transferencia", "tarjeta": "tarjeta", "mercado pago": "mercadopago",
    "mercadopago": "mercadopago",
}  # fmt: skip


def palabras(texto: str) -> str:
    """A word to be compared: lower case, without accents or signs, its parts one blank apart."""
    if len(texto) > LONGEST:  # no word of ours; a heap of accents would take minutes to be put in order
        return texto
    parted = unicodedata.normalize("NFKD", texto.casefold())
    bare = "".join(letter for letter in parted if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^\w]|_", " ", bare).split())


def leer_pesos(texto: str) -> Decimal:
    """Pesos with comma or point: `12.450,50`, `12450.5`, `$ 12.450`."""
    bare = re.sub(r"\s|\$|^ARS", "", texto)
    if bare.startswith("-"):
        raise ValueError("no puede ser negativo.")
    if not _PESOS.fullmatch(bare):
        raise ValueError("no se entiende como monto: escribilo así, 12.450,50.")
    # What stands before the last one or two digits is the decimal sign, any other sign is between thousands.
    whole, _, cents = re.fullmatch(r"(.*?)(?:([.,])([0-9]{1,2}))?", bare).groups()  # type: ignore[union-attr]
    return Decimal(f"{re.sub(r'[.,]', '', whole)}.{cents or 0}")


def leer_grados(texto: str) -> Decimal:
    """Degrees with comma or point."""
    if not re.fullmatch(r"-?[0-9]{1,3}([.,][0-9]{1,12})?", texto.strip()):
        raise ValueError("no se entiende como coordenada: escribila así, -34,6037.")
    return Decimal(texto.strip().replace(",", "."))


def leer_dia(texto: str) -> date:
    """A day: `24/11/2026`, `24-11-26`, `2026-11-24`."""
    found = _DIA.fullmatch(texto.strip())
    try:
        if not found:
            raise ValueError
        day, month, year, iso_year, iso_month, iso_day = found.groups()
        if iso_year:
            return _sensible(date(int(iso_year), int(iso_month), int(iso_day)))
        return _sensible(date(int(year) + 2000 * (len(year) == 2), int(month), int(day)))
    except ValueError:
        raise ValueError("no se entiende como fecha: escribila así, 24/11/2026.") from None


def _sensible(day: date) -> date:
    if not 2000 <= day.year <= 2100:
        raise ValueError
    return day


def leer_hora(texto: str) -> time:
    """A time of day: `18:30`, `18.30`, `18 h`."""
    found = _HORA.fullmatch(texto.strip())
    try:
        if not found:
            raise ValueError
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        raise ValueError("no se entiende como hora: escribila así, 18:30.") from None


def leer_franja(fecha: str, desde: str, hasta: str) -> tuple[int | None, int | None]:
    """The franja in ms UTC, of a day and two times in Buenos Aires; `desde` and `hasta` may bring their own day.

    Nothing written is no franja. An end at 00:00 is that of the day. Raises CamposInvalidos naming `franja_fecha`,
    `franja_desde` or `franja_hasta`.
    """
    if not (fecha.strip() or desde.strip() or hasta.strip()):
        return None, None
    day = _campo("franja_fecha", leer_dia, fecha) if fecha.strip() else None
    begin = _momento("franja_desde", desde, day)
    end = _momento("franja_hasta", hasta, day or begin.date())
    if end <= begin and end.time() == time() and end.date() == begin.date():
        end += timedelta(days=1)
    if end <= begin:
        raise CamposInvalidos(("franja_hasta", "tiene que ser después del comienzo de la franja."))
    return _ms(begin), _ms(end)


def _momento(campo: str, texto: str, day: date | None) -> datetime:
    if not texto.strip():
        raise CamposInvalidos((campo, "falta la hora."))
    both = _MOMENTO.fullmatch(texto.strip())
    if both and _DIA.fullmatch(both[1]):
        day, texto = _campo(campo, leer_dia, both[1]), both[2]
    at = _campo(campo, leer_hora, texto)
    if day is None:
        raise CamposInvalidos(("franja_fecha", "falta el día de la franja."))
    return datetime.combine(day, at, BUENOS_AIRES)


def _campo(campo: str, read: Callable[[str], T], texto: str) -> T:
    try:
        return read(texto)
    except ValueError as error:
        raise CamposInvalidos((campo, str(error))) from None


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def leer_productos(texto: str) -> list[object]:
    """Products, one a line or between bars: `2 x Yerba 1 kg`; without a number the text is the product."""
    productos: list[object] = []
    for linea in re.split(r"[\r\n|]+", texto):
        if not linea.strip():
            continue
        found = _PRODUCTO.fullmatch(linea.strip())
        if found is None:
            productos.append(linea.strip())
            continue
        cantidad = Decimal(found[1].replace(",", "."))
        if not cantidad:
            raise ValueError(f"“{linea.strip()[:60]}” tiene cantidad cero.")
        whole = cantidad == cantidad.to_integral_value()
        productos.append({"nombre": found[2].strip(), "cantidad": int(cantidad) if whole else cantidad})
    return productos


def escribir_productos(productos: Sequence[object]) -> str:
    """Products as `leer_productos` reads them, between bars."""
    return " | ".join(_producto(each) for each in productos)


def _producto(producto: object) -> str:
    if not isinstance(producto, Mapping):
        return _en_linea(str(producto))
    cantidad = str(producto.get("cantidad", 1)).replace(".", ",")
    return f"{cantidad} x {_en_linea(str(producto.get('nombre', '')))}"


def _en_linea(texto: str) -> str:
    return " ".join(texto.replace("|", "/").split())


def forma_de_pago(texto: str) -> str:
    """The shop's code of a way to pay, whatever way it is written; anything else as it is."""
    return _PAGOS.get(palabras(texto), texto)
