"""How an admin likes the board."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from belgrano.database.work import Work
from ticketera.domain.tablero import Preferencias, revisar_preferencias
from ticketera.store.tablero import select_preferencias, upsert_preferencias


async def cambiar_preferencias(work: Work, usuario_id: int, cambios: Mapping[str, Any]) -> Preferencias:
    """Change some of a person's own. Raises CamposInvalidos."""
    despues = replace(await select_preferencias(work.con, usuario_id), **revisar_preferencias(cambios))
    await upsert_preferencias(work.con, usuario_id, asdict(despues))
    return despues
