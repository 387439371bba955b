"""Links with which a repartidor sets a password: one per person, once, for a while. Only their hashes are kept."""

from belgrano.database.work import Connection


async def insert_invitacion(con: Connection, token_hash: str, usuario_id: int, vence_en: int) -> None:
    """Keep a new link of a person."""
    await con.execute(
        "INSERT INTO invitaciones (token_hash, usuario_id, vence_en) VALUES (:token_hash, :usuario_id, :vence_en)",
        {"token_hash": token_hash, "usuario_id": usuario_id, "vence_en": vence_en},
    )


async def delete_invitaciones(con: Connection, usuario_id: int) -> None:
    """Make a person's links worthless."""
    await con.execute("DELETE FROM invitaciones WHERE usuario_id = :usuario_id", {"usuario_id": usuario_id})


async def select_invitado(con: Connection, token_hash: str, ahora: int) -> int | None:
    """Whom a link lets in, if it still does at `ahora` (ms UTC)."""
    found: int | None = await con.fetch_val(
        """
        SELECT i.usuario_id
          FROM invitaciones i
          JOIN usuarios u ON u.id = i.usuario_id
         WHERE i.token_hash = :token_hash AND i.vence_en > :ahora AND u.activo
        """,
        {"token_hash": token_hash, "ahora": ahora},
    )
    return found


async def select_vence(con: Connection, usuario_id: int, ahora: int) -> int | None:
    """Until when the open link of a person lets in (ms UTC), if there is one."""
    found: int | None = await con.fetch_val(
        "SELECT vence_en FROM invitaciones WHERE usuario_id = :usuario_id AND vence_en > :ahora",
        {"usuario_id": usuario_id, "ahora": ahora},
    )
    return found


async def delete_vencidas(con: Connection, hasta: int) -> None:
    """Forget the links that end before an instant (ms UTC)."""
    await con.execute("DELETE FROM invitaciones WHERE vence_en < :hasta", {"hasta": hasta})
