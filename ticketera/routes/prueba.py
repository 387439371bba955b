"""What proves a delivery, as it comes in with its act; and the customer's PIN, checked before."""

import json
from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from quart import Blueprint, Response
from quart_schema import document_request

from belgrano.access import allow
from belgrano.problems import Problem
from ticketera.actions.acciones import actuar
from ticketera.domain.acciones import Acto
from ticketera.domain.errors import NoExiste
from ticketera.domain.prueba import FOTOS, pin_coincide
from ticketera.domain.respuesta import Respuesta
from ticketera.routes.fields import MOST_ID, Body, Clave, Opcional120
from ticketera.routes.house import answer, base, body, house, me, quien
from ticketera.store.tickets import select_ticket

routes = Blueprint("prueba", __name__)
Digitos = Annotated[str, StringConstraints(max_length=20)]


class Intento(Body):
    """One try to reach the customer before giving up."""

    medio: Literal["llamada", "whatsapp"]
    en: Annotated[str, StringConstraints(max_length=40)]


class Prueba(Body):
    """What the repartidor brought. Photos and the signature are named here and sent on their own."""

    receptor: Literal["titular", "familiar", "encargado", "vecino"] | None = None
    receptor_nombre: Opcional120 = None
    pin: Digitos | None = None
    sin_codigo: bool = False
    fotos: Annotated[list[Clave], Field(default_factory=list, max_length=FOTOS)]
    firma: Clave | None = None
    intentos: Annotated[list[Intento], Field(default_factory=list, max_length=20)]


class Pin(Body):
    """The digits that the customer showed."""

    pin: Digitos


@routes.post("/api/tickets/<int:number>/pin")
@allow("repartidor")
@document_request(Pin)
async def post_pin(number: int) -> Response:
    """Whether these are the customer's digits, and how many tries are left: 5 in 15 minutes."""
    ticket = await base().read(select_ticket, min(number, MOST_ID))
    if ticket is None or ticket.repartidor_id != me().id:
        raise NoExiste("Ese ticket no existe.")
    asked = await body(Pin)
    key = _key(ticket.id)
    quedan = house().limits.take_guess(key)
    correcto = pin_coincide(house().settings.webhook_secret, ticket.numero, asked.pin)
    if correcto:
        house().limits.forgive_guess(key, right=True)
    return answer({"correcto": correcto, "quedan": quedan})


async def actuar_con_prueba(acto: Acto, prueba: Prueba | None) -> Respuesta:
    """Do an act. A PIN in it counts as a guess, so that acts are no way around the limit; above it none is right."""
    secreto, limits, key = house().settings.webhook_secret, house().limits, _key(acto.ticket_id)
    if prueba is None or not prueba.pin:
        return await base().do(actuar, quien(), acto, secreto)
    try:
        limits.take_guess(key)
    except Problem:
        return await base().do(actuar, quien(), acto)
    try:
        respuesta = await base().do(actuar, quien(), acto, secreto)
    except Exception:
        limits.forgive_guess(key, right=False)  # it told nothing
        raise
    kept = json.loads(respuesta.cuerpo).get("prueba") if respuesta.codigo is None else None
    if kept and kept["pin"] == "correcto":
        limits.forgive_guess(key, right=True)
    return respuesta


def _key(ticket_id: int) -> str:
    return f"{ticket_id} {quien().clave}"
