"""Repartidores: the list, a new one, one to change, the link to come in, and the question about open tickets."""

import secrets
from typing import Any
from urllib.parse import quote

from quart import Blueprint, redirect, request
from quart.typing import ResponseReturnValue

from belgrano.accounts.invitations import Invitation, select_until
from belgrano.http.access import allow
from belgrano.http.contactos import contacto
from belgrano.http.qr import codigo_qr
from belgrano.words.numbers import whole
from belgrano.words.times import now
from ticketera.actions.invitaciones import invitar
from ticketera.actions.usuarios import cambiar_repartidor
from ticketera.domain.usuario import Usuario
from ticketera.routes.house import base, quien
from ticketera.routes.invitaciones import enlace_de
from ticketera.routes.pages.configuracion import numero
from ticketera.routes.pages.forms import PASSWORD, REFUSALS, errors_of, form, read
from ticketera.routes.pages.frame import admin_page
from ticketera.routes.pages.personas import ORDENES, en_orden, permisos_en_palabras, visto_en_palabras
from ticketera.routes.repartidores import CambiosRepartidor, NuevoRepartidor, columns, crear, find_repartidor, person_id
from ticketera.store.configuracion import select_configuracion
from ticketera.store.usuarios import select_repartidores

routes = Blueprint("pagina_repartidores", __name__)
PLACE = "/repartidores"
TEXTS = ("telefono", "vehiculo", "zona", "negocio")  # an emptied one is a change


@routes.get("/repartidores")
@allow("admin")
async def get_repartidores() -> str:
    """Everybody, with presence in words, sorted as the address says."""
    people = await base().read(select_repartidores)
    orden = request.args.get("orden", "nombre")
    de = request.args.get("de", "")
    return await admin_page(
        "ticketera/repartidores.html",
        PLACE,
        activos=en_orden([each for each in people if each.activo], orden),
        bajas=[each for each in people if not each.activo],
        ahora=now(),
        tope=(await base().read(select_configuracion)).max_tickets_por_repartidor,
        orden=orden,
        ordenes=ORDENES,
        de=next((each for each in people if str(each.id) == de), None),
        visto=visto_en_palabras,
        permisos=permisos_en_palabras,
        contacto=contacto,
    )


@routes.get("/repartidores/nuevo")
@allow("admin")
async def get_nuevo() -> str:
    """The form for a new one."""
    return await _persona(None, {}, {}, None)


@routes.post("/repartidores/nuevo")
@allow("admin")
async def post_nuevo() -> ResponseReturnValue:
    """Make a new one; without a password, and the link with which they choose one."""
    fields = await form()
    invited = not fields.get("password")
    try:
        sent = {**_sent(fields), "password": secrets.token_urlsafe(32) if invited else fields["password"]}
        usuario = await crear(read(NuevoRepartidor, sent), "repartidor")
    except REFUSALS as error:
        status, said, errores = errors_of(error)
        return await _persona(None, fields, errores, said), status
    return await _enlace(usuario.id) if invited else redirect(f"{PLACE}?dicho=creado", 303)


@routes.get("/repartidores/<int:number>")
@allow("admin")
async def get_repartidor(number: int) -> str:
    """One, to change."""
    return await _persona(await find_repartidor(number), {}, {}, None)


@routes.post("/repartidores/<int:number>")
@allow("admin")
async def post_repartidor(number: int) -> ResponseReturnValue:
    """Change who they are and how they deliver; an empty password is no change."""
    persona, fields = await find_repartidor(number), await form()
    try:
        cambios = await columns(read(CambiosRepartidor, {"nombre": "", "email": "", **_sent(fields)}))
        cambios |= {name: "" for name in TEXTS if fields.get(name) == ""}
        if fields.get("capacidad") == "":
            cambios["capacidad"] = None
        await _cambiar(number, cambios)
    except REFUSALS as error:
        status, said, errores = errors_of(error)
        return await _persona(persona, fields, errores, said), status
    return redirect(f"{PLACE}?dicho=cambiado", 303)


@routes.post("/repartidores/<int:number>/invitacion")
@allow("admin")
async def post_invitacion(number: int) -> ResponseReturnValue:
    """Make a new link, shown this once."""
    persona = await find_repartidor(number)
    try:
        return await _enlace(number)
    except REFUSALS as error:
        status, said, _ = errors_of(error)
        return await _persona(persona, {}, {}, said), status


@routes.post("/repartidores/<int:number>/turno")
@allow("admin")
async def post_turno(number: int) -> ResponseReturnValue:
    """End a turno; the tickets stay with whoever has them."""
    await _cambiar(number, {"en_turno": False})
    return redirect(f"{PLACE}?dicho=turno&de={number}", 303)


@routes.post("/repartidores/<int:number>/baja")
@allow("admin")
async def post_baja(number: int) -> ResponseReturnValue:
    """Take the access away; `tickets_a` is who gets the open tickets, empty for "Sin asignar"."""
    persona, fields = await find_repartidor(number), await form()
    heir = fields.get("tickets_a", "")
    try:
        await _cambiar(number, {"activo": False}, _heir(heir) if heir else None)
    except REFUSALS as error:
        status, said, errores = errors_of(error)
        return await _persona(persona, {}, errores, said), status
    return redirect(f"{PLACE}?dicho=baja", 303)


@routes.post("/repartidores/<int:number>/alta")
@allow("admin")
async def post_alta(number: int) -> ResponseReturnValue:
    """Let somebody in again."""
    await _cambiar(number, {"activo": True})
    return redirect(f"{PLACE}?dicho=alta", 303)


def _heir(text: str) -> int:
    """The id of the heir; one that nobody can have where it is none, so that they go to nobody unasked."""
    return whole(text) or 0


def _sent(fields: dict[str, str]) -> dict[str, Any]:
    """What the form says, as the JSON route takes it."""
    sent: dict[str, Any] = {name: fields[name] for name in ("nombre", "email", "password", *TEXTS) if name in fields}
    if fields.get("capacidad", "").strip():
        sent["capacidad"] = numero(fields["capacidad"])
    return sent


async def _cambiar(number: int, cambios: dict[str, Any], tickets_a: int | None = None) -> Usuario:
    done: Usuario = await base().do(cambiar_repartidor, quien(), person_id(number), cambios, tickets_a)
    return done


async def _enlace(number: int) -> str:
    """A new link, to send or to scan. Only its hash is kept: nobody can show it again."""
    made: Invitation = await base().do(invitar, person_id(number))
    enlace = enlace_de(made)
    whatsapp = contacto(made.user.telefono)["whatsapp"]
    said = f"Hola, {made.user.nombre}. Con este enlace elegís tu contraseña y entrás a Ticketera: {enlace}"
    return await admin_page(
        "ticketera/invitar.html",
        PLACE,
        persona=made.user,
        enlace=enlace,
        vence_en=made.until,
        codigo=codigo_qr(enlace, f"Código QR del enlace de {made.user.nombre}"),
        whatsapp=f"https://wa.me/{whatsapp}?text={quote(said)}" if whatsapp else None,
    )


async def _persona(persona: Usuario | None, fields: dict[str, str], errores: dict[str, str], error: str | None) -> str:
    others = await base().read(select_repartidores)
    return await admin_page(
        "ticketera/repartidor.html",
        PLACE,
        persona=persona,
        fields=fields,
        errores=errores,
        error=error,
        otros=[each for each in others if each.activo and persona is not None and each.id != persona.id],
        password=PASSWORD,
        tope=(await base().read(select_configuracion)).max_tickets_por_repartidor,
        invitacion_hasta=await base().read(select_until, persona.id, now()) if persona else None,
        permisos=permisos_en_palabras,
    )
