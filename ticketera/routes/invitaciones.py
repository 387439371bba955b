"""The link with which a repartidor sets a password."""

from quart import Blueprint, Response, request

from belgrano.accounts.invitations import Invitation, select_invited
from belgrano.accounts.passwords import hash_password
from belgrano.http.access import allow
from belgrano.http.answers import answers
from belgrano.words.times import iso
from ticketera.actions.invitaciones import aceptar_invitacion, invitar
from ticketera.domain.errors import EnlaceVencido
from ticketera.domain.usuario import Usuario
from ticketera.routes.answers import gente
from ticketera.routes.fields import Body, PasswordNueva
from ticketera.routes.house import answer, base, house
from ticketera.routes.repartidores import person_id
from ticketera.store.usuarios import select_activo

routes = Blueprint("invitaciones", __name__)


class Eleccion(Body):
    """The password that somebody chose."""

    password: PasswordNueva


@routes.post("/api/repartidores/<int:number>/invitacion")
@allow("admin")
@answers(gente.Invitacion, 201)
async def post_invitacion(number: int) -> Response:
    """A new link, told this once; the one before is worth nothing."""
    made: Invitation = await base().do(invitar, person_id(number))
    return answer({"enlace": enlace_de(made), "vence_en": iso(made.until)}, 201)


def enlace_de(invitacion: Invitation) -> str:
    """The absolute address of a link: under PUBLIC_URL, else where the admin is."""
    own = house().settings.public_url or f"{request.scheme}://{request.host}"
    return f"{own.rstrip('/')}/invitacion/{invitacion.token}"


async def invitado(token: str, ahora: int) -> Usuario:
    """Whom a link lets in. Raises EnlaceVencido, and Problem 429 after too many that lead nowhere."""
    usuario_id = await base().read(select_invited, token, ahora)
    usuario = None if usuario_id is None else await base().read(select_activo, usuario_id)
    if usuario is None:
        house().limits.check_link(request._get_current_object())  # type: ignore[attr-defined]
        raise EnlaceVencido
    return usuario


async def entrar_por_enlace(token: str, password: str) -> None:
    """Set the password and begin a session, the cookie on its way. Raises EnlaceVencido."""
    hashed = await hash_password(password)
    old = await house().sessions.current()
    house().sessions.remember(await base().do(aceptar_invitacion, token, hashed, old.token_hash if old else None))
