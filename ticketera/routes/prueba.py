"""What proves a delivery, as it comes in with its act; and the customer's PIN, checked before."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from quart import Blueprint, Response
from quart_schema import document_request

from belgrano.http.access import allow
from belgrano.http.answers import answers
from belgrano.http.limits import too_many
from ticketera.actions.acciones import actuar
from ticketera.actions.prueba import probar_pin
from ticketera.domain.acciones import Acto
from ticketera.domain.prueba import FOTOS
from ticketera.routes.answers.tickets import PinProbado
from ticketera.routes.fields import MOST_ID, Body, Clave, Opcional120, Receptor
from ticketera.routes.house import answer, base, body, house, quien
from ticketera.store.respuestas import Respuesta

routes = Blueprint("prueba", __name__)
Digitos = Annotated[str, StringConstraints(max_length=20)]


class Intento(Body):
    """One try to reach the customer before giving up."""

    medio: Literal["llamada", "whatsapp"]
    en: Annotated[str, StringConstraints(max_length=40)]


class Prueba(Body):
    """What the repartidor brought. Photos and the signature are named here and sent on their own."""

    receptor: Receptor | None = None
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
@answers(PinProbado)
async def post_pin(number: int) -> Response:
    """Whether these are the customer's digits, and how many tries are left: 5 in 15 minutes, 20 of a ticket in all."""
    asked = await body(Pin)
    correcto, quedan, espera = await base().do(
        probar_pin, quien(), min(number, MOST_ID), asked.pin, house().settings.webhook_secret
    )
    if espera:
        raise too_many(espera / 1000)
    return answer({"correcto": correcto, "quedan": quedan})


async def actuar_con_prueba(acto: Acto, prueba: Prueba | None) -> Respuesta:
    """Do an act. A PIN in it counts as a guess, so that acts are no way around the limit; above it none is right."""
    return await base().do(actuar, quien(), acto, house().settings.webhook_secret if prueba else None)
