"""What people look for and the shop does not have."""

from ahorro.domain.busqueda import sin_nadie
from ahorro.store.busquedas import upsert_busqueda
from belgrano.database.work import Work


async def anotar_busqueda(work: Work, q: str) -> None:
    """Count a search that found nothing; one that may say who somebody is leaves no trace."""
    if palabras := sin_nadie(q):
        await upsert_busqueda(work.con, palabras, work.ahora)
