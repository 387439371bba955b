"""Which tickets there are, for the shop: it compares them with its orders when one side came out of a copy."""

from quart import Blueprint, Response, request
from quart_schema import document_querystring

from belgrano.http.access import allow_key
from belgrano.http.answers import answers
from belgrano.http.shapes import invalid
from belgrano.words.times import iso
from ticketera.routes.answers import tickets
from ticketera.routes.fields import Body, Entero
from ticketera.routes.house import answer, base, house, query
from ticketera.store.tickets import select_desde

MOST = 500

routes = Blueprint("numeros", __name__)


class Filtro(Body):
    """After which ticket (`siguiente` of the page before), and how many."""

    desde: Entero = 0
    limite: Entero = MOST


@routes.get("/api/tickets/numeros")
@allow_key
@document_querystring(Filtro)
@answers(tickets.Numeros)
async def get_numeros() -> Response:
    """The numeros after `desde`, `limite` (500) at most, and the epoca in which they are."""
    house().keys.admit(request.scope)  # type: ignore[arg-type]
    filtro = query(Filtro)
    if not 1 <= filtro.limite <= MOST:
        raise invalid([{"campo": "limite", "detalle": f"tiene que estar entre 1 y {MOST}."}])
    epoca, found = await base().read(select_desde, filtro.desde, filtro.limite + 1)
    page = found[: filtro.limite]
    return answer(
        {
            "epoca": epoca,
            "tickets": [{"numero": t["numero"], "estado": t["estado"], "creado_en": iso(t["creado_en"])} for t in page],
            "siguiente": page[-1]["id"] if len(found) > filtro.limite else None,
        }
    )
