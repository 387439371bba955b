"""Every ticket, newest first, with filters, as a page that works without scripts and as a spreadsheet."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from urllib.parse import urlencode

from pydantic import BeforeValidator, StringConstraints
from quart import Blueprint, Response, request

from belgrano.database.base import Base
from belgrano.http.access import allow
from belgrano.http.problems import Problem
from belgrano.http.shapes import parse
from belgrano.words.planilla import linea
from belgrano.words.times import BUENOS_AIRES
from ticketera.domain.escrito import leer_dia
from ticketera.domain.exportado import TITULOS, fila
from ticketera.domain.ticket import Ticket
from ticketera.routes.fields import Body, Entero
from ticketera.routes.fields import Estado as EstadoDeTicket
from ticketera.routes.house import base
from ticketera.routes.pages.frame import admin_page
from ticketera.store.busqueda import Busqueda, count_tickets, select_negocios, select_tickets
from ticketera.store.usuarios import select_repartidores

routes = Blueprint("pagina_historial", __name__)
PAGE = 50
BATCH = 200
CONTADOS = 10_000  # more than these are not counted at each look

Dia = Annotated[date | None, BeforeValidator(lambda value: leer_dia(value))]


class Filtro(Body):
    """What the page may be asked. `antes` and `despues` are the ids at the edges of the page before or after."""

    q: Annotated[str, StringConstraints(max_length=200)] | None = None
    estado: EstadoDeTicket | None = None
    repartidor_id: Entero | None = None
    negocio: Annotated[str, StringConstraints(max_length=120)] | None = None
    desde: Dia = None
    hasta: Dia = None
    antes: Entero | None = None
    despues: Entero | None = None

    def busqueda(self) -> Busqueda:
        """The same for the store; a day is from midnight to midnight in Buenos Aires."""
        until = None if self.hasta is None else self.hasta + timedelta(days=1)
        return Busqueda(
            self.estado, self.repartidor_id, self.negocio, self.q, medianoche(self.desde), medianoche(until)
        )

    def enlace(self, place: str, **more: int) -> str:
        """A link to these filters."""
        kept = self.model_dump(exclude={"antes", "despues"}, exclude_none=True)
        return f"{place}?{urlencode({**kept, **more})}" if kept or more else place


def medianoche(day: date | None) -> int | None:
    """When a day begins in Buenos Aires, ms UTC."""
    return None if day is None else int(datetime.combine(day, time(), BUENOS_AIRES).timestamp() * 1000)


def preguntado() -> tuple[Filtro, list[str]]:
    """The filters that make sense, and the names of those that do not: they are left out, and it is said."""
    given = {name: value for name, value in request.args.items() if value.strip() and "\0" not in value}
    try:
        return parse(Filtro, given), []
    except Problem as problem:
        wrong = [str(each["campo"]) for each in problem.extra["errores"]]
        return parse(Filtro, {name: value for name, value in given.items() if name not in wrong}), wrong


@routes.get("/historial")
@allow("admin")
async def get_historial() -> str:
    """A page of tickets."""
    asked, wrong = preguntado()
    busqueda = asked.busqueda()
    found = await base().read(
        select_tickets, busqueda, limite=PAGE + 1, antes_de_id=asked.antes, despues_de_id=asked.despues
    )
    older, newer = asked.antes is None, asked.antes is not None
    if asked.despues is not None:
        tickets, newer, older = found[-PAGE:], len(found) > PAGE, True
    else:
        tickets, older = found[:PAGE], len(found) > PAGE
    return await admin_page(
        "ticketera/historial.html",
        "/historial",
        tickets=tickets,
        total=await base().read(count_tickets, busqueda, CONTADOS + 1),
        contados=CONTADOS,
        mas_viejos=asked.enlace("/historial", antes=tickets[-1].id) if older and tickets else None,
        mas_nuevos=asked.enlace("/historial", despues=tickets[0].id) if newer and tickets else None,
        descarga=asked.enlace("/historial.csv"),
        asked=asked,
        filtrado=bool(asked.model_dump(exclude={"antes", "despues"}, exclude_none=True)),
        raros=wrong,
        repartidores=await base().read(select_repartidores),
        negocios=await base().read(select_negocios),
    )


@routes.get("/historial.csv")
@allow("admin")
async def get_csv() -> Response:
    """All tickets that the filters let through, newest first, a batch at a time: whatever there is, little is held."""
    asked, _ = preguntado()
    today = datetime.now(UTC).astimezone(BUENOS_AIRES)
    response = Response(_texto(base(), asked.busqueda()), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="tickets-{today:%Y-%m-%d}.csv"'
    response.timeout = None  # as long as the one who saves it takes
    return response


async def _texto(data: Base, busqueda: Busqueda) -> AsyncIterator[bytes]:
    yield ("\ufeff" + linea(TITULOS)).encode()
    last: int | None = None
    while True:
        tickets: list[Ticket] = await data.read(select_tickets, busqueda, limite=BATCH, antes_de_id=last)
        if tickets:
            yield "".join(linea(fila(each)) for each in tickets).encode()
            last = tickets[-1].id
        if len(tickets) < BATCH:
            return
