"""What happened in the street and does not fit: each beside its ticket and its proof, to accept or discard."""

import json
from dataclasses import dataclass
from typing import Any

from quart import Blueprint, redirect
from quart.typing import ResponseReturnValue

from belgrano.contract import CODIGOS, PRUEBAS, RECEPTORES, words
from belgrano.database.work import Connection
from belgrano.http.access import allow
from ticketera.actions.conflictos import resolver_conflicto
from ticketera.domain.conflicto import Conflicto
from ticketera.domain.errors import DomainError
from ticketera.domain.ticket import Estado, Ticket
from ticketera.routes.fields import MOST_ID
from ticketera.routes.house import base, quien
from ticketera.routes.pages.forms import form
from ticketera.routes.pages.frame import admin_page
from ticketera.store.conflictos import select_conflictos
from ticketera.store.fotos import select_fotos
from ticketera.store.tickets import select_ticket

routes = Blueprint("pagina_conflictos", __name__)
_RECEPTORES, _CODIGOS, _PRUEBAS = (words(each, "oficina") for each in (RECEPTORES, CODIGOS, PRUEBAS))


@dataclass(frozen=True, slots=True)
class Par:
    """A conflicto beside its ticket: how it was proved, in words, and the pictures that are here already."""

    conflicto: Conflicto
    ticket: Ticket | None
    pruebas: list[str]
    faltan: list[str]
    fotos: list[Any]
    por_llegar: int


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
        entregado=Estado.ENTREGADO,
    )


async def _select_pares(con: Connection) -> list[Par]:
    return [await _par(con, each) for each in await select_conflictos(con)]


async def _par(con: Connection, conflicto: Conflicto) -> Par:
    told: dict[str, Any] = json.loads(conflicto.prueba) if conflicto.prueba else {}
    named = [*(told.get("fotos") or []), *([told["firma"]] if told.get("firma") else [])]
    here = [
        foto
        for foto in (await select_fotos(con, conflicto.ticket_id) if named else [])
        if foto["repartidor_id"] == conflicto.repartidor_id and foto["foto_id"] in named
    ]
    who = ", ".join(filter(None, (told.get("receptor_nombre"), _RECEPTORES.get(told.get("receptor") or ""))))
    pruebas = [f"Recibió: {who}"] if who else []
    if told.get("pin") in _CODIGOS:
        pruebas.append(_CODIGOS[told["pin"]])
    return Par(
        conflicto,
        await select_ticket(con, conflicto.ticket_id),
        pruebas,
        [_PRUEBAS.get(each, each) for each in told.get("faltan") or []],
        here,
        len(named) - len(here),
    )
