"""Coming in, going out, and one's own password, as forms."""

from quart import Blueprint, redirect, render_template, request
from quart.typing import ResponseReturnValue

from belgrano.accounts.passwords import LONGEST
from belgrano.http.access import allow, anyone
from belgrano.http.problems import Problem
from ticketera.routes.cuentas import Cambio, cambiar, entrar, salir
from ticketera.routes.house import house, me
from ticketera.routes.pages.forms import PASSWORD, REFUSALS, errors_of, form, read
from ticketera.routes.pages.tablero import inicio_de

routes = Blueprint("pagina_cuentas", __name__)


@routes.get("/login")
@anyone
async def get_login() -> ResponseReturnValue:
    """The form; whoever is in already goes on."""
    session = await house().sessions.current()
    volver = local(request.args.get("volver", ""))
    if session is not None and session.user is not None:
        return redirect(volver or inicio_de(session.user.rol), 303)
    return await render_template("ticketera/login.html", volver=volver, email="", error=None)


async def ask_to_come_in() -> ResponseReturnValue | None:
    """The form to come in, with the one that was just sent inside of it; None when that holds nothing to keep."""
    pendiente = await house().keeper.pack()
    if not pendiente:
        return None
    page = await render_template("ticketera/login.html", volver="", email="", error=None, pendiente=pendiente)
    return page, 401


@routes.post("/login")
@anyone
async def post_login() -> ResponseReturnValue:
    """Come in, or the form again with what was wrong."""
    fields = await form()
    email, volver = fields.get("email", "").strip(), local(fields.get("volver", ""))
    pendiente = fields.get("pendiente", "")
    try:
        user = await entrar(email[:200], fields.get("password", "")[: LONGEST + 1])
    except Problem as problem:
        page = await render_template(
            "ticketera/login.html", volver=volver, email=email, error=problem.detail, pendiente=pendiente
        )
        return page, problem.status, problem.headers
    unsent = house().keeper.unpack(pendiente, user.id)
    if unsent is not None and allowed(unsent.path, user.rol):
        return await render_template("sigue.html", unsent=unsent, volver=inicio_de(user.rol))
    return redirect(volver if volver and allowed(volver, user.rol) else inicio_de(user.rol), 303)


@routes.post("/logout")
@allow("admin", "repartidor")
async def post_logout() -> ResponseReturnValue:
    """Leave."""
    await salir()
    return redirect("/login", 303)


@routes.get("/cuenta")
@allow("admin", "repartidor")
async def get_cuenta() -> str:
    """The form for one's own password."""
    return await _cuenta({}, None, request.args.get("dicho"))


@routes.post("/cuenta")
@allow("admin", "repartidor")
async def post_cuenta() -> ResponseReturnValue:
    """Change one's own password."""
    fields = await form()
    try:
        await cambiar(read(Cambio, {"actual": "", "nueva": "", **fields}))
    except REFUSALS as error:
        status, said, errores = errors_of(error)
        return await _cuenta(errores, said, None), status
    return redirect("/cuenta?dicho=password", 303)


async def _cuenta(errores: dict[str, str], error: str | None, dicho: str | None) -> str:
    return await render_template(
        "ticketera/cuenta.html",
        yo=me(),
        inicio=inicio_de(me().rol),
        errores=errores,
        error=error,
        dicho=dicho,
        password=PASSWORD,
    )


def local(address: str) -> str:
    """The address if it is one of our own pages, else nothing: a login sends nobody to another site."""
    fine = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if fine else ""


def allowed(address: str, rol: str) -> bool:
    """Whether this role has a page there."""
    return address.startswith(("/reparto", "/cuenta")) if rol == "repartidor" else not address.startswith("/reparto")
