"""The book of changes as a page: who changed what, from what to what, found by thing, person and day."""

from typing import Any
from urllib.parse import urlencode

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.domain.cuenta import ADMIN
from ahorro.domain.errors import CampoInvalido
from ahorro.routes.admin.auditoria import select_en_palabras
from ahorro.routes.admin.clientes import leer_cursor
from ahorro.routes.admin.ventas import borde, check_orden
from ahorro.routes.catalogo import leer_texto
from ahorro.routes.house import base
from ahorro.routes.pages.forms import sentence
from ahorro.wire.asiento import NOMBRES, campo_dicho, cual_dicho, valores_dichos
from belgrano.http.access import allow

routes = Blueprint("paginas_admin_auditoria", __name__)

POR_PAGINA = 50
# Where the page of a thing is, by its noun; the others have none of their own.
PAGINAS = {"producto": "/admin/productos/", "promocion": "/admin/promociones/", "cliente": "/admin/clientes/"}


@routes.get("/admin/auditoria")
@allow(*ADMIN)
async def get_auditoria() -> ResponseReturnValue:
    """The newest changes, or those that are looked for."""
    f = {name: leer_texto(name) for name in ("que", "quien", "desde", "hasta")}
    lineas: list[dict[str, Any]] = []
    errores: dict[str, str] = {}
    siguiente = None
    try:
        desde, hasta = borde("desde"), borde("hasta")
        check_orden(desde, hasta)
        asientos, nombres = await base().read(
            select_en_palabras,
            que=f["que"],
            quien=f["quien"],
            desde=desde,
            hasta=hasta,
            antes_de=leer_cursor(),
            limite=POR_PAGINA + 1,
        )
    except CampoInvalido as error:
        errores[error.campo] = sentence(error.campo, error.detalle)
    else:
        siguiente = asientos[POR_PAGINA - 1]["id"] if len(asientos) > POR_PAGINA else None
        for each in asientos[:POR_PAGINA]:
            de, a = valores_dichos(each, nombres)
            camino = PAGINAS.get(each["que"], "")
            lineas.append(
                {
                    "en": each["en"],
                    "quien": each["quien_nombre"],
                    "cual": cual_dicho(each),
                    "camino": f"{camino}{each['cual_id']}" if camino and each["cual_id"] else "",
                    "campo": campo_dicho(each),
                    "de": de if each["campo"] not in {"alta", "baja"} else "",
                    "a": a,
                }
            )
    consulta = urlencode({name: value for name, value in f.items() if value})
    page = await render_template(
        "ahorro/admin/auditoria.html",
        f=f,
        errores=errores,
        lineas=lineas,
        nombres=NOMBRES,
        consulta=consulta,
        siguiente=f"/admin/auditoria?{consulta}{'&' if consulta else ''}cursor={siguiente}" if siguiente else "",
    )
    return page, 400 if errores else 200
