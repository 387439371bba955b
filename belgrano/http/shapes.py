"""The shape that a route asks for: what arrived and does not fit is a 400 that names each wrong field in Spanish."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import CoreSchema, ErrorDetails
from pydantic_core.core_schema import literal_schema

from belgrano.http.problems import Problem
from belgrano.words.numbers import miles

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, eq=False)  # a table has no hash
class OneOf:
    """`Annotated[str, OneOf(TABLE)]`: one of the codes of a table, as a Literal would name them."""

    codes: Iterable[str]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return literal_schema(list(self.codes))


def parse(model: type[M], data: Any) -> M:
    """A strict pydantic model from parsed JSON.

    Raises Problem 400 with `errores: [{campo, detalle}]`, one per field.
    """
    if not isinstance(data, dict):
        raise Problem(400, "datos_invalidos", "Hace falta un objeto JSON.", errores=[])
    try:
        return model.model_validate(data, strict=True)
    except ValidationError as error:
        raise invalid(_spanish(error.errors(include_url=False, include_input=False))) from None


def is_blank(text: str) -> bool:
    """Whether a person would see nothing: blanks of all kinds, and letters without a shape (zero width, control)."""
    return not any(letter.isprintable() and letter != " " for letter in text)


def invalid(errores: Sequence[dict[str, str]]) -> Problem:
    """The 400 that names each wrong field."""
    fields = ", ".join(each["campo"] for each in errores)
    return Problem(400, "datos_invalidos", f"Hay datos que corregir: {fields}.", errores=list(errores))


_DETAILS = {
    "missing": "es obligatorio.",
    "extra_forbidden": "no se puede indicar acá.",
    "string_type": "tiene que ser texto.",
    "string_too_short": "tiene que tener al menos {min_length} caracteres.",
    "string_too_long": "puede tener hasta {max_length} caracteres.",
    "string_pattern_mismatch": "tiene un formato que no sirve.",
    "int_type": "tiene que ser un número entero.",
    "int_from_float": "tiene que ser un número entero.",
    "greater_than": "tiene que ser mayor que {gt}.",
    "greater_than_equal": "tiene que ser {ge} o más.",
    "less_than": "tiene que ser menor que {lt}.",
    "less_than_equal": "tiene que ser {le} o menos.",
    "bool_type": "tiene que ser true o false.",
    "list_type": "tiene que ser una lista.",
    "dict_type": "tiene que ser un objeto.",
    "model_type": "tiene que ser un objeto.",
    "too_short": "tiene que tener al menos {min_length} elementos.",
    "too_long": "puede tener hasta {max_length} elementos.",
    "literal_error": "tiene que ser uno de: {expected}.",
    "enum": "tiene que ser uno de: {expected}.",
}


def _spanish(errors: list[ErrorDetails]) -> list[dict[str, str]]:
    """One entry per field of the body, in its order; what lies inside a list is named by its place."""
    found: dict[str, str] = {}
    for error in errors:
        campo = str(error["loc"][0]) if error["loc"] else "cuerpo"
        if campo not in found:
            found[campo] = _place(error["loc"][1:]) + _detail(error)
    return [{"campo": campo, "detalle": detalle} for campo, detalle in found.items()]


def _place(inside: tuple[int | str, ...]) -> str:
    for step in inside:
        if isinstance(step, int):
            return f"el elemento {step + 1} "
    return ""


def _detail(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    if error["type"] in {"value_error", "assertion_error"}:
        return str(context.get("error", "no es válido."))
    known = _DETAILS.get(error["type"], "no es válido.")
    if context.get("min_length") == 1:
        return "no puede quedar en blanco."
    return known.format(**{key: _said(value) for key, value in context.items()})


def _said(value: object) -> str:
    """A bound, or the codes of a table, as a sentence says them."""
    return miles(value) if isinstance(value, int) else str(value).replace(" or ", " o ")
