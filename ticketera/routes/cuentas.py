"""Coming in, going out, and one's own password."""

from typing import Annotated

from pydantic import StringConstraints
from quart import Blueprint, Response, request
from quart_schema import document_request

from belgrano.accounts.passwords import LONGEST, hash_password, verify_password
from belgrano.accounts.sessions import end_session, open_session
from belgrano.http.access import allow, anyone
from belgrano.http.answers import answers, answers_nothing
from belgrano.http.problems import Problem
from belgrano.http.shapes import invalid
from ticketera.actions.usuarios import cambiar_password
from ticketera.domain.usuario import Usuario
from ticketera.routes.answers.gente import Sesion
from ticketera.routes.fields import Body, PasswordNueva
from ticketera.routes.house import answer, base, body, house, me
from ticketera.store.usuarios import select_activo, select_credencial, select_password_hash
from ticketera.wire.usuario import sesion_json

routes = Blueprint("cuentas", __name__)


class Entrada(Body):
    """Who wants to come in."""

    email: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]


class Cambio(Body):
    """The password as it was and as it will be."""

    actual: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]
    nueva: PasswordNueva


@routes.post("/api/sesion")
@anyone
@document_request(Entrada)
@answers(Sesion)
async def post_sesion() -> Response:
    """Come in."""
    entrada = await body(Entrada)
    user = await entrar(entrada.email, entrada.password)
    return answer(sesion_json(user))


async def entrar(email: str, password: str) -> Usuario:
    """Begin a session for whoever knows the password, the cookie on its way; the page and the JSON route alike.

    Raises Problem 401, the same for known and unknown addresses, and 429 after too many tries.
    """
    await house().limits.check_login(request, email.strip())
    found = await base().read(select_credencial, email)
    good = await verify_password(found[1] if found else None, password)
    user = await base().read(select_activo, found[0]) if found and good else None
    if user is None:
        house().limits.login_failed(request, email, "password")
        raise Problem(401, "credenciales_invalidas", "El correo o la contraseña no son correctos.")
    await house().limits.forgive_login(request, email.strip())
    old = await house().sessions.current()
    house().sessions.remember(await base().do(open_session, user.id, old.token_hash if old else None))
    return user


@routes.get("/api/sesion")
@allow("admin", "repartidor")
@answers(Sesion)
async def get_sesion() -> Response:
    """Who I am."""
    return answer(sesion_json(me()))


@routes.post("/api/sesion/password")
@allow("admin", "repartidor")
@document_request(Cambio)
@answers(Sesion)
async def post_password() -> Response:
    """Change one's own password; all one's sessions end, and this browser gets a new one."""
    await cambiar(await body(Cambio))
    return answer(sesion_json(me()))


async def cambiar(cambio: Cambio) -> None:
    """Change the password of whoever asks, for the page and the JSON route alike.

    Raises Problem 400 when `actual` is not their password, 429 after too many tries.
    """
    user, session = me(), await house().sessions.current()
    await house().limits.check_login(request, user.email)
    if not await verify_password(await base().read(select_password_hash, user.id), cambio.actual):
        raise invalid([{"campo": "actual", "detalle": "no es tu contraseña."}])
    await house().limits.forgive_login(request, user.email)
    hashed = await hash_password(cambio.nueva)
    token = await base().do(cambiar_password, user.id, hashed, session.token_hash if session else None)
    if token is not None:
        house().sessions.remember(token)


@routes.delete("/api/sesion")
@allow("admin", "repartidor")
@answers_nothing
async def delete_sesion() -> Response:
    """Leave: the session is over on the server, its sockets are cut."""
    await salir()
    return Response(b"", 204)


async def salir() -> None:
    """End the session at hand and take its cookie away."""
    session = await house().sessions.current()
    if session is not None:
        await base().do(end_session, session.token_hash)
    house().sessions.forget()
