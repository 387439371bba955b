"""Promotions and coupons as pages: a list that says how each is, and the form of one, in words and with an example."""

from collections.abc import Mapping
from typing import Any

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.actions.promociones import cambiar_promocion, crear_promocion
from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.descuentos import ejemplo_de
from ahorro.domain.errors import CampoInvalido, NoExiste, VersionVieja
from ahorro.domain.pedido import METODOS_DE_PAGO
from ahorro.domain.promociones import DE_A_UNIDADES, DIAS_EN_PALABRAS, Promocion, PromocionDicha
from ahorro.routes.admin.productos import quien
from ahorro.routes.admin.promociones import NuevaPromocion, PromocionDesde, datos_de, select_dichas
from ahorro.routes.house import base, configuracion
from ahorro.routes.pages.admin.productos import monto
from ahorro.routes.pages.forms import check, form, go, number, sentence
from ahorro.store.catalogo import select_categorias, select_negocios
from belgrano.contract import PAGOS
from belgrano.http.access import allow
from belgrano.words.times import dia_de, fecha, now

routes = Blueprint("paginas_admin_promociones", __name__)

NUEVA = {
    "nombre": "", "tipo": "nxm", "lleva": "2", "paga": "1", "segunda": "70", "porcentaje": "10", "monto": "",
    "alcance": "todo", "productos": "", "desde": "", "hasta": "", "codigo": "", "usos": "", "por_cliente": "",
    "minimo": "", "activa": "1",
}  # fmt: skip
# What of the form goes with what is given.
NUMEROS = {"nxm": ("lleva", "paga"), "segunda": ("segunda",), "porcentaje": ("porcentaje",), "monto": ("monto",)}


@routes.get("/admin/promociones")
@allow(*ENCARGADOS)
async def get_promociones() -> ResponseReturnValue:
    """All of them, those that rule now first."""
    ahora = now()
    dichas = await base().read(select_dichas)
    dichas.sort(
        key=lambda each: ("rige", "hoy_no", "empieza", "apagada", "termino").index(each.promocion.estado(ahora))
    )
    filas = [(p := each.promocion, each, p.estado(ahora) == "termino", *estado_de(p, ahora)) for each in dichas]
    return await render_template("ahorro/admin/promociones.html", filas=filas)


def estado_de(p: Promocion, ahora: int) -> tuple[str, str]:
    """How a promotion is, in words, and the colour of that."""
    match p.estado(ahora):
        case "rige":
            return "Rige" + (f" hasta el {fecha(p.hasta - 1)}" if p.hasta is not None else ""), "verde"
        case "hoy_no":
            return f"Hoy no: rige {p.dias_dichos}", "azul"
        case "empieza":
            return f"Empieza el {fecha(p.desde)}", "azul"
        case "termino":
            return f"Terminó el {fecha((p.hasta or 1) - 1)}", ""
        case "apagada":
            return "Apagada", ""


@routes.get("/admin/promociones/nueva")
@allow(*ENCARGADOS)
async def get_nueva() -> ResponseReturnValue:
    """The form of a new one."""
    return await _form(None, NUEVA, {})


@routes.post("/admin/promociones/nueva")
@allow(*ENCARGADOS)
async def post_nueva() -> ResponseReturnValue:
    """A new one, or its form with what is wrong."""
    textos = await form()
    nueva, errores = check(NuevaPromocion, _said(textos, {}))
    if nueva is not None:
        try:
            await base().do(crear_promocion, quien(), datos_de(nueva))
        except CampoInvalido as error:
            errores = {error.campo: sentence(error.campo, error.detalle)}
        else:
            return go("/admin/promociones", "promocion_nueva")
    return await _form(None, textos, errores, status=400)


@routes.get("/admin/promociones/<int:promocion_id>")
@allow(*ENCARGADOS)
async def get_promocion(promocion_id: int) -> ResponseReturnValue:
    """The form of one."""
    dicha = await _dicha(promocion_id)
    return await _form(dicha, textos_de(dicha), {})


@routes.post("/admin/promociones/<int:promocion_id>")
@allow(*ENCARGADOS)
async def post_promocion(promocion_id: int) -> ResponseReturnValue:
    """What the form says, from the version that was seen."""
    textos, dicha = await form(), await _dicha(promocion_id)
    antes = textos_de(dicha)
    data = _said(textos, dicha.nombres if dicha.promocion.alcance == "producto" else {})
    for campo in ("desde", "hasta"):  # an instant is a day in the form: it stays what it is
        if textos.get(campo, "") == antes[campo]:
            del data[campo]
    cambios, errores = check(PromocionDesde, data | {"version": number(textos.get("version", ""))})
    if cambios is not None:
        try:
            await base().do(cambiar_promocion, quien(), promocion_id, cambios.version, datos_de(cambios))
        except CampoInvalido as error:
            errores = {error.campo: sentence(error.campo, error.detalle)}
        except VersionVieja as error:
            return await _form(dicha, textos, {"": error.detalle}, ahora=_en_palabras(dicha), status=409)
        else:
            return go("/admin/promociones", "guardado")
    return await _form(dicha, textos, errores, version=textos.get("version", ""), status=400)


@routes.post("/admin/promociones/<int:promocion_id>/activa")
@allow(*ENCARGADOS)
async def post_activa(promocion_id: int) -> ResponseReturnValue:
    """Switch one off or on, from the version that was seen."""
    datos = await form("version", "activa")
    dicha, version = await _dicha(promocion_id), number(datos["version"])
    try:
        await base().do(
            cambiar_promocion, quien(), dicha.promocion.id, version if isinstance(version, int) else 0,
            {"activa": datos["activa"] == "1"},
        )  # fmt: skip
    except VersionVieja:
        return go("/admin/promociones", "promocion_vieja")
    return go("/admin/promociones", "guardado")


async def _dicha(promocion_id: int) -> PromocionDicha:
    found = next((each for each in await base().read(select_dichas) if each.promocion.id == promocion_id), None)
    if found is None:
        raise NoExiste("No existe esa promoción.")
    return found


def _en_palabras(dicha: PromocionDicha) -> str:
    return f"{dicha.promocion.nombre}: {dicha.promocion.en_palabras(list(dicha.nombres.values()))}"


async def _form(
    dicha: PromocionDicha | None,
    textos: Mapping[str, str],
    errores: Mapping[str, str],
    *,
    ahora: str = "",
    version: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    if "porcentaje" in errores and textos.get("tipo") == "segunda":
        errores = {"segunda" if campo == "porcentaje" else campo: detalle for campo, detalle in errores.items()}
    offered = (await configuracion()).medios_de_pago
    page = await render_template(
        "ahorro/admin/promocion.html",
        d=dicha,
        p=dicha.promocion if dicha else None,
        datos=textos,
        errores=errores,
        ahora=ahora,
        version=version or (dicha.promocion.version if dicha else ""),
        ejemplo=ejemplo_de(dicha.promocion) if dicha else "",
        dias=list(enumerate(DIAS_EN_PALABRAS, 1)),
        metodos=[(m, PAGOS[m]["elegir"]) for m in METODOS_DE_PAGO if m in offered or f"medio_{m}" in textos],
        categorias=await base().read(select_categorias, contadas=False),
        negocios=await base().read(select_negocios),
    )
    return page, status


def textos_de(dicha: PromocionDicha) -> dict[str, str]:
    """A promotion as its form shows it; a tick is `1`."""

    def text(value: object) -> str:
        return "" if value is None else str(value)

    def pesos(centavos: int | None) -> str:
        return "" if not centavos else f"{centavos // 100},{centavos % 100:02d}".removesuffix(",00")

    p = dicha.promocion
    return {
        "nombre": p.nombre,
        "tipo": p.tipo,
        "lleva": text(p.lleva),
        "paga": text(p.paga),
        "segunda": text(p.por_ciento) if p.tipo == "segunda" else "",
        "porcentaje": text(p.por_ciento) if p.tipo == "porcentaje" else "",
        "monto": pesos(p.monto_centavos),
        "alcance": p.alcance,
        "productos": "\n".join(dicha.nombres.values()) if p.alcance == "producto" else "",
        "desde": "" if p.desde is None else dia_de(p.desde).isoformat(),
        "hasta": "" if p.hasta is None else dia_de(p.hasta - 1).isoformat(),
        "codigo": p.codigo,
        "usos": text(p.usos),
        "por_cliente": text(p.por_cliente),
        "minimo": pesos(p.minimo_centavos),
        "activa": "1" if p.activa else "",
        "sobre_ofertas": "1" if p.sobre_ofertas else "",
        "mezcla": "1" if p.mezcla else "",
        **{f"dia_{dia}": "1" for dia in p.dias},
        **{f"medio_{medio}": "1" for medio in p.medios},
        **{f"{p.alcance}_{cual}": "1" for cual in p.cuales},
    }


def _said(textos: Mapping[str, str], nombres: Mapping[int, str]) -> dict[str, Any]:
    """The form as the JSON says it; what nobody can read stays a text, for the shape to refuse.

    `nombres` is the products that it was for, by id: one that is named still is that one, whatever else has its name.
    """

    def typed(campo: str) -> str:
        return textos.get(campo, "").strip()

    def ticked(start: str) -> list[str]:
        return [name.removeprefix(start) for name in textos if name.startswith(start)]

    def whole(campo: str) -> int | str | None:
        return number(typed(campo)) if typed(campo) else None

    tipo, alcance = typed("tipo"), typed("alcance")
    wanted = NUMEROS.get(tipo, ())
    if alcance == "producto":
        still: dict[str, list[int]] = {}
        for cual, nombre in nombres.items():
            still.setdefault(nombre, []).append(cual)
        lines = [line.strip() for line in textos.get("productos", "").splitlines() if line.strip()]
        cuales = [str(still[line].pop(0)) if still.get(line) else line for line in lines]
    else:
        cuales = ticked(f"{alcance}_") if alcance in {"categoria", "negocio"} else []
    return {
        "nombre": typed("nombre"),
        "tipo": tipo,
        "lleva": whole("lleva") if "lleva" in wanted else None,
        "paga": whole("paga") if "paga" in wanted else None,
        "porcentaje": whole(wanted[0]) if tipo in {"segunda", "porcentaje"} else None,
        "monto": monto(typed("monto")) if "monto" in wanted and typed("monto") else None,
        "alcance": alcance,
        "cuales": cuales,
        "desde": typed("desde") or None,
        "hasta": typed("hasta") or None,
        "dias": [number(dia) for dia in ticked("dia_")],
        "medios": ticked("medio_"),
        "sobre_ofertas": typed("sobre_ofertas") == "1",
        "mezcla": typed("mezcla") == "1" and tipo in DE_A_UNIDADES,
        "codigo": typed("codigo") or None,
        "usos": whole("usos"),
        "por_cliente": whole("por_cliente"),
        "minimo": monto(typed("minimo")) if typed("minimo") else None,
        "activa": typed("activa") == "1",
    }
