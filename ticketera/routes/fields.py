"""The kinds of values that bodies and query strings carry, strict, each with what is wrong in Spanish."""

from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    WithJsonSchema,
)

from belgrano.contract import ESTADOS, PRIORIDADES, RECEPTORES
from belgrano.http.fields import MOST_ID, Body, ExactBody, Id, PasswordNueva, centavos, not_blank, number
from belgrano.http.shapes import OneOf
from belgrano.words.numbers import is_whole
from belgrano.words.times import ms_de_iso

# Of the ground's kinds, those that routes take from here.
__all__ = ["MOST_ID", "Body", "ExactBody", "Id", "PasswordNueva", "number"]

MOST_PESOS = 1_000_000_000
Prioridad = Annotated[str, OneOf(PRIORIDADES)]
Estado = Annotated[str, OneOf(ESTADOS)]
Receptor = Annotated[str, OneOf(RECEPTORES)]
Permiso = Literal["si", "no", "bloqueado", "no_hay"]


def leer_pesos(value: Any) -> int:
    """Pesos of a ticket, as whole centavos."""
    return centavos(value, MOST_PESOS)


def grados(most: int) -> Any:
    """Degrees between -most and most, as a float; or null."""

    def check(value: Any) -> float | None:
        if value is None:
            return None
        degrees = number(value)
        if not -most <= degrees <= most:
            raise ValueError(f"tiene que estar entre -{most} y {most}.")
        return float(degrees)

    schema = {"type": ["number", "null"], "minimum": -most, "maximum": most}
    return Annotated[float | None, BeforeValidator(check), WithJsonSchema(schema)]


def instante(value: Any) -> int | None:
    """ISO 8601 with its zone, as milliseconds UTC."""
    if value is None:
        return None
    try:
        return ms_de_iso(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError("tiene que ser una fecha y hora ISO 8601 con zona, como 2026-01-31T12:00:00.000Z.") from None


Instante = Annotated[
    int | None, BeforeValidator(instante), WithJsonSchema({"type": ["string", "null"], "format": "date-time"})
]
Version = Annotated[int, Field(ge=0, le=MOST_ID)]
Pesos = Annotated[
    int,
    BeforeValidator(leer_pesos),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": MOST_PESOS, "multipleOf": 0.01}),
]
Clave = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")]

Texto120 = Annotated[str, StringConstraints(max_length=120), AfterValidator(not_blank)]
# Optional text: null is like leaving it out.
Opcional50 = Annotated[str, StringConstraints(max_length=50)] | None
Opcional120 = Annotated[str, StringConstraints(max_length=120)] | None
Opcional500 = Annotated[str, StringConstraints(max_length=500)] | None
Opcional2000 = Annotated[str, StringConstraints(max_length=2000)] | None


def texto(most: int) -> Any:
    """A text with something to read in it."""
    return Annotated[str, StringConstraints(max_length=most), AfterValidator(not_blank)]


def opcional(most: int) -> Any:
    """A text, or null, which is like leaving it out."""
    return Annotated[str, StringConstraints(max_length=most)] | None


def pista(most: int) -> Any:
    """A text that is used when it is well-formed and ignored when it is not."""

    def read(value: Any) -> str | None:
        return value if isinstance(value, str) and len(value) <= most else None

    schema = {"type": ["string", "null"], "maxLength": most}
    return Annotated[str | None, BeforeValidator(read), WithJsonSchema(schema)]


def _hint_instant(value: Any) -> int | None:
    try:
        return instante(value)
    except ValueError:
        return None


PistaInstante = Annotated[
    int | None, BeforeValidator(_hint_instant), WithJsonSchema({"type": ["string", "null"], "format": "date-time"})
]


def whole(value: Any) -> Any:
    """A whole number out of a query string."""
    if not isinstance(value, str) or not is_whole(value):
        raise ValueError("tiene que ser un número entero.")
    return min(int(value[:40]), MOST_ID)


Entero = Annotated[int, BeforeValidator(whole), WithJsonSchema({"type": "integer", "minimum": 0})]
