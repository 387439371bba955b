"""The admins: who they are, a new one, one to change or take away."""

from typing import Any

from quart import Blueprint, redirect
from quart.typing import ResponseReturnValue

from belgrano.http.access import allow
from ticketera.actions.usuarios import cambiar_admin
from ticketera.domain.errors import NoExiste
from ticketera.domain.usuario import Usuario
from ticketera.routes.house import base
from ticketera.routes.pages.forms import PASSWORD, REFUSALS, errors_of, form, read
from ticketera.routes.pages.frame import admin_page
from ticketera.routes.repartidores import CambiosAdmin, Persona, columns, crear, person_id
from ticketera.store.usuarios import select_admins

routes = Blueprint("pagina_administradores", __name__)
PLACE = "/administradores"


@routes.get("/administradores")
@allow("admin")
async def get_administradores() -> str:
    """Everybody who administers."""
    return await _list(None)


@routes.get("/administradores/nuevo")
@allow("admin")
async def get_nuevo() -> str:
    """The form for a new one."""
    return await _persona(None, {}, {}, None)


@routes.post("/administradores/nuevo")
@allow("admin")
async def post_nuevo() -> ResponseReturnValue:
    """Make a new one."""
    fields = await form()
    try:
        await crear(read(Persona, fields), "admin")
    except REFUSALS as error:
        status, said, errores = errors_of(error)
        return await _persona(None, fields, errores, said), status
    return redirect(f"{PLACE}?dicho=creado", 303)


@routes.get("/administradores/<int:number>")
@allow("admin")
async def get_administrador(number: int) -> str:
    """One, to change."""
    return await _persona(await _find(number), {}, {}, None)


@routes.post("/administradores/<int:number>")
@allow("admin")
async def post_administrador(number: int) -> ResponseReturnValue:
    """Change name, address or password."""
    persona, fields = await _find(number), await form()
    try:
        asked = read(CambiosAdmin, {name: fields.get(name, "") for name in ("nombre", "email", "password")})
        await _cambiar(number, {**await columns(asked), "telefono": fields.get("telefono", "")[:50]})
    except REFUSALS as error:
        status, said, errores = errors_of(error)
        return await _persona(persona, fields, errores, said), status
    return redirect(f"{PLACE}?dicho=cambiado", 303)


@routes.post("/administradores/<int:number>/<any(alta, baja):que>")
@allow("admin")
async def post_acceso(number: int, que: str) -> ResponseReturnValue:
    """Take the access away, or give it back; somebody always stays."""
    try:
        await _cambiar(number, {"activo": que == "alta"})
    except REFUSALS as error:
        status, said, _ = errors_of(error)
        return await _list(said), status
    return redirect(f"{PLACE}?dicho={que}", 303)


async def _cambiar(number: int, cambios: dict[str, Any]) -> Usuario:
    done: Usuario = await base().do(cambiar_admin, person_id(number), cambios)
    return done


async def _find(number: int) -> Usuario:
    for each in await base().read(select_admins):
        if each.id == number:
            return each
    raise NoExiste("Esa persona no existe.")


async def _list(error: str | None) -> str:
    people = await base().read(select_admins)
    return await admin_page("ticketera/administradores.html", PLACE, personas=people, error=error)


async def _persona(persona: Usuario | None, fields: dict[str, str], errores: dict[str, str], error: str | None) -> str:
    return await admin_page(
        "ticketera/administrador.html",
        PLACE,
        persona=persona,
        fields=fields,
        errores=errores,
        error=error,
        password=PASSWORD,
    )
