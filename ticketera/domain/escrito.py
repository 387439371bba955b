"""What people write into forms and spreadsheets, read: money, days and times of Buenos Aires, products.

Each reader raises ValueError with what is wrong in Spanish, to be put behind the field's name.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeVar

from belgrano.contract import PAGOS
from belgrano.words.text import unaccented
from belgrano.words.times import BUENOS_AIRES, ms_of
from ticketera.domain.errors import CamposInvalidos

T = TypeVar("T")
LONGEST, _LONGEST_DAY = 500, 60
LAST = time(23, 59)  # of a day on which no time is said
_PESOS = re.compile(
    r"""
      [0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,2})?  # 12.450,50
    | [0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,2}       # 12,450.50
    | [0-9]{1,15}(?:[.,][0-9]{1,2})?             # 12450,5
    """,
    re.VERBOSE,
)
_DIA = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})|([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")
_MESES = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
_DIA_ESCRITO = re.compile(
    rf"(?:(?:lun|mar|mie|jue|vie|sab|dom)[a-z]{{0,6}} )?([0-9]{{1,2}})(?: de)? ({'|'.join(_MESES)})[a-z]{{0,7}}"
    r"(?: del?)? ([0-9]{4}|[0-9]{2})"
)
_DIA_DE_SEMANA = re.compile(r"(?:lun|mar|mi[eé]|jue|vie|s[aá]b|dom)[a-zé]{0,6}\.?,? (?=[0-9])", re.IGNORECASE)
_HORA = re.compile(
    r"([0-9]{1,2})(?:[:.]([0-9]{2})(?::[0-9]{2}(?:\.0{1,6})?)?)?\s?(?:(?:hs?|hrs?|horas)\.?|([ap])\.?\s?m\.?|\.)?",
    re.IGNORECASE,
)
_VEINTICUATRO = re.compile(r"24(?:[:.]00)?\s?(?:hs?|hrs?|horas)?\.?", re.IGNORECASE)
_HORARIO = re.compile(
    r"(?:(?:de|desde|entre) )?(?:las? )?([0-9][^-\u2013/]{0,20}?)"
    r"(?: al? | y | hasta | ?[-\u2013/] ?)(?:las? )?([0-9].{0,20})"
)
_MOMENTO = re.compile(r"(\S{1,10}?)[\sT]+([0-9].*)")  # no day is longer; without an end it tries them all
_PRODUCTO = re.compile(r"([0-9]{1,9}(?:[.,][0-9]{1,3})?)\s*[xX\u00d7]\s+(\S.*)")


def palabras(texto: str) -> str:
    """A word to be compared: lower case, without accents or signs, its parts one blank apart."""
    if len(texto) > LONGEST:  # no word of ours; a heap of accents would take minutes to be put in order
        return texto
    return " ".join(re.sub(r"[^\w]|_", " ", unaccented(texto)).split())


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
    """A day: `24/11/2026`, `24-11-26`, `2026-11-24`, `martes 24 de noviembre de 2026`; no matter the time."""
    try:
        return _dia_y_hora(texto)[0]
    except ValueError:
        raise ValueError("no se entiende como fecha: escribila así, 24/11/2026.") from None


def _dia_y_hora(texto: str) -> tuple[date, time]:
    """A day and the time behind it, midnight where none is."""
    bare = _DIA_DE_SEMANA.sub("", texto.strip()[:_LONGEST_DAY], count=1)
    both = _MOMENTO.fullmatch(bare)
    day, at = (both[1], leer_hora(both[2])) if both and _DIA.fullmatch(both[1]) else (bare, time())
    if written := _DIA_ESCRITO.fullmatch(palabras(day)):
        number, month, year = written.groups()
        return _sensible(int(year), 1 + _MESES.index(month), int(number)), at
    found = _DIA.fullmatch(day)
    if not found:
        raise ValueError
    number, month, year, iso_year, iso_month, iso_day = found.groups()
    if iso_year:
        return _sensible(int(iso_year), int(iso_month), int(iso_day)), at
    return _sensible(int(year), int(month), int(number)), at


def _sensible(year: int, month: int, number: int) -> date:
    day = date(year + 2000 * (year < 100), month, number)
    if not 2000 <= day.year <= 2100:
        raise ValueError
    return day


def leer_hora(texto: str) -> time:
    """A time of day: `18:30`, `18.30`, `18 h`, `6:30 p. m.`."""
    found = _HORA.fullmatch(texto.strip())
    try:
        if not found:
            raise ValueError
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if half and hour <= 12:
            hour = hour % 12 + 12 * (half == "p")
        return time(hour, minute)
    except ValueError:
        raise ValueError("no se entiende como hora: escribila así, 18:30.") from None


def leer_horario(texto: str) -> tuple[str, str] | None:
    """Two times out of one text, each as `leer_hora` reads it: `18 a 20`, `de 18:00 a 20:30 hs`, `6 a 8 pm`."""
    found = _HORARIO.fullmatch(" ".join(texto.split())[:_LONGEST_DAY].lower())
    if not found:
        return None
    begin, end = found[1].strip(), found[2].strip()
    half = re.search(r"[ap]\.? ?m\.?$", end)
    try:
        if half and not re.search(r"m\.?$", begin) and leer_hora(f"{begin} {half[0]}") < leer_hora(end):
            begin = f"{begin} {half[0]}"
        leer_hora(begin)
        _hasta(end)
    except ValueError:
        return None
    return begin, end


def _hasta(texto: str) -> time:
    """A time at which something ends: 24 is the midnight that follows."""
    return time() if _VEINTICUATRO.fullmatch(texto.strip()) else leer_hora(texto)


def leer_dia_entero(fecha: str) -> tuple[int, int]:
    """The franja of a day on which no hours are said, in ms UTC: all of it, or what is left from the time behind it.

    Raises CamposInvalidos naming `franja_fecha`.
    """
    _campo("franja_fecha", leer_dia, fecha)
    day, at = _dia_y_hora(fecha)
    return ms_of(datetime.combine(day, at, BUENOS_AIRES)), ms_of(datetime.combine(day, LAST, BUENOS_AIRES))


def leer_franja(fecha: str, desde: str, hasta: str) -> tuple[int | None, int | None]:
    """The franja in ms UTC, of a day and two times in Buenos Aires; `desde` and `hasta` may bring their own day.

    Nothing written is no franja. An end at 00:00 is that of the day. Raises CamposInvalidos naming `franja_fecha`,
    `franja_desde` or `franja_hasta`.
    """
    if not (fecha.strip() or desde.strip() or hasta.strip()):
        return None, None
    day = _campo("franja_fecha", leer_dia, fecha) if fecha.strip() else None
    begin = _momento("franja_desde", desde, day, leer_hora)
    end = _momento("franja_hasta", hasta, day or begin.date(), _hasta)
    if end <= begin and end.time() == time() and end.date() == begin.date():
        end += timedelta(days=1)
    if end <= begin:
        raise CamposInvalidos(("franja_hasta", "tiene que ser después del comienzo de la franja."))
    return ms_of(begin), ms_of(end)


def _momento(campo: str, texto: str, day: date | None, read: Callable[[str], time]) -> datetime:
    if not texto.strip():
        raise CamposInvalidos((campo, "falta la hora."))
    both = _MOMENTO.fullmatch(texto.strip())
    if both and _DIA.fullmatch(both[1]):
        day, texto = _campo(campo, leer_dia, both[1]), both[2]
    at = _campo(campo, read, texto)
    if day is None:
        raise CamposInvalidos(("franja_fecha", "falta el día de la franja."))
    return datetime.combine(day, at, BUENOS_AIRES)


def _campo(campo: str, read: Callable[[str], T], texto: str) -> T:
    try:
        return read(texto)
    except ValueError as error:
        raise CamposInvalidos((campo, str(error))) from None


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


def tiene_cantidad(producto: str) -> bool:
    """Whether a product says how many of it: `2 x Yerba`."""
    return _PRODUCTO.fullmatch(producto.strip()) is not None


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


_PAGOS = {palabras(said): pago for pago, row in PAGOS.items() for said in (pago, row["oficina"])}
