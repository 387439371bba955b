"""Having one's account forgotten, by a form that asks for the password."""

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.domain.errors import CampoInvalido, PedidosAbiertos
from ahorro.routes.mis_datos import COMPRAN, borrar
from ahorro.routes.pages.forms import form, go, sentence
from belgrano.http.access import allow
from belgrano.http.problems import Problem

routes = Blueprint("paginas_mis_datos", __name__)


@routes.get("/cuenta/borrar")
@allow(*COMPRAN)
async def get_borrar() -> ResponseReturnValue:
    """What goes, what stays, and the password."""
    return await render_template("ahorro/borrar.html", errores={})


@routes.post("/cuenta/borrar")
@allow(*COMPRAN)
async def post_borrar() -> ResponseReturnValue:
    """Have it forgotten."""
    datos = await form("password")
    headers: dict[str, str] = {}
    try:
        await borrar(datos["password"])
    except CampoInvalido as error:
        errores, status = {error.campo: sentence(error.campo, error.detalle)}, 400
    except PedidosAbiertos as error:
        errores, status = {"": error.detalle}, 409
    except Problem as problem:
        if problem.status != 429:
            raise
        errores, status, headers = {"": problem.detail}, 429, dict(problem.headers or {})
    else:
        return go("/", "cuenta_borrada")
    return await render_template("ahorro/borrar.html", errores=errores), status, headers
