"""A repartidor comes in for the first time, or again after forgetting the password: by a link that works once."""

from belgrano.accounts.invitations import Invitation, open_invitation, use_invitation
from belgrano.accounts.sessions import end_sessions_of, open_session
from belgrano.database.work import Work
from ticketera.domain.errors import EnlaceVencido, NoExiste, RepartidorInactivo
from ticketera.store import usuarios


async def invitar(work: Work, repartidor_id: int) -> Invitation:
    """Make the link of a repartidor; the one before is worth nothing. Raises NoExiste, RepartidorInactivo."""
    usuario = await usuarios.select_repartidor(work.con, repartidor_id)
    if usuario is None:
        raise NoExiste("No existe ese repartidor.")
    if not usuario.activo:
        raise RepartidorInactivo
    return await open_invitation(work, usuario.id, usuario)


async def aceptar_invitacion(work: Work, token: str, password_hash: str, replacing: str | None = None) -> str:
    """Set the password of whoever has the link, end their sessions, and begin one; its token.

    `replacing` is the token hash of the session that the browser had. Raises EnlaceVencido for a link that is wrong,
    used or too old.
    """
    usuario_id = await use_invitation(work, token)
    if usuario_id is None or await usuarios.select_activo(work.con, usuario_id) is None:
        raise EnlaceVencido
    await usuarios.update_usuario(work.con, usuario_id, {"password_hash": password_hash})
    await end_sessions_of(work, usuario_id)
    return await open_session(work, usuario_id, replacing)
