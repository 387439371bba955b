"""Which process has sockets of whom, and which processes still beat. No clock: a beat is a number that goes up."""

from belgrano.database.work import Connection


async def insert_linea(con: Connection, proceso: str, usuario_id: int) -> None:
    """A process has sockets of somebody."""
    await con.execute(
        "INSERT INTO lineas (proceso, usuario_id) VALUES (:proceso, :usuario_id) ON CONFLICT DO NOTHING",
        {"proceso": proceso, "usuario_id": usuario_id},
    )


async def delete_linea(con: Connection, proceso: str, usuario_id: int) -> None:
    """A process has no sockets of somebody any more."""
    await con.execute(
        "DELETE FROM lineas WHERE proceso = :proceso AND usuario_id = :usuario_id",
        {"proceso": proceso, "usuario_id": usuario_id},
    )


async def exists_linea(con: Connection, usuario_id: int) -> bool:
    """Whether any process has sockets of somebody."""
    found = await con.fetch_val(
        "SELECT 1 FROM lineas WHERE usuario_id = :usuario_id LIMIT 1", {"usuario_id": usuario_id}
    )
    return found is not None


async def update_latido(con: Connection, proceso: str) -> bool:
    """A process beats; False: nobody knows it."""
    return await con.execute("UPDATE procesos SET latido = latido + 1 WHERE id = :id", {"id": proceso}) > 0


async def insert_proceso(con: Connection, proceso: str) -> None:
    """A process begins."""
    await con.execute("INSERT INTO procesos (id, latido) VALUES (:id, 0)", {"id": proceso})


async def select_procesos(con: Connection) -> dict[str, int]:
    """Every process with its newest beat."""
    rows = await con.fetch_all("SELECT id, latido FROM procesos")
    return {row["id"]: row["latido"] for row in rows}


async def delete_proceso(con: Connection, proceso: str, latido: int) -> bool:
    """Forget a process; False: it has beaten since that beat, or is gone."""
    gone = await con.execute(
        "DELETE FROM procesos WHERE id = :id AND latido = :latido", {"id": proceso, "latido": latido}
    )
    return gone > 0


async def delete_lineas(con: Connection, proceso: str) -> list[int]:
    """Forget the lines of a process; whose they were."""
    rows = await con.fetch_all("DELETE FROM lineas WHERE proceso = :proceso RETURNING usuario_id", {"proceso": proceso})
    return [row["usuario_id"] for row in rows]
