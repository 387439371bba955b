"""The theme of the admins' pages, chosen from the menu that every one of them has."""

from urllib.parse import urlsplit

from quart import Blueprint, current_app, redirect, request
from quart.typing import ResponseReturnValue

from belgrano.http.access import allow
from ticketera.actions.tablero import cambiar_preferencias
from ticketera.routes.house import base, me
from ticketera.routes.pages.forms import form

routes = Blueprint("pagina_tema", __name__)
INICIO = "/tablero"


@routes.post("/tema")
@allow("admin")
async def post_tema() -> ResponseReturnValue:
    """Keep one's own, and back to the page where it was chosen."""
    await base().do(cambiar_preferencias, me().id, {"tema": (await form()).get("tema", "")})
    return redirect(_donde_estaba(), 303)


def _donde_estaba() -> str:
    """The page that the form was on, or the nearest one above it that can be opened; else the board.

    What a form has answered stands at an address that takes posts only.
    """
    try:
        desde = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return INICIO
    pages, path = current_app.url_map.bind(""), desde.path
    while path and not pages.test(path, "GET"):
        path = path.rpartition("/")[0]
    return f"{path}?{desde.query}" if desde.query and path == desde.path else path or INICIO
