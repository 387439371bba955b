"""What Ticketera reports: signed in the Standard Webhooks form, repeated until we take it."""

import contextlib
from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints
from quart import Blueprint, Response, request
from quart_schema import document_request
from standardwebhooks.webhooks import Webhook

from ahorro.actions import entregas
from ahorro.routes.fields import MOST_ID, Body, centavos
from ahorro.routes.house import base, house
from belgrano.contract import ESTADOS
from belgrano.http.access import anyone
from belgrano.http.answers import answers_nothing
from belgrano.http.json_input import LIMIT, parse_bytes
from belgrano.http.problems import Problem
from belgrano.http.shapes import OneOf, parse

LARGO_DE_ID = 200
COBRADO_MAXIMO = 10**11  # pesos; what a driver can say is far below

routes = Blueprint("webhooks", __name__)


def _instante(text: str) -> int:
    """ISO 8601 with a zone, as ms UTC."""
    try:
        instante = datetime.fromisoformat(text)
        if instante.tzinfo is None or not 1971 <= instante.year <= 9998:
            raise ValueError
    except (ValueError, TypeError):
        raise ValueError("tiene que ser una fecha ISO 8601 con zona.") from None
    return int(instante.timestamp() * 1000)


def _cobrado(value: Any) -> int:
    try:
        return centavos(value, COBRADO_MAXIMO)
    except ValueError:
        raise ValueError("tiene que ser un monto en pesos, con hasta dos decimales.") from None


Cobrado = Annotated[int, BeforeValidator(_cobrado)]
Codigo = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Instante = Annotated[int, BeforeValidator(_instante)]


class Datos(Body):
    """`data` of a report."""

    numero: Annotated[str, StringConstraints(min_length=1, max_length=50)]
    estado: Annotated[str, OneOf(ESTADOS)]
    epoca: Codigo
    version: Annotated[int, Field(ge=1, le=MOST_ID)]
    repartidor_nombre: Annotated[str, StringConstraints(max_length=200)] | None = None
    en: Instante
    motivo: Annotated[str, StringConstraints(max_length=2000)] | None = None
    cobrado: Cobrado | None = None
    medio: Annotated[str, StringConstraints(max_length=50)] | None = None


class Reporte(Body):
    """The body of a report."""

    type: Codigo
    data: Datos


@routes.post("/api/webhooks/ticketera")
@anyone  # whoever signs with the secret
@document_request(Reporte)
@answers_nothing
async def post_ticketera() -> Response:
    """Take a report in: 204 also to a repeat, an older state and a numero that we do not know."""
    if (request.content_length or 0) > LIMIT:
        raise Problem(413, "demasiado_grande", "El contenido supera los 64 KiB.")
    raw: bytes = await request.body
    webhook_id = check_firma(raw, dict(request.headers))
    data = parse(Reporte, parse_bytes(raw, request.content_type)).data
    reporte = entregas.Reporte(
        numero=data.numero,
        estado=data.estado,
        epoca=data.epoca,
        version=data.version,
        repartidor_nombre=data.repartidor_nombre,
        motivo=data.motivo,
        en=data.en,
        cobrado=data.cobrado,
        medio=data.medio,
    )
    await base().do(entregas.aplicar_reporte, webhook_id, reporte)
    return Response("", 204)


def check_firma(raw: bytes, headers: dict[str, Any]) -> str:
    """The webhook-id of a report whose signature is good and at most five minutes old. Raises Problem 401."""
    webhook_id = next((str(v) for k, v in headers.items() if k.lower() == "webhook-id"), "")
    with contextlib.suppress(Exception):  # the library also fails on what is no number, no base64, no UTF-8
        Webhook(house().settings.webhook_secret).verify(raw, headers, json_parse=False)
        if len(webhook_id) <= LARGO_DE_ID:
            return webhook_id
    raise Problem(401, "firma_invalida", "La firma falta, no es válida o venció.")
