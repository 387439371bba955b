"""The shop's later word: what was packed, weighed, replaced or paid after the order went out."""

from typing import Any

from quart import Blueprint, Response, request
from quart_schema import document_request

from belgrano.http.access import allow_key
from belgrano.http.answers import answers, refuses
from belgrano.http.problems import Problem
from ticketera.actions.revisiones import aplicar_revision
from ticketera.domain.encargo import CAMPOS
from ticketera.domain.intake import limpio
from ticketera.domain.revision import Revision
from ticketera.routes.answers import tickets
from ticketera.routes.encargo import Productos
from ticketera.routes.fields import Body, Id, Opcional2000, Pesos, PistaInstante, texto
from ticketera.routes.house import answer, base, body, house
from ticketera.store.tickets import productos_de

routes = Blueprint("revisiones", __name__)


class RevisionDicha(Body):
    """What the shop says of an order now; null is like leaving a field out, and a window that is none is ignored."""

    numero: texto(CAMPOS["numero"].most)  # type: ignore[valid-type]
    revision: Id
    productos: Productos | None = None
    total: Pesos | None = None
    pagado: bool | None = None
    preparado: bool | None = None
    indicaciones: Opcional2000 = None
    franja_desde: PistaInstante = None
    franja_hasta: PistaInstante = None


@routes.post("/api/tickets/revisiones")
@allow_key
@document_request(RevisionDicha)
@answers(tickets.Revisado | tickets.RevisionSabida)
@refuses(tickets.PedidoCerrado, 409)
async def post_revision() -> Response:
    """Take the shop's later word on an order; the same or an older one changes nothing."""
    house().keys.admit(request.scope)  # type: ignore[arg-type]
    dicha = (await body(RevisionDicha)).model_dump(exclude_none=True)
    if dicha.keys() <= {"numero", "revision"}:
        raise Problem(400, "datos_invalidos", "No dice nada que cambiar del pedido.", errores=[])
    if "productos" in dicha:
        dicha["productos"] = productos_de(dicha["productos"])
    hecha = await base().do(aplicar_revision, Revision(**{**dicha, "numero": limpio(dicha["numero"])}))
    told: dict[str, Any] = {
        "exito": True,
        "ticket_id": hecha.ticket.id,
        "numero": hecha.ticket.numero,
        "revision": hecha.ticket.revision,
        "version": hecha.ticket.version,
    }
    return answer({**told, "idempotent": True} if hecha.repetido else told)
