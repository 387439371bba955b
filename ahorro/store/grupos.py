"""Categorias, negocios and sucursales as their owner writes them, told apart by their Tipo."""
# ruff: noqa: S608  (SQL text is put together from the names of domain/grupos.py, never from values)

from collections.abc import Mapping
from typing import Any

from ahorro.domain.grupos import Grupo, Tipo
from belgrano.database.work import Connection


def _select(tipo: Tipo) -> str:
    columns = ", ".join(f"g.{campo}" for campo in tipo.campos)
    if not tipo.bajo:
        return f"SELECT g.id, g.version, {columns}, NULL AS bajo_nombre FROM {tipo.tabla} g"
    return (
        f"SELECT g.id, g.version, {columns}, b.nombre AS bajo_nombre"
        f" FROM {tipo.tabla} g LEFT JOIN {tipo.bajo_tabla} b ON b.id = g.{tipo.bajo}_id"
    )


def _grupo(tipo: Tipo, row: Any) -> Grupo:
    return Grupo(tipo, row["id"], row["version"], {campo: row[campo] for campo in tipo.campos}, row["bajo_nombre"])


async def select_grupos(con: Connection, tipo: Tipo) -> list[Grupo]:
    """All of a kind, in their order."""
    return [_grupo(tipo, row) for row in await con.fetch_all(f"{_select(tipo)} ORDER BY g.orden, g.id")]


async def select_grupo(con: Connection, tipo: Tipo, grupo_id: int) -> Grupo | None:
    """One of them."""
    row = await con.fetch_one(f"{_select(tipo)} WHERE g.id = :id", {"id": grupo_id})
    return _grupo(tipo, row) if row else None


async def select_orden_ultimo(con: Connection, tipo: Tipo) -> int:
    """The place after the last one."""
    return int(await con.fetch_val(f"SELECT COALESCE(max(orden), 0) + 1 FROM {tipo.tabla}", {}))


async def has_hijas(con: Connection, categoria_id: int) -> bool:
    """Whether other categorias stand under this one."""
    row = await con.fetch_one("SELECT 1 AS si FROM categorias WHERE padre_id = :id LIMIT 1", {"id": categoria_id})
    return row is not None


def _value(tipo: Tipo, column: str) -> str:
    # PostgreSQL cannot tell the type of a parameter that is NULL.
    return f"CAST(:{column} AS BIGINT)" if column == f"{tipo.bajo}_id" else f":{column}"


async def insert_grupo(con: Connection, tipo: Tipo, dicho: Mapping[str, object]) -> int:
    """A new one, with all the `campos` of its kind; its id."""
    values = ", ".join(_value(tipo, column) for column in dicho)
    row = await con.fetch_one(
        f"INSERT INTO {tipo.tabla} ({', '.join(dicho)}) VALUES ({values}) RETURNING id", dict(dicho)
    )
    assert row is not None  # noqa: S101
    return int(row["id"])


async def update_grupo(con: Connection, tipo: Tipo, grupo_id: int, cambios: Mapping[str, object]) -> None:
    """Write some of its `campos`, and count the version on."""
    sets = ", ".join(f"{column} = {_value(tipo, column)}" for column in cambios)
    await con.execute(
        f"UPDATE {tipo.tabla} SET {sets}, version = version + 1 WHERE id = :id", {**cambios, "id": grupo_id}
    )
