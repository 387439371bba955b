"""The settings of dispatch, in plain words."""

from typing import Any

from quart import Blueprint, redirect, request
from quart.typing import ResponseReturnValue

from belgrano.access import allow
from ticketera.actions.configuracion import cambiar_configuracion
from ticketera.domain.configuracion import LIMITES, revisar_configuracion
from ticketera.routes.house import base, quien
from ticketera.routes.pages.frame import REFUSALS, admin_page, errors_of, form
from ticketera.store.configuracion import select_configuracion

routes = Blueprint("pagina_configuracion", __name__)


@routes.get("/configuracion")
@allow("admin")
async def get_configuracion() -> str:
    """The settings as they stand."""
    return await _page(await base().read(select_configuracion), {}, None)


@routes.post("/configuracion")
@allow("admin")
async def post_configuracion() -> ResponseReturnValue:
    """Change them; what makes room gives out waiting tickets."""
    fields = await form()
    asked: dict[str, object] = {campo: numero(fields[campo]) for campo in LIMITES if campo in fields}
    if "modo_asignacion" in fields:
        asked["modo_asignacion"] = fields["modo_asignacion"]
    try:
        await base().do(cambiar_configuracion, revisar_configuracion(asked), quien())
    except REFUSALS as error:
        status, said, errores = errors_of(error)
        return await _page(fields, errores, said), status
    return redirect("/configuracion?dicho=guardado", 303)


def numero(text: str) -> int | str:
    """A whole number as typed, or the text for the check to refuse."""
    clean = text.strip()
    return int(clean) if clean.isascii() and clean.isdigit() and len(clean) < 10 else clean


async def _page(valores: Any, errores: dict[str, str], error: str | None) -> str:
    return await admin_page(
        "ticketera/configuracion.html",
        "/configuracion",
        valores=valores,
        limites=LIMITES,
        errores=errores,
        error=error,
        guardado=request.args.get("dicho") == "guardado",
    )
