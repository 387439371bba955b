"""The admin's pages: what has not reached Ticketera, who withdrew from a purchase, what has to come back,
who is a comerciante."""

from contextlib import suppress
from typing import Any

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.actions.cancelaciones import atender_arrepentimiento
from ahorro.actions.clientes import aprobar_comercio
from ahorro.actions.cotejo import dar_por_visto, volver_a_mandar
from ahorro.actions.entregas import recibir_devolucion
from ahorro.actions.outbox import reintentar
from ahorro.domain.auditoria import Quien
from ahorro.domain.errors import NadaQueVuelva, NoExiste
from ahorro.routes.house import base, house, me
from ahorro.routes.pages.forms import go
from ahorro.store.arrepentimientos import select_arrepentimientos
from ahorro.store.cotejo import select_sin_par
from ahorro.store.cuentas import select_comercios
from ahorro.store.entregas import select_cobros_distintos
from ahorro.store.stock import select_por_volver
from belgrano.contract import ESTADOS
from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.http.fields import MOST_ID
from belgrano.outbox.outgoing import select_outgoing, select_outgoing_status
from belgrano.words.ages import rato
from belgrano.words.times import SEGUNDO

routes = Blueprint("paginas_admin", __name__)

MOST = 100


async def _queue(con: Connection) -> tuple[dict[str, int], list[Any]]:
    rows = list(await select_outgoing(con, state="apartado", limit=MOST))
    rows += await select_outgoing(con, state="pendiente", limit=MOST)
    return await select_outgoing_status(con), rows


@routes.get("/admin/envios")
@allow("admin")
async def get_envios() -> ResponseReturnValue:
    """What is pending and what was set aside, and why; and where the door brought something else than the total."""
    status, rows = await base().read(_queue)
    cola = house().cola
    return await render_template(
        "ahorro/admin/envios.html",
        estado=status,
        espera=espera(status["mas_viejo_s"]) if status["pendientes"] else "—",
        filas=rows,
        recortado=len(rows) < status["pendientes"] + status["apartados"],
        cola=cola.state,
        motivo=cola.reason,
        cobros=await base().read(select_cobros_distintos),
        sin_par=await base().read(select_sin_par),
        en_palabras={estado: said["oficina"].lower() for estado, said in ESTADOS.items()},
    )


@routes.post("/admin/envios/reintentar")
@allow("admin")
async def post_reintentar_todos() -> ResponseReturnValue:
    """Send again all that was set aside; safe, because Ticketera takes a numero once."""
    await base().do(reintentar)
    return go("/admin/envios", "reintentando")


@routes.post("/admin/envios/<numero>/reintentar")
@allow("admin")
async def post_reintentar(numero: str) -> ResponseReturnValue:
    """Send one pedido again."""
    await base().do(reintentar, numero=numero)
    return go("/admin/envios", "reintentando")


@routes.post("/admin/envios/<numero>/mandar")
@allow("admin")
async def post_mandar(numero: str) -> ResponseReturnValue:
    """Post a pedido again that Ticketera does not have any more."""
    with suppress(NoExiste):  # pressed twice, or by two: it is on its way
        await base().do(volver_a_mandar, numero)
    return go("/admin/envios", "reintentando")


@routes.post("/admin/envios/<numero>/visto")
@allow("admin")
async def post_visto(numero: str) -> ResponseReturnValue:
    """A person has seen to what only one side has."""
    await base().do(dar_por_visto, numero)
    return go("/admin/envios", "atendido")


@routes.get("/admin/arrepentimientos")
@allow("admin")
async def get_arrepentimientos() -> ResponseReturnValue:
    """Who withdrew; the law gives 24 hours to answer."""
    filas = await base().read(select_arrepentimientos)
    return await render_template("ahorro/admin/arrepentimientos.html", filas=filas)


@routes.post("/admin/arrepentimientos/<int:arrepentimiento_id>")
@allow("admin")
async def post_atendido(arrepentimiento_id: int) -> ResponseReturnValue:
    """Note that the customer was answered."""
    if arrepentimiento_id < 2**63:
        await base().do(atender_arrepentimiento, arrepentimiento_id)
    return go("/admin/arrepentimientos", "atendido")


@routes.get("/admin/comerciantes")
@allow("admin")
async def get_comerciantes() -> ResponseReturnValue:
    """Who registered a business, and who of them was approved."""
    return await render_template("ahorro/admin/comerciantes.html", filas=await base().read(select_comercios))


@routes.post("/admin/comerciantes/<int:usuario_id>")
@allow("admin")
async def post_aprobado(usuario_id: int) -> ResponseReturnValue:
    """Agree that somebody is a comerciante."""
    with suppress(NoExiste):
        await base().do(aprobar_comercio, Quien(me().id, me().nombre), min(usuario_id, MOST_ID))
    return go("/admin/comerciantes", "aprobado")


@routes.get("/admin/devoluciones")
@allow("admin")
async def get_devoluciones() -> ResponseReturnValue:
    """What could not be delivered and is not back on the shelf."""
    return await render_template("ahorro/admin/devoluciones.html", filas=await base().read(select_por_volver))


@routes.post("/admin/devoluciones/<numero>")
@allow("admin")
async def post_devolucion(numero: str) -> ResponseReturnValue:
    """The goods of one are back."""
    try:
        await base().do(recibir_devolucion, numero.replace("\0", ""))
    except NadaQueVuelva:
        return go("/admin/devoluciones", "nada_que_vuelva")
    return go("/admin/devoluciones", "volvio")


def espera(seconds: int) -> str:
    """How long, in words."""
    return f"{seconds} s" if seconds < 120 else rato(seconds * SEGUNDO, horas_desde=2)
