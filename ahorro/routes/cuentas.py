"""Accounts: come in, go out, register, change the password."""

from quart import Blueprint, Response, request
from quart_schema import document_request

from ahorro.actions.cuentas import (
    cambiar_la_propia,
    entrar_por_password,
    registrar_usuario,
    salir,
)
from ahorro.actions.segundo_paso import pasar_segundo_paso
from ahorro.domain.cuenta import PERSONAL, ROLES, TIPOS_DE_NEGOCIO, Comercio, Usuario, cuit_valido, normalizar_correo
from ahorro.domain.errors import CampoInvalido, CodigoInvalido, CredencialInvalida, FaltaCodigo
from ahorro.routes.answers import Sesion
from ahorro.routes.fields import Body, Correo, Direccion, Nombre, Password, PasswordNueva, Telefono, Texto
from ahorro.routes.house import answer, base, body, house, me
from ahorro.routes.sesiones import equipo
from ahorro.store.cuentas import select_usuario_por_email
from ahorro.wire.usuario import sesion_json
from belgrano.accounts.passwords import hash_password, verify_password
from belgrano.accounts.second_factor import key_of, select_factor_on
from belgrano.http.access import allow, anyone
from belgrano.http.answers import answers, answers_nothing

routes = Blueprint("cuentas", __name__)


class Credencial(Body):
    """What somebody types to get in."""

    email: Texto
    password: Password
    codigo: Texto | None = None


class Cambio(Body):
    """The body of POST /api/sesion/password."""

    actual: Password
    nueva: PasswordNueva


class Registro(Body):
    """A new customer's account."""

    nombre: Nombre
    email: Correo
    password: PasswordNueva
    telefono: Telefono | None = None
    direccion: Direccion | None = None


class DatosDeComercio(Body):
    """A comerciante's business."""

    negocio_nombre: Nombre
    cuit: Texto
    negocio_direccion: Direccion
    negocio_telefono: Telefono
    tipo: Nombre


async def comprobar(email: str, password: str) -> Usuario:
    """The account that this address and password open. Raises CredencialInvalida, or 429 after too many tries."""
    usuario = await reconocer(email, password)
    await house().limits.forgive_login(request, usuario.email)
    return usuario


async def comprobar_entrada(email: str, password: str, codigo: str | None) -> Usuario:
    """The account that all of this lets in. Raises what `comprobar` does, FaltaCodigo and CodigoInvalido.

    A try is forgiven only when all of it was right: codes are guessed no more often than passwords.
    """
    usuario = await reconocer(email, password)
    await exigir_codigo(usuario, codigo or "")
    await house().limits.forgive_login(request, usuario.email)
    return usuario


def clave_de_codigos() -> bytes:
    """The key under which secrets and recovery codes of the second step are kept."""
    return key_of(house().settings.secret_key)


async def pide_codigo(usuario: Usuario) -> bool:
    """Whether this account comes in with a code after the password."""
    return usuario.rol in PERSONAL and await base().read(select_factor_on, usuario.id)


async def exigir_codigo(usuario: Usuario, codigo: str) -> None:
    """Use up the code that this account asks for, if it does. Raises FaltaCodigo, CodigoInvalido."""
    if not await pide_codigo(usuario):
        return
    if not codigo.strip():
        raise FaltaCodigo
    if not await base().do(pasar_segundo_paso, usuario.id, codigo, clave_de_codigos()):
        house().limits.login_failed(request, usuario.email, "codigo")
        raise CodigoInvalido


async def reconocer(email: str, password: str) -> Usuario:
    """The account that this address and password open, the try still counted. Raises as `comprobar` does."""
    email = normalizar_correo(email)
    await house().limits.check_login(request, email)
    usuario = await base().read(select_usuario_por_email, email)
    stored = usuario.password_hash if usuario is not None and usuario.activo else None
    if not await verify_password(stored, password) or usuario is None:
        house().limits.login_failed(request, email, "password")
        raise CredencialInvalida
    return usuario


async def abrir_sesion(usuario: Usuario) -> None:
    """Log the browser in; what it had in its cart comes along. Raises CredencialInvalida as `entrar_por_password`."""
    sessions = house().sessions
    anterior = await sessions.current()
    token = await base().do(entrar_por_password, usuario, anterior.token_hash if anterior else None, equipo())
    sessions.remember(token)


@routes.post("/api/sesion")
@anyone
@document_request(Credencial)
@answers(Sesion)
async def post_sesion() -> Response:
    """Come in; 401 `falta_codigo` where the account asks for a `codigo`, too."""
    credencial = await body(Credencial)
    usuario = await comprobar_entrada(credencial.email, credencial.password, credencial.codigo)
    await abrir_sesion(usuario)
    return answer(sesion_json(usuario))


@routes.get("/api/sesion")
@allow(*ROLES)
@answers(Sesion)
async def get_sesion() -> Response:
    """Who I am."""
    return answer(sesion_json(me()))


@routes.delete("/api/sesion")
@anyone
@answers_nothing
async def delete_sesion() -> Response:
    """Go out: the session is dead, a copy of its cookie too."""
    await cerrar_sesion()
    return Response("", 204)


async def cerrar_sesion() -> None:
    """Log the browser out, if it was in."""
    sessions = house().sessions
    session = await sessions.current()
    if session is not None:
        await base().do(salir, session.token_hash)
    sessions.forget()


@routes.post("/api/sesion/password")
@allow(*ROLES)
@document_request(Cambio)
@answers_nothing
async def post_password() -> Response:
    """Change one's own password; all one's sessions end, and this browser gets a new one."""
    cambio = await body(Cambio)
    await cambiar_la_mia(cambio.actual, cambio.nueva)
    return Response("", 204)


async def cambiar_la_mia(actual: str, nueva: str) -> None:
    """Change one's own password. Raises CampoInvalido when the present one is wrong, 429 after too many tries."""
    usuario = me()
    session = await house().sessions.current()
    try:
        await comprobar(usuario.email, actual)
    except CredencialInvalida:
        raise CampoInvalido("actual", "no es tu contraseña de ahora.") from None
    hashed = await hash_password(nueva)
    token = await base().do(cambiar_la_propia, usuario.id, hashed, session.token_hash if session else None, equipo())
    house().sessions.remember(token)


@routes.post("/api/clientes")
@anyone
@document_request(Registro)
@answers(Sesion, 201)
async def post_cliente() -> Response:
    """A new customer's account, which is logged in."""
    registro = await body(Registro)
    usuario = await registrar(registro)
    await abrir_sesion(usuario)
    return answer(sesion_json(usuario), 201)


async def registrar(registro: Registro, comercio: Comercio | None = None) -> Usuario:
    """Make the account of a cliente, or of a comerciante with their business. Raises CorreoEnUso, CuitEnUso."""
    await house().limits.check_signup(request)
    await base().do(
        registrar_usuario,
        nombre=registro.nombre,
        email=registro.email,
        password_hash=await hash_password(registro.password),
        rol="cliente" if comercio is None else "comerciante",
        telefono=registro.telefono or "",
        direccion=registro.direccion or "",
        comercio=comercio,
    )
    usuario = await base().read(select_usuario_por_email, registro.email)
    assert usuario is not None  # noqa: S101
    return usuario


def leer_comercio(datos: DatosDeComercio) -> Comercio:
    """A comerciante's business. Raises CampoInvalido for a CUIT that cannot be."""
    if not cuit_valido(datos.cuit):
        raise CampoInvalido("cuit", "no es un CUIT válido: son 11 números, el último es de control.")
    if datos.tipo not in TIPOS_DE_NEGOCIO:
        raise CampoInvalido("tipo", f"tiene que ser uno de: {', '.join(TIPOS_DE_NEGOCIO)}.")
    cuit = "".join(c for c in datos.cuit if c.isdigit())
    return Comercio(datos.negocio_nombre, cuit, datos.negocio_direccion, datos.negocio_telefono, datos.tipo)
