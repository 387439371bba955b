"""The admins' acts on who works in the shop: invite, give another role, shut out, let in again."""

import secrets
from collections.abc import Mapping

from ahorro.actions.cuentas import cambiar_password, entrar, registrar_usuario
from ahorro.domain.auditoria import ALTA, Asiento, Quien, asientos_de
from ahorro.domain.configuracion import Configuracion
from ahorro.domain.correo import carta_de_invitacion
from ahorro.domain.cuenta import PERSONAL, token_de
from ahorro.domain.errors import (
    EnlaceVencido,
    EsElPropio,
    InvitacionNoHay,
    NoExiste,
    PersonaInactiva,
    UltimoAdmin,
    VersionVieja,
)
from ahorro.domain.events import CorreoPorMandar
from ahorro.domain.personal import Persona
from ahorro.store.auditoria import insert_asientos
from ahorro.store.configuracion import select_configuracion
from ahorro.store.correos import insert_correo
from ahorro.store.cuentas import select_usuario, void_recuperaciones
from ahorro.store.personal import count_que_mandan, select_persona, update_persona
from belgrano.accounts.invitations import Invitation, open_invitation, use_invitation, withdraw_invitations
from belgrano.accounts.second_factor import select_factor_on
from belgrano.accounts.sessions import end_sessions_of
from belgrano.database.work import Work

QUE = "personal"


async def invitar_persona(
    work: Work, quien: Quien, *, nombre: str, email: str, rol: str, secreto: str, sitio: str
) -> Invitation:
    """An account without a password, and the link with which its person chooses one. Raises CorreoEnUso.

    `secreto` is the app's own; `sitio` the shop's address where the link shall go by mail, too, nothing where not.
    """
    persona_id = await registrar_usuario(work, nombre=nombre, email=email, password_hash="", rol=rol)
    persona = await _persona(work, persona_id)
    nueva = [Asiento(QUE, persona_id, persona.nombre, ALTA, None, {"rol": rol})]
    await insert_asientos(work.con, quien, nueva, work.ahora)
    return await _abrir(work, persona, secreto, sitio)


async def renovar_invitacion(work: Work, quien: Quien, persona_id: int, *, secreto: str, sitio: str) -> Invitation:
    """Another link for somebody who lost theirs, or their password; the one before is worth nothing.

    Raises NoExiste, PersonaInactiva, and EsElPropio: whoever finds an admin's browser open gets no password by it.
    """
    if quien.id == persona_id:
        raise EsElPropio
    persona = await _persona(work, persona_id)
    if not persona.activo:
        raise PersonaInactiva
    await _asentar(work, quien, persona, "invitacion", None, "nueva")
    return await _abrir(work, persona, secreto, sitio)


async def retirar_invitacion(work: Work, quien: Quien, persona_id: int) -> None:
    """Make a link worthless; who never came in is shut out with it. Raises NoExiste, InvitacionNoHay."""
    persona = await _persona(work, persona_id)
    if persona.invitacion_hasta is None:
        raise InvitacionNoHay
    await withdraw_invitations(work, persona_id)
    await _asentar(work, quien, persona, "invitacion", "abierta", "retirada")
    if persona.estado == "invitado":
        await cambiar_persona(work, quien, persona_id, persona.version, {"activo": False})


async def cambiar_persona(
    work: Work, quien: Quien, persona_id: int, version: int, datos: Mapping[str, object]
) -> Persona:
    """Change what `datos` says of `rol` and `activo`; the person as they are then.

    Who is no longer `activo` is out at once, everywhere, and their links are dead. Raises NoExiste, VersionVieja
    carrying the person, and UltimoAdmin where nobody would be left who may do all of it.
    """
    persona = await _persona(work, persona_id)
    if persona.version != version:
        raise VersionVieja("persona", persona)
    antes = {"rol": persona.rol, "activo": persona.activo}
    todo = {**antes, **datos}
    if todo == antes:
        return persona
    await update_persona(work.con, persona_id, rol=str(todo["rol"]), activo=bool(todo["activo"]))
    despues = await _persona(work, persona_id)
    if persona.manda and not despues.manda and not await count_que_mandan(work.con):
        raise UltimoAdmin
    if not despues.activo:
        await withdraw_invitations(work, persona_id)
        await void_recuperaciones(work.con, persona_id, work.ahora)
        await end_sessions_of(work, persona_id)
    lines = asientos_de(QUE, persona_id, persona.nombre, antes, todo)
    await insert_asientos(work.con, quien, lines, work.ahora)
    return await _persona(work, persona_id)


async def aceptar_invitacion(work: Work, token: str, password_hash: str, sesion: str | None, equipo: str) -> str | None:
    """Set the password of whoever has the link, end their sessions, and begin one; its token.

    None where they have a second step: then they come in by the login page.
    `sesion` is the token hash of the session that the browser had. Raises EnlaceVencido.
    """
    usuario_id = await use_invitation(work, token)
    usuario = await select_usuario(work.con, usuario_id) if usuario_id is not None else None
    if usuario is None or not usuario.activo or usuario.rol not in PERSONAL:
        raise EnlaceVencido
    persona = await _persona(work, usuario.id)
    await cambiar_password(work, usuario.id, password_hash)
    await _asentar(work, Quien(usuario.id, usuario.nombre), persona, "invitacion", "abierta", "usada")
    if await select_factor_on(work.con, usuario.id):
        return None
    return await entrar(work, usuario.id, sesion, equipo)


async def _abrir(work: Work, persona: Persona, secreto: str, sitio: str) -> Invitation:
    """A link whose token the app's secret makes out of a seed: the mail that waits holds the seed alone."""
    semilla = secrets.token_urlsafe(32)
    made = await open_invitation(work, persona.id, persona, token_de(secreto, semilla))
    if sitio:
        tienda = (await select_configuracion(work.con, Configuracion())).nombre
        asunto, texto = carta_de_invitacion(persona.nombre, sitio, tienda)
        await insert_correo(
            work.con,
            para=persona.email,
            asunto=asunto,
            texto=texto,
            semilla=semilla,
            ahora=work.ahora,
            vence_en=made.until,
        )
        work.tell(CorreoPorMandar())
    return made


async def _asentar(work: Work, quien: Quien, persona: Persona, campo: str, de: object, a: object) -> None:
    await insert_asientos(work.con, quien, [Asiento(QUE, persona.id, persona.nombre, campo, de, a)], work.ahora)


async def _persona(work: Work, persona_id: int) -> Persona:
    persona = await select_persona(work.con, persona_id, work.ahora)
    if persona is None:
        raise NoExiste("No existe esa persona.")
    return persona
