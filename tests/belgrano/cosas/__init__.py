"""The acts and reads that the tests of the ground run, on a table of things with a unique name."""

import asyncio
from pathlib import Path
from typing import Any

from belgrano.database.work import Connection, Work

MIGRATIONS = Path(__file__).parent


class NoQuiero(Exception):
    """An act's own refusal."""


async def guardar(work: Work, nombre: str) -> int:
    """Keep a thing, tell of it, and say its id."""
    cosa = await work.con.fetch_val("INSERT INTO cosas (nombre) VALUES (:nombre) RETURNING id", {"nombre": nombre})
    work.tell(nombre)
    return int(cosa)


async def guardar_si_falta(work: Work, nombre: str) -> bool:
    """Look first, then keep: a race, unless acts are serial."""
    if await work.con.fetch_one("SELECT id FROM cosas WHERE nombre = :nombre", {"nombre": nombre}):
        return False
    await guardar(work, nombre)
    return True


async def guardar_y_fallar(work: Work, nombre: str) -> None:
    """Keep a thing, then think better of it."""
    await guardar(work, nombre)
    raise NoQuiero(nombre)


async def guardar_y_dormir(work: Work, nombre: str) -> None:
    """Keep a thing, then wait for something that is not the connection: forbidden."""
    await guardar(work, nombre)
    await asyncio.sleep(0)


async def guardar_y_tragar(work: Work, nombre: str) -> None:
    """Keep a thing twice and pretend that the second failure was none."""
    await guardar(work, nombre)
    try:
        await guardar(work, nombre)
    except Exception:
        work.tell("nada")


async def nombres(con: Connection) -> list[str]:
    """The names of all things, in the order of their ids."""
    return [row["nombre"] for row in await con.fetch_all("SELECT nombre FROM cosas ORDER BY id")]


async def contar(con: Connection) -> int:
    return int(await con.fetch_val("SELECT count(*) FROM cosas"))


async def correr(work: Work, sql: str, values: dict[str, Any] | None = None) -> Any:
    """Run any statement; its first value, if it has one."""
    row = await work.con.fetch_one(sql, values)
    return row and row[0]
