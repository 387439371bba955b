"""What opens behind an invitation: choose a password, and in. Wrong, used and old links are answered alike."""

from quart import Blueprint, render_template, request
from quart.typing import ResponseReturnValue

from ahorro.actions.personal import aceptar_invitacion
from ahorro.domain.cuenta import PERSONAL, Usuario
from ahorro.domain.errors import EnlaceVencido
from ahorro.routes.fields import Body, PasswordNueva
from ahorro.routes.house import base, house, visitor
from ahorro.routes.pages.forms import check, form, go
from ahorro.routes.sesiones import equipo
from ahorro.store.cuentas import select_usuario
from belgrano.accounts.invitations import select_invited
from belgrano.accounts.passwords import hash_password
from belgrano.http.access import anyone
from belgrano.words.times import now

routes = Blueprint("pagina_invitacion", __name__)


class Eleccion(Body):
    """The password that somebody chose."""

    nueva: PasswordNueva


async def invitada(token: str) -> Usuario | None:
    """Whom a link lets in. None for one that leads nowhere, and Problem 429 after too many of those."""
    usuario_id = await base().read(select_invited, token, now())
    usuario = await base().read(select_usuario, usuario_id) if usuario_id is not None else None
    if usuario is None or not usuario.activo or usuario.rol not in PERSONAL:
        house().limits.check_link(request._get_current_object())  # type: ignore[attr-defined]
        return None
    return usuario


async def _page(token: str, persona: Usuario | None, errores: dict[str, str], status: int) -> ResponseReturnValue:
    otro = await visitor()
    page = await render_template(
        "ahorro/invitacion.html",
        token=token,
        persona=persona,
        errores=errores,
        otro=otro if otro is not None and persona is not None and otro.id != persona.id else None,
    )
    return page, status, {"X-Robots-Tag": "noindex, nofollow"}


@routes.get("/invitacion")
@anyone
async def get_invitacion() -> ResponseReturnValue:
    """The form; looking at it uses nothing up, as messengers look at every link they carry."""
    token = request.args.get("token", "")
    persona = await invitada(token)
    return await _page(token, persona, {}, 200 if persona is not None else 410)


@routes.post("/invitacion")
@anyone
async def post_invitacion() -> ResponseReturnValue:
    """Set the password, and go on to the back office."""
    datos = await form("token", "nueva", "repetida")
    token = datos["token"]
    persona = await invitada(token)
    if persona is None:
        return await _page(token, None, {}, 410)
    eleccion, errores = check(Eleccion, datos)
    if not errores and datos["nueva"] != datos["repetida"]:
        errores["repetida"] = "Las dos contraseñas no son iguales."
    if eleccion is None or errores:
        return await _page(token, persona, errores, 400)
    hashed = await hash_password(eleccion.nueva)
    sessions = house().sessions
    anterior = await sessions.current()
    try:
        opened = await base().do(aceptar_invitacion, token, hashed, anterior.token_hash if anterior else None, equipo())
    except EnlaceVencido:
        return await _page(token, None, {}, 410)
    if opened is None:
        return go("/login", "recuperada")
    sessions.remember(opened)
    return go("/admin")
