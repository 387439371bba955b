"""Prices that were scheduled, on the page of prices: cancelled in time, and what they left alone read."""

from urllib.parse import urlencode

from quart import Blueprint
from quart.typing import ResponseReturnValue

from ahorro.actions.programados import cancelar_programado, ver_sin_tocar
from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.errors import YaSeAplico
from ahorro.routes.admin.productos import quien
from ahorro.routes.house import base
from ahorro.routes.pages.forms import go
from belgrano.http.access import allow

routes = Blueprint("paginas_admin_programados", __name__)


@routes.post("/admin/precios/<lote>/cancelar")
@allow(*ENCARGADOS)
async def post_cancelar(lote: str) -> ResponseReturnValue:
    """Let nothing come of it; the page says who did, or that its moment came first."""
    there = f"/admin/precios?{urlencode({'hecho': lote})}"
    try:
        await base().do(cancelar_programado, quien(), lote)
    except YaSeAplico:
        return go(there, "ya_se_aplico")
    return go(there)


@routes.post("/admin/precios/<lote>/visto")
@allow(*ENCARGADOS)
async def post_visto(lote: str) -> ResponseReturnValue:
    """What it left alone has been read."""
    await base().do(ver_sin_tocar, lote)
    return go("/admin/precios")
