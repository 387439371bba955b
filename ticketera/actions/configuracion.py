"""The settings of dispatch."""

from collections.abc import Mapping
from typing import Any

from belgrano.work import Work
from ticketera.actions.asignacion import repartir
from ticketera.domain.configuracion import COLUMNAS, Configuracion, revisar_configuracion
from ticketera.domain.events import Ofertas
from ticketera.domain.ticket import REGLA, Quien
from ticketera.store.configuracion import insert_cambio, select_configuracion, update_configuracion
from ticketera.store.usuarios import select_para_ofrecer


async def cambiar_configuracion(work: Work, cambios: Mapping[str, Any], quien: Quien = REGLA) -> Configuracion:
    """Change settings; what that makes room for is given out in the same commit. Raises CamposInvalidos."""
    before = await select_configuracion(work.con)
    libres = set(await select_para_ofrecer(work.con))
    checked = revisar_configuracion(cambios)
    await update_configuracion(work.con, checked)
    for campo, valor in checked.items():
        if valor != getattr(before, campo):
            await insert_cambio(work.con, campo, getattr(before, campo), valor, quien, work.ahora)
    await repartir(work)
    libres |= set(await select_para_ofrecer(work.con))
    if libres and checked.keys() & set(COLUMNAS):
        work.tell(Ofertas(tuple(sorted(libres))))  # offers begin or end, or others are free
    return await select_configuracion(work.con)
