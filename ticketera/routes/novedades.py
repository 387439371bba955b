"""What a board or a phone missed."""

from typing import Annotated

from pydantic import BeforeValidator
from quart import Blueprint, Response
from quart_schema import document_querystring

from belgrano.http.access import allow
from belgrano.http.answers import answers
from ticketera.routes.answers.tablero import Novedades, NovedadesDelTablero, TodoElTablero, TodoMisTickets
from ticketera.routes.fields import Body, whole
from ticketera.routes.house import answer, base, me, now, query
from ticketera.store.vistas import select_novedades

routes = Blueprint("novedades", __name__)


class Desde(Body):
    """From where on. Without an epoca, or with another one, the answer is the whole."""

    epoca: str = ""
    desde: Annotated[int, BeforeValidator(whole)] = 0


@routes.get("/api/novedades")
@allow("admin", "repartidor")
@document_querystring(Desde)
@answers(NovedadesDelTablero | Novedades | TodoElTablero | TodoMisTickets)
async def get_novedades() -> Response:
    """The changes after `desde` of the one who asks, the same objects that were pushed; or the whole."""
    asked, user = query(Desde), me()
    oyente = 0 if user.rol == "admin" else user.id
    ahora = now()
    return answer(await base().read(select_novedades, oyente, asked.epoca, asked.desde, ahora))
