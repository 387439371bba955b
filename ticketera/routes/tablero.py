"""The board."""

import time

from quart import Blueprint, Response

from belgrano.access import allow
from ticketera.routes.house import answer, base
from ticketera.store.vistas import select_tablero, tablero_json

routes = Blueprint("tablero", __name__)


@routes.get("/api/tablero")
@allow("admin")
async def get_tablero() -> Response:
    """The whole board with the number of its newest change."""
    ahora = time.time_ns() // 1_000_000
    return answer(tablero_json(await base().read(select_tablero, ahora), ahora))
