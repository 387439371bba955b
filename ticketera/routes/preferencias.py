"""How an admin likes the board: one's own only."""

from pydantic import Field
from quart import Blueprint, Response
from quart_schema import document_request

from belgrano.http.access import allow
from belgrano.http.answers import answers
from ticketera.actions.tablero import cambiar_preferencias
from ticketera.domain import preferencias
from ticketera.routes.fields import ExactBody, Id
from ticketera.routes.house import answer, base, body, me
from ticketera.store.preferencias import select_preferencias

routes = Blueprint("preferencias", __name__)


class Preferencias(ExactBody):
    """Pinned columns in their order (ids of repartidores), and how high the cards are: `comoda` or `compacta`."""

    fijadas: list[Id] = Field(default_factory=list)
    densidad: str = "comoda"


@routes.get("/api/preferencias")
@allow("admin")
@answers(preferencias.Preferencias)
async def get_preferencias() -> Response:
    """One's own."""
    return answer(await base().read(select_preferencias, me().id))


@routes.patch("/api/preferencias")
@allow("admin")
@document_request(Preferencias)
@answers(preferencias.Preferencias)
async def patch_preferencias() -> Response:
    """Change some of one's own."""
    cambios = (await body(Preferencias)).model_dump(exclude_unset=True)
    return answer(await base().do(cambiar_preferencias, me().id, cambios))
