"""Photos of deliveries: kept once, for whoever has the ticket or had it lately."""

from functools import partial
from typing import Any

from belgrano.database.once import once
from belgrano.database.running import long_ago, select_running
from belgrano.database.work import Connection, Work
from belgrano.words.times import DIA
from ticketera.actions.acciones import SUYO_HASTA
from ticketera.domain.acciones import DE_NADIE
from ticketera.domain.errors import ClaveConOtroContenido, DemasiadasFotos, FotoTarde, NoExiste
from ticketera.domain.prueba import FOTOS
from ticketera.store import fotos
from ticketera.store.configuracion import select_configuracion
from ticketera.store.tenencias import exists_tenencia
from ticketera.store.tickets import select_ticket

PASO = 50


async def admitir_foto(con: Connection, ahora: int, repartidor_id: int, ticket_id: int, foto_id: str) -> Any | None:
    """The photo of this name if it is here already, None when it may come.

    Raises NoExiste for somebody else's ticket, ClaveConOtroContenido, FotoTarde, DemasiadasFotos.
    """
    desde = min(ahora, await select_running(con)) - SUYO_HASTA
    if not await exists_tenencia(con, ticket_id, repartidor_id, desde):
        raise NoExiste("Ese ticket no existe.")
    cabe = partial(_cabe, con, repartidor_id, ticket_id, desde)
    return await once(_conocida(con, ticket_id, foto_id), repartidor_id, cabe, ClaveConOtroContenido)


async def _conocida(con: Connection, ticket_id: int, foto_id: str) -> tuple[object, Any | None] | None:
    """The photo of this name, and who took it."""
    foto = await fotos.select_foto(con, ticket_id, foto_id)
    return None if foto is None else (foto["repartidor_id"], foto)


async def _cabe(con: Connection, repartidor_id: int, ticket_id: int, desde: int) -> None:
    """Raise FotoTarde or DemasiadasFotos where another photo of theirs may not come."""
    ticket = await select_ticket(con, ticket_id)
    if ticket is not None and ticket.olvidado:
        raise FotoTarde(DE_NADIE)
    if ticket is not None and ticket.cerrado_en is not None and ticket.cerrado_en <= desde:
        raise FotoTarde
    suyas = [foto for foto in await fotos.select_fotos(con, ticket_id) if foto["repartidor_id"] == repartidor_id]
    if len(suyas) >= FOTOS:
        raise DemasiadasFotos


async def guardar_foto(
    work: Work, repartidor_id: int, ticket_id: int, foto_id: str, tipo: str, datos: bytes
) -> tuple[Any, bool]:
    """Keep a photo that was re-encoded, once: the row as `select_foto` gives it, and whether it is new.

    Raises as `admitir_foto`.
    """
    known = await admitir_foto(work.con, work.ahora, repartidor_id, ticket_id, foto_id)
    if known is not None:
        return known, False
    await fotos.insert_foto(
        work.con,
        ticket_id=ticket_id,
        repartidor_id=repartidor_id,
        foto_id=foto_id,
        tipo=tipo,
        datos=datos,
        ahora=work.ahora,
    )
    return await fotos.select_foto(work.con, ticket_id, foto_id), True


async def podar_fotos(work: Work) -> bool:
    """Forget photos after `fotos_dias`, a few at once; True: there is more."""
    dias = (await select_configuracion(work.con)).fotos_dias
    return await fotos.delete_fotos(work.con, await long_ago(work, dias * DIA), PASO) == PASO
