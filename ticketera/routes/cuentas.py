"""Coming in, going out, and one's own password."""

from typing import Annotated

from pydantic import StringConstraints
from quart import Blueprint, Response, request

from belgrano.access import allow, anyone
from belgrano.passwords import LONGEST, SHORTEST, hash_password, verify_password
from belgrano.problems import Problem
from belgrano.sessions import end_session, open_session
from ticketera.domain.usuario import Usuario
from ticketera.routes.fields import Body
from ticketera.routes.house import answer, base, body, house, me
from ticketera.store.usuarios import select_credencial, select_password_hash, select_usuario

routes = Blueprint("cuentas", __name__)
Password = Annotated[str, StringConstraints(min_length=SHORTEST, max_length=LONGEST)]


class Entrada(Body):
    """Who wants to come in."""

    email: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]


class Cambio(Body):
    """The password as it was and as it will be."""

    actual: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]
    nueva: Password


@routes.post("/api/sesion")
@anyone
async def post_sesion() -> Response:
    """Come in."""
    entrada = await body(Entrada)
    user = await entrar(entrada.email, entrada.password)
    return answer(sesion_json(user))


async def entrar(email: str, password: str) -> Usuario:
    """Begin a session for whoever knows the password, the cookie on its way; the page and the JSON route alike.

    Raises Problem 401, the same for known and unknown addresses, and 429 after too many tries.
    """
    found = await base().read(select_credencial, email)
    good = await verify_password(found[1] if found else None, password)
    if not found or not good:
        raise Problem(401, "credenciales_invalidas", "El correo o la contraseña no son correctos.")
    old = await house().sessions.current()
    token = await base().do(open_session, found[0], old.token_hash if old else None)
    house().sessions.remember(token)
    user = await base().read(select_usuario, found[0])
    assert user is not None
    return user


@routes.get("/api/sesion")
@allow("admin", "repartidor")
async def get_sesion() -> Response:
    """Who I am."""
    return answer(sesion_json(me()))


@routes.delete("/api/sesion")
@allow("admin", "repartidor")
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


def sesion_json(user: Usuario) -> dict[str, object]:
    """The answer of GET and POST /api/sesion."""
    return {"usuario": {"id": user.id, "nombre": user.nombre, "email": user.email, "rol": user.rol}}
