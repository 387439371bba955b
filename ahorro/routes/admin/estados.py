"""Products that go on sale together, or off it."""

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from quart import Blueprint, Response
from quart_schema import document_request
from typing_extensions import TypedDict

from ahorro.actions.estados import cambiar_estado
from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.errors import CampoInvalido
from ahorro.routes.admin.productos import quien
from ahorro.routes.fields import Clave, ExactBody
from ahorro.routes.house import answer, base, body
from ahorro.wire.ficha import encendido_json
from belgrano.http.access import allow
from belgrano.http.answers import answers
from belgrano.http.fields import Id

routes = Blueprint("admin_estados", __name__)

PRODUCTOS_MAXIMOS = 500  # of one commit, during which nobody else writes


class ProductoVisto(ExactBody):
    """A product, and the version that was seen of it."""

    id: Id
    version: Id


class EstadoDeVarios(ExactBody):
    """Which products shall be on sale, or off it."""

    productos: Annotated[list[ProductoVisto], Field(min_length=1, max_length=PRODUCTOS_MAXIMOS)]
    activo: bool
    clave: Clave


class EncendidoDicho(TypedDict):
    """Whether a product is so now; `codigo` says why not, `version` is that of the product as it is."""

    id: int
    ok: bool
    codigo: NotRequired[Literal["no_existe", "version_vieja"]]
    version: NotRequired[int]


class Encendidos(TypedDict):
    """What became of each product, in the order in which they came."""

    lote: str
    activo: bool
    resultados: list[EncendidoDicho]


@routes.post("/api/admin/productos/estado")
@allow(*ENCARGADOS)
@document_request(EstadoDeVarios)
@answers(Encendidos)
async def post_estado() -> Response:
    """Put products on sale, or take them off, from the versions that were seen; again: the same answer."""
    asked = await body(EstadoDeVarios)
    versiones = {each.id: each.version for each in asked.productos}
    if len(versiones) < len(asked.productos):
        raise CampoInvalido("productos", "hay uno repetido.")
    found = await base().do(cambiar_estado, quien(), asked.clave, versiones, asked.activo)
    return answer({"lote": asked.clave, "activo": asked.activo, "resultados": [encendido_json(each) for each in found]})
