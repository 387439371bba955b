"""The paquetes of all comerciantes: what leaves by itself next, what it comes to, and what cannot leave and why."""

from typing import Any

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.domain.configuracion import Configuracion
from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.paquete import Estimado, Paquete, sale_en
from ahorro.routes.house import base, house
from ahorro.store.estimados import select_estimado
from ahorro.store.paquetes import select_paquetes_de_todos
from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.words.times import now

routes = Blueprint("paginas_admin_paquetes", __name__)

MOST = 100


@routes.get("/admin/paquetes")
@allow(*ENCARGADOS)
async def get_paquetes() -> ResponseReturnValue:
    """Those that run, the ones that wait first."""
    filas = await base().read(_filas, now(), house().settings.de_fabrica)
    return await render_template("ahorro/admin/paquetes.html", filas=filas, recortado=len(filas) == MOST)


async def _filas(con: Connection, ahora: int, de_fabrica: Configuracion) -> list[tuple[Paquete, Any, Estimado]]:
    return [
        (q, whose, await select_estimado(con, q.salen, q.entrega, sale_en(q.proxima_el, ahora), de_fabrica))
        for q, whose in await select_paquetes_de_todos(con, MOST)
    ]
