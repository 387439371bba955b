"""Accounts, comerciantes' businesses and recovery links."""

from ahorro.domain.cuenta import Comercio, Usuario
from belgrano.database.work import Connection, Row
from belgrano.words.text import folded

COLUMNS = """
       id, nombre, email, rol, telefono, direccion, activo, password_hash,
       NOT EXISTS (SELECT 1 FROM comercios c WHERE c.usuario_id = usuarios.id AND c.aprobado_en IS NULL) AS aprobado
"""


def _usuario(row: Row) -> Usuario:
    return Usuario(
        id=row["id"],
        nombre=row["nombre"],
        email=row["email"],
        rol=row["rol"],
        telefono=row["telefono"],
        direccion=row["direccion"],
        activo=bool(row["activo"]),
        password_hash=row["password_hash"],
        aprobado=bool(row["aprobado"]),
    )


async def select_usuario(con: Connection, usuario_id: int) -> Usuario | None:
    """The account with this id."""
    row = await con.fetch_one(f"SELECT {COLUMNS} FROM usuarios WHERE id = :id", {"id": usuario_id})  # noqa: S608
    return _usuario(row) if row else None


async def select_usuario_por_email(con: Connection, email: str) -> Usuario | None:
    """The account with this address, given in lower case."""
    row = await con.fetch_one(f"SELECT {COLUMNS} FROM usuarios WHERE email = :email", {"email": email})  # noqa: S608
    return _usuario(row) if row else None


async def insert_usuario(
    con: Connection,
    *,
    nombre: str,
    email: str,
    password_hash: str,
    rol: str,
    telefono: str,
    direccion: str,
    ahora: int,
) -> int | None:
    """The new account's id; None when the address is taken."""
    row = await con.fetch_one(
        """
        INSERT INTO usuarios (nombre, email, password_hash, rol, telefono, direccion, activo, buscado, creado_en)
        VALUES (:nombre, :email, :password_hash, :rol, :telefono, :direccion, :activo, :buscado, :ahora)
            ON CONFLICT (email) DO NOTHING
        RETURNING id
        """,
        {
            "nombre": nombre,
            "email": email,
            "password_hash": password_hash,
            "rol": rol,
            "telefono": telefono,
            "direccion": direccion,
            "activo": True,
            "buscado": buscado_de(nombre, email, telefono),
            "ahora": ahora,
        },
    )
    return row["id"] if row else None


def buscado_de(nombre: str, email: str, telefono: str) -> str:
    """What the shop's people find an account by: words without accents, and the telephone's digits in a row."""
    return f"{folded(nombre)} {folded(email)} {''.join(filter(str.isdigit, telefono))}"


async def update_perfil(con: Connection, usuario_id: int, *, nombre: str, telefono: str, direccion: str) -> None:
    """What a customer may change of their own account; one that was closed meanwhile stays as it is."""
    email = await con.fetch_val("SELECT email FROM usuarios WHERE id = :id", {"id": usuario_id})
    await con.execute(
        """
        UPDATE usuarios
           SET nombre = :nombre, telefono = :telefono, direccion = :direccion, buscado = :buscado
         WHERE id = :id AND activo
        """,
        {
            "nombre": nombre,
            "telefono": telefono,
            "direccion": direccion,
            "buscado": buscado_de(nombre, email or "", telefono),
            "id": usuario_id,
        },
    )


async def update_password(con: Connection, usuario_id: int, password_hash: str) -> None:
    """Set a new password."""
    await con.execute(
        "UPDATE usuarios SET password_hash = :hash WHERE id = :id", {"hash": password_hash, "id": usuario_id}
    )


async def insert_comercio(con: Connection, usuario_id: int, comercio: Comercio, aprobado_en: int | None) -> None:
    """The business of a comerciante; None: nobody has looked at it yet."""
    await con.execute(
        """
        INSERT INTO comercios (usuario_id, nombre, cuit, direccion, telefono, tipo, buscado, aprobado_en)
        VALUES (:usuario_id, :nombre, :cuit, :direccion, :telefono, :tipo, :buscado, CAST(:aprobado_en AS BIGINT))
        """,
        {
            "usuario_id": usuario_id,
            "nombre": comercio.nombre,
            "cuit": comercio.cuit,
            "direccion": comercio.direccion,
            "telefono": comercio.telefono,
            "tipo": comercio.tipo,
            "buscado": f"{folded(comercio.nombre)} {comercio.cuit}",
            "aprobado_en": aprobado_en,
        },
    )


async def select_comercio(con: Connection, usuario_id: int) -> Comercio | None:
    """The business of this comerciante."""
    row = await con.fetch_one(
        "SELECT nombre, cuit, direccion, telefono, tipo FROM comercios WHERE usuario_id = :id", {"id": usuario_id}
    )
    return Comercio(row["nombre"], row["cuit"], row["direccion"], row["telefono"], row["tipo"]) if row else None


async def count_cuit(con: Connection, cuit: str) -> int:
    """How many accounts have this CUIT, given in digits."""
    found: int = await con.fetch_val("SELECT count(*) FROM comercios WHERE cuit = :cuit", {"cuit": cuit})
    return found


async def select_comercios(con: Connection, limite: int = 200) -> list[Row]:
    """The businesses with whose they are, those that nobody has looked at first, then the newest."""
    rows: list[Row] = await con.fetch_all(
        """
        SELECT c.usuario_id, c.nombre, c.cuit, c.direccion, c.telefono, c.tipo, c.aprobado_en, u.nombre AS persona,
               u.email, u.creado_en
          FROM comercios c
          JOIN usuarios u ON u.id = c.usuario_id
         ORDER BY c.aprobado_en IS NOT NULL, c.usuario_id DESC
         LIMIT CAST(:limite AS BIGINT)
        """,
        {"limite": limite},
    )
    return rows


async def insert_recuperacion(
    con: Connection, *, token_hash: str, usuario_id: int | None, ahora: int, vence_en: int
) -> None:
    """A recovery link; without a usuario it opens nothing."""
    await con.execute(
        """
        INSERT INTO recuperaciones (token_hash, usuario_id, creado_en, vence_en)
        VALUES (:token_hash, :usuario_id, :ahora, :vence_en)
        """,
        {"token_hash": token_hash, "usuario_id": usuario_id, "ahora": ahora, "vence_en": vence_en},
    )


async def use_recuperacion(con: Connection, token_hash: str, ahora: int) -> int | None:
    """Use up a link: whose it is, or None when it was used, is too old, or never was."""
    row = await con.fetch_one(
        """
        UPDATE recuperaciones
           SET usado_en = :ahora
         WHERE token_hash = :token_hash AND usado_en IS NULL AND vence_en > :ahora AND usuario_id IS NOT NULL
        RETURNING usuario_id
        """,
        {"token_hash": token_hash, "ahora": ahora},
    )
    return row["usuario_id"] if row else None


async def select_recuperacion_vale(con: Connection, token_hash: str, ahora: int) -> bool:
    """Whether a link would still open something."""
    row = await con.fetch_one(
        """
        SELECT 1 AS vale
          FROM recuperaciones
         WHERE token_hash = :token_hash AND usado_en IS NULL AND vence_en > :ahora AND usuario_id IS NOT NULL
        """,
        {"token_hash": token_hash, "ahora": ahora},
    )
    return row is not None


async def void_recuperaciones(con: Connection, usuario_id: int | None, ahora: int) -> None:
    """A newer link, or a new password, ends the older links of this account; without one, those of nobody."""
    de_quien = "usuario_id IS NULL" if usuario_id is None else "usuario_id = :usuario_id"
    values = {"ahora": ahora} if usuario_id is None else {"ahora": ahora, "usuario_id": usuario_id}
    await con.execute(
        f"UPDATE recuperaciones SET usado_en = :ahora WHERE {de_quien} AND usado_en IS NULL",  # noqa: S608
        values,
    )


async def delete_recuperaciones_antes(con: Connection, antes: int) -> None:
    """Forget old links."""
    await con.execute("DELETE FROM recuperaciones WHERE creado_en < :antes", {"antes": antes})
