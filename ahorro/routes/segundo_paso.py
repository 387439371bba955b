"""The second step of coming in: switched on and off by whoever works in the shop, and asked for after the password."""

import hashlib

from itsdangerous import BadData, URLSafeTimedSerializer
from quart import Blueprint, Response, request
from quart_schema import document_request
from typing_extensions import TypedDict

from ahorro.actions.segundo_paso import confirmar_segundo_paso, empezar_segundo_paso, quitar_segundo_paso
from ahorro.domain.cuenta import PERSONAL, Usuario
from ahorro.domain.errors import CampoInvalido, CodigoInvalido, CredencialInvalida, FaltaCodigo
from ahorro.routes.admin.productos import quien
from ahorro.routes.cuentas import clave_de_codigos, comprobar, comprobar_entrada, exigir_codigo
from ahorro.routes.fields import Body, Password, Texto
from ahorro.routes.house import answer, base, body, configuracion, house, me
from ahorro.store.cuentas import select_usuario
from belgrano.accounts.second_factor import select_codes_left, select_factor_on, spelled, uri_of
from belgrano.http.access import allow
from belgrano.http.answers import answers, answers_nothing

routes = Blueprint("segundo_paso", __name__)
PASO_S = 10 * 60


class SegundoPaso(TypedDict):
    """Whether it is on, and how many recovery codes are left."""

    puesto: bool
    codigos_de_rescate: int


class Empezado(TypedDict):
    """The secret for the app on the phone, as text and as what a QR says."""

    secreto: str
    uri: str


class Puesto(TypedDict):
    """It is on: the recovery codes, told this once."""

    codigos_de_rescate: list[str]


class Empezar(Body):
    """One's password, again."""

    password: Password


class Confirmar(Body):
    """A code that the phone shows."""

    codigo: Texto


class Quitar(Body):
    """Both that one comes in with."""

    password: Password
    codigo: Texto


@routes.get("/api/segundo-paso")
@allow(*PERSONAL)
@answers(SegundoPaso)
async def get_segundo_paso() -> Response:
    """How it is with me."""
    puesto, quedan = await mi_segundo_paso()
    return answer({"puesto": puesto, "codigos_de_rescate": quedan})


@routes.post("/api/segundo-paso")
@allow(*PERSONAL)
@document_request(Empezar)
@answers(Empezado, 201)
async def post_segundo_paso() -> Response:
    """Begin: a secret, which does nothing until a code confirms it. Once more: another secret."""
    secreto = await empezar((await body(Empezar)).password)
    return answer({"secreto": spelled(secreto), "uri": await uri(secreto)}, 201)


@routes.post("/api/segundo-paso/confirmar")
@allow(*PERSONAL)
@document_request(Confirmar)
@answers(Puesto)
async def post_confirmar() -> Response:
    """Switch it on by a code of the phone; the answer is the recovery codes."""
    return answer({"codigos_de_rescate": await confirmar((await body(Confirmar)).codigo)})


@routes.post("/api/segundo-paso/quitar")
@allow(*PERSONAL)
@document_request(Quitar)
@answers_nothing
async def post_quitar() -> Response:
    """Switch it off, by password and code."""
    quitado = await body(Quitar)
    await quitar(quitado.password, quitado.codigo)
    return Response("", 204)


async def mi_segundo_paso() -> tuple[bool, int]:
    """Whether mine is on, and how many recovery codes I have left."""
    return await base().read(select_factor_on, me().id), await base().read(select_codes_left, me().id)


async def uri(secreto: bytes) -> str:
    """What the QR says."""
    return uri_of(secreto, (await configuracion()).nombre, me().email)


async def empezar(password: str) -> bytes:
    """A secret for the phone. Raises CampoInvalido for a wrong password, SegundoPasoPuesto, 429 after too many."""
    try:
        await comprobar(me().email, password)
    except CredencialInvalida:
        raise CampoInvalido("password", "no es la de ahora.") from None
    secreto: bytes = await base().do(empezar_segundo_paso, me().id, clave_de_codigos())
    return secreto


async def confirmar(codigo: str) -> list[str]:
    """The recovery codes. Raises CampoInvalido for a code that is not right, NadaEmpezado."""
    codigos: list[str] = await base().do(confirmar_segundo_paso, quien(), me().id, codigo, clave_de_codigos())
    return codigos


async def quitar(password: str, codigo: str) -> None:
    """Switch one's own off. Raises CampoInvalido for what is wrong, 429 after too many tries."""
    try:
        await comprobar_entrada(me().email, password, codigo)
    except CredencialInvalida:
        raise CampoInvalido("password", "no es la de ahora.") from None
    except (FaltaCodigo, CodigoInvalido):
        raise CampoInvalido("codigo", "no es el de ahora, o ya se usó.") from None
    await base().do(quitar_segundo_paso, quien(), me().id)


def paso_de(usuario: Usuario) -> str:
    """What a page carries from the password to the code: who they are, signed, for ten minutes."""
    return str(_firma().dumps([usuario.id, _huella(usuario)]))


async def pasar(paso: str, codigo: str) -> Usuario | None:
    """Whom the password before and this code let in; None where the former is too long ago, or has changed since.

    Raises FaltaCodigo, CodigoInvalido, and 429 after too many tries.
    """
    try:
        usuario_id, huella = _firma().loads(paso[:500], max_age=PASO_S)
    except (BadData, ValueError, TypeError):
        return None
    usuario: Usuario | None = await base().read(select_usuario, usuario_id)
    if usuario is None or not usuario.activo or _huella(usuario) != huella:
        return None
    await house().limits.check_login(request, usuario.email)
    await exigir_codigo(usuario, codigo)
    await house().limits.forgive_login(request, usuario.email)
    return usuario


def _firma() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        house().settings.secret_key, salt="ahorro.paso", signer_kwargs={"digest_method": hashlib.sha512}
    )


def _huella(usuario: Usuario) -> str:
    """Tells this password from the next one."""
    return hashlib.sha256(usuario.password_hash.encode()).hexdigest()[:16]
