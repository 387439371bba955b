"""Forms as they come from a browser: checked by the shapes of the JSON, and back with what is wrong."""

from collections.abc import Mapping
from typing import Any

from belgrano.accounts.passwords import LONGEST, SHORTEST
from belgrano.http.problems import Problem
from belgrano.http.shapes import parse
from ticketera.domain.errors import CamposInvalidos, DomainError
from ticketera.routes.house import Shape, form

__all__ = ["PASSWORD", "REFUSALS", "errors_of", "form", "read"]
PASSWORD = {"desde": SHORTEST, "hasta": LONGEST}  # letters of a new one, as templates say it


def read(shape: type[Shape], fields: Mapping[str, Any]) -> Shape:
    """Form fields in the shape that the JSON route takes too; empty optional ones count as left out. Problem 400."""
    return parse(shape, {name: value for name, value in fields.items() if value != ""})


def errors_of(error: Exception) -> tuple[int, str, dict[str, str]]:
    """What to show of a refusal: status, one sentence, and a sentence per field."""
    if isinstance(error, CamposInvalidos):
        return 400, error.detalle, dict(error.errores)
    if isinstance(error, DomainError):
        return 409, error.detalle, {}
    if isinstance(error, Problem):
        fields = {each["campo"]: each["detalle"] for each in error.extra.get("errores", [])}
        return error.status, "Hay datos que corregir." if fields else error.detail, fields
    raise error


REFUSALS = (DomainError, Problem)
