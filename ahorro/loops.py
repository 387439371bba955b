"""What the shop does by itself: pedidos of paquetes made in time, prices moved at their moment, old rows forgotten."""

from collections.abc import Coroutine, Sequence
from functools import partial
from typing import Any

from ahorro.actions.fichas import girar_ofertas
from ahorro.actions.limpieza import limpiar, olvidar_visitas
from ahorro.actions.paquetes import esperar_el_que_toca, procesar_el_que_toca
from ahorro.actions.programados import aplicar_programado
from ahorro.domain.errors import DomainError
from ahorro.store.fichas import count_por_girar
from ahorro.store.paquetes import select_paquete_que_toca
from ahorro.store.programados import select_que_tocan
from belgrano.database.base import Base
from belgrano.database.loops import Survived, every, in_pieces
from belgrano.words.times import dia_de, now

OFERTAS_S = 1.0  # how late an offer may begin or end
PRECIOS_S = 1.0  # how late prices that were scheduled may move
MINUTE_S, DAY_S = 60.0, 24 * 60 * 60.0
VISITAS_S = 10 * MINUTE_S


def loops(base: Base, sitio: str) -> Sequence[Coroutine[Any, Any, None]]:
    """The loops of one process; `sitio` is the shop's address, for links in mail."""
    return (
        every(MINUTE_S, partial(correr_paquetes, base, sitio), "paquetes"),
        every(OFERTAS_S, partial(girar_las_que_tocan, base), "ofertas"),
        every(PRECIOS_S, partial(aplicar_los_que_tocan, base), "precios"),
        every(DAY_S, partial(base.do, limpiar), "limpieza"),
        every(VISITAS_S, partial(in_pieces, base, olvidar_visitas), "visitas"),
    )


async def correr_paquetes(base: Base, sitio: str = "") -> None:
    """Make the pedidos of the paquetes whose day has come; what cannot be made is tried again the next day.

    `sitio` is the shop's address for links in what is told by mail, nothing where there are none.
    """
    hoy = dia_de(now())
    while (paquete := await base.read(select_paquete_que_toca, hoy)) is not None:
        try:
            await base.do(procesar_el_que_toca, paquete.id, sitio)
        except DomainError as error:
            await base.do(esperar_el_que_toca, paquete.id, str(error), sitio)


async def girar_las_que_tocan(base: Base) -> None:
    """Begin and end offers whose time has come; while there are none nothing is written."""
    if await base.read(count_por_girar, now()):
        await base.do(girar_ofertas)


async def aplicar_los_que_tocan(base: Base) -> None:
    """Move the prices whose moment has come, each change in a commit of its own; one that fails holds up no other."""
    for lote in await base.read(select_que_tocan, now()):
        with Survived("precios"):
            await base.do(aplicar_programado, lote)
