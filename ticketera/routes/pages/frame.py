"""What every page shares: the frame's context, and JSON for its script."""

from typing import Any

from markupsafe import Markup
from quart import render_template, request

from belgrano.database.work import Connection
from ticketera.domain.conflicto import Conflicto
from ticketera.domain.tablero import Preferencias
from ticketera.routes.house import base, me
from ticketera.store.conflictos import select_conflictos
from ticketera.store.tablero import select_preferencias
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
    yo = me()
    abiertos, preferencias = await base().read(_select, yo.id)
    return await render_template(
        template,
        yo=yo,
        tema=preferencias.tema,
        lugar=lugar,
        conflictos_abiertos=len(abiertos),
        dicho=request.args.get("dicho"),
        **context,
    )


async def _select(con: Connection, admin_id: int) -> tuple[list[Conflicto], Preferencias]:
    return await select_conflictos(con), await select_preferencias(con, admin_id)
