"""Products out of a spreadsheet, as a page: looked at first, nothing kept; then the same text comes back to be done.

What the page sends back is read and compared anew, so that nothing has to be remembered in between.
"""

import asyncio
from decimal import Decimal

from quart import Blueprint, render_template, request
from quart.typing import ResponseReturnValue

from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.errors import CampoInvalido
from ahorro.domain.planilla import COLUMNAS, EXPORTADO
from ahorro.routes.admin.planilla import Plan, mirar, traer
from ahorro.routes.house import base
from ahorro.routes.pages.forms import sentence
from ahorro.store.catalogo import select_categorias, select_negocios
from belgrano.http.access import allow
from belgrano.words.codificacion import decodificar
from belgrano.words.money import pesos_justos
from belgrano.words.numbers import miles

routes = Blueprint("paginas_admin_importar", __name__)
MOST_FILE = 8 * 1024 * 1024
# What is Windows-1252 in the file comes back as up to twice as much UTF-8.
LARGER, MOST_BODY = r"/admin/productos/importar", 2 * MOST_FILE + 64 * 1024
MOST_SHOWN = 200  # lines of each table, the rest is counted
MOST_SAID = 90  # letters of a cell that are shown
TITULOS = {
    "codigo_barras": "Código de barras",
    "descripcion": "Descripción",
    "categoria": "Categoría",
    "stock_minimo": "Stock mínimo",
}
DINERO = frozenset(("precio", "oferta", "costo"))
MUY_GRANDE = "Pesa más de 8 MB. Partilo en varios más chicos."
CAMBIO = "Algo cambió en la tienda desde que lo miraste. Todavía no guardamos nada: así queda ahora."


@routes.get("/admin/productos/importar")
@allow(*ENCARGADOS)
async def get_importar() -> ResponseReturnValue:
    """The form for a file, and how it has to be."""
    return await _form("")


@routes.post("/admin/productos/importar")
@allow(*ENCARGADOS)
async def post_importar() -> ResponseReturnValue:
    """Show what a file would change; with `vista`, what was shown, do it as long as it is still that."""
    # The form's parser has limits of its own, on a field and on what it holds of any part.
    request.max_content_length = request.max_form_memory_size = MOST_BODY
    sent, file = await request.form, (await request.files).get("archivo")
    raw = file.read() if file is not None and file.filename else sent.get("texto", "").encode()
    if not raw:
        return await _form("Elegí un archivo que no esté vacío.", 400)
    if file is not None and len(raw) > MOST_FILE:
        return await _form(MUY_GRANDE, 400)
    try:
        plan = await mirar(raw)
    except CampoInvalido as error:
        return await _form(sentence("El archivo", error.detalle), 400)
    vista, huella = sent.get("vista", ""), await asyncio.to_thread(lambda: plan.huella)
    if vista and plan.renglones and vista != huella:
        return await _vista(plan, huella, raw, CAMBIO, 409)
    if not vista:
        return await _vista(plan, huella, raw)
    await traer(plan)
    return await render_template("ahorro/admin/importar_hecho.html", **_dichos(plan))


async def _form(error: str, status: int = 200) -> ResponseReturnValue:
    page = await render_template(
        "ahorro/admin/importar.html",
        error=error,
        columnas=[each for each in COLUMNAS if each != EXPORTADO],
        categorias=await base().read(select_categorias, contadas=False),
        negocios=await base().read(select_negocios),
    )
    return page, status


async def _vista(plan: Plan, huella: str, raw: bytes, error: str = "", status: int = 200) -> ResponseReturnValue:
    page = await render_template(
        "ahorro/admin/importar_vista.html",
        error=error,
        texto=await asyncio.to_thread(decodificar, raw),
        vista=huella,
        **_dichos(plan),
    )
    return page, status


def _dichos(plan: Plan) -> dict[str, object]:
    """What the pages show of a plan: of each table its first lines, and how many there are."""
    nombres = {each.linea: each.nombre for each in plan.renglones}
    cambios = [
        (
            c["linea"],
            nombres[c["linea"]],
            titulo(c["campo"]),
            dicho(c["campo"], c["antes"]),
            dicho(c["campo"], c["despues"]),
        )
        for c in plan.cambiados[:MOST_SHOWN]
    ]
    errores = sorted(plan.errores, key=lambda e: e["linea"])
    return {
        "miles": miles,
        "nuevos": plan.nuevos[:MOST_SHOWN],
        "cuantos_nuevos": len(plan.nuevos),
        "cambios": cambios,
        "cuantos_cambios": len(plan.cambiados),
        "cuantos_cambiados": len({each["linea"] for each in plan.cambiados}),
        "iguales": plan.iguales,
        "errores": [
            (e["linea"], titulo(e["campo"]), e["detalle"][:1].upper() + e["detalle"][1:]) for e in errores[:MOST_SHOWN]
        ],
        "cuantos_errores": len(errores),
    }


def titulo(campo: str) -> str:
    """A column's heading in words: `stock_exportado` is `Stock exportado`."""
    return TITULOS.get(campo) or campo.replace("_", " ").capitalize()


def dicho(campo: str, valor: str | float | bool | Decimal | None) -> str:
    """What a cell says, for people: `$ 1.234,50`, `sí`, `nada`."""
    if valor is None or valor == "":
        return "nada"
    if isinstance(valor, bool):
        return "sí" if valor else "no"
    if isinstance(valor, str):
        return valor if len(valor) <= MOST_SAID else f"{valor[:MOST_SAID]}…"
    return pesos_justos(int(Decimal(str(valor)) * 100)) if campo in DINERO else f"{valor}".replace(".", ",")
