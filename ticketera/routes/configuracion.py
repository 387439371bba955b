"""The settings of dispatch."""

from typing import Literal

from quart import Blueprint, Response
from quart_schema import document_request

from belgrano.access import allow
from ticketera.actions.configuracion import cambiar_configuracion
from ticketera.domain.configuracion import revisar_configuracion
from ticketera.routes.fields import ExactBody
from ticketera.routes.house import answer, base, body, quien
from ticketera.store.configuracion import select_configuracion

routes = Blueprint("configuracion", __name__)
Nivel = Literal["no", "opcional", "avisar", "obligatoria"]


class Cambios(ExactBody):
    """What may be set; their limits are the domain's."""

    modo_asignacion: Literal["automatico", "manual", "sugerido", "oferta", "fijo"] = "automatico"
    max_tickets_por_repartidor: int = 10
    minutos_respeto: int = 10
    minutos_sin_senal: int = 10
    segundos_sin_ver: int = 60
    prueba_foto: Nivel = "no"
    prueba_firma: Nivel = "no"
    prueba_pin: Nivel = "no"
    prueba_receptor: Nivel = "no"
    prueba_desde: int = 0
    prueba_medios: str = ""
    fotos_dias: int = 30
    efectivo_maximo: int = 0
    orden_propio: bool = False
    mapa_teselas: str = ""
    mapa_atribucion: str = ""
    geocodificador: str = ""
    central: str = ""


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
