"""The settings of dispatch."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from pydantic import create_model
from quart import Blueprint, Response
from quart_schema import document_request

from belgrano.http.access import allow
from belgrano.http.answers import answers
from ticketera.actions.configuracion import cambiar_configuracion
from ticketera.domain.configuracion import Configuracion, revisar_configuracion
from ticketera.domain.direccion import direccion_escrita, se_pregunta_a
from ticketera.domain.errors import CamposInvalidos
from ticketera.routes.fields import ExactBody
from ticketera.routes.house import answer, base, body, house, quien
from ticketera.store.configuracion import select_configuracion

routes = Blueprint("configuracion", __name__)
# The settings are the domain's, and so are the limits of their values; a change may say any of them.
_ANY_OF: dict[str, Any] = {each.name: (each.type, each.default) for each in fields(Configuracion)}
Cambios = create_model("Cambios", __base__=ExactBody, __doc__="What may be set.", **_ANY_OF)


@routes.get("/api/configuracion")
@allow("admin")
@answers(Configuracion)
async def get_configuracion() -> Response:
    """The settings as they stand."""
    return answer(await base().read(select_configuracion))


@routes.patch("/api/configuracion")
@allow("admin")
@document_request(Cambios)
@answers(Configuracion)
async def patch_configuracion() -> Response:
    """Change some; what makes room gives out waiting tickets in the same commit."""
    cambios = (await body(Cambios)).model_dump(exclude_unset=True)
    return answer(await base().do(cambiar_configuracion, revisar(cambios), quien()))


def revisar(cambios: Mapping[str, object]) -> dict[str, object]:
    """The changes as `revisar_configuracion` has them, on this deployment. Raises CamposInvalidos.

    A geocoder of this machine or its network has to be the operator's wish.
    """
    revisados = revisar_configuracion(cambios)
    geocodificador, settings = revisados.get("geocodificador"), house().settings
    escrita = direccion_escrita(str(geocodificador)) if geocodificador else None
    if escrita and not se_pregunta_a(*escrita, settings.geocoder_hosts, lejos=settings.production):
        raise CamposInvalidos(("geocodificador", "no puede ser una dirección de esta máquina ni de su red"))
    return revisados
