"""What opens behind an invitation: choose a password, and in. Wrong, used and old links are answered alike."""

from quart import Blueprint, Response, redirect, render_template
from quart.typing import ResponseReturnValue

from belgrano.http.access import anyone
from belgrano.words.times import now
from ticketera.domain.errors import EnlaceVencido
from ticketera.routes.house import house
from ticketera.routes.invitaciones import Eleccion, entrar_por_enlace, invitado
from ticketera.routes.pages.forms import PASSWORD, REFUSALS, errors_of, form, read

routes = Blueprint("pagina_invitaciones", __name__)
# The address is the key: no search engine keeps it, and the page links nowhere else.
HEADERS = {"X-Robots-Tag": "noindex, nofollow"}


@routes.get("/invitacion/<token>")
@anyone
async def get_invitacion(token: str) -> ResponseReturnValue:
    """The form; looking at it uses nothing up, as messengers look at every link they carry."""
    return await _page(token, {}, None)


@routes.post("/invitacion/<token>")
@anyone
async def post_invitacion(token: str) -> ResponseReturnValue:
    """Set the password, and go on to the phone's page."""
    fields = await form()
    try:
        await invitado(token, now())
        await entrar_por_enlace(token, read(Eleccion, {"password": "", **fields}).password)
    except EnlaceVencido:
        return await _page(token, {}, None)
    except REFUSALS as error:
        status, said, errores = errors_of(error)
        return await _page(token, errores, said, status)
    return redirect("/reparto", 303)


async def _page(token: str, errores: dict[str, str], error: str | None, status: int = 200) -> Response:
    try:
        usuario = await invitado(token, now())
    except EnlaceVencido:
        usuario, status = None, 404
    session = await house().sessions.current()
    page = await render_template(
        "ticketera/invitacion.html",
        usuario=usuario,
        otro=session.user if session and session.user and usuario and session.user.id != usuario.id else None,
        errores=errores,
        error=error,
        password=PASSWORD,
    )
    return Response(page, status, HEADERS, content_type="text/html; charset=utf-8")
