"""The settings of dispatch."""

from dataclasses import fields
from typing import Any

from pydantic import create_model
from quart import Blueprint, Response
from quart_schema import document_request

from belgrano.access import allow
from ticketera.actions.configuracion import cambiar_configuracion
from ticketera.domain.configuracion import Configuracion, revisar_configuracion
from ticketera.routes.fields import ExactBody
from ticketera.routes.house import answer, base, body, quien
from ticketera.store.configuracion import select_configuracion

routes = Blueprint("configuracion", __name__)
# The settings are the domain's, and so are the limits of their values; a change may say any of them.
_ANY_OF: dict[str, Any] = {each.name: (each.type, each.default) for each in fields(Configuracion)}
Cambios = create_model("Cambios", __base__=ExactBody, __doc__="What may be set.", **_ANY_OF)


@routes.get("/api/configuracion")
@allow("admin")
async def get_configuracion() -> Response:
    """The settings as they stand."""
    return answer(await base().read(select_configuracion))


@routes.patch("/api/configuracion")
@allow("admin")
@document_request(Cambios)
async def patch_configuracion() -> Response:
    """Change some; what makes room gives out waiting tickets in the same commit."""
    cambios = (await body(Cambios)).model_dump(exclude_unset=True)
    return answer(await base().do(cambiar_configuracion, revisar_configuracion(cambios), quien()))
