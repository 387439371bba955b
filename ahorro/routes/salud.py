"""`/test`: the shop answers; what the first operators' scripts ask."""

from quart import Blueprint, Response

from ahorro.routes.answers import Presente
from ahorro.routes.house import answer
from belgrano.http.access import anyone
from belgrano.http.answers import answers
from belgrano.http.health import project_version
from belgrano.words.times import iso, now

routes = Blueprint("salud", __name__)


@routes.get("/test")
@anyone
@answers(Presente)
async def get_test() -> Response:
    """The shop is there."""
    return answer(
        {
            "status": "ok",
            "message": "La tienda está funcionando correctamente",
            "timestamp": iso(now()),
            "version": project_version(),
        }
    )
