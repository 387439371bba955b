"""Repartidores: the list, a new one, one to change, and the question about open tickets when one leaves."""

from typing import Any

from quart import Blueprint, redirect
from quart.typing import ResponseReturnValue

from belgrano.access import allow
from belgrano.passwords import LONGEST, SHORTEST
from ticketera.actions.usuarios import cambiar_repartidor
from ticketera.domain.errors import NoExiste
from ticketera.domain.usuario import Usuario
from ticketera.routes.house import base, quien
from ticketera.routes.pages.frame import REFUSALS, admin_page, errors_of, form, now, read
from ticketera.routes.repartidores import CambiosRepartidor, Persona, columns, crear, person_id
from ticketera.store.configuracion import select_configuracion
from ticketera.store.usuarios import select_repartidor, select_repartidores

routes = Blueprint("pagina_repartidores", __name__)
PLACE = "/repartidores"
PASSWORD = {"desde": SHORTEST, "hasta": LONGEST}


@routes.get("/repartidores")
@allow("admin")
async def get_repartidores() -> str:
    """Everybody, with presence in words."""
    people = await base().read(select_repartidores)
    return await admin_page(
        "ticketera/repartidores.html",
        PLACE,
        activos=[each for each in people if each.activo],
        bajas=[each for each in people if not each.activo],
        ahora=now(),
        tope=(await base().read(select_configuracion)).max_tickets_por_repartidor,
    )


@routes.get("/repartidores/nuevo")
@allow("admin")
async def get_nuevo() -> str:
    """The form for a new one."""
    return await _persona(None, {}, {}, None)


@routes.post("/repartidores/nuevo")
@allow("admin")
async def post_nuevo() -> ResponseReturnValue:
    """Make a new one."""
    fields = await form()
    try:
        await crear(read(Persona, fields), "repartidor")
    except REFUSALS as error:
        status, said, errores = errors_of(error)
        return await _persona(None, fields, errores, said), status
    return redirect(f"{PLACE}?dicho=creado", 303)


@routes.get("/repartidores/<int:number>")
@allow("admin")
async def get_repartidor(number: int) -> str:
    """One, to change."""
    return await _persona(await _find(number), {}, {}, None)


@routes.post("/repartidores/<int:number>")
@allow("admin")
async def post_repartidor(number: int) -> ResponseReturnValue:
    """Change name, address, phone or password."""
    persona, fields = await _find(number), await form()
    try:
        # An emptied phone is a change, an empty password is none.
        asked = read(CambiosRepartidor, {name: fields.get(name, "") for name in ("nombre", "email", "password")})
        await _cambiar(number, {**await columns(asked), "telefono": fields.get("telefono", "")[:50]})
    except REFUSALS as error:
        status, said, errores = errors_of(error)
        return await _persona(persona, fields, errores, said), status
    return redirect(f"{PLACE}?dicho=cambiado", 303)


@routes.post("/repartidores/<int:number>/turno")
@allow("admin")
async def post_turno(number: int) -> ResponseReturnValue:
    """End a turno; the tickets stay with whoever has them."""
    await _cambiar(number, {"en_turno": False})
    return redirect(f"{PLACE}?dicho=turno", 303)


@routes.post("/repartidores/<int:number>/baja")
@allow("admin")
async def post_baja(number: int) -> ResponseReturnValue:
    """Take the access away; `tickets_a` is who gets the open tickets, empty for "Sin asignar"."""
    persona, fields = await _find(number), await form()
    heir = fields.get("tickets_a", "")
    try:
        await _cambiar(number, {"activo": False}, int(heir) if heir.isdigit() and len(heir) < 18 else None)
    except REFUSALS as error:
        status, said, _ = errors_of(error)
        return await _persona(persona, {}, {}, said), status
    return redirect(f"{PLACE}?dicho=baja", 303)


@routes.post("/repartidores/<int:number>/alta")
@allow("admin")
async def post_alta(number: int) -> ResponseReturnValue:
    """Let somebody in again."""
    await _cambiar(number, {"activo": True})
    return redirect(f"{PLACE}?dicho=alta", 303)


async def _cambiar(number: int, cambios: dict[str, Any], tickets_a: int | None = None) -> Usuario:
    done: Usuario = await base().do(cambiar_repartidor, quien(), person_id(number), cambios, tickets_a)
    return done


async def _find(number: int) -> Usuario:
    found = await base().read(select_repartidor, person_id(number))
    if found is None:
        raise NoExiste("Ese repartidor no existe.")
    return found


async def _persona(persona: Usuario | None, fields: dict[str, str], errores: dict[str, str], error: str | None) -> str:
    others = await base().read(select_repartidores)
    return await admin_page(
        "ticketera/repartidor.html",
        PLACE,
        persona=persona,
        fields=fields,
        errores=errores,
        error=error,
        password=PASSWORD,
        otros=[each for each in others if each.activo and (persona is None or each.id != persona.id)],
    )
