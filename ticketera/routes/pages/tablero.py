"""The board's page, and the same page with a ticket's panel open."""

from quart import Blueprint, redirect, render_template
from quart.typing import ResponseReturnValue

from belgrano.access import allow, anyone
from belgrano.security import policy
from belgrano.work import Connection
from ticketera.domain.acciones import tabla
from ticketera.routes.house import base, house, me
from ticketera.routes.pages.frame import json_block, now
from ticketera.store.configuracion import select_configuracion
from ticketera.store.conflictos import select_conflictos
from ticketera.store.vistas import select_tablero, tablero_json
from ticketera.store.wire import Json, conflicto_json

routes = Blueprint("pagina_tablero", __name__)
CON_MAPA = policy({"frame-src": "'self'"})  # the map is a page of its own, in a frame


@routes.get("/")
@anyone
async def get_inicio() -> ResponseReturnValue:
    """To where this person works."""
    session = await house().sessions.current()
    if session is None or session.user is None:
        return redirect("/login", 303)
    return redirect(inicio_de(session.user.rol), 303)


def inicio_de(rol: str) -> str:
    """Where a role works."""
    return "/tablero" if rol == "admin" else "/reparto"


@routes.get("/tablero")
@routes.get("/tickets/<int:number>")
@allow("admin")
async def get_tablero(number: int | None = None) -> tuple[str, dict[str, str]]:
    """The board; its script draws the cards from the snapshot in the page. `number` is the script's business."""
    ahora = now()
    datos = await base().read(_select_datos, ahora)
    datos |= {"yo": {"id": me().id, "nombre": me().nombre}, "ahora": ahora, **tabla()}
    page = await render_template(
        "ticketera/tablero.html",
        yo=me(),
        lugar="/tablero",
        conflictos_abiertos=len(datos["conflictos"]),
        datos=json_block(datos),
    )
    return page, {"Content-Security-Policy": CON_MAPA}


async def _select_datos(con: Connection, ahora: int) -> Json:
    return {
        "tablero": tablero_json(await select_tablero(con, ahora), ahora),
        "conflictos": [conflicto_json(each) for each in await select_conflictos(con)],
        "configuracion": await select_configuracion(con),
    }
