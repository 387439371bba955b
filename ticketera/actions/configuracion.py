"""The settings of dispatch."""

from collections.abc import Mapping
from typing import Any

from belgrano.work import Work
from ticketera.actions.asignacion import repartir
from ticketera.domain.configuracion import Configuracion, revisar_configuracion
from ticketera.store.configuracion import select_configuracion, update_configuracion


async def cambiar_configuracion(work: Work, cambios: Mapping[str, Any]) -> Configuracion:
    """Change settings; what that makes room for is given out in the same commit. Raises CamposInvalidos."""
    await update_configuracion(work.con, revisar_configuracion(cambios))
    await repartir(work)
    return await select_configuracion(work.con)
