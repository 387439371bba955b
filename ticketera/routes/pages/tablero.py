"""The board's page, and the same page with a ticket's panel open."""

from collections import defaultdict
from typing import Any

from quart import Blueprint, redirect, render_template, request
from quart.typing import ResponseReturnValue

from belgrano.database.work import Connection
from belgrano.http.access import allow, anyone
from belgrano.http.security import policy
from belgrano.words.times import now
from ticketera.domain.acciones import tabla
from ticketera.domain.configuracion import Configuracion
from ticketera.domain.conflicto import Conflicto
from ticketera.domain.tablero import Preferencias, Tablero
from ticketera.domain.ticket import Ticket
from ticketera.domain.usuario import Usuario
from ticketera.routes.house import base, house, me
from ticketera.routes.pages.frame import json_block
from ticketera.routes.pages.tarjeta import COLUMNAS, PRIMERAS, columna, tarjetas
from ticketera.store.configuracion import select_configuracion
from ticketera.store.conflictos import select_conflictos
from ticketera.store.tablero import select_preferencias, select_tablero
from ticketera.wire.conflicto import conflicto_json
from ticketera.wire.tablero import tablero_json
from ticketera.wire.text import Json

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
    """The board with its first cards; the script keeps it from there. `number` is the script's business.

    With `medir=1` it measures itself.
    """
    ahora = now()
    tablero, conflictos, settings, preferencias = await base().read(_select, ahora, me().id)
    datos: Json = {
        "tablero": tablero_json(tablero),
        "conflictos": [conflicto_json(each) for each in conflictos],
        "configuracion": settings,
        "preferencias": preferencias,
        "yo": {"id": me().id, "nombre": me().nombre},
        "ahora": ahora,
        **tabla(),
    }
    page = await render_template(
        "ticketera/tablero.html",
        yo=me(),
        lugar="/tablero",
        tema=preferencias.tema,
        conflictos_abiertos=len(conflictos),
        datos=json_block(datos),
        medir=request.args.get("medir") == "1",
        **_dibujo(tablero, preferencias, settings, ahora),
    )
    return page, {"Content-Security-Policy": CON_MAPA}


async def _select(
    con: Connection, ahora: int, admin_id: int
) -> tuple[Tablero, list[Conflicto], Configuracion, Preferencias]:
    return (
        await select_tablero(con, ahora),
        await select_conflictos(con),
        await select_configuracion(con),
        await select_preferencias(con, admin_id),
    )


def _dibujo(tablero: Tablero, preferencias: Preferencias, settings: Configuracion, ahora: int) -> dict[str, Any]:
    """What is drawn before any script runs: who is in turno, is pinned or holds something, with their first cards."""
    abiertos: defaultdict[int | None, list[Ticket]] = defaultdict(list)
    hechos = tablero.cuentas.hechos
    for ticket in tablero.tickets:
        if ticket.abierto:
            abiertos[ticket.repartidor_id].append(ticket)
    tope = settings.max_tickets_por_repartidor
    fijadas = {usuario_id: lugar for lugar, usuario_id in enumerate(preferencias.fijadas)}

    def grado(u: Usuario) -> int:
        return fijadas[u.id] - len(fijadas) if u.id in fijadas else 2 if not u.en_turno else 0 if u.en_linea else 1

    shown = [u for u in tablero.repartidores if abiertos[u.id] or (u.activo and (u.en_turno or u.id in fijadas))]
    return {
        "sin_asignar": {
            "cantidad": len(abiertos[None]),
            "tarjetas": tarjetas(abiertos[None], ahora),
            "mas": max(0, len(abiertos[None]) - PRIMERAS),
        },
        "columnas": [
            columna(u, abiertos[u.id], hechos.get(u.id, 0), tope, ahora, con_tarjetas=lugar < COLUMNAS)
            for lugar, u in enumerate(sorted(shown, key=grado))
        ],
    }
