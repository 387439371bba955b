"""What happened in the street and does not fit: each beside its ticket, to accept or discard."""

from quart import Blueprint, redirect
from quart.typing import ResponseReturnValue

from belgrano.access import allow
from belgrano.work import Connection
from ticketera.actions.conflictos import resolver_conflicto
from ticketera.domain.conflicto import Conflicto
from ticketera.domain.errors import DomainError
from ticketera.domain.ticket import Estado, Ticket
from ticketera.routes.fields import MOST_ID
from ticketera.routes.house import base, quien
from ticketera.routes.pages.frame import admin_page, form
from ticketera.routes.pages.historial import ESTADOS, MOTIVOS
from ticketera.store.conflictos import select_conflictos
from ticketera.store.tickets import select_ticket

routes = Blueprint("pagina_conflictos", __name__)


@routes.get("/conflictos")
@allow("admin")
async def get_conflictos() -> str:
    """The conflictos that wait for a decision."""
    return await _page(None)


@routes.post("/conflictos/<int:number>")
@allow("admin")
async def post_conflicto(number: int) -> ResponseReturnValue:
    """Decide one."""
    decision = (await form()).get("decision", "")
    try:
        await base().do(resolver_conflicto, quien(), min(number, MOST_ID), decision)
    except DomainError as error:
        return await _page(error.detalle), 409
    return redirect("/conflictos?dicho=resuelto", 303)


async def _page(error: str | None) -> str:
    return await admin_page(
        "ticketera/conflictos.html",
        "/conflictos",
        pares=await base().read(_select_pares),
        error=error,
        estados=ESTADOS,
        motivos=MOTIVOS,
        entregado=Estado.ENTREGADO,
    )


async def _select_pares(con: Connection) -> list[tuple[Conflicto, Ticket | None]]:
    return [(each, await select_ticket(con, each.ticket_id)) for each in await select_conflictos(con)]
