"""What a repartidor's phone may do, as it says itself; and which phone said so last."""

from typing import Annotated

from pydantic import Field, StringConstraints
from quart import Blueprint, Response
from quart_schema import document_request

from belgrano.http.access import allow
from belgrano.http.answers import answers
from ticketera.actions.permisos import guardar_permisos
from ticketera.routes.answers.gente import PermisosDichos
from ticketera.routes.fields import Clave, ExactBody, Permiso
from ticketera.routes.house import answer, base, body, me
from ticketera.wire.text import encode

routes = Blueprint("permisos", __name__)


class Permisos(ExactBody):
    """Whether it sounds, knows where it is, notifies, is installed; what was refused; which it is; a call for help."""

    sonido: Permiso = "no"
    ubicacion: Permiso = "no"
    avisos: Permiso | None = None
    instalada: bool = False
    version: Annotated[str, StringConstraints(max_length=40, pattern=r"^[\w.-]*$")] = ""
    telefono: Clave | None = None
    problemas: Annotated[int, Field(ge=0, le=999)] | None = None
    ayuda: bool | None = None


@routes.get("/api/permisos")
@allow("repartidor")
@answers(PermisosDichos)
async def get_permisos() -> Response:
    """What this repartidor's phone said last; with two phones, `telefono` tells which one spoke."""
    return answer(me().permisos)


@routes.post("/api/permisos")
@allow("repartidor")
@document_request(Permisos)
@answers(PermisosDichos)
async def post_permisos() -> Response:
    """Say what this phone may do; the board hears of it."""
    said = (await body(Permisos)).model_dump(exclude_none=True)
    text = encode(said)
    await base().do(guardar_permisos, me().id, text)
    return answer(text)
