"""The board."""

from quart import Blueprint, Response

from belgrano.http.access import allow
from belgrano.http.answers import answers
from ticketera.routes.answers import tablero
from ticketera.routes.house import answer, base, now
from ticketera.store.tablero import select_tablero
from ticketera.wire.tablero import tablero_json

routes = Blueprint("tablero", __name__)


@routes.get("/api/tablero")
@allow("admin")
@answers(tablero.Tablero)
async def get_tablero() -> Response:
    """The whole board with the number of its newest change."""
    return answer(tablero_json(await base().read(select_tablero, now())))
