"""Where tickets are: claimed and asked one at a time, and written down where nothing changed meanwhile.

Intake never waits for it. Claim, ask and settle are three steps; only the one in the middle, outside of any act, talks
to the world (`outlets/geocodificador.py`).
"""

from dataclasses import dataclass, replace

from belgrano.database.work import Work
from belgrano.words.times import DIA, MINUTO, SEGUNDO
from ticketera.actions.cambios import registrar_cambio
from ticketera.domain.cambio import Cambio
from ticketera.domain.direccion import es_geocodificador
from ticketera.domain.ruta import Punto
from ticketera.domain.ticket import REGLA
from ticketera.store import configuracion, direcciones, tickets

CADA = SEGUNDO  # so often a public geocoder may be asked, by all processes together
RESERVA = MINUTO  # as long one process has for its question
VALE, NADIE_SABE = 180 * DIA, 7 * DIA
DE_UNA_VEZ = 50


@dataclass(frozen=True, slots=True)
class Pregunta:
    """An address that this process is to ask for, and at which geocoder."""

    plantilla: str
    texto: str


async def ubicar(work: Work) -> Pregunta | None:
    """Write down where tickets are whose address is known, and claim the next address that is not.

    None: nothing to ask, or not yet (one a second), or no geocoder is configured.
    """
    ajustes = await configuracion.select_configuracion(work.con)
    if not es_geocodificador(ajustes.geocodificador):
        return None
    texto = next((each.texto for each in await _ubicar_sabidos(work) if each.lat is None), None)
    if texto is None or await direcciones.exists_pregunta_desde(work.con, work.ahora - CADA, work.ahora):
        return None
    await direcciones.upsert_direccion(work.con, texto, None, None, work.ahora, work.ahora + RESERVA)
    return Pregunta(ajustes.geocodificador, texto)


async def anotar(work: Work, texto: str, lugar: Punto | None) -> None:
    """Keep what the geocoder said of an address (None: it knows no such place), and write it on the tickets there."""
    lat, lng = lugar or (None, None)
    vence_en = work.ahora + (VALE if lugar else NADIE_SABE)
    await direcciones.upsert_direccion(work.con, texto, lat, lng, work.ahora, vence_en)
    await _ubicar_sabidos(work)


async def _ubicar_sabidos(work: Work) -> list[direcciones.PorUbicar]:
    """Write down where tickets are whose address is known; those, and what is still to be asked."""
    waiting = await direcciones.select_por_ubicar(work.con, work.ahora, DE_UNA_VEZ)
    for each in waiting:
        if each.lat is not None and each.lng is not None:
            await _escribir(work, each.ticket_id, (each.lat, each.lng))
    return waiting


async def _escribir(work: Work, ticket_id: int, lugar: Punto) -> None:
    """The row said so in this very act: open, still without coordinates, still at that address."""
    ticket = await tickets.select_ticket(work.con, ticket_id)
    if ticket is not None:
        despues = replace(ticket, cliente_lat=lugar[0], cliente_lng=lugar[1])
        await registrar_cambio(work, Cambio(ticket, despues, "ubicado", REGLA))
