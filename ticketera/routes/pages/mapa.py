"""The map beside the board: a page for the board's frame, because Leaflet does not run under Trusted Types."""

from quart import Blueprint, Response, render_template

from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.http.security import policy
from belgrano.words.teselas import origen_de_teselas
from belgrano.words.times import now
from ticketera.domain.configuracion import Configuracion
from ticketera.domain.tablero import Preferencias
from ticketera.routes.house import base, me
from ticketera.routes.pages.frame import json_block
from ticketera.store.configuracion import select_configuracion
from ticketera.store.tablero import select_preferencias

routes = Blueprint("pagina_mapa", __name__)


@routes.get("/mapa")
@allow("admin")
async def get_mapa() -> Response:
    """An empty map; the board tells it what to show. It may ask one other host, for tiles."""
    configuracion, preferencias = await base().read(_select, me().id)
    origen = origen_de_teselas(configuracion.mapa_teselas)
    page = await render_template(
        "ticketera/mapa.html",
        tema=preferencias.tema,
        datos=json_block({"teselas": "" if origen is None else configuracion.mapa_teselas, "ahora": now()}),
        atribucion="" if origen is None else configuracion.mapa_atribucion,
    )
    return Response(page, headers={"Content-Security-Policy": mapa_csp(origen or ""), "X-Frame-Options": "SAMEORIGIN"})


async def _select(con: Connection, admin_id: int) -> tuple[Configuracion, Preferencias]:
    return await select_configuracion(con), await select_preferencias(con, admin_id)


def mapa_csp(origen: str) -> str:
    """The map's policy, with the tiles' origin among those of pictures."""
    return policy(
        {
            "img-src": f"'self' data: blob: {origen}".rstrip(),
            "frame-ancestors": "'self'",
            "require-trusted-types-for": None,
            "trusted-types": None,
        }
    )
