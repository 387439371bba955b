"""The money in the street: what one has to hand in, and handing it in."""

from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema
from quart import Blueprint, Response
from quart_schema import document_request

from belgrano.http.access import allow
from belgrano.http.answers import Refusal, answers, refuses
from belgrano.words.times import now
from ticketera.actions.caja import rendir
from ticketera.routes.answers import gente
from ticketera.routes.fields import MOST_PESOS, Body, Clave, Id, leer_pesos, number
from ticketera.routes.house import answer, base, body, me, quien
from ticketera.store.caja import select_caja
from ticketera.wire.caja import caja_json, rendicion_json

routes = Blueprint("caja", __name__)


def con_signo(value: Any) -> int:
    """Pesos of either sign with at most two decimals, as whole centavos."""
    amount = number(value)
    return leer_pesos(abs(amount)) * (-1 if amount < 0 else 1)


PesosConSigno = Annotated[
    int,
    BeforeValidator(con_signo),
    WithJsonSchema({"type": "number", "minimum": -MOST_PESOS, "maximum": MOST_PESOS, "multipleOf": 0.01}),
]


class NuevaRendicion(Body):
    """What was expected, and what was counted."""

    clave: Clave
    repartidor_id: Id
    esperado: PesosConSigno
    contado: PesosConSigno
    nota: Annotated[str, StringConstraints(max_length=500)] = ""


@routes.get("/api/caja")
@allow("repartidor")
@answers(gente.Caja)
async def get_caja() -> Response:
    """What they have to hand in, line by line."""
    return answer(caja_json(await base().read(select_caja, me().id, now())))


@routes.post("/api/rendiciones")
@allow("admin")
@document_request(NuevaRendicion)
@answers(gente.Rendicion)
@refuses(gente.CajaCambiada | Refusal, 409)
async def post_rendicion() -> Response:
    """Close a repartidor's caja as counted; 409 `caja_cambio` with the new figure when it is not as expected."""
    asked = await body(NuevaRendicion)
    return answer(rendicion_json(await base().do(rendir, quien(), **asked.model_dump())))
