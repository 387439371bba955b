"""The shop's settings as pages, each part with a form of its own."""

from collections.abc import Mapping

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.actions.configuracion import cambiar_configuracion, huella
from ahorro.domain.configuracion import Configuracion
from ahorro.domain.cuenta import ADMIN
from ahorro.domain.errors import CampoInvalido, NoExiste, VersionVieja
from ahorro.routes.admin.configuracion import CambiosDeConfiguracion, in_centavos
from ahorro.routes.admin.productos import quien
from ahorro.routes.house import base, configuracion, house
from ahorro.routes.pages.admin.apartados import APARTADOS, Apartado, filas_de, otras_filas
from ahorro.routes.pages.admin.horario import CORTES
from ahorro.routes.pages.forms import check, form, go, sentence
from belgrano.http.access import allow
from belgrano.http.security import policy
from belgrano.words.numbers import whole
from belgrano.words.teselas import origen_de_teselas

routes = Blueprint("paginas_admin_configuracion", __name__)
PLACE = "/admin/configuracion"


async def _page(
    apartado: Apartado,
    textos: Mapping[str, str],
    visto: str,
    errores: Mapping[str, str] | None = None,
    *,
    ahora: Mapping[str, str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    page = await render_template(
        "ahorro/admin/configuracion.html",
        seccion=PLACE,
        apartado=apartado,
        apartados=APARTADOS.values(),
        datos=textos,
        filas=max(1, filas_de(textos)),
        visto=visto,
        errores=errores or {},
        ahora=ahora or {},
        cortes=list(CORTES),
    )
    # Leaflet, which draws the areas, does not run under Trusted Types; the streets come from one other host.
    origen = origen_de_teselas((await configuracion()).mapa_teselas) or ""
    dibujo = policy(
        {
            "img-src": f"'self' data: blob: {origen}".rstrip(),
            "require-trusted-types-for": None,
            "trusted-types": None,
        }
    )
    return page, status, {"Content-Security-Policy": dibujo} if apartado.clave == "zonas" else {}


def _apartado(clave: str) -> Apartado:
    if clave not in APARTADOS:
        raise NoExiste
    return APARTADOS[clave]


@routes.get(PLACE)
@allow(*ADMIN)
async def get_primero() -> ResponseReturnValue:
    """The first part."""
    return await get_apartado(next(iter(APARTADOS)))


@routes.get(f"{PLACE}/<clave>")
@allow(*ADMIN)
async def get_apartado(clave: str) -> ResponseReturnValue:
    """One part as it is."""
    apartado, tienda = _apartado(clave), await configuracion()
    return await _page(apartado, apartado.muestra(tienda), huella(tienda, apartado.de))


@routes.post(f"{PLACE}/<clave>")
@allow(*ADMIN)
async def post_apartado(clave: str) -> ResponseReturnValue:
    """Keep one part, if it is still as it was seen; or only one row of zones more or less (`agregar`, `quitar`)."""
    apartado, textos = _apartado(clave), await form()
    visto = textos.get("visto", "")
    if "agregar" in textos or "quitar" in textos:
        return await _page(apartado, otras_filas(textos, sin=whole(textos.get("quitar", "")) or 0), visto)
    datos, errores = apartado.lee(textos)
    if not errores:
        cambios, errores = check(CambiosDeConfiguracion, {**datos, "version": 1})
        if cambios is not None:
            try:
                await _cambiar(cambios, visto)
            except CampoInvalido as error:
                errores = {apartado.campos.get(error.campo, error.campo): sentence(error.campo, error.detalle)}
            except VersionVieja as error:
                return await _vieja(apartado, textos, error)
            else:
                return go(f"{PLACE}/{clave}", "guardado")
    return await _page(apartado, textos, visto, errores, status=400)


async def _cambiar(cambios: CambiosDeConfiguracion, visto: str) -> None:
    said = in_centavos(cambios.model_dump(exclude_unset=True, exclude={"version"}))
    await base().do(cambiar_configuracion, quien(), visto, said, de_fabrica=house().settings.de_fabrica)


async def _vieja(apartado: Apartado, textos: Mapping[str, str], error: VersionVieja) -> ResponseReturnValue:
    """What was typed, beside it what somebody else said meanwhile; pressed again it is kept."""
    actual = error.actual
    if not isinstance(actual, Configuracion):
        raise error
    ahora = apartado.ahora(actual, textos)
    detalle = "Alguien guardó otros cambios mientras escribías. Lo tuyo sigue acá: revisalo y guardalo de nuevo."
    return await _page(apartado, textos, huella(actual, apartado.de), {"": detalle}, ahora=ahora, status=409)
