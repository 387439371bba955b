"""What was sold."""

from quart import Blueprint, Response
from typing_extensions import TypedDict

from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.errors import CampoInvalido
from ahorro.routes.catalogo import leer_texto
from ahorro.routes.fields import read_moment
from ahorro.routes.house import answer, base
from ahorro.store.ventas import select_ventas
from ahorro.wire.ventas import ventas_csv, ventas_json
from belgrano.http.access import allow
from belgrano.http.answers import Amount, answers, sends
from belgrano.words.times import dia_de, now

routes = Blueprint("admin_ventas", __name__)


class Dia(TypedDict):
    """A day of Buenos Aires."""

    dia: str
    vendido: Amount
    pedidos: int


class Vendido(TypedDict):
    """A product, with the units that were sold, or kilos of what is sold by weight."""

    producto_id: int
    nombre: str
    vendido: Amount
    cantidad: Amount


class Medio(TypedDict):
    """A way to pay."""

    medio: str
    vendido: Amount
    pedidos: int


class Ventas(TypedDict):
    """What was sold and is neither cancelled nor came back, in pesos."""

    vendido: Amount
    pedidos: int
    promedio: Amount
    devuelto: Amount
    por_dia: list[Dia]
    por_producto: list[Vendido]
    por_medio: list[Medio]


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


@routes.get("/api/admin/ventas")
@allow(*ENCARGADOS)
@answers(Ventas)
async def get_ventas() -> Response:
    """The sales between two days, both included: this month's unless said."""
    return answer(ventas_json(await base().read(select_ventas, *leer_dias())))


@routes.get("/api/admin/ventas.csv")
@allow(*ENCARGADOS)
@sends("text/csv")
async def get_ventas_csv() -> Response:
    """The same by day, for a spreadsheet."""
    text = ventas_csv(await base().read(select_ventas, *leer_dias()))
    names = {"Content-Disposition": 'attachment; filename="ventas.csv"'}
    return Response(text, headers=names, content_type="text/csv; charset=utf-8")
