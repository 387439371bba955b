"""Many tickets at once from a spreadsheet: looked at first, nothing kept; then the same text comes back to be done.

What the page sends back is read and checked anew, so that nothing has to be believed or remembered in between.
"""

import asyncio
from collections import Counter

from markupsafe import Markup
from quart import Blueprint, Response, render_template, request
from quart.typing import ResponseReturnValue

from belgrano.http.access import allow
from belgrano.words.numbers import whole
from belgrano.words.times import DIA, now
from ticketera.actions.intake import recibir_lote
from ticketera.domain.errors import CamposInvalidos, DomainError, PlanillaIlegible
from ticketera.domain.planilla import EJEMPLO, Planilla, leer, texto_de
from ticketera.domain.titulos import titulo
from ticketera.routes.house import base, quien
from ticketera.routes.pages.frame import admin_page
from ticketera.routes.pages.renglones import Renglon, decidir, mirar, select_renglones
from ticketera.store.busqueda import Busqueda, select_tickets

routes = Blueprint("pagina_importar", __name__)
LARGER, MOST_BODY = r"/importar", 2_500_000  # 1 MB of Windows-1252 is up to two of UTF-8
BATCH, DRAWN = 50, 50
HACE, RECIENTES = 7 * DIA, 3_000  # tickets of so late that a line may be one of them, put right


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
        uploaded = crudo or (file and file.filename)
        texto = await asyncio.to_thread(texto_de, crudo) if uploaded else sent.get("texto", "")
        planilla = await asyncio.to_thread(leer, texto)
    except PlanillaIlegible as error:
        return await admin_page("ticketera/importar.html", "/historial", error=error.detalle), 400
    renglones = await _renglones(planilla)
    if "crear" in sent:
        decidir(renglones, {each for each in map(whole, sent.getlist("otro")) if each is not None})
        await _crear(renglones)
    return await admin_page(
        "ticketera/importar_vista.html",
        "/historial",
        filas=await _filas(renglones, "crear" in sent),
        cuantos=Counter(each.situacion for each in renglones),
        hecho="crear" in sent,
        repetidas=sum(bool(each.pregunta) and each.situacion == "nuevo" for each in renglones),
        sin_usar=planilla.sin_usar,
        texto=texto,
    )


async def _filas(renglones: list[Renglon], hecho: bool) -> Markup:
    """The rows of the table, some at a time: thousands at once would hold up everybody else for half a second."""
    drawn = []
    for start in range(0, len(renglones), DRAWN):
        some = renglones[start : start + DRAWN]
        drawn.append(await render_template("ticketera/_renglones.html", renglones=some, titulo=titulo, hecho=hecho))
        await asyncio.sleep(0)
    return Markup("").join(map(Markup, drawn))


async def _renglones(planilla: Planilla) -> list[Renglon]:
    """What each line would become, and what is to be said and asked about it."""
    renglones: list[Renglon] = await base().read(select_renglones, planilla)
    lately = Busqueda(desde=now() - HACE)
    recientes = await base().read(select_tickets, lately, limite=RECIENTES)
    await asyncio.to_thread(mirar, renglones, recientes, now())
    return renglones


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
