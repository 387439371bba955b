"""Where the pages of the earlier Ticketera are now: what drivers and the office have as bookmarks leads there."""

from quart import Blueprint, redirect
from quart.typing import ResponseReturnValue

from belgrano.http.access import anyone

routes = Blueprint("paginas_de_antes", __name__)

ANTES = {
    "/cambiar_password": "/cuenta",
    "/crear_usuario": "/repartidores",
    "/gestion_flota": "/repartidores",
    "/gestion_usuarios": "/repartidores",
    "/panel": "/",
    "/reportes": "/informes",
}


@anyone
async def get_antes(donde: str) -> ResponseReturnValue:
    """The page that took its place."""
    return redirect(donde, 301)


for _antes, _ahora in ANTES.items():
    routes.add_url_rule(_antes, f"get_{_antes}", get_antes, methods=["GET"], defaults={"donde": _ahora})
