"""Who works in the shop, by forms: invited, given another role, shut out, let in again."""

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.actions.personal import cambiar_persona, retirar_invitacion
from ahorro.actions.segundo_paso import restablecer_segundo_paso
from ahorro.domain.cuenta import ADMIN, PERSONAL
from ahorro.domain.errors import CampoInvalido, Conflicto, CorreoEnUso, VersionVieja
from ahorro.domain.personal import LO_QUE_HACE, NOMBRES_DE_ROL
from ahorro.routes.admin.personal import Nueva, enlace_de, invitar, person_id, por_correo, renovar
from ahorro.routes.admin.productos import quien
from ahorro.routes.house import base
from ahorro.routes.pages.forms import check, form, go
from ahorro.store.personal import select_personal
from belgrano.accounts.invitations import Invitation
from belgrano.http.access import allow
from belgrano.http.qr import codigo_qr
from belgrano.words.ages import hace
from belgrano.words.numbers import whole
from belgrano.words.times import now

routes = Blueprint("paginas_admin_personal", __name__)
PLACE = "/admin/personal"


async def _lista(datos: dict[str, str], errores: dict[str, str], status: int = 200) -> ResponseReturnValue:
    ahora = now()
    personal = await base().read(select_personal, ahora)
    page = await render_template(
        "ahorro/admin/personal.html",
        personal=personal,
        vistos={p.id: hace(p.visto_en, ahora) for p in personal if p.visto_en is not None},
        datos=datos,
        errores=errores,
        roles=NOMBRES_DE_ROL,
        hace=LO_QUE_HACE,
    )
    return page, status


async def _enlace(made: Invitation) -> str:
    """A new link, to send or to scan. Only its hash is kept: nobody can show it again."""
    enlace = enlace_de(made)
    return await render_template(
        "ahorro/admin/personal_enlace.html",
        seccion=PLACE,
        persona=made.user,
        enlace=enlace,
        vence_en=made.until,
        mandado=bool(por_correo()),
        codigo=codigo_qr(enlace, f"Código QR del enlace de {made.user.nombre}"),
    )


@routes.get(PLACE)
@allow(*ADMIN)
async def get_personal() -> ResponseReturnValue:
    """Everybody, and the form to invite somebody."""
    return await _lista({"nombre": "", "email": "", "rol": "armador"}, {})


@routes.post(PLACE)
@allow(*ADMIN)
async def post_persona() -> ResponseReturnValue:
    """Invite somebody; the link is shown this once."""
    datos = await form("nombre", "email", "rol")
    nueva, errores = check(Nueva, datos)
    if nueva is None:
        return await _lista(datos, errores, 400)
    try:
        return await _enlace(await invitar(nueva))
    except CorreoEnUso as error:
        return await _lista(datos, {"email": error.detalle}, 409)


@routes.post(f"{PLACE}/<int:persona_id>")
@allow(*ADMIN)
async def post_cambios(persona_id: int) -> ResponseReturnValue:
    """Give another role (`rol`), or shut out and let in again (`activo`, 0 or 1)."""
    said = await form("version", "rol", "activo")
    datos: dict[str, object] = {"rol": said["rol"]} if said["rol"] in PERSONAL else {}
    if said["activo"] in {"0", "1"}:
        datos["activo"] = said["activo"] == "1"
    if not datos:
        raise CampoInvalido("rol", f"tiene que ser uno de: {', '.join(PERSONAL)}.")
    try:
        await base().do(cambiar_persona, quien(), person_id(persona_id), whole(said["version"]) or 0, datos)
    except VersionVieja:
        return go(PLACE, "cliente_viejo")
    except Conflicto as error:
        return await _lista({"nombre": "", "email": "", "rol": "armador"}, {"": error.detalle}, 409)
    return go(PLACE, "guardado")


@routes.post(f"{PLACE}/<int:persona_id>/segundo-paso")
@allow(*ADMIN)
async def post_segundo_paso(persona_id: int) -> ResponseReturnValue:
    """Switch somebody else's second step off."""
    try:
        await base().do(restablecer_segundo_paso, quien(), person_id(persona_id))
    except Conflicto as error:
        return await _lista({"nombre": "", "email": "", "rol": "armador"}, {"": error.detalle}, 409)
    return go(PLACE, "guardado")


@routes.post(f"{PLACE}/<int:persona_id>/invitacion")
@allow(*ADMIN)
async def post_invitacion(persona_id: int) -> ResponseReturnValue:
    """Another link, shown this once, or (`retirar`) none any more."""
    said = await form("retirar")
    try:
        if not said["retirar"]:
            return await _enlace(await renovar(persona_id))
        await base().do(retirar_invitacion, quien(), person_id(persona_id))
    except Conflicto as error:
        return await _lista({"nombre": "", "email": "", "rol": "armador"}, {"": error.detalle}, 409)
    return go(PLACE, "guardado")
