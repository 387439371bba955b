"""The settings row, who changed what in it, and the epoca."""
# ruff: noqa: S608  (SQL text is put together from this module's own column names, never from values)

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from belgrano.database.work import Connection
from ticketera.domain.configuracion import COLUMNAS, Configuracion
from ticketera.domain.ticket import Quien

_COLUMNS = ", ".join((*COLUMNAS, "ajustes"))
_KNOWN = {field.name for field in fields(Configuracion)}


async def select_configuracion(con: Connection) -> Configuracion:
    """The settings as they stand."""
    row = await con.fetch_one(f"SELECT {_COLUMNS} FROM configuracion WHERE id = 1", {})
    values = dict(row)  # type: ignore[arg-type]
    ajustes = json.loads(values.pop("ajustes"))
    return Configuracion(**values, **{campo: valor for campo, valor in ajustes.items() if campo in _KNOWN})


async def update_configuracion(con: Connection, cambios: Mapping[str, Any]) -> None:
    """Write settings that were checked."""
    columns = {campo: valor for campo, valor in cambios.items() if campo in COLUMNAS}
    rest = {campo: valor for campo, valor in cambios.items() if campo not in COLUMNAS}
    if rest:
        stored = json.loads(await con.fetch_val("SELECT ajustes FROM configuracion WHERE id = 1", {}))
        columns["ajustes"] = json.dumps({**stored, **rest}, ensure_ascii=False)
    if columns:
        sets = ", ".join(f"{campo} = :{campo}" for campo in columns)
        await con.execute(f"UPDATE configuracion SET {sets} WHERE id = 1", columns)


async def insert_cambio(con: Connection, campo: str, de: object, a: object, quien: Quien, ahora: int) -> None:
    """Keep who changed a setting from what to what."""
    await con.execute(
        """
        INSERT INTO configuracion_cambios (en, quien_id, quien_nombre, campo, de, a)
        VALUES (:en, :quien_id, :quien_nombre, :campo, :de, :a)
        """,
        {
            "en": ahora,
            "quien_id": quien.id,
            "quien_nombre": quien.nombre,
            "campo": campo,
            "de": json.dumps(de, ensure_ascii=False),
            "a": json.dumps(a, ensure_ascii=False),
        },
    )


async def select_cambios(con: Connection, limite: int = 50) -> list[dict[str, Any]]:
    """The newest changes of settings: en (ms UTC), quien_nombre, campo, de, a (values)."""
    rows = await con.fetch_all(
        "SELECT en, quien_nombre, campo, de, a FROM configuracion_cambios ORDER BY id DESC LIMIT :limite",
        {"limite": limite},
    )
    return [{**dict(row), "de": json.loads(row["de"]), "a": json.loads(row["a"])} for row in rows]


async def update_epoca(con: Connection, epoca: str) -> None:
    """Begin another epoca."""
    await con.execute("UPDATE tablero SET epoca = :epoca WHERE id = 1", {"epoca": epoca})
