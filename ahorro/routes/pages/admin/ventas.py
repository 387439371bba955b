"""What was sold, as a page: against the days before, drawn and in tables, for the screen, a spreadsheet and paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.errors import CampoInvalido
from ahorro.domain.ventas import VentasDe, lapsos, sumadas
from ahorro.routes.admin.ventas import leer_dias, select_vista
from ahorro.routes.catalogo import leer_texto
from ahorro.routes.house import base
from ahorro.routes.pages.forms import sentence
from ahorro.routes.pages.frame import dia as en_palabras
from belgrano.contract import PAGOS
from belgrano.http.access import allow
from belgrano.words.times import dia_de, now

routes = Blueprint("paginas_admin_ventas", __name__)

BARRAS = 62  # days that still can be told apart on a phone; above, a bar is a month
MESES = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")


@dataclass(frozen=True, slots=True)
class Barra:
    """A bar of a drawing: its name, what it stands for, and how high it is, 0 to 100."""

    nombre: str
    vendido_centavos: int
    pedidos: int
    alto: float


@dataclass(frozen=True, slots=True)
class Contra:
    """A number against the one before: how it reads, and whether it grew."""

    texto: str
    crecio: bool | None


@routes.get("/admin/ventas")
@allow(*ENCARGADOS)
async def get_ventas() -> ResponseReturnValue:
    """The sales between two days, this month's unless said."""
    f = {name: leer_texto(name) for name in ("desde", "hasta")}
    ahora, errores = now(), {}
    hoy = dia_de(ahora)
    try:
        vista = await base().read(select_vista, *leer_dias(), ahora)
    except CampoInvalido as error:
        errores[error.campo] = sentence(error.campo, error.detalle)
        vista = None
    if vista is not None:
        f = {"desde": vista.desde.isoformat(), "hasta": vista.hasta.isoformat()}
    lapso = (f["desde"], f["hasta"])
    # On the first of a month, or a Monday, two of them are the same days: it is today's then.
    este = next((nombre for nombre, dias in lapsos(hoy).items() if tuple(map(date.isoformat, dias)) == lapso), "")
    botones = [(nombre, _address(*dias), nombre == este) for nombre, dias in lapsos(hoy).items()]
    more = {}
    if vista is not None:
        ultimo = min(vista.hasta, max(vista.desde, hoy))  # of days that are still to come nothing is drawn
        ahora_es, antes = vista.ventas.suma, vista.suma_antes
        more = {
            "v": vista,
            "dias": _entre(vista.desde, vista.hasta),
            "antes_dias": _entre(*vista.antes) + (", hasta esta hora" if vista.hasta >= hoy else ""),
            "contra": {
                "vendido": contra(ahora_es.vendido_centavos, antes.vendido_centavos),
                "pedidos": contra(ahora_es.pedidos, antes.pedidos),
                "promedio": contra(ahora_es.promedio_centavos, antes.promedio_centavos),
                "nuevos": contra(ahora_es.nuevos, antes.nuevos),
                "vuelven": contra(ahora_es.vuelven, antes.vuelven),
            },
            "en_dias": (ultimo - vista.desde).days < BARRAS,
            "por_dia": por_dia(vista.ventas.por_dia, vista.desde, ultimo),
            "por_hora": por_hora(vista.ventas.por_hora),
            "medios": {medio: said["oficina"] for medio, said in PAGOS.items()},
            "consulta": urlencode(f),
        }
    page = await render_template("ahorro/admin/ventas.html", f=f, errores=errores, botones=botones, **more)
    return page, 400 if errores else 200


def _address(desde: date, hasta: date) -> str:
    return f"/admin/ventas?desde={desde}&hasta={hasta}"


def _entre(desde: date, hasta: date) -> str:
    """Days in words: `lun 30 nov`, `lun 30 nov a mié 2 dic`."""
    return en_palabras(desde) if desde == hasta else f"{en_palabras(desde)} a {en_palabras(hasta)}"


def contra(ahora: int, antes: int) -> Contra:
    """How a number stands against the one before, in whole per cent, half away from zero."""
    if ahora == antes:
        return Contra("igual", None)
    if not antes:
        return Contra("antes nada", True)
    por_ciento = (abs(ahora - antes) * 200 + antes) // (2 * antes)
    return Contra(f"{'+' if ahora > antes else '-'}{por_ciento} %", ahora > antes)


def por_dia(ventas: Sequence[VentasDe], desde: date, hasta: date) -> list[Barra]:
    """A bar a day, also those without sales; of more than BARRAS days a bar a month with sales."""
    if (hasta - desde).days < BARRAS:
        vendido = {v.dia: v for v in ventas}
        dias = (desde + timedelta(days=n) for n in range((hasta - desde).days + 1))
        return _barras((f"{d.day}/{d.month}", vendido.get(d)) for d in dias)
    meses = sumadas(replace(v, clave=0, nombre=f"{MESES[v.dia.month - 1]} {v.dia.year}") for v in ventas)
    return _barras((v.nombre, v) for v in meses)


def por_hora(ventas: Sequence[VentasDe]) -> list[Barra]:
    """A bar for each hour from the first with sales to the last."""
    vendido = {v.clave: v for v in ventas}
    horas = range(min(vendido), max(vendido) + 1) if vendido else range(0)
    return _barras((f"{hora} h", vendido.get(hora)) for hora in horas)


def _barras(que: Iterable[tuple[str, VentasDe | None]]) -> list[Barra]:
    todas = [(nombre, v.vendido_centavos if v else 0, v.cuantos if v else 0) for nombre, v in que]
    most = max((vendido for _, vendido, _ in todas), default=0) or 1
    return [Barra(nombre, vendido, cuantos, round(100 * vendido / most, 1)) for nombre, vendido, cuantos in todas]
