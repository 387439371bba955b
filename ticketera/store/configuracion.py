"""The settings row, and the epoca."""
# ruff: noqa: S608  (SQL text is put together from this module's own column names, never from values)

from collections.abc import Mapping
from typing import Any

from belgrano.work import Connection
from ticketera.domain.configuracion import Configuracion

_COLUMNS = "modo_asignacion, max_tickets_por_repartidor, minutos_respeto, minutos_sin_senal"


async def select_configuracion(con: Connection) -> Configuracion:
    """The settings as they stand."""
    row = await con.fetch_one(f"SELECT {_COLUMNS} FROM configuracion WHERE id = 1", {})
    return Configuracion(**dict(row))  # type: ignore[arg-type]


async def update_configuracion(con: Connection, cambios: Mapping[str, Any]) -> None:
    """Write settings that were checked."""
    if cambios:
        sets = ", ".join(f"{campo} = :{campo}" for campo in cambios)
        await con.execute(f"UPDATE configuracion SET {sets} WHERE id = 1", cambios)


async def select_epoca(con: Connection) -> str:
    """The name of this database's life: another one after a restore."""
    epoca: str = await con.fetch_val("SELECT epoca FROM tablero WHERE id = 1", {})
    return epoca


async def update_epoca(con: Connection, epoca: str) -> None:
    """Begin another epoca."""
    await con.execute("UPDATE tablero SET epoca = :epoca WHERE id = 1", {"epoca": epoca})
