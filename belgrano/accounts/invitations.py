"""Links with which somebody sets a password: one a person, once, for 48 hours. Only their hashes are kept.

Whoever accepts one looks themself whether the person may come in: this table knows no more of them than the id.
"""

import secrets
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from belgrano.accounts.sessions import hash_token
from belgrano.database.work import Connection, Work

LASTS_MS = 48 * 60 * 60_000


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that was just made: its token, which nobody can read again, when it ends (ms UTC), and whose it is."""

    token: str
    until: int
    user: Any


def create_tables(op: Any) -> None:
    """The table, from an app's migration."""
    op.create_table(
        "invitaciones",
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("usuario_id", sa.BigInteger, sa.ForeignKey("usuarios.id"), nullable=False),
        sa.Column("vence_en", sa.BigInteger, nullable=False),
    )
    op.create_index("invitaciones_usuario", "invitaciones", ["usuario_id"])


async def open_invitation(work: Work, user_id: int, user: Any, token: str | None = None) -> Invitation:
    """Make the link of a person, with this token or a random one; the link before it is worth nothing."""
    made = Invitation(token or secrets.token_urlsafe(32), work.ahora + LASTS_MS, user)
    await withdraw_invitations(work, user_id)
    await work.con.execute(
        "INSERT INTO invitaciones (token_hash, usuario_id, vence_en) VALUES (:token_hash, :usuario_id, :vence_en)",
        {"token_hash": hash_token(made.token), "usuario_id": user_id, "vence_en": made.until},
    )
    return made


async def withdraw_invitations(work: Work, user_id: int) -> None:
    """Make a person's links worthless."""
    await work.con.execute("DELETE FROM invitaciones WHERE usuario_id = :usuario_id", {"usuario_id": user_id})


async def use_invitation(work: Work, token: str) -> int | None:
    """Use a link up: whom it lets in; None when it was used, is too old, or never was."""
    found: int | None = await work.con.fetch_val(
        "DELETE FROM invitaciones WHERE token_hash = :token_hash AND vence_en > :ahora RETURNING usuario_id",
        {"token_hash": hash_token(token), "ahora": work.ahora},
    )
    return found


async def select_invited(con: Connection, token: str, ahora: int) -> int | None:
    """Whom a link lets in, if it still does at `ahora` (ms UTC); looking uses nothing up."""
    found: int | None = await con.fetch_val(
        "SELECT usuario_id FROM invitaciones WHERE token_hash = :token_hash AND vence_en > :ahora",
        {"token_hash": hash_token(token), "ahora": ahora},
    )
    return found


async def select_until(con: Connection, user_id: int, ahora: int) -> int | None:
    """Until when the open link of a person lets in (ms UTC), if there is one."""
    found: int | None = await con.fetch_val(
        "SELECT vence_en FROM invitaciones WHERE usuario_id = :usuario_id AND vence_en > :ahora",
        {"usuario_id": user_id, "ahora": ahora},
    )
    return found


async def delete_old_invitations(work: Work, until: int) -> None:
    """Forget the links that end before an instant (ms UTC)."""
    await work.con.execute("DELETE FROM invitaciones WHERE vence_en < :until", {"until": until})


async def delete_all_invitations(work: Work) -> None:
    """Forget every link, as a restored database does: one that was used since the copy would open again."""
    await work.con.execute("DELETE FROM invitaciones", {})
