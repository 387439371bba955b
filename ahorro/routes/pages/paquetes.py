"""A comerciante's paquetes automáticos: how they go, ordered now, paused, ended."""

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.actions.paquetes import activar_paquete, borrar_paquete, pausar_paquete, procesar_paquete
from ahorro.domain.carrito import Carrito
from ahorro.domain.configuracion import Configuracion
from ahorro.domain.errors import CarritoCambio, DomainError, PaqueteNoExiste, PaqueteVacio
from ahorro.domain.paquete import Estimado, Paquete, sale_en
from ahorro.domain.pedido import numero_de_paquete
from ahorro.routes.house import base, house, me
from ahorro.routes.pages.comercio import hoy, mi_paquete
from ahorro.routes.pages.confirmacion import read_visto, seen_envio, seen_total, write_visto
from ahorro.routes.pages.forms import form, go
from ahorro.store.estimados import select_estimado
from ahorro.store.paquetes import select_paquetes
from ahorro.store.pedidos import select_pedido
from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.words.times import now

routes = Blueprint("paginas_paquetes", __name__)


@routes.get("/comercio/paquetes")
@allow("comerciante")
async def get_paquetes() -> ResponseReturnValue:
    """One's own paquetes, each with what its next pedido comes to."""
    estimados = await base().read(_estimados, me().id, now(), house().settings.de_fabrica)
    return await render_template("ahorro/paquetes.html", estimados=estimados, hoy=hoy())


async def _estimados(
    con: Connection, usuario_id: int, ahora: int, de_fabrica: Configuracion
) -> list[tuple[Paquete, Estimado]]:
    return [
        (q, await select_estimado(con, q.salen, q.entrega, sale_en(q.proxima_el, ahora), de_fabrica))
        for q in await select_paquetes(con, usuario_id)
    ]


async def _pedir(paquete: Paquete, error: str = "", status: int = 200) -> ResponseReturnValue:
    """What would be ordered now and what it comes to, to be confirmed."""
    hecho = await base().read(select_pedido, paquete.usuario_id, numero_de_paquete(paquete.id, hoy()))
    page = await render_template(
        "ahorro/paquete_pedir.html",
        q=paquete,
        estimado=await base().read(select_estimado, paquete.salen, paquete.entrega, now(), house().settings.de_fabrica),
        hecho=hecho,
        visto=write_visto(Carrito(paquete.salen)),
        avisos=paquete.cambios,
        error=error,
    )
    return page, status


@routes.get("/comercio/paquetes/<int:paquete_id>/pedir")
@allow("comerciante")
async def get_pedir(paquete_id: int) -> ResponseReturnValue:
    """What would be ordered now and what it comes to."""
    return await _pedir(await mi_paquete(paquete_id))


@routes.post("/comercio/paquetes/<int:paquete_id>/procesar")
@allow("comerciante")
async def post_procesar(paquete_id: int) -> ResponseReturnValue:
    """Make today's pedido of a paquete now, as it was shown; what was not shown is shown first."""
    datos = await form("visto", "total", "envio")
    usuario, visto = me(), read_visto(datos["visto"])
    paquete = await mi_paquete(paquete_id)
    if visto is None:
        return await _pedir(paquete)
    try:
        pedido = await base().do(procesar_paquete, usuario, paquete_id, visto, seen_envio(datos), seen_total(datos))
    except PaqueteNoExiste:
        raise
    except CarritoCambio:
        error = "Cambió algo desde que lo viste. Revisalo y volvé a confirmar."
        return await _pedir(await mi_paquete(paquete_id), error, 409)
    except DomainError as error:
        return await _pedir(await mi_paquete(paquete_id), f"No salió el pedido: {error}", 409)
    return go(f"/pedidos/{pedido.numero}")


@routes.post("/comercio/paquetes/<int:paquete_id>/pausa")
@allow("comerciante")
async def post_pausa(paquete_id: int) -> ResponseReturnValue:
    """Stop a paquete or let it go on."""
    activo = (await form("activo"))["activo"] == "1"
    try:
        await base().do(activar_paquete if activo else pausar_paquete, me().id, paquete_id)
    except PaqueteVacio:
        return go(f"/comercio/paquetes/{paquete_id}")  # The form says so.
    return go("/comercio/paquetes", "paquete_activo" if activo else "paquete_pausado")


@routes.post("/comercio/paquetes/<int:paquete_id>/baja")
@allow("comerciante")
async def post_baja(paquete_id: int) -> ResponseReturnValue:
    """Forget a paquete; the pedidos that it made stay."""
    await base().do(borrar_paquete, me().id, paquete_id)
    return go("/comercio/paquetes", "paquete_baja")
