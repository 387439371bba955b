"""Prices that move together, as a page: which, by how much, when, what would come of it, done once, taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from urllib.parse import urlencode

from quart import Blueprint, render_template, request
from quart.typing import ResponseReturnValue

from ahorro.actions.precios import Pedida, deshacer_precios, ver_precios
from ahorro.domain.catalogo import Categoria, Negocio
from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.errors import CambioGrande, CampoInvalido, ClaveReusada, PreciosCambiaron
from ahorro.domain.precios import REDONDEOS, Movida
from ahorro.domain.programado import Programado, cuando_dicho
from ahorro.routes.admin.precios import Cambio, mover_precios, pedida_de
from ahorro.routes.admin.productos import quien
from ahorro.routes.catalogo import leer_texto
from ahorro.routes.fields import read_moment
from ahorro.routes.house import base
from ahorro.routes.pages.admin.productos import monto
from ahorro.routes.pages.confirmacion import nueva_clave
from ahorro.routes.pages.forms import check, form, go, number, sentence
from ahorro.store.catalogo import select_categorias, select_negocios
from ahorro.store.precios import Lote, LoteHecho, select_lote, select_lotes
from ahorro.store.programados import select_por_ver, select_programado, select_programados
from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.words.times import BUENOS_AIRES, DIA, comienzo_del_dia, local, now

routes = Blueprint("paginas_admin_precios", __name__)

CAMPOS = ("q", "negocio", "categoria", "porcentaje", "monto", "redondeo", "cuando", "momento")
NOCHE, OTRO = "noche", "otro"  # of `cuando`; nothing is now
MOST_SHOWN = 200  # lines of a preview, the rest is counted
AVISOS = {
    "salto": "cambian más de un 50 %",
    "cero": "quedarían en $ 0 o menos: no cambian",
    "al_reves": "van para el otro lado por el redondeo",
    "bajo_costo": "quedan por debajo de lo que cuestan",
    "sin_oferta": "pierden su oferta, que ya no sería más barata",
}


@routes.get("/admin/precios")
@allow(*ENCARGADOS)
async def get_precios() -> ResponseReturnValue:
    """The form, and below it what would come of what it says."""
    datos = {campo: request.args.get(campo, "").strip() for campo in CAMPOS}
    ids = [number(text) for text in request.args.getlist("id")]
    if not datos["porcentaje"] and not datos["monto"]:
        return await _page(datos, ids, hecho=leer_texto("hecho"))
    pedida, errores = _pedida(datos, ids)
    if pedida is None:
        return await _page(datos, ids, errores, status=400)
    try:
        return await _page(datos, ids, pedida=pedida, movida=await base().read(ver_precios, pedida, now()))
    except CampoInvalido as error:
        return await _page(datos, ids, _dicho(error), status=400)


@routes.post("/admin/precios")
@allow(*ENCARGADOS)
async def post_precios() -> ResponseReturnValue:
    """Move the prices as they were shown; where that is not what would come of it any more, show it again."""
    datos = await form(*CAMPOS, "clave", "vista", "forzar")
    ids = [number(text) for text in (await request.form).getlist("id")]
    pedida, errores = _pedida(datos, ids, forzar=datos["forzar"] == "1")
    if pedida is None:
        return await _page(datos, ids, errores, status=400)
    clave = datos["clave"] or nueva_clave()
    try:
        await mover_precios(clave, pedida, datos["vista"])
    except (CambioGrande, PreciosCambiaron, ClaveReusada) as error:
        said = SIN_TILDE if isinstance(error, CambioGrande) else error.detalle
        movida = await base().read(ver_precios, pedida, now())
        return await _page(datos, ids, {"": said}, pedida=pedida, movida=movida, status=409)
    except CampoInvalido as error:
        return await _page(datos, ids, _dicho(error), status=400)
    return go(f"/admin/precios?{urlencode({'hecho': clave})}")


@routes.post("/admin/precios/<lote>/deshacer")
@allow(*ENCARGADOS)
async def post_deshacer(lote: str) -> ResponseReturnValue:
    """Put back what nobody changed since."""
    await base().do(deshacer_precios, quien(), lote)
    return go(f"/admin/precios?{urlencode({'hecho': lote})}")


SIN_TILDE = "Hay precios que cambian más de un 50 % o quedan en $ 0. Si es lo que querés, marcá la casilla y aplicalo."


def con_signo(text: str) -> Decimal | str:
    """The number that somebody types who wants prices up or down: `4`, `+4 %`, `-150,50`; any other text as it is."""
    bare = text.replace("%", "").strip()
    found = monto(bare.lstrip("+-\u2212"))
    if isinstance(found, str):
        return text
    return -found if bare[:1] in {"-", "\u2212"} else found


def _campo(campo: str) -> str:
    return "momento" if campo == "desde" else campo if campo in CAMPOS else ""


def _dicho(error: CampoInvalido) -> dict[str, str]:
    campo = _campo(error.campo)
    return {campo: sentence(campo or error.campo, error.detalle)}


def _desde(datos: Mapping[str, str], ahora: int) -> int | None:
    """When the form wants it, in ms UTC; None is now. Raises CampoInvalido for what is no day and hour."""
    if datos["cuando"] == NOCHE:
        return comienzo_del_dia(ahora + DIA)
    if not datos["cuando"]:
        return None
    if datos["cuando"] != OTRO:
        raise CampoInvalido("cuando", "Elegí cuándo cambian.")
    try:
        moment = datetime.fromisoformat(datos["momento"])
        if moment.tzinfo is not None:
            raise ValueError
        return read_moment(moment.replace(tzinfo=BUENOS_AIRES).isoformat())
    except ValueError:
        raise CampoInvalido("momento", "Elegí el día y la hora.") from None


def _pedida(
    datos: Mapping[str, str], ids: Sequence[int | str], *, forzar: bool = False
) -> tuple[Pedida | None, dict[str, str]]:
    """What the form asks for, or what is wrong with it, by its fields."""
    filtro: dict[str, object] = {campo: datos[campo] for campo in ("q", "negocio", "categoria") if datos[campo]}
    if ids:
        filtro["ids"] = list(ids)
    said: dict[str, object] = {campo: con_signo(datos[campo]) for campo in ("porcentaje", "monto") if datos[campo]}
    if datos["redondeo"]:
        said["redondeo"] = number(datos["redondeo"])
    if datos.get("clave"):
        said["clave"] = datos["clave"]
    cambio, errores = check(Cambio, {"filtro": filtro, **said, "forzar": forzar})
    if cambio is None:
        return None, {_campo(campo.split(".")[0]): detalle for campo, detalle in errores.items()}
    try:
        return replace(pedida_de(cambio), desde=_desde(datos, now())), {}
    except CampoInvalido as error:
        return None, _dicho(error)


async def _page(
    datos: Mapping[str, str],
    ids: Sequence[int | str],
    errores: Mapping[str, str] | None = None,
    *,
    pedida: Pedida | None = None,
    movida: Movida | None = None,
    hecho: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    ahora, around = now(), await base().read(_around, hecho)
    desde = None if movida is None or pedida is None else pedida.desde
    page = await render_template(
        "ahorro/admin/precios.html",
        datos=datos,
        ids=ids,
        errores=errores or {},
        movida=movida,
        muestra=movida.movimientos[:MOST_SHOWN] if movida else (),
        avisos=juntos(movida) if movida else {},
        clave=nueva_clave(),
        redondeos=REDONDEOS,
        around=around,
        hecho=hecho,
        desde=desde if desde is not None and desde > ahora else None,
        ya_paso=desde is not None and desde <= ahora,
        momento="" if desde is None else f"{local(desde):%Y-%m-%dT%H:%M}",
        minimo=f"{local(ahora):%Y-%m-%dT%H:%M}",
        cuando=partial(cuando_dicho, ahora=ahora),
        mostrados=MOST_SHOWN,
    )
    return page, status


@dataclass(frozen=True, slots=True)
class Around:
    """What the page shows around its form; `lote` and `programado` are what was done just now."""

    categorias: Sequence[Categoria]
    negocios: Sequence[Negocio]
    lotes: Sequence[LoteHecho]
    programados: Sequence[Programado]
    por_ver: Sequence[Programado]
    lote: Lote | None
    programado: Programado | None


async def _around(con: Connection, hecho: str) -> Around:
    return Around(
        await select_categorias(con, contadas=False),
        await select_negocios(con),
        await select_lotes(con),
        await select_programados(con),
        await select_por_ver(con),
        await select_lote(con, hecho) if hecho else None,
        await select_programado(con, hecho) if hecho else None,
    )


def juntos(movida: Movida) -> dict[str, list[str]]:
    """The names of what has to be known of, by what that is in words that begin with how many they are."""
    found: dict[str, list[str]] = {}
    for aviso in movida.avisos:
        found.setdefault(AVISOS.get(aviso.que, aviso.detalle), []).append(aviso.nombre)
    return {
        (f"{len(nombres)} {que}." if que in AVISOS.values() else f"{que[:-1]}, con {len(nombres)} de estos."): nombres
        for que, nombres in found.items()
    }
