"""What happened in the street and does not fit: an admin decides."""

from typing import Literal

from quart import Blueprint, Response
from quart_schema import document_request

from belgrano.http.access import allow
from belgrano.http.answers import answers, refuses
from ticketera.actions.conflictos import resolver_conflicto
from ticketera.domain.errors import NoExiste
from ticketera.routes.answers.tickets import ConflictoDecidido, Conflictos, ConTicket, EnRevision
from ticketera.routes.fields import MOST_ID, Body
from ticketera.routes.house import answer, base, body, me, quien
from ticketera.store.conflictos import select_conflictos, select_en_revision
from ticketera.wire.conflicto import conflicto_json
from ticketera.wire.ticket import ticket_json

routes = Blueprint("conflictos", __name__)


class Decision(Body):
    """What the admin says."""

    decision: Literal["aceptar", "descartar"]


@routes.get("/api/conflictos")
@allow("admin")
@answers(Conflictos)
async def get_conflictos() -> Response:
    """The conflictos that wait for a decision."""
    return answer({"conflictos": [conflicto_json(each) for each in await base().read(select_conflictos)]})


@routes.get("/api/mis-conflictos")
@allow("repartidor")
@answers(EnRevision)
async def get_mis_conflictos() -> Response:
    """Which of their open tickets wait for what an admin decides of an act of theirs; the ids."""
    return answer({"en_revision": await base().read(select_en_revision, me().id)})


@routes.post("/api/conflictos/<int:number>")
@allow("admin")
@document_request(Decision)
@answers(ConflictoDecidido)
@refuses(ConTicket, 409)
async def post_conflicto(number: int) -> Response:
    """Accept it, so that the ticket becomes what the act says, or discard it."""
    asked = await body(Decision)
    if not 0 < number <= MOST_ID:
        raise NoExiste("Ese conflicto no existe.")
    conflicto, ticket = await base().do(resolver_conflicto, quien(), number, asked.decision)
    return answer({**conflicto_json(conflicto), "ticket": ticket_json(ticket)})
