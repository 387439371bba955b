"""Who works in the shop."""

from ahorro.domain.personal import Persona
from belgrano.database.running import NOW
from belgrano.database.work import Connection, Row

# `seen_at` is of the running time: how long ago it was is taken from now.
PERSONA = f"""
SELECT u.id, u.nombre, u.email, u.rol, u.activo, u.password_hash <> '' AS entro, u.version,
       (SELECT max(i.vence_en) FROM invitaciones i WHERE i.usuario_id = u.id AND i.vence_en > :ahora) AS hasta,
       EXISTS (SELECT 1 FROM second_factors f WHERE f.user_id = u.id AND f.since IS NOT NULL) AS segundo_paso,
       (SELECT {NOW} - max(s.seen_at) FROM sessions s WHERE s.user_id = u.id) AS hace
  FROM usuarios u
 WHERE u.rol IN ('admin', 'encargado', 'armador')
"""  # noqa: S608


def _persona(row: Row, ahora: int) -> Persona:
    return Persona(
        id=row["id"],
        nombre=row["nombre"],
        email=row["email"],
        rol=row["rol"],
        activo=bool(row["activo"]),
        entro=bool(row["entro"]),
        visto_en=None if row["hace"] is None else ahora - max(0, row["hace"]),
        invitacion_hasta=row["hasta"],
        segundo_paso=bool(row["segundo_paso"]),
        version=row["version"],
    )


async def select_persona(con: Connection, persona_id: int, ahora: int) -> Persona | None:
    """The one with this id, as of `ahora` (ms UTC); None also for who buys."""
    row = await con.fetch_one(f"{PERSONA} AND u.id = :id", {"id": persona_id, "ahora": ahora})
    return _persona(row, ahora) if row else None


async def select_personal(con: Connection, ahora: int) -> list[Persona]:
    """All of them as of `ahora` (ms UTC): who may come in first, then by role and name."""
    rows = await con.fetch_all(
        f"""
        {PERSONA}
         ORDER BY u.activo DESC, CASE u.rol WHEN 'admin' THEN 1 WHEN 'encargado' THEN 2 ELSE 3 END, u.nombre, u.id
        """,
        {"ahora": ahora},
    )
    return [_persona(row, ahora) for row in rows]


async def count_que_mandan(con: Connection) -> int:
    """How many admins can come in."""
    found: int = await con.fetch_val(
        "SELECT count(*) FROM usuarios WHERE rol = 'admin' AND activo AND password_hash <> ''", {}
    )
    return found


async def update_persona(con: Connection, persona_id: int, *, rol: str, activo: bool) -> None:
    """Write both and count the version on."""
    await con.execute(
        "UPDATE usuarios SET rol = :rol, activo = :activo, version = version + 1 WHERE id = :id",
        {"id": persona_id, "rol": rol, "activo": activo},
    )
