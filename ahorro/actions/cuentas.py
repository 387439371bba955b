"""The acts on accounts: make one, come in, go out, change, recover."""

import hashlib
import secrets

from ahorro.actions.carritos import llevar_carrito
from ahorro.domain.configuracion import Configuracion
from ahorro.domain.correo import carta_de_recuperacion
from ahorro.domain.cuenta import MINUTOS_DE_RECUPERACION, Comercio, Usuario, normalizar_correo, token_de
from ahorro.domain.errors import CorreoEnUso, CredencialInvalida, CuitEnUso, EnlaceVencido, NoExiste
from ahorro.domain.events import CorreoPorMandar
from ahorro.store.configuracion import select_configuracion
from ahorro.store.correos import insert_correo
from ahorro.store.cuentas import (
    count_cuit,
    insert_comercio,
    insert_recuperacion,
    insert_usuario,
    select_usuario,
    select_usuario_por_email,
    update_password,
    update_perfil,
    use_recuperacion,
    void_recuperaciones,
)
from belgrano.accounts.devices import end_session_marked, note_device
from belgrano.accounts.invitations import withdraw_invitations
from belgrano.accounts.sessions import end_session, end_sessions_of, hash_token, open_session
from belgrano.database.work import Work


async def registrar_usuario(
    work: Work,
    *,
    nombre: str,
    email: str,
    password_hash: str,
    rol: str = "cliente",
    telefono: str = "",
    direccion: str = "",
    comercio: Comercio | None = None,
    aprobado: bool = False,
) -> int:
    """A new account; its id. With a comercio it is a comerciante's, which waits to be `aprobado`.

    Raises CorreoEnUso, CuitEnUso.
    """
    if comercio is not None and await count_cuit(work.con, comercio.cuit):
        raise CuitEnUso
    usuario_id = await insert_usuario(
        work.con,
        nombre=nombre.strip(),
        email=normalizar_correo(email),
        password_hash=password_hash,
        rol=rol,
        telefono=telefono.strip(),
        direccion=direccion.strip(),
        ahora=work.ahora,
    )
    if usuario_id is None:
        raise CorreoEnUso
    if comercio is not None:
        await insert_comercio(work.con, usuario_id, comercio, work.ahora if aprobado else None)
    return usuario_id


async def entrar(work: Work, usuario_id: int, sesion_anterior: str | None, equipo: str = "") -> str:
    """Open a session in the place of the browser's former one, whose cart comes along; the new token.

    `equipo` is what the browser is, in people's words.
    """
    token = await open_session(work, usuario_id, replaces=sesion_anterior)
    await note_device(work, hash_token(token), equipo)
    await llevar_carrito(work, sesion_anterior, token, usuario_id)
    return token


async def entrar_por_password(work: Work, usuario: Usuario, sesion_anterior: str | None, equipo: str) -> str:
    """Open a session, as `entrar` does, for whoever has just shown the password of this account.

    Raises CredencialInvalida where it has been closed since, or has another password.
    """
    ahora = await select_usuario(work.con, usuario.id)
    if ahora is None or not ahora.activo or ahora.password_hash != usuario.password_hash:
        raise CredencialInvalida
    return await entrar(work, usuario.id, sesion_anterior, equipo)


async def salir(work: Work, token_hash: str) -> None:
    """End a session; its cart waits for the customer's next one."""
    await end_session(work, token_hash)


async def cerrar_la_marcada(work: Work, usuario_id: int, marca: str) -> None:
    """End one of somebody's own sessions, by the mark that they see. Raises NoExiste."""
    if not await end_session_marked(work, usuario_id, marca):
        raise NoExiste("Esa sesión ya no está abierta.")


async def cerrar_las_otras(work: Work, usuario_id: int, sesion: str) -> None:
    """End all of somebody's sessions but the one at hand (a token hash)."""
    await end_sessions_of(work, usuario_id, but=sesion)


async def cambiar_perfil(work: Work, usuario_id: int, *, nombre: str, telefono: str, direccion: str) -> None:
    """Change one's own name, telephone and address."""
    await update_perfil(
        work.con, usuario_id, nombre=nombre.strip(), telefono=telefono.strip(), direccion=direccion.strip()
    )


async def cambiar_password(work: Work, usuario_id: int, password_hash: str) -> None:
    """Set a new password and end all the account's sessions, recovery links and invitations."""
    await update_password(work.con, usuario_id, password_hash)
    await withdraw_invitations(work, usuario_id)
    await void_recuperaciones(work.con, usuario_id, work.ahora)
    await end_sessions_of(work, usuario_id)


async def cambiar_la_propia(work: Work, usuario_id: int, password_hash: str, sesion: str | None, equipo: str) -> str:
    """Set one's own new password; the token of a new session for the browser at hand, cart and all.

    Its former one (`sesion`, a token hash) ends with the others: a copy of its cookie is dead.
    """
    await cambiar_password(work, usuario_id, password_hash)
    return await entrar(work, usuario_id, sesion, equipo)


def hash_enlace(token: str) -> str:
    """What is stored of a recovery link."""
    return hashlib.sha256(token.encode()).hexdigest()


async def pedir_recuperacion(work: Work, email: str, sitio: str, secreto: str) -> None:
    """Make a recovery link for the account with this address, if there is one, end its older links, and mail it.

    `sitio` is the shop's address for the link, `secreto` the app's own.
    Neither the answer nor its time may say whether there is one: a link is made for nobody, too.
    """
    usuario = await select_usuario_por_email(work.con, normalizar_correo(email))
    semilla = secrets.token_urlsafe(32)
    quien = usuario.id if usuario is not None and usuario.activo else None
    vence_en = work.ahora + MINUTOS_DE_RECUPERACION * 60_000
    await void_recuperaciones(work.con, quien, work.ahora)
    await insert_recuperacion(
        work.con,
        token_hash=hash_enlace(token_de(secreto, semilla)),
        usuario_id=quien,
        ahora=work.ahora,
        vence_en=vence_en,
    )
    if usuario is not None and quien is not None:
        tienda = (await select_configuracion(work.con, Configuracion())).nombre
        asunto, texto = carta_de_recuperacion(usuario.nombre, sitio, tienda)
        await insert_correo(
            work.con,
            para=usuario.email,
            asunto=asunto,
            texto=texto,
            semilla=semilla,
            ahora=work.ahora,
            vence_en=vence_en,
        )
        work.tell(CorreoPorMandar())


async def recuperar_password(work: Work, token: str, password_hash: str) -> int:
    """Use a recovery link up: set the password and end every session of its account; the account's id.

    Raises EnlaceVencido when it was used, is older than 15 minutes, or never was.
    """
    usuario_id = await use_recuperacion(work.con, hash_enlace(token), work.ahora)
    if usuario_id is None:
        raise EnlaceVencido
    await cambiar_password(work, usuario_id, password_hash)
    return usuario_id
