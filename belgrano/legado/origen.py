"""One of the earlier system's SQLite files: read only, unchanged to the byte, and nothing appears beside it.

This is where `databases` runs on its own aiosqlite backend: the one of the apps writes, and opens files for ever.
"""
# ruff: noqa: S608  (SQL text is put together from names of this project's own and of the file's own schema)

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from sqlite3 import DatabaseError
from typing import Any
from urllib.parse import quote

from databases.core import Connection, Database

from belgrano.env import refuse

SCHEME = "sqlite+aiosqlite"
Database.SUPPORTED_BACKENDS[SCHEME] = "databases.backends.sqlite:SQLiteBackend"

PIEZA = 500  # rows that are read, and kept, at once: memory stays flat, and no other act waits long
AHORRO = ("usuarios", "pedidos", "pedido_items")  # what makes a file the shop's, and the dispatch's
TICKETS = ("user", "ticket")
Datos = Mapping[str, Any]


class Origen:
    """An open file. Tables and columns that it lacks are empty ones: the earlier system added some only later."""

    def __init__(self, con: Connection, tablas: Mapping[str, str]) -> None:
        self._con, self._tablas = con, tablas

    async def contar(self, tabla: str) -> int:
        """How many rows a table has."""
        if tabla not in self._tablas:
            return 0
        return int(await self._con.fetch_val(f'SELECT count(*) FROM "{tabla}"'))

    async def piezas(self, tabla: str, de_a: int = PIEZA) -> AsyncIterator[list[Datos]]:
        """The rows of a table in the order in which they were written, so many at once."""
        ultima = -(2**63)
        while tabla in self._tablas:
            rows = await self._con.fetch_all(
                f'SELECT rowid AS fila, * FROM "{tabla}" WHERE rowid > :ultima ORDER BY rowid LIMIT :de_a',
                {"ultima": ultima, "de_a": de_a},
            )
            if not rows:
                return
            ultima = rows[-1]["fila"]
            yield [dict(row._mapping) for row in rows]

    async def donde(self, tabla: str, columna: str, valores: Collection[object]) -> list[Datos]:
        """The rows of a table with one of these in a column."""
        if tabla not in self._tablas or not valores:
            return []
        names = {f"v{n}": valor for n, valor in enumerate(valores)}
        rows = await self._con.fetch_all(
            f'SELECT * FROM "{tabla}" WHERE "{columna}" IN ({", ".join(f":{each}" for each in names)}) ORDER BY rowid',
            names,
        )
        return [dict(row._mapping) for row in rows]


@asynccontextmanager
async def abierto(path: Path, hacen_falta: Collection[str]) -> AsyncIterator[Origen]:
    """Open a file that has these tables. Ends the program (78, one line) where it is another one, or being written."""
    for end in ("-wal", "-journal"):
        beside = path.with_name(path.name + end)
        if beside.exists() and beside.stat().st_size:
            refuse(
                f"{path}: al lado hay cambios sin asentar ({beside.name}). Detené el sistema anterior, abrí y cerrá la "
                "base con `sqlite3` para que los asiente, y probá de nuevo. No se tocó nada."
            )
    async with Database(_url(path), uri=True) as database, database.connection() as con:
        # Text that is no UTF-8 is read with marks in the place of what is not.
        con.raw_connection.text_factory = lambda data: data.decode(errors="replace")
        try:
            rows = await con.fetch_all("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        except DatabaseError as error:
            refuse(f"{path} no es una base de datos de SQLite, o está dañada ({error}). No se tocó nada.")
        tablas = {row["name"]: row["sql"] for row in rows}
        missing = [each for each in hacen_falta if each not in tablas]
        if missing:
            refuse(f"{path} no es la base del sistema anterior: le falta la tabla {missing[0]}. No se tocó nada.")
        try:
            yield Origen(con, tablas)
        except DatabaseError as error:
            raise ValueError(f"{path} está dañada ({error}).") from error


def _url(path: Path) -> str:
    """Quoted twice: once for the address of `databases`, once for SQLite's own."""
    return f"{SCHEME}:///file:{quote(quote(str(path.resolve())))}?mode=ro&immutable=1"
