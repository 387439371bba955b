"""The money in the street: what one has to hand in, and handing it in."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema
from quart import Blueprint, Response
from quart_schema import document_request

from belgrano.http.access import allow
from belgrano.http.answers import Refusal, answers, refuses
from ticketera.actions.rendiciones import rendir
from ticketera.domain.caja import Caja, Rendicion
from ticketera.domain.tiempo import iso
from ticketera.routes.answers import gente
from ticketera.routes.fields import MOST_PESOS, Body, Clave, Id, centavos, number
from ticketera.routes.house import answer, base, body, me, now, quien
from ticketera.store.caja import select_caja
from ticketera.store.wire import Json, pesos

routes = Blueprint("caja", __name__)


def con_signo(value: Any) -> int:
    """Pesos of either sign with at most two decimals, as whole centavos."""
    amount = number(value)
    return centavos(abs(amount)) * (-1 if amount < 0 else 1)


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


def caja_json(caja: Caja) -> Json:
    """A caja as in GET /api/caja. Pesos."""
    return {
        "fondo": pesos(caja.fondo),
        "cobrado": [
            {
                "ticket_id": each.ticket_id,
                "numero": each.numero,
                "monto": pesos(each.monto),
                "medio": each.medio,
                "en": iso(each.en),
                "corrige": each.corrige,
            }
            for each in caja.cobrado
        ],
        "por_medio": {medio: pesos(monto) for medio, monto in caja.por_medio.items()},
        "a_rendir": pesos(caja.a_rendir),
        "en_conflicto": pesos(caja.en_conflicto),
        "rendido_hoy": pesos(caja.rendido_hoy),
    }


def rendicion_json(rendicion: Rendicion) -> Json:
    """A rendición as answered. Pesos."""
    return {
        "id": rendicion.id,
        "clave": rendicion.clave,
        "repartidor": {"id": rendicion.repartidor_id, "nombre": rendicion.repartidor_nombre},
        "esperado": pesos(rendicion.esperado),
        "contado": pesos(rendicion.contado),
        "diferencia": pesos(rendicion.diferencia) or Decimal(0),
        "nota": rendicion.nota,
        "por": {"id": rendicion.por_id, "nombre": rendicion.por_nombre},
        "en": iso(rendicion.en),
    }
