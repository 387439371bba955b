"""The caja of everybody in the street, and of one: handing in, the change handed out, and what was handed in before."""

import uuid
from typing import Any

from quart import Blueprint, redirect, request
from quart.typing import ResponseReturnValue

from belgrano.http.access import allow
from belgrano.words.numbers import is_whole
from belgrano.words.times import now
from ticketera.actions.caja import rendir
from ticketera.actions.usuarios import cambiar_repartidor
from ticketera.domain.caja import Caja
from ticketera.domain.errors import CajaCambio, CamposInvalidos
from ticketera.domain.escrito import leer_pesos
from ticketera.domain.usuario import Usuario
from ticketera.routes.fields import MOST_ID, MOST_PESOS
from ticketera.routes.house import base, quien
from ticketera.routes.pages.forms import REFUSALS, errors_of, form
from ticketera.routes.pages.frame import admin_page
from ticketera.routes.repartidores import find_repartidor
from ticketera.store.caja import select_caja, select_rendiciones
from ticketera.store.configuracion import select_configuracion
from ticketera.store.usuarios import select_repartidores

routes = Blueprint("pagina_caja", __name__)
PLACE = "/caja"
PAGE = 30


@routes.get("/caja")
@allow("admin")
async def get_cajas() -> str:
    """Who carries how much, and the newest rendiciones."""
    people = [each for each in await base().read(select_repartidores) if each.activo or each.por_rendir]
    before = request.args.get("antes", "")
    done = await base().read(
        select_rendiciones, None, min(int(before[:20]), MOST_ID) if is_whole(before) else None, PAGE + 1
    )
    return await admin_page(
        "ticketera/cajas.html",
        PLACE,
        filas=sorted(people, key=lambda each: (-each.por_rendir, each.nombre.casefold())),
        total=sum(each.por_rendir for each in people),
        rendiciones=done[:PAGE],
        mas=done[PAGE - 1].id if len(done) > PAGE else None,
        maximo=(await base().read(select_configuracion)).efectivo_maximo * 100,
    )


@routes.get("/caja/<int:number>")
@allow("admin")
async def get_caja(number: int) -> str:
    """One, line by line, with the form to hand it in."""
    return await _page(await find_repartidor(number), {}, {}, None)


@routes.post("/caja/<int:number>/rendicion")
@allow("admin")
async def post_rendicion(number: int) -> ResponseReturnValue:
    """Hand in what is there, as the form showed it; other money, or a difference without a word, and it asks again."""
    persona, fields = await find_repartidor(number), await form()
    try:
        await base().do(
            rendir,
            quien(),
            clave=fields.get("clave", "")[:64] or str(uuid.uuid4()),
            repartidor_id=persona.id,
            esperado=_centavos(fields, "esperado"),
            contado=_centavos(fields, "contado"),
            nota=_nota(fields),
        )
    except CajaCambio as error:
        return await _page(persona, {**fields, "clave": ""}, {}, error.detalle), 409
    except REFUSALS as error:
        status, said, errores = errors_of(error)
        return await _page(persona, {**fields, "clave": ""}, errores, said), status
    return redirect(f"{PLACE}/{persona.id}?dicho=rendida", 303)


@routes.post("/caja/<int:number>/fondo")
@allow("admin")
async def post_fondo(number: int) -> ResponseReturnValue:
    """Say how much change was handed out."""
    persona, fields = await find_repartidor(number), await form()
    try:
        fondo = _centavos(fields, "fondo")
        if fondo < 0:
            raise CamposInvalidos(("fondo", "no puede ser negativo."))
        await base().do(cambiar_repartidor, quien(), persona.id, {"fondo": fondo})
    except REFUSALS as error:
        status, said, errores = errors_of(error)
        return await _page(persona, fields, errores, said), status
    return redirect(f"{PLACE}/{persona.id}?dicho=fondo", 303)


def _centavos(fields: dict[str, str], campo: str) -> int:
    """Pesos as typed, `12.450,50` or `-100`, in centavos. Raises CamposInvalidos."""
    text = fields.get(campo, "").strip()
    if not text:
        raise CamposInvalidos((campo, "hace falta."))
    try:
        pesos = leer_pesos(text.removeprefix("-").strip())
    except ValueError as error:
        raise CamposInvalidos((campo, str(error))) from None
    if pesos > MOST_PESOS:
        raise CamposInvalidos((campo, "no puede superar 1.000.000.000."))
    return int(pesos * 100) * (-1 if text.startswith("-") else 1)


def _nota(fields: dict[str, str]) -> str:
    nota = fields.get("nota", "").replace("\r\n", "\n")
    if len(nota) > 500:
        raise CamposInvalidos(("nota", "puede tener hasta 500 caracteres."))
    return nota


async def _page(persona: Usuario, fields: dict[str, str], errores: dict[str, str], error: str | None) -> str:
    caja: Caja = await base().read(select_caja, persona.id, now())
    ajustes: Any = await base().read(select_configuracion)
    return await admin_page(
        "ticketera/caja.html",
        PLACE,
        persona=await find_repartidor(persona.id),
        caja=caja,
        fields=fields,
        errores=errores,
        error=error,
        clave=str(uuid.uuid4()),
        diferencia=_diferencia(fields, caja),
        maximo=ajustes.efectivo_maximo * 100,
        rendiciones=await base().read(select_rendiciones, persona.id, None, PAGE),
    )


def _diferencia(fields: dict[str, str], caja: Caja) -> int:
    """What was counted against what is there, to be explained."""
    try:
        return _centavos(fields, "contado") - caja.a_rendir
    except CamposInvalidos:
        return 0
