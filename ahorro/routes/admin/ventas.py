"""What was sold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from quart import Blueprint, Response
from typing_extensions import TypedDict

from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.errors import CampoInvalido
from ahorro.domain.ventas import Suma as SumaDeDominio
from ahorro.domain.ventas import Ventas as VentasDeDominio
from ahorro.domain.ventas import VentasDe, anterior
from ahorro.routes.catalogo import leer_texto
from ahorro.routes.fields import read_moment
from ahorro.routes.house import answer, base
from ahorro.store.busquedas import select_busquedas
from ahorro.store.ventas import select_agotados, select_suma, select_ventas
from ahorro.wire.ventas import COLUMNAS, suma_json, ventas_csv, ventas_json
from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.http.answers import Amount, answers, sends
from belgrano.words.times import BUENOS_AIRES, dia_de, ms_of, now

routes = Blueprint("admin_ventas", __name__)


class De(TypedDict):
    """What was sold of something, in how many pedidos."""

    vendido: Amount
    pedidos: int


class Dia(De):
    """A day of Buenos Aires."""

    dia: str


class Hora(De):
    """An hour of all these days, from 0 to 23."""

    hora: int


class Vendido(TypedDict):
    """A product, with the units that were sold, or kilos of what is sold by weight."""

    producto_id: int
    nombre: str
    vendido: Amount
    cantidad: Amount


class Categoria(De):
    """The categoria in which products are now."""

    categoria_id: int
    nombre: str


class Medio(De):
    """A way to pay."""

    medio: str


class Zona(De):
    """The barrio that pedidos go to, nothing where none was said."""

    zona: str


class Comerciante(De):
    """A customer who buys for their business, by its name."""

    cliente_id: int
    nombre: str


class Suma(De):
    """What was sold in all, in pesos, and to whom; `clientes_nuevos` had not bought before."""

    promedio: Amount
    clientes: int
    clientes_nuevos: int


class Anterior(Suma):
    """The span before, to compare with: so many days of the month or the week before, else just before."""

    desde: str
    hasta: str


class Agotado(TypedDict):
    """A product that is on sale and there is none of."""

    producto_id: int
    nombre: str


class Busqueda(TypedDict):
    """Words that found nothing, and how often they were looked for."""

    palabras: str
    veces: int


class Ventas(Suma):
    """What was sold and is neither cancelled nor came back, in pesos; `otros_productos` are those after the hundredth.

    `sin_stock` is as it is now.
    """

    devuelto: Amount
    por_dia: list[Dia]
    por_hora: list[Hora]
    por_producto: list[Vendido]
    otros_productos: Amount
    por_categoria: list[Categoria]
    por_medio: list[Medio]
    por_zona: list[Zona]
    por_comerciante: list[Comerciante]
    anterior: Anterior
    sin_stock: list[Agotado]
    busquedas_sin_resultado: list[Busqueda]


@dataclass(frozen=True, slots=True)
class Vista:
    """All that is looked at of some days: `hasta` is the last of them, `antes` the days it is compared with."""

    desde: date
    hasta: date
    ventas: VentasDeDominio
    antes: tuple[date, date]
    suma_antes: SumaDeDominio
    agotados: Sequence[VentasDe]
    busquedas: Sequence[tuple[str, int]]


async def select_vista(con: Connection, desde: int, hasta: int, ahora: int) -> Vista:
    """All of it. While the last day still runs, the days before are cut at the same time of day."""
    dias = dia_de(desde), dia_de(hasta - 1)
    antes = anterior(*dias)
    antes_desde, antes_hasta = (comienzo_de(each) for each in (antes[0], antes[1] + timedelta(days=1)))
    if hasta > ahora:
        antes_hasta -= hasta - ahora
    return Vista(
        *dias,
        await select_ventas(con, desde, hasta),
        antes,
        await select_suma(con, antes_desde, max(antes_desde, antes_hasta)),
        await select_agotados(con),
        await select_busquedas(con, desde, hasta),
    )


def comienzo_de(dia: date) -> int:
    """The instant at which a day begins in Buenos Aires, in ms UTC."""
    return ms_of(datetime.combine(dia, time(), BUENOS_AIRES))


def leer_dias() -> tuple[int, int]:
    """From the beginning of `desde` to the end of `hasta`, dates of Buenos Aires, as ms UTC; this month unless said.

    Raises CampoInvalido.
    """
    hoy = dia_de(now())
    hasta = _borde("hasta", hoy.isoformat())
    desde = _borde("desde", dia_de(hasta - 1).replace(day=1).isoformat())
    check_orden(desde, hasta)
    return desde, hasta


def check_orden(desde: int | None, hasta: int | None) -> None:
    """Raise CampoInvalido, naming `hasta`, for days that end before they begin."""
    if desde is not None and hasta is not None and hasta <= desde:
        raise CampoInvalido("hasta", "tiene que ser desde el primer día en adelante.")


def borde(name: str) -> int | None:
    """Where the day called `name` in the query string begins, or ends when it is `hasta`; ms UTC, None without one.

    Raises CampoInvalido.
    """
    return _borde(name) if leer_texto(name) else None


def _borde(name: str, otherwise: str = "") -> int:
    text = leer_texto(name) or otherwise
    try:
        if len(text) != 10:
            raise ValueError("tiene que ser una fecha, como 2026-11-24.")
        moment = read_moment(text, ends=name == "hasta")
    except ValueError:
        raise CampoInvalido(name, "tiene que ser una fecha, como 2026-11-24.") from None
    assert moment is not None  # noqa: S101
    return moment


def leer_por() -> str:
    """`por` of the query string: what a line of the spreadsheet is. Raises CampoInvalido."""
    por = leer_texto("por") or "dia"
    if por not in COLUMNAS:
        raise CampoInvalido("por", f"tiene que ser uno de: {', '.join(COLUMNAS)}.")
    return por


@routes.get("/api/admin/ventas")
@allow(*ENCARGADOS)
@answers(Ventas)
async def get_ventas() -> Response:
    """The sales between two days, both included: this month's unless said."""
    vista = await base().read(select_vista, *leer_dias(), now())
    antes = {"desde": vista.antes[0].isoformat(), "hasta": vista.antes[1].isoformat()}
    return answer(
        {
            **ventas_json(vista.ventas),
            "anterior": {**suma_json(vista.suma_antes), **antes},
            "sin_stock": [{"producto_id": v.clave, "nombre": v.nombre} for v in vista.agotados],
            "busquedas_sin_resultado": [{"palabras": p, "veces": veces} for p, veces in vista.busquedas],
        }
    )


@routes.get("/api/admin/ventas.csv")
@allow(*ENCARGADOS)
@sends("text/csv")
async def get_ventas_csv() -> Response:
    """The same for a spreadsheet, a line a day, or by what `por` says."""
    por = leer_por()
    text = ventas_csv(await base().read(select_ventas, *leer_dias()), por)
    names = {"Content-Disposition": f'attachment; filename="ventas-por-{por}.csv"'}
    return Response(text, headers=names, content_type="text/csv; charset=utf-8")
