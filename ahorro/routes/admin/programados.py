"""Prices that move at a moment to come: what waits, cancelled before it, and what was left alone read."""

from typing import Literal

from quart import Blueprint, Response
from typing_extensions import TypedDict

from ahorro.actions.programados import cancelar_programado, ver_sin_tocar
from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.programado import Programado
from ahorro.routes.admin.precios import Movido
from ahorro.routes.admin.productos import quien
from ahorro.routes.house import answer, base
from ahorro.store.programados import select_por_ver, select_programados
from ahorro.wire.programado import programado_json
from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.http.answers import Instant, answers

routes = Blueprint("admin_programados", __name__)


class NoTocado(TypedDict):
    """A product that a scheduled change left alone: it cost something else by then, or was off sale."""

    id: int
    nombre: str
    codigo: Literal["otro_precio", "no_se_vende"]


class CambioProgramado(TypedDict):
    """A change for a moment to come, or what became of it; `por_ver` of `sin_tocar` nobody has read yet."""

    lote: str
    desde: Instant
    estado: Literal["programado", "aplicado", "cancelado"]
    quien: str
    creado_en: Instant
    que: str
    productos: list[Movido]
    cantidad: int
    terminado_en: Instant | None
    cancelado_por: str | None
    sin_tocar: list[NoTocado]
    por_ver: int


class Programados(TypedDict):
    """What waits, the next one first; before it what was applied and left something alone that nobody has read of."""

    programados: list[CambioProgramado]


@routes.get("/api/admin/precios/programados")
@allow(*ENCARGADOS)
@answers(Programados)
async def get_programados() -> Response:
    """What is scheduled, and what somebody has to read of what was."""
    found = await base().read(_programados)
    return answer({"programados": [programado_json(each) for each in found]})


async def _programados(con: Connection) -> list[Programado]:
    return [*await select_por_ver(con), *await select_programados(con)]


@routes.post("/api/admin/precios/<lote>/cancelar")
@allow(*ENCARGADOS)
@answers(CambioProgramado)
async def post_cancelar(lote: str) -> Response:
    """Let nothing come of a scheduled change; again: the same answer. 409 `ya_se_aplico` after its moment."""
    return answer(programado_json(await base().do(cancelar_programado, quien(), lote)))


@routes.post("/api/admin/precios/<lote>/visto")
@allow(*ENCARGADOS)
@answers(CambioProgramado)
async def post_visto(lote: str) -> Response:
    """What a change left alone has been read."""
    return answer(programado_json(await base().do(ver_sin_tocar, lote)))
