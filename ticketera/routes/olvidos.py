"""The shop forgets a customer who had their account erased, and tells so for each of their orders."""

from quart import Blueprint, Response, request
from quart_schema import document_request

from belgrano.http.access import allow_key
from belgrano.http.answers import answers
from ticketera.actions.olvidos import pedir_olvido
from ticketera.domain.encargo import CAMPOS
from ticketera.domain.intake import limpio
from ticketera.routes.answers import tickets
from ticketera.routes.fields import Body, texto
from ticketera.routes.house import answer, base, body, house

routes = Blueprint("olvidos", __name__)


class Olvido(Body):
    """Of which order."""

    numero: texto(CAMPOS["numero"].most)  # type: ignore[valid-type]


@routes.post("/api/tickets/olvidos")
@allow_key
@document_request(Olvido)
@answers(tickets.Olvidado)
async def post_olvido() -> Response:
    """Forget whose this order was, at once where it is closed or unknown, else when it is closed; again is the same."""
    house().keys.admit(request.scope)  # type: ignore[arg-type]
    numero = limpio((await body(Olvido)).numero)
    hecho = await base().do(pedir_olvido, numero)
    return answer({"exito": True, "numero": numero, "olvidado": hecho})
