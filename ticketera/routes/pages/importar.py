"""Many tickets at once from a spreadsheet: looked at first, nothing kept; then the same text comes back to be done.

What the page sends back is read and checked anew, so that nothing has to be believed or remembered in between.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass, field, replace

from markupsafe import Markup
from quart import Blueprint, Response, render_template, request
from quart.typing import ResponseReturnValue

from belgrano.access import allow
from belgrano.work import Connection
from ticketera.actions.intake import recibir_lote
from ticketera.domain.celdas import lo_mismo, numero_de
from ticketera.domain.errors import CamposInvalidos, DomainError
from ticketera.domain.escrito import palabras
from ticketera.domain.exportado import celdas_de
from ticketera.domain.intake import TicketNuevo, huella
from ticketera.domain.planilla import EJEMPLO, Linea, Planilla, PlanillaIlegible, leer, texto_de, titulo
from ticketera.domain.ticket import CERRADOS, Ticket
from ticketera.domain.usuario import Usuario
from ticketera.routes.house import base, quien
from ticketera.routes.pages.escritos import pedido_de
from ticketera.routes.pages.frame import admin_page
from ticketera.routes.pages.palabras import ESTADOS
from ticketera.store.tickets import select_numero
from ticketera.store.usuarios import select_repartidores

routes = Blueprint("pagina_importar", __name__)
LARGER, MOST_BODY = r"/importar", 2_500_000  # 1 MB of Windows-1252 is up to two of UTF-8
BATCH, DRAWN = 50, 50
_CERRADOS = {palabras(ESTADOS[each]) for each in CERRADOS}


@dataclass(slots=True)
class Renglon:
    """What becomes of a line: `nuevo`, `igual` or `distinto` (there is one), `cerrado` (nothing to deliver), `error`;
    afterwards also `creado`."""

    linea: Linea
    numero: str = ""
    pedido: TicketNuevo | None = None
    situacion: str = "nuevo"
    ticket: Ticket | None = None
    errores: list[tuple[str, str]] = field(default_factory=list)
    avisos: list[str] = field(default_factory=list)


@routes.get("/importar")
@allow("admin")
async def get_importar() -> str:
    """The form for a file."""
    return await admin_page("ticketera/importar.html", "/historial", error=None)


@routes.get("/importar/ejemplo.csv")
@allow("admin")
async def get_ejemplo() -> Response:
    """A file to begin from."""
    response = Response(EJEMPLO.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="ejemplo-tickets.csv"'
    return response


@routes.post("/importar")
@allow("admin")
async def post_importar() -> ResponseReturnValue:
    """Show what a file would make; with `crear`, make it. Again, it finds what it made."""
    # The form's parser has limits of its own, on a field and on what it holds of any part.
    request.max_content_length = request.max_form_memory_size = MOST_BODY
    sent, files = await request.form, await request.files
    try:
        file = files.get("archivo")
        crudo = file.read() if file is not None else b""
        texto = texto_de(crudo) if crudo or (file and file.filename) else sent.get("texto", "")
        planilla = await asyncio.to_thread(leer, texto)
    except PlanillaIlegible as error:
        return await admin_page("ticketera/importar.html", "/historial", error=error.detalle), 400
    renglones = await base().read(_renglones, planilla)
    if "crear" in sent:
        await _crear(renglones)
    return await admin_page(
        "ticketera/importar_vista.html",
        "/historial",
        filas=await _filas(renglones),
        cuantos=Counter(each.situacion for each in renglones),
        hecho="crear" in sent,
        sin_usar=planilla.sin_usar,
        texto=texto,
    )


async def _filas(renglones: list[Renglon]) -> Markup:
    """The rows of the table, some at a time: thousands at once would hold up everybody else for half a second."""
    drawn = []
    for start in range(0, len(renglones), DRAWN):
        some = renglones[start : start + DRAWN]
        drawn.append(await render_template("ticketera/_renglones.html", renglones=some, titulo=titulo))
        await asyncio.sleep(0)
    return Markup("").join(map(Markup, drawn))


async def _renglones(con: Connection, planilla: Planilla) -> list[Renglon]:
    """What each line would become, with nothing kept."""
    people = [each for each in await select_repartidores(con) if each.activo]
    times: Counter[str] = Counter()
    seen: dict[str, int] = {}
    made = []
    for linea in planilla.lineas:
        renglon = _leer(linea, people, times)
        if renglon.pedido is not None:
            await _comparar(con, renglon, renglon.pedido, seen)
        made.append(renglon)
    return made


def _leer(linea: Linea, people: list[Usuario], times: Counter[str]) -> Renglon:
    """The order of a line; without a numero it gets one by its content, the second of its kind another."""
    renglon = Renglon(linea, linea.celdas.get("numero", ""))
    named = linea.celdas.get("repartidor", "")
    found = [each.id for each in people if palabras(each.nombre) == palabras(named)] if named else []
    if named and len(found) != 1:
        renglon.avisos.append(f"No hay un repartidor activo que se llame “{named[:60]}”: entra sin él.")
    try:
        pedido = pedido_de(
            {**linea.celdas, "numero": renglon.numero or "-"}, repartidor_id=found[0] if len(found) == 1 else None
        )
        if linea.sobran:
            raise CamposInvalidos(("Línea", "tiene más celdas que títulos; fijate si falta una comilla."))
    except CamposInvalidos as error:
        renglon.situacion, renglon.errores = "error", error.errores
        return renglon
    if not renglon.numero:
        content = numero_de(pedido)
        times[content] += 1
        renglon.numero = content if times[content] == 1 else f"{content}-{times[content]}"
    renglon.numero = renglon.numero.strip()
    renglon.pedido = replace(pedido, numero=renglon.numero)
    return renglon


async def _comparar(con: Connection, renglon: Renglon, pedido: TicketNuevo, seen: dict[str, int]) -> None:
    """Whether there is a ticket with this numero, here or in a line before."""
    if renglon.numero in seen:
        renglon.situacion = "error"
        renglon.errores = [("numero", f"es el mismo de la línea {seen[renglon.numero]}.")]
        return
    seen[renglon.numero] = renglon.linea.numero
    renglon.ticket = await select_numero(con, renglon.numero)
    if renglon.ticket is not None:
        same = renglon.ticket.huella == huella(pedido) or lo_mismo(renglon.linea.celdas, celdas_de(renglon.ticket))
        renglon.situacion = "igual" if same else "distinto"
    elif palabras(renglon.linea.celdas.get("estado", "")) in _CERRADOS:
        renglon.situacion = "cerrado"


async def _crear(renglones: list[Renglon]) -> None:
    """Make the new ones, a bounded batch a commit."""
    new = [each for each in renglones if each.situacion == "nuevo"]
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        done = await base().do(recibir_lote, [each.pedido for each in batch if each.pedido], quien())
        for renglon, recibido in zip(batch, done, strict=True):
            if isinstance(recibido, CamposInvalidos):
                renglon.situacion, renglon.errores = "error", recibido.errores
            elif isinstance(recibido, DomainError):  # somebody was quicker, with something else
                renglon.situacion = "distinto"
            else:
                renglon.ticket = recibido.ticket
                renglon.situacion = "igual" if recibido.repetido else "creado"
