"""The people: who may log in, and how repartidores stand in the dispatch."""
# ruff: noqa: S608  (SQL text is put together from this module's own column names, never from values)

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from belgrano.database.running import NOW
from belgrano.database.work import Connection
from ticketera.domain.ticket import Rol
from ticketera.domain.usuario import Usuario
from ticketera.store.modos import LO_DA_LA_SENTENCIA, OFRECE

_STORED = [field.name for field in fields(Usuario) if field.name != "callado"]


def con_lugar(u: str) -> str:
    """SQL, true of a repartidor below their cap: `con_lugar` of domain/asignacion.py. The settings' row is `c`."""
    return (
        f"{u}.tickets_abiertos < c.max_tickets_por_repartidor"
        f" AND ({u}.capacidad IS NULL OR {u}.tickets_abiertos < {u}.capacidad)"
    )


def _columns_of(table: str) -> str:
    """The columns of a Usuario."""
    callado = f"CASE WHEN {table}.en_linea THEN 0 ELSE {NOW} - {table}.senal_marcha END AS callado"
    return ", ".join([*(f"{table}.{name}" for name in _STORED), callado])


_COLUMNS = _columns_of("usuarios")
_OF_U = _columns_of("u")
_CON_LUGAR = con_lugar("u")
ROLES = {str(rol): rol for rol in Rol}


def usuario_de(row: Any) -> Usuario:
    """A row of all columns, in the order of the fields, as a Usuario."""
    usuario = Usuario(*row)
    usuario.rol = ROLES[usuario.rol]
    usuario.activo = bool(usuario.activo)
    usuario.en_turno = bool(usuario.en_turno)
    usuario.en_linea = bool(usuario.en_linea)
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
    """The mode of assignment, and whom it gives a ticket expected from `desde` on: nobody in a mode with another rule.

    In turno, seen within minutos_sin_senal, below the cap; the fewest open tickets, then who was given one longest ago.
    Nobody while it is not due.
    """
    row = await con.fetch_one(
        f"""
        SELECT c.modo_asignacion, {_OF_U}
          FROM configuracion c
          LEFT JOIN usuarios u
            ON {LO_DA_LA_SENTENCIA} AND u.activo AND u.en_turno
           AND {_CON_LUGAR}
           AND (u.en_linea OR u.senal_marcha > {NOW} - c.minutos_sin_senal * 60000)
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
    """Whose phones hear that the open offers changed: in a mode that offers, who is in turno and below the cap."""
    rows = await con.fetch_all(
        f"""
        SELECT u.id
          FROM configuracion c
          JOIN usuarios u
            ON u.activo AND u.en_turno
           AND {_CON_LUGAR}
         WHERE c.id = 1 AND {OFRECE}
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
    """Write some columns of a person; None when there is no such person. The names of the columns are the caller's.

    Whoever is seen at an instant (`senal_en`) is seen at the running time.
    """
    sets = ", ".join([*(f"{c} = :{c}" for c in cambios), *([f"senal_marcha = {NOW}"] if "senal_en" in cambios else [])])
    row = await con.fetch_one(
        f"UPDATE usuarios SET {sets} WHERE id = :id RETURNING {_COLUMNS}",
        {**cambios, "id": usuario_id},
    )
    return None if row is None else usuario_de(row)


async def update_senales(con: Connection, proceso: str, ahora: int) -> None:
    """Those of whom a process has sockets are seen."""
    await con.execute(
        f"""
        UPDATE usuarios SET senal_en = :ahora, senal_marcha = {NOW}
         WHERE id IN (SELECT usuario_id FROM lineas WHERE proceso = :proceso)
        """,
        {"ahora": ahora, "proceso": proceso},
    )


async def select_cansados(con: Connection, callados: int) -> list[int]:
    """Who is in turno and was not seen for so many ms of running time."""
    rows = await con.fetch_all(
        f"""
        SELECT id FROM usuarios
         WHERE activo AND en_turno AND NOT en_linea AND senal_marcha < {NOW} - CAST(:callados AS BIGINT)
        """,
        {"callados": callados},
    )
    return [row["id"] for row in rows]
