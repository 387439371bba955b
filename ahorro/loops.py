"""What the shop does by itself: pedidos of paquetes made in time, prices moved at their moment, old rows forgotten."""

import logging
from collections.abc import Coroutine, Sequence
from functools import partial
from typing import Any

from ahorro.actions.cotejo import anotar_cotejo, mandar_otra_vez, repetir_la_ultima_palabra
from ahorro.actions.fichas import girar_ofertas
from ahorro.actions.limpieza import limpiar, olvidar_visitas
from ahorro.actions.paquetes import esperar_el_que_toca, procesar_el_que_toca
from ahorro.actions.programados import aplicar_programado
from ahorro.domain.cotejo import Par, cotejar
from ahorro.domain.errors import DomainError
from ahorro.outlets.cotejo import Numeros
from ahorro.store.cotejo import select_epoca, select_estados_de, select_mandados
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
COTEJAR_S = 15.0  # how late a Ticketera that came out of a copy is noticed
JUNTOS = 100  # posted again in one commit: orders pass in between
log = logging.getLogger(__name__)


def loops(base: Base, sitio: str, numeros: Numeros) -> Sequence[Coroutine[Any, Any, None]]:
    """The loops of one process; `sitio` is the shop's address, for links in mail, `numeros` Ticketera's tickets."""
    return (
        every(COTEJAR_S, partial(cotejar_con_otra, base, numeros), "cotejo"),
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


async def cotejar_con_otra(base: Base, numeros: Numeros) -> None:
    """Compare the pedidos with Ticketera's tickets where it is another one than at the last comparison.

    Where it is away, or is restored again meanwhile, the next turn begins anew.
    """
    first = await numeros.page(0, 1)
    if first is None or first.epoca == await base.read(select_epoca):
        return
    # Read before the tickets are: what is confirmed meanwhile is there, and not among these.
    mandados = await base.read(select_mandados)
    tickets: list[Par] = []
    pedidos: dict[str, str] = {}
    desde: int | None = 0
    while desde is not None:
        page = await numeros.page(desde)
        if page is None or page.epoca != first.epoca:
            return
        pedidos |= await base.read(select_estados_de, [each.numero for each in page.tickets])
        tickets += page.tickets
        desde = page.siguiente
    hecho = cotejar(mandados, tickets, pedidos)
    for act, some in ((mandar_otra_vez, hecho.otra_vez), (repetir_la_ultima_palabra, hecho.revisar)):
        for start in range(0, len(some), JUNTOS):
            await base.do(act, some[start : start + JUNTOS])
    await base.do(anotar_cotejo, first.epoca, hecho.sin_par)
    if hecho.otra_vez or hecho.sin_par:
        said = "Ticketera is another one than before: %d pedidos are posted again, %d wait for a person"
        log.warning(said, len(hecho.otra_vez), len(hecho.sin_par))
