"""A row of the earlier system, read field by field: what can be mended is said, what cannot keeps the row out."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from belgrano.words.times import EPOCH, FIRST, LAST

MOST_CENTAVOS = 100_000_000_000
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BREAKS = re.compile("[\t\r\n\u2028\u2029]+")
_CON_BARRAS = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?")


class NoViene(ValueError):
    """A row, or a line of one, cannot come; its text says why, in Spanish."""


class Fila:
    """A row of a table of the earlier system; `nombre` is its id, numero or e-mail, `avisos` what was mended in it."""

    def __init__(self, tabla: str, datos: Mapping[str, Any], *nombres: str) -> None:
        self.tabla, self.datos = tabla, datos
        self.avisos: list[str] = []
        said = [corto(datos[each]) for each in nombres if datos.get(each) not in (None, "")]
        self.nombre = f"{said[0]} ({', '.join(said[1:])})" if said[1:] else "".join(said) or "sin id"

    def hay(self, campo: str) -> bool:
        """Whether it says anything there."""
        return self.datos.get(campo) not in (None, "")

    def id(self, campo: str = "id") -> int:
        """A whole number. Raises NoViene."""
        value = self.datos.get(campo)
        if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,18}\s*", value):
            value = int(value)
        if not isinstance(value, int):
            raise NoViene(f"{campo}: {corto(value)} no es un número.")
        return value

    def texto(self, campo: str, most: int, *, renglones: bool = False) -> str:
        """What is written there, without what no label can print, on one line; what is too long is cut, and said."""
        text = limpio(self.datos.get(campo), renglones=renglones)
        if len(text) > most:
            self.avisos.append(f"{campo}: tenía {len(text)} letras y quedó cortado en {most}.")
            text = text[:most].strip()
        return text

    def centavos(self, campo: str) -> int:
        """An amount of pesos. Raises NoViene."""
        return centavos_de(self.datos.get(campo), campo)

    def instante(self, campo: str) -> int:
        """When that was, in ms UTC. Raises NoViene."""
        return instante_de(self.datos.get(campo), campo)

    def instante_o_nada(self, campo: str) -> int | None:
        """When that was, in ms UTC; None where nothing is said, or nothing that can be read, which is told."""
        try:
            return self.instante(campo) if self.hay(campo) else None
        except NoViene as error:
            self.avisos.append(f"{error} Quedó sin esa fecha.")
            return None


def corto(value: object) -> str:
    """A value as a sentence may name it: on one line, not endless."""
    text = "nada" if value is None else limpio(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def limpio(value: object, *, renglones: bool = False) -> str:
    """A value as text: composed (NFC), trimmed, without control characters and turned writing."""
    if value is None:
        return ""
    text = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
    text = _CONTROL.sub("", text)
    text = (
        re.sub("\r\n?", "\n", text)
        if renglones
        else " ".join(filter(None, (each.strip() for each in _BREAKS.split(text))))
    )
    return unicodedata.normalize("NFC", text).strip()


def centavos_de(value: object, campo: str) -> int:
    """Pesos as whole centavos: a float as Python writes it (1234.5600000001 is those digits), half up to the centavo.

    Raises NoViene for what is no amount, is negative, or more than an order can come to.
    """
    pesos = decimal_de(value)
    if pesos is None:
        raise NoViene(f"{campo}: {corto(value)} no es un importe.")
    if pesos < 0:
        raise NoViene(f"{campo}: es negativo ({corto(value)}).")
    if pesos * 100 > MOST_CENTAVOS:
        raise NoViene(f"{campo}: {corto(value)} es más de lo que puede costar un pedido.")
    return int((pesos * 100).quantize(Decimal(1), ROUND_HALF_UP))


def decimal_de(value: object) -> Decimal | None:
    """A number exactly as it is written; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        found = Decimal(repr(value) if isinstance(value, float) else str(value).strip()[:60])
    except InvalidOperation:
        return None
    return found if found.is_finite() and found.adjusted() < 30 else None


def instante_de(value: object, campo: str) -> int:
    """Milliseconds UTC of a date or time as the earlier system wrote them; without a zone it is UTC. Raises NoViene."""
    moment = _moment(limpio(value))
    if moment is None:
        raise NoViene(f"{campo}: {corto(value)} no es una fecha que se entienda.")
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    found = (moment - EPOCH + timedelta(microseconds=500)) // timedelta(milliseconds=1)
    if not FIRST < found < LAST:
        raise NoViene(f"{campo}: {corto(value)} no puede ser.")
    return found


def dia_de_texto(value: object) -> date | None:
    """The day that is written, whatever its hour; None for what is none."""
    moment = _moment(limpio(value))
    return None if moment is None else moment.date()


def _moment(text: str) -> datetime | None:
    try:
        if found := _CON_BARRAS.fullmatch(text):
            day, month, year, hour, minute, second = (int(each or 0) for each in found.groups())
            return datetime(year, month, day, hour, minute, second)
        return datetime.fromisoformat(text)
    except ValueError:
        return None
