"""What every page shares: the frame's context, JSON for its script, and forms that come back with what is wrong."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from quart import render_template, request

from belgrano.http.access import caller
from belgrano.http.problems import Problem
from belgrano.http.shapes import parse
from ticketera.domain.errors import CamposInvalidos, DomainError
from ticketera.routes.house import Shape, base
from ticketera.store.conflictos import select_conflictos
from ticketera.wire.text import encode

# What would end the block or begin markup inside of it; in JSON text these stand in strings only.
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def json_block(data: object) -> Markup:
    """JSON for a `<script type="application/json">`, which nothing in it can end."""
    text = encode(data)
    for unsafe, escape in _ESCAPES.items():  # a board's megabyte takes `translate` 50 ms, and this next to nothing
        text = text.replace(unsafe, escape)
    return Markup(text)  # noqa: S704


async def admin_page(template: str, lugar: str, **context: Any) -> str:
    """A page inside the admins' frame; `lugar` is the section that is marked in it."""
    abiertos = await base().read(select_conflictos)
    return await render_template(
        template,
        yo=caller(),
        lugar=lugar,
        conflictos_abiertos=len(abiertos),
        dicho=request.args.get("dicho"),
        **context,
    )


async def form() -> dict[str, str]:
    """The fields of the form that was sent. NUL, which PostgreSQL stores nowhere, is left out."""
    return {name: value.replace("\0", "") for name, value in (await request.form).items() if isinstance(value, str)}


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
