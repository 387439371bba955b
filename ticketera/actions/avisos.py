"""Who wants to be told of a ticket while the screen is off: one's browsers, by the session that asked."""

from belgrano.database.work import Work
from ticketera.domain.avisos import POR_PERSONA, Suscripcion
from ticketera.store import avisos


async def suscribir(work: Work, usuario_id: int, token_hash: str, suscripcion: Suscripcion) -> None:
    """Keep a browser for as long as the session lasts; of a person's the newest five stay."""
    await avisos.upsert_suscripcion(work.con, usuario_id, token_hash, suscripcion, work.ahora)
    await avisos.delete_sobrantes(work.con, usuario_id, POR_PERSONA)


async def desuscribir(work: Work, usuario_id: int, endpoint: str) -> None:
    """Tell this browser no more; nothing happens where it is not this person's."""
    await avisos.delete_suscripcion(work.con, endpoint, usuario_id)


async def olvidar_suscripcion(work: Work, endpoint: str) -> None:
    """Its push service says that the browser is gone."""
    await avisos.delete_suscripcion(work.con, endpoint)
