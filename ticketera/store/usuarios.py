"""The people: who may log in, and how repartidores stand in the dispatch."""
# ruff: noqa: S608  (SQL text is put together from this module's own column names, never from values)

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from belgrano.work import Connection
from ticketera.domain.ticket import Rol
from ticketera.domain.usuario import Usuario

_FIELDS = [field.name for field in fields(Usuario)]
_COLUMNS = ", ".join(_FIELDS)
_OF_U = ", ".join(f"u.{name}" for name in _FIELDS)
ROLES = {str(rol): rol for rol in Rol}


def usuario_de(row: Any) -> Usuario:
    """A row of all columns, in the order of the fields, as a Usuario."""
    usuario = Usuario(*row)
    usuario.rol = ROLES[usuario.rol]
    usuario.activo = bool(usuario.activo)
    usuario.en_turno = bool(usuario.en_turno)
    return usuario


async def select_usuario(con: Connection, usuario_id: int) -> Usuario | None:
    """A person by id, active or not."""
    row = await con.fetch_one(f"SELECT {_COLUMNS} FROM usuarios WHERE id = :id", {"id": usuario_id})
    return None if row is None else usuario_de(row)


async def select_activo(con: Connection, usuario_id: int) -> Usuario | None:
    """A person by id, if they may come in."""
    usuario = await select_usuario(con, usuario_id)
    return usuario if usuario is not None and usuario.activo else None


async def select_repartidor(con: Connection, usuario_id: int) -> Usuario | None:
    """A repartidor by id, active or not."""
    usuario = await select_usuario(con, usuario_id)
    return usuario if usuario is not None and usuario.rol is Rol.REPARTIDOR else None


async def select_credencial(con: Connection, email: str) -> tuple[int, str] | None:
    """The id and password hash of the active person with this address."""
    row = await con.fetch_one(
        "SELECT id, password_hash FROM usuarios WHERE email = :email AND activo", {"email": email.strip().lower()}
    )
    return None if row is None else (row["id"], row["password_hash"])


async def select_password_hash(con: Connection, usuario_id: int) -> str | None:
    """The stored hash of a person's password."""
    found: str | None = await con.fetch_val("SELECT password_hash FROM usuarios WHERE id = :id", {"id": usuario_id})
    return found


async def select_repartidores(con: Connection) -> list[Usuario]:
    """All repartidores, active or not, by name."""
    return await _select_por_rol(con, Rol.REPARTIDOR)


async def select_admins(con: Connection) -> list[Usuario]:
    """All admins, active or not, by name."""
    return await _select_por_rol(con, Rol.ADMIN)


async def _select_por_rol(con: Connection, rol: Rol) -> list[Usuario]:
    rows = await con.fetch_all(
        f"SELECT {_COLUMNS} FROM usuarios WHERE rol = :rol ORDER BY nombre, id",
        {"rol": str(rol)},
    )
    return [usuario_de(row) for row in rows]


async def select_para_dar(con: Connection, ahora: int, desde: int | None = None) -> tuple[str, Usuario | None]:
    """The mode of assignment, and whom `automatico` gives a ticket expected from `desde` on: nobody in another mode.

    In turno, seen within minutos_sin_senal, below the cap; the fewest open tickets, then who was given one longest ago.
    Nobody while it is not due.
    """
    row = await con.fetch_one(
        f"""
        SELECT c.modo_asignacion, {_OF_U}
          FROM configuracion c
          LEFT JOIN usuarios u
            ON c.modo_asignacion = 'automatico' AND u.activo AND u.en_turno
           AND u.tickets_abiertos < c.max_tickets_por_repartidor
           AND (u.capacidad IS NULL OR u.tickets_abiertos < u.capacidad)
           AND u.senal_en > CAST(:ahora AS BIGINT) - c.minutos_sin_senal * 60000
           AND u.senal_en < CAST(:ahora AS BIGINT) + 60000 -- later: the clock was set back since
           AND CAST(:desde AS BIGINT) <= CAST(:ahora AS BIGINT) + c.minutos_antes * CAST(60000 AS BIGINT)
         WHERE c.id = 1
         ORDER BY u.tickets_abiertos, u.ultimo_dado, u.id
         LIMIT 1
        """,
        {"ahora": ahora, "desde": desde or 0},
    )
    modo, *columns = row  # type: ignore[misc]
    return modo, None if columns[0] is None else usuario_de(columns)


async def select_para_ofrecer(con: Connection) -> list[int]:
    """Whose phones hear that the open offers changed: in turno and below the cap, in the mode `oferta`; else nobody."""
    rows = await con.fetch_all(
        """
        SELECT u.id
          FROM configuracion c
          JOIN usuarios u
            ON u.activo AND u.en_turno
           AND u.tickets_abiertos < c.max_tickets_por_repartidor
           AND (u.capacidad IS NULL OR u.tickets_abiertos < u.capacidad)
         WHERE c.id = 1 AND c.modo_asignacion = 'oferta'
         ORDER BY u.id
        """,
        {},
    )
    return [row["id"] for row in rows]


async def next_seq(con: Connection, repartidor_id: int, mas: int, dado: int | None) -> Usuario:
    """The next number of a phone's stream, with `mas` open tickets more; `dado` orders who was given one last."""
    row = await con.fetch_one(
        f"""
        UPDATE usuarios
           SET seq = seq + 1,
               tickets_abiertos = tickets_abiertos + :mas,
               ultimo_dado = COALESCE(CAST(:dado AS BIGINT), ultimo_dado)
         WHERE id = :id
        RETURNING {_COLUMNS}
        """,
        {"id": repartidor_id, "mas": mas, "dado": dado},
    )
    return usuario_de(row)


async def add_efectivo(con: Connection, repartidor_id: int, centavos: int) -> Usuario | None:
    """Somebody has this much more cash to hand in."""
    row = await con.fetch_one(
        f"UPDATE usuarios SET efectivo = efectivo + :centavos WHERE id = :id RETURNING {_COLUMNS}",
        {"id": repartidor_id, "centavos": centavos},
    )
    return None if row is None else usuario_de(row)


async def insert_usuario(
    con: Connection, *, nombre: str, email: str, password_hash: str, rol: Rol, telefono: str, ahora: int
) -> Usuario | None:
    """A new person; None when the address is taken."""
    row = await con.fetch_one(
        f"""
        INSERT INTO usuarios (nombre, email, password_hash, rol, activo, telefono, creado_en)
        VALUES (:nombre, :email, :password_hash, :rol, :activo, :telefono, :ahora)
        ON CONFLICT (email) DO NOTHING
        RETURNING {_COLUMNS}
        """,
        {
            "nombre": nombre,
            "email": email,
            "password_hash": password_hash,
            "rol": str(rol),
            "activo": True,
            "telefono": telefono,
            "ahora": ahora,
        },
    )
    return None if row is None else usuario_de(row)


async def select_id_de_email(con: Connection, email: str) -> int | None:
    """Whose address this is."""
    found: int | None = await con.fetch_val("SELECT id FROM usuarios WHERE email = :email", {"email": email})
    return found


async def count_admins_activos(con: Connection) -> int:
    """How many admins may come in."""
    return int(await con.fetch_val("SELECT COUNT(*) FROM usuarios WHERE rol = 'admin' AND activo", {}))


async def update_usuario(con: Connection, usuario_id: int, cambios: Mapping[str, Any]) -> Usuario | None:
    """Write some columns of a person; None when there is no such person. The names of the columns are the caller's."""
    sets = ", ".join(f"{c} = :{c}" for c in cambios)
    row = await con.fetch_one(
        f"UPDATE usuarios SET {sets} WHERE id = :id RETURNING {_COLUMNS}",
        {**cambios, "id": usuario_id},
    )
    return None if row is None else usuario_de(row)


async def set_linea(con: Connection, usuario_id: int, ahora: int, hasta: int) -> Usuario | None:
    """Note that a phone is online, seen now; how it stood before."""
    usuario = await select_usuario(con, usuario_id)
    await con.execute(
        "UPDATE usuarios SET linea_hasta = :hasta, senal_en = :ahora WHERE id = :id",
        {"id": usuario_id, "ahora": ahora, "hasta": hasta},
    )
    return usuario


async def select_cansados(con: Connection, ahora: int, sin_senal_desde: int) -> list[int]:
    """Who is in turno and was not seen since an instant."""
    rows = await con.fetch_all(
        "SELECT id FROM usuarios WHERE activo AND en_turno AND senal_en < :desde AND linea_hasta < :ahora",
        {"desde": sin_senal_desde, "ahora": ahora},
    )
    return [row["id"] for row in rows]


async def clear_lineas(con: Connection, ahora: int) -> list[Usuario]:
    """Who went offline without a word since the last time: their line is cleared.

    So is one that lasts longer than any may: the clock was set back, and who is there renews it.
    """
    rows = await con.fetch_all(
        f"""
        UPDATE usuarios SET linea_hasta = 0
         WHERE linea_hasta > 0
           AND (linea_hasta <= CAST(:ahora AS BIGINT) OR linea_hasta > CAST(:ahora AS BIGINT) + 120000)
        RETURNING {_COLUMNS}
        """,
        {"ahora": ahora},
    )
    return [usuario_de(row) for row in rows]
