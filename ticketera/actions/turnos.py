"""Turnos, and whether a phone is there: opening one, or being seen again, may bring tickets.

A phone is connected while a process that beats has a line of it. A turno whose phone is neither connected nor seen for
14 h of running time (`belgrano/database/running.py`) closes itself; no clock that is set closes one.
"""

from collections.abc import Mapping

from belgrano.database.work import Work
from belgrano.words.times import HORA, SEGUNDO
from ticketera.actions.asignacion import repartir
from ticketera.actions.cambios import decir_ofertas, decir_presencia
from ticketera.domain.errors import NoExiste
from ticketera.domain.lugar import punto
from ticketera.domain.usuario import Usuario
from ticketera.store import lineas, usuarios
from ticketera.store.ofertas import exists_vuelta

TURNO_SIN_SENAL = 14 * HORA
VUELTA = 5 * SEGUNDO  # longer than from one sweep to the next: twice told does no harm
FRESCA = 15 * SEGUNDO


async def abrir_turno(work: Work, repartidor_id: int, fondo: int | None = None) -> Usuario:
    """Begin a repartidor's turno; the rule may give tickets in the same commit. Open already: nothing changes.

    `fondo` is the change they begin with, in centavos; None leaves what they had, and so does a smaller one.
    """
    usuario = await _activo(work, repartidor_id)
    if not usuario.en_turno:
        cambios = {"en_turno": True, "turno_desde": work.ahora, "senal_en": work.ahora}
        cambios |= {} if fondo is None else {"fondo": max(fondo, usuario.fondo)}
        await _escribir(work, repartidor_id, cambios)
        await repartir(work)
        usuario = await _activo(work, repartidor_id)
    return usuario


async def cerrar_turno(work: Work, repartidor_id: int) -> Usuario:
    """End a repartidor's turno; the tickets they have stay theirs. Closed already: nothing changes."""
    usuario = await _activo(work, repartidor_id)
    if usuario.en_turno:
        usuario = await _escribir(work, repartidor_id, {"en_turno": False, "turno_desde": None})
    return usuario


async def conectar(work: Work, proceso: str, repartidor_id: int) -> None:
    """The first socket of this phone opened at a process: it is online and seen, and may be given what waits."""
    await lineas.insert_linea(work.con, proceso, repartidor_id)
    await _escribir(work, repartidor_id, {"en_linea": True, "senal_en": work.ahora})
    await repartir(work)


async def desconectar(work: Work, proceso: str, repartidor_id: int) -> None:
    """The last socket of this phone closed at a process; it is online as long as another one has one."""
    await lineas.delete_linea(work.con, proceso, repartidor_id)
    en_linea = await lineas.exists_linea(work.con, repartidor_id)
    await _escribir(work, repartidor_id, {"en_linea": en_linea, "senal_en": work.ahora})


async def latir(work: Work, proceso: str) -> bool:
    """A process lives, and the phones that have sockets there are seen: to be called every 10 s.

    False: nobody knew it, as at its beginning, or when the others took it for dead. Whoever is connected there is to be
    told anew.
    """
    if not await lineas.update_latido(work.con, proceso):
        await lineas.insert_proceso(work.con, proceso)
        return False
    await usuarios.update_senales(work.con, proceso, work.ahora)
    return True


async def enterrar(work: Work, proceso: str, latido: int) -> None:
    """A process has not beaten since this beat: its phones are online no more, unless others have sockets of them."""
    if await lineas.delete_proceso(work.con, proceso, latido):
        for repartidor_id in await lineas.delete_lineas(work.con, proceso):
            if not await lineas.exists_linea(work.con, repartidor_id):
                await _escribir(work, repartidor_id, {"en_linea": False})


async def registrar_senal(work: Work, repartidor_id: int) -> None:
    """A request of this phone came: it is seen, and may be given what waits if it was thought to be gone."""
    usuario = await usuarios.select_repartidor(work.con, repartidor_id)
    if usuario is None or usuario.callado < FRESCA:
        return
    await usuarios.update_usuario(work.con, repartidor_id, {"senal_en": work.ahora})
    await repartir(work)


async def registrar_ubicacion(
    work: Work, repartidor_id: int, lat: float, lng: float, precision_m: float | None, en: int | None = None
) -> bool:
    """Keep where a repartidor is. Only in turno: False, and nothing kept, outside of it.

    A fix that is no place says only that the phone is there.
    """
    usuario = await usuarios.select_repartidor(work.con, repartidor_id)
    if usuario is None or not usuario.en_turno:
        return False
    if punto(lat, lng) is None:
        await registrar_senal(work, repartidor_id)
        return True
    ubicado_en = work.ahora if en is None else min(en, work.ahora)
    if usuario.ubicado_en is None or not ubicado_en < usuario.ubicado_en <= work.ahora:
        cambios = {"lat": lat, "lng": lng, "precision_m": precision_m, "ubicado_en": ubicado_en, "senal_en": work.ahora}
        await _escribir(work, repartidor_id, cambios)
        await repartir(work)
    return True


async def barrer(work: Work) -> None:
    """What time brings: to be called every 2 s.

    Gives out, or offers, what a person's wish kept back long enough, and closes turnos of phones not seen for 14 h.
    """
    for repartidor_id in await usuarios.select_cansados(work.con, TURNO_SIN_SENAL):
        await _escribir(work, repartidor_id, {"en_turno": False, "turno_desde": None})
    await repartir(work)
    if await exists_vuelta(work.con, VUELTA, work.ahora):
        await decir_ofertas(work)


async def _activo(work: Work, repartidor_id: int) -> Usuario:
    usuario = await usuarios.select_repartidor(work.con, repartidor_id)
    if usuario is None or not usuario.activo:
        raise NoExiste("No existe ese repartidor.")
    return usuario


async def _escribir(work: Work, repartidor_id: int, cambios: Mapping[str, object]) -> Usuario:
    usuario = await usuarios.update_usuario(work.con, repartidor_id, cambios)
    if usuario is None:
        raise NoExiste("No existe ese repartidor.")
    decir_presencia(work, usuario)
    return usuario
