"""Mail that waits to leave: a row until it has, or until it would come too late."""

from ahorro.domain.correo import Carta
from belgrano.database.work import Connection

TOMADA_MS = 60_000  # how long one that is being sent is nobody else's


async def insert_correo(
    con: Connection, *, para: str, asunto: str, texto: str, semilla: str, ahora: int, vence_en: int
) -> None:
    """A message for `para`; after `vence_en` (ms UTC) it is of no use any more."""
    await con.execute(
        """
        INSERT INTO correos (para, asunto, texto, semilla, creado_en, mandar_en, vence_en, intentos)
        VALUES (:para, :asunto, :texto, :semilla, :ahora, :ahora, :vence_en, 0)
        """,
        {"para": para, "asunto": asunto, "texto": texto, "semilla": semilla, "ahora": ahora, "vence_en": vence_en},
    )


async def claim_correo(con: Connection, ahora: int) -> Carta | None:
    """The message that is due longest, taken for a minute; None when none is.

    A due time further away than it can be was written by a clock that has been put back since, and counts as passed.
    """
    row = await con.fetch_one(
        """
        UPDATE correos
           SET mandar_en = CAST(:ahora AS BIGINT) + :tomada, intentos = intentos + 1
         WHERE (mandar_en <= :ahora OR mandar_en > CAST(:ahora AS BIGINT) + :tomada)
           AND id = (SELECT id
                       FROM correos
                      WHERE mandar_en <= :ahora OR mandar_en > CAST(:ahora AS BIGINT) + :tomada
                      ORDER BY mandar_en
                      LIMIT 1)
        RETURNING id, para, asunto, texto, semilla, intentos
        """,
        {"ahora": ahora, "tomada": TOMADA_MS},
    )
    return Carta(**dict(row)) if row else None


async def delete_correo(con: Connection, carta_id: int) -> None:
    """It has left."""
    await con.execute("DELETE FROM correos WHERE id = :id", {"id": carta_id})


async def postpone_correo(con: Connection, carta_id: int, mandar_en: int) -> None:
    """Try it again at an instant (ms UTC)."""
    values = {"mandar_en": mandar_en, "id": carta_id}
    await con.execute("UPDATE correos SET mandar_en = :mandar_en WHERE id = :id", values)


async def delete_correos_vencidos(con: Connection, ahora: int) -> int:
    """Forget what would come too late; how many."""
    return await con.execute("DELETE FROM correos WHERE vence_en <= :ahora", {"ahora": ahora})
