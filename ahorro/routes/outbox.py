"""What has not reached Ticketera yet: the admin's view of the outbox."""

from datetime import datetime

from quart import Blueprint, Response, request
from quart_schema import document_request

from ahorro.actions.outbox import reintentar
from ahorro.domain.errors import CampoInvalido
from ahorro.routes.answers import Outbox, Reintentados
from ahorro.routes.catalogo import leer_limite
from ahorro.routes.fields import Body
from ahorro.routes.house import answer, base, body, house
from ahorro.wire.envio import envio_json
from belgrano.http.access import allow
from belgrano.http.answers import answers
from belgrano.outbox.outgoing import select_outgoing, select_outgoing_status
from belgrano.words.times import BUENOS_AIRES

ESTADOS = ("pendiente", "apartado", "hecho")

routes = Blueprint("outbox", __name__)


class Reintento(Body):
    """What goes again: one pedido, all set aside, or with `desde` (a date or instant) everything since then."""

    numero: str | None = None
    desde: str | None = None


def leer_desde(text: str) -> int:
    """An ISO 8601 date or instant, of Buenos Aires where it names no zone, as ms UTC. Raises CampoInvalido."""
    try:
        instante = datetime.fromisoformat(text)
        if not 1971 <= instante.year <= 9998:
            raise ValueError
    except ValueError:
        raise CampoInvalido("desde", "tiene que ser una fecha, como 2026-11-24.") from None
    if instante.tzinfo is None:
        instante = instante.replace(tzinfo=BUENOS_AIRES)
    return int(instante.timestamp() * 1000)


@routes.get("/api/outbox")
@allow("admin")
@answers(Outbox)
async def get_outbox() -> Response:
    """How the outbox is doing, and its rows of one `estado` (apartado unless said)."""
    estado = request.args.get("estado", "apartado")
    if estado not in ESTADOS:
        raise CampoInvalido("estado", f"tiene que ser uno de: {', '.join(ESTADOS)}.")
    status = await base().read(select_outgoing_status)
    rows = await base().read(select_outgoing, state=estado, limit=leer_limite(100, 500))
    cola = house().cola
    return answer({**status, "cola": cola.state, "motivo": cola.reason, "filas": [envio_json(r) for r in rows]})


@routes.post("/api/outbox/reintentar")
@allow("admin")
@document_request(Reintento)
@answers(Reintentados)
async def post_reintentar() -> Response:
    """Send again what was set aside; safe, because Ticketera takes a numero once."""
    reintento = await body(Reintento)
    desde = leer_desde(reintento.desde) if reintento.desde else None
    cuantos = await base().do(reintentar, numero=reintento.numero, desde=desde)
    return answer({"reintentados": cuantos})
