"""Accounts: repartidores and admins come, change and go. Passwords arrive here as hashes."""

from collections.abc import Mapping
from typing import Any

from belgrano.accounts.invitations import withdraw_invitations
from belgrano.accounts.sessions import end_sessions_of, hash_token, open_session
from belgrano.database.running import select_running_at
from belgrano.database.work import Work
from ticketera.actions.asignacion import al_final, repartir
from ticketera.actions.cambios import decir_presencia, registrar_cambio
from ticketera.domain.cambio import Cambio
from ticketera.domain.errors import CamposInvalidos, EmailEnUso, NoExiste, UltimoAdmin
from ticketera.domain.events import Ofertas
from ticketera.domain.intake import limpio
from ticketera.domain.ticket import Quien, Rol, en_manos_de, sin_asignar
from ticketera.domain.usuario import Usuario
from ticketera.store import avisos, tickets, usuarios

REPARTO = ("vehiculo", "capacidad", "zona", "negocio")  # how somebody delivers


async def crear_usuario(
    work: Work,
    *,
    nombre: str,
    email: str,
    password_hash: str,
    rol: str,
    telefono: str | None = None,
    reparto: Mapping[str, Any] | None = None,
) -> Usuario:
    """A new admin or repartidor; `reparto` is how one delivers (REPARTO). Raises EmailEnUso."""
    usuario = await usuarios.insert_usuario(
        work.con,
        nombre=limpio(nombre),
        email=limpio(email).lower(),
        password_hash=password_hash,
        rol=Rol(rol),
        telefono=limpio(telefono),
        ahora=work.ahora,
    )
    if usuario is None:
        raise EmailEnUso
    if reparto:
        usuario = await _escribir(work, usuario.id, reparto)
    if usuario.rol is Rol.REPARTIDOR:
        decir_presencia(work, usuario)
    return usuario


async def cambiar_repartidor(
    work: Work, quien: Quien, repartidor_id: int, cambios: Mapping[str, Any], tickets_a: int | None = None
) -> Usuario:
    """Change a repartidor: nombre, email, telefono, password_hash, activo, en_turno (False only), fondo, and REPARTO.

    `activo` False ends their sessions and turno, and puts their open tickets into "Sin asignar", or into the hands of
    `tickets_a`, over the cap too, in the same commit. A new password ends their sessions.

    Raises NoExiste, EmailEnUso, CamposInvalidos.
    """
    if cambios.get("en_turno"):
        raise CamposInvalidos(("en_turno", "solo se puede cerrar: el turno lo abre cada repartidor"))
    before = await usuarios.select_repartidor(work.con, repartidor_id)
    if before is None:
        raise NoExiste("No existe ese repartidor.")
    columns = {**cambios}
    leaves = cambios.get("activo") is False
    heredero = await _heredero(work, repartidor_id, tickets_a, leaves)
    if leaves or "en_turno" in cambios:
        columns |= {"en_turno": False, "turno_desde": None}
    await _escribir(work, repartidor_id, columns)
    if leaves:
        await _vaciar(work, quien, repartidor_id, heredero)
    after = await usuarios.select_repartidor(work.con, repartidor_id)
    if after is None:
        raise NoExiste
    decir_presencia(work, after)
    await repartir(work)
    if columns.keys() & {"en_turno", "capacidad"}:
        work.tell(Ofertas((repartidor_id,)))  # whoever is free now, or no longer, is offered other things
    return after


async def cambiar_admin(work: Work, admin_id: int, cambios: Mapping[str, Any]) -> Usuario:
    """Change an admin: nombre, email, telefono, password_hash, activo.

    `activo` False and a new password end their sessions. Raises NoExiste, EmailEnUso, and UltimoAdmin when nobody
    would be left.
    """
    before = await usuarios.select_usuario(work.con, admin_id)
    if before is None or before.rol is not Rol.ADMIN:
        raise NoExiste("No existe esa persona.")
    last = before.activo and await usuarios.count_admins_activos(work.con) == 1
    if last and cambios.get("activo") is False:
        raise UltimoAdmin
    return await _escribir(work, admin_id, cambios)


async def cambiar_password(work: Work, usuario_id: int, password_hash: str, sesion: str | None = None) -> str | None:
    """Change one's own password; ends all one's sessions.

    The browser at hand (`sesion`, a token hash) gets a new one, whose token is returned, and goes on being told when
    its screen is off: a copy of its former cookie is dead.
    """
    await usuarios.update_usuario(work.con, usuario_id, {"password_hash": password_hash})
    await withdraw_invitations(work, usuario_id)
    await end_sessions_of(work, usuario_id)
    if sesion is None:
        return None
    token = await open_session(work, usuario_id)
    await avisos.update_sesion(work.con, sesion, hash_token(token))
    return token


async def guardar_permisos(work: Work, repartidor_id: int, permisos: str) -> None:
    """Keep what this repartidor's phone says (JSON text), and tell the board where it is news. Raises NoExiste."""
    usuario = await usuarios.select_repartidor(work.con, repartidor_id)
    if usuario is None:
        raise NoExiste("No existe ese repartidor.")
    if usuario.permisos != permisos:
        usuario = await usuarios.update_usuario(work.con, repartidor_id, {"permisos": permisos})
        if usuario is not None:
            decir_presencia(work, usuario)


async def _escribir(work: Work, usuario_id: int, cambios: Mapping[str, Any]) -> Usuario:
    """Write columns of an account, and end its sessions where it is due."""
    columns = dict(cambios)
    for campo in ("nombre", "telefono", *REPARTO):
        if isinstance(columns.get(campo), str):
            columns[campo] = limpio(columns[campo])
    if "email" in columns:
        columns["email"] = limpio(columns["email"]).lower()
        if await usuarios.select_id_de_email(work.con, columns["email"]) not in (None, usuario_id):
            raise EmailEnUso
    usuario = (
        await usuarios.update_usuario(work.con, usuario_id, columns)
        if columns
        else await usuarios.select_usuario(work.con, usuario_id)
    )
    if usuario is None:
        raise NoExiste
    if columns.get("activo") is False or "password_hash" in columns:
        await end_sessions_of(work, usuario_id)
        await withdraw_invitations(work, usuario_id)
    return usuario


async def _heredero(work: Work, repartidor_id: int, tickets_a: int | None, leaves: bool) -> Usuario | None:
    """Who takes over the tickets of the one who leaves, if somebody is named."""
    if tickets_a is None:
        return None
    heredero = await usuarios.select_repartidor(work.con, tickets_a)
    if not leaves:
        raise CamposInvalidos(("tickets_a", "va junto con activo: false"))
    if heredero is None or not heredero.activo or heredero.id == repartidor_id:
        raise CamposInvalidos(("tickets_a", "no existe o está dado de baja"))
    return heredero


async def _vaciar(work: Work, quien: Quien, repartidor_id: int, heredero: Usuario | None) -> None:
    """Take every open ticket out of somebody's hands, in its order."""
    for ticket in await tickets.select_columna(work.con, repartidor_id):
        lugar = await al_final(work, 0 if heredero is None else heredero.id)
        if heredero is None:
            despues = sin_asignar(ticket, lugar, apartado_en=await select_running_at(work.con, work.ahora))
        else:
            despues = en_manos_de(ticket, heredero.id, heredero.nombre, lugar, work.ahora)
        await registrar_cambio(work, Cambio(ticket, despues, "baja_del_repartidor", quien))
