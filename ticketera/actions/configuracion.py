"""The settings of dispatch."""

from collections.abc import Mapping
from typing import Any

from belgrano.database.work import Work
from ticketera.actions.asignacion import repartir
from ticketera.domain.configuracion import COLUMNAS, Configuracion, revisar_configuracion
from ticketera.domain.errors import ConfiguracionCambio
from ticketera.domain.events import Ajustes, Ofertas
from ticketera.domain.ticket import REGLA, Quien
from ticketera.store.configuracion import insert_cambio, select_configuracion, update_configuracion
from ticketera.store.usuarios import select_para_ofrecer


async def cambiar_configuracion(
    work: Work, cambios: Mapping[str, Any], quien: Quien = REGLA, vistos: Mapping[str, Any] | None = None
) -> Configuracion:
    """Change settings; what that makes room for is given out in the same commit.

    `vistos` is what was seen when they were changed. Raises CamposInvalidos, and ConfiguracionCambio, having changed
    nothing, where somebody else made something else of one of these meanwhile.
    """
    before = await select_configuracion(work.con)
    checked = revisar_configuracion(cambios)
    ajenos = [campo for campo, visto in (vistos or {}).items() if getattr(before, campo) not in (visto, checked[campo])]
    if ajenos:
        raise ConfiguracionCambio(ajenos)
    libres = set(await select_para_ofrecer(work.con))
    await update_configuracion(work.con, checked)
    for campo, valor in checked.items():
        if valor != getattr(before, campo):
            await insert_cambio(work.con, campo, getattr(before, campo), valor, quien, work.ahora)
    work.tell(Ajustes())
    await repartir(work)
    libres |= set(await select_para_ofrecer(work.con))
    if libres and checked.keys() & set(COLUMNAS):
        work.tell(Ofertas(tuple(sorted(libres))))  # offers begin or end, or others are free
    return await select_configuracion(work.con)
