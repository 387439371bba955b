"""A repartidor comes in for the first time, or again after forgetting the password: by a link that works once."""

import secrets
from dataclasses import dataclass

from belgrano.accounts.sessions import end_sessions_of, hash_token, open_session
from belgrano.database.work import Work
from belgrano.words.times import HORA
from ticketera.domain.errors import EnlaceVencido, NoExiste, RepartidorInactivo
from ticketera.domain.usuario import Usuario
from ticketera.store import invitaciones, usuarios

DURA = 48 * HORA


@dataclass(frozen=True, slots=True)
class Invitacion:
    """A link that was just made: its token, which nobody can read again, and when it ends (ms UTC)."""

    token: str
    vence_en: int
    usuario: Usuario


async def invitar(work: Work, repartidor_id: int) -> Invitacion:
    """Make the link of a repartidor; the one before is worth nothing. Raises NoExiste, RepartidorInactivo."""
    usuario = await usuarios.select_repartidor(work.con, repartidor_id)
    if usuario is None:
        raise NoExiste("No existe ese repartidor.")
    if not usuario.activo:
        raise RepartidorInactivo
    invitacion = Invitacion(secrets.token_urlsafe(32), work.ahora + DURA, usuario)
    await invitaciones.delete_invitaciones(work.con, usuario.id)
    await invitaciones.insert_invitacion(work.con, hash_token(invitacion.token), usuario.id, invitacion.vence_en)
    return invitacion


async def aceptar_invitacion(work: Work, token: str, password_hash: str, replacing: str | None = None) -> str:
    """Set the password of whoever has the link, end their sessions, and begin one; its token.

    `replacing` is the token hash of the session that the browser had. Raises EnlaceVencido for a link that is wrong,
    used or too old.
    """
    usuario_id = await invitaciones.select_invitado(work.con, hash_token(token), work.ahora)
    if usuario_id is None:
        raise EnlaceVencido
    await invitaciones.delete_invitaciones(work.con, usuario_id)
    await usuarios.update_usuario(work.con, usuario_id, {"password_hash": password_hash})
    await end_sessions_of(work, usuario_id)
    return await open_session(work, usuario_id, replacing)
