"""Turnos, and whether a phone is there: opening one, or being seen again, may bring tickets."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from belgrano.work import Work
from ticketera.actions.asignacion import repartir
from ticketera.actions.cambios import decir_ofertas, decir_presencia
from ticketera.domain.errors import NoExiste
from ticketera.domain.tiempo import HORA, SEGUNDO
from ticketera.domain.usuario import Usuario
from ticketera.store import usuarios
from ticketera.store.ofertas import exists_vuelta

EN_LINEA = 45 * SEGUNDO
TURNO_SIN_SENAL = 14 * HORA
VUELTA = 5 * SEGUNDO  # longer than from one sweep to the next: twice told does no harm
FRESCA = 15 * SEGUNDO


async def abrir_turno(work: Work, repartidor_id: int, fondo: int | None = None) -> Usuario:
    """Begin a repartidor's turno; the rule may give tickets in the same commit. Open already: nothing changes.

    `fondo` is the change they begin with, in centavos; None leaves what they had, and nobody's word makes less of it.
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


async def conectar(work: Work, repartidor_id: int) -> None:
    """A socket of this phone opened: it is online and seen, and may be given what waits."""
    await _escribir(work, repartidor_id, {"linea_hasta": work.ahora + EN_LINEA, "senal_en": work.ahora})
    await repartir(work)


async def desconectar(work: Work, repartidor_id: int) -> None:
    """The last socket of this phone closed."""
    await _escribir(work, repartidor_id, {"linea_hasta": 0, "senal_en": work.ahora})


async def renovar_linea(work: Work, repartidor_ids: Sequence[int]) -> None:
    """The phones that have sockets here are still online: to be called every 20 s.

    One that was thought to be gone (another process lost its socket, say) is told to be back.
    """
    for repartidor_id in repartidor_ids:
        usuario = await usuarios.set_linea(work.con, repartidor_id, work.ahora, work.ahora + EN_LINEA)
        if usuario is not None and not usuario.en_linea(work.ahora):
            decir_presencia(work, replace(usuario, linea_hasta=work.ahora + EN_LINEA))


async def registrar_senal(work: Work, repartidor_id: int) -> None:
    """A request of this phone came: it is seen, and may be given what waits if it was thought to be gone."""
    usuario = await usuarios.select_repartidor(work.con, repartidor_id)
    if usuario is None or work.ahora - FRESCA < usuario.senal_en <= work.ahora:
        return
    await usuarios.update_usuario(work.con, repartidor_id, {"senal_en": work.ahora})
    await repartir(work)


async def registrar_ubicacion(
    work: Work, repartidor_id: int, lat: float, lng: float, precision_m: float | None, en: int | None = None
) -> bool:
    """Keep where a repartidor is. Only in turno: False, and nothing kept, outside of it."""
    usuario = await usuarios.select_repartidor(work.con, repartidor_id)
    if usuario is None or not usuario.en_turno:
        return False
    ubicado_en = work.ahora if en is None else min(en, work.ahora)
    if usuario.ubicado_en is None or not ubicado_en < usuario.ubicado_en <= work.ahora:
        cambios = {"lat": lat, "lng": lng, "precision_m": precision_m, "ubicado_en": ubicado_en, "senal_en": work.ahora}
        await _escribir(work, repartidor_id, cambios)
        await repartir(work)
    return True


async def barrer(work: Work) -> None:
    """What time brings: to be called every 2 s.

    Gives out, or offers, what a person's wish kept back long enough, clears lines that ended without a word, and closes
    turnos of phones that were not seen for 14 h.
    """
    for usuario in await usuarios.clear_lineas(work.con, work.ahora):
        decir_presencia(work, usuario)
    for repartidor_id in await usuarios.select_cansados(work.con, work.ahora, work.ahora - TURNO_SIN_SENAL):
        await _escribir(work, repartidor_id, {"en_turno": False, "turno_desde": None})
    await repartir(work)
    if await exists_vuelta(work.con, work.ahora - VUELTA, work.ahora):
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
