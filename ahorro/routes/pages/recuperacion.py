"""The way back for whoever lost a password, by forms: asking for the link, and what it leads to."""

from quart import Blueprint, render_template, request
from quart.typing import ResponseReturnValue

from ahorro.actions.cuentas import hash_enlace
from ahorro.domain.errors import EnlaceVencido
from ahorro.routes.fields import Body, Correo
from ahorro.routes.house import base, house, shows_mailbox
from ahorro.routes.pages.forms import check, form, go
from ahorro.routes.recuperacion import Recuperacion, recuperar, usar_enlace
from ahorro.store.cuentas import select_recuperacion_vale
from belgrano.http.access import anyone
from belgrano.http.problems import Problem
from belgrano.words.times import now

routes = Blueprint("paginas_recuperacion", __name__)


class Direccionado(Body):
    """Where a recovery link goes."""

    email: Correo


@routes.get("/recuperar")
@anyone
async def get_recuperar() -> ResponseReturnValue:
    """Ask for a way back in."""
    return await render_template("ahorro/recuperar.html", datos={"email": ""}, errores={}, enviado=False)


@routes.post("/recuperar")
@anyone
async def post_recuperar() -> ResponseReturnValue:
    """The same answer for every address."""
    datos = await form("email")
    direccionado, errores = check(Direccionado, datos)
    if direccionado is None:
        return await render_template("ahorro/recuperar.html", datos=datos, errores=errores, enviado=False), 400
    try:
        await recuperar(direccionado.email)
    except Problem as problem:
        errores = {"": problem.detail}
        page = await render_template("ahorro/recuperar.html", datos=datos, errores=errores, enviado=False)
        return page, problem.status, problem.headers
    mail = {"desarrollo": not house().settings.production, "buzon": shows_mailbox()}
    return await render_template("ahorro/recuperar.html", datos=datos, errores={}, enviado=True, **mail)


async def _nueva(token: str, errores: dict[str, str], vale: bool, status: int) -> ResponseReturnValue:
    page = await render_template("ahorro/nueva_contrasena.html", token=token, errores=errores, vale=vale)
    return page, status


@routes.get("/nueva-contrasena")
@anyone
async def get_nueva() -> ResponseReturnValue:
    """What the link in the mail leads to. Its token is in the query, which no log keeps."""
    token = request.args.get("token", "")
    vale = await base().read(select_recuperacion_vale, hash_enlace(token), now())
    return await _nueva(token, {}, vale, 200 if vale else 410)


@routes.post("/nueva-contrasena")
@anyone
async def post_nueva() -> ResponseReturnValue:
    """Set the new password; the link is used up."""
    datos = await form("token", "nueva", "repetida")
    token = datos["token"]
    recuperacion, errores = check(Recuperacion, datos)
    if not errores and datos["nueva"] != datos["repetida"]:
        errores["repetida"] = "Las dos contraseñas no son iguales."
    if recuperacion is None or errores:
        return await _nueva(token, errores, True, 400)
    try:
        await usar_enlace(recuperacion.token, recuperacion.nueva)
    except EnlaceVencido:
        return await _nueva(token, {}, False, 410)
    return go("/login", "recuperada")
