"""The theme of the admins' pages, chosen from the menu that every one of them has."""

from urllib.parse import urlsplit

from quart import Blueprint, redirect, request
from quart.typing import ResponseReturnValue

from belgrano.http.access import allow
from ticketera.actions.tablero import cambiar_preferencias
from ticketera.routes.house import base, me
from ticketera.routes.pages.forms import form

routes = Blueprint("pagina_tema", __name__)


@routes.post("/tema")
@allow("admin")
async def post_tema() -> ResponseReturnValue:
    """Keep one's own, and back to the page where it was chosen."""
    await base().do(cambiar_preferencias, me().id, {"tema": (await form()).get("tema", "")})
    desde = urlsplit(request.headers.get("Referer", "/tablero"))
    return redirect(f"/{desde.path.lstrip('/')}{desde.query and f'?{desde.query}'}", 303)
