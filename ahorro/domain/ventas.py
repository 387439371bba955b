"""What was sold in some days, in centavos."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from belgrano.words.times import HORA

# Buenos Aires is three hours behind UTC, all year round since 2009: a day of an instant can be counted by the database.
DESFASE_MS = 3 * HORA
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class VentasDe:
    """The sales of one day, hour, product, way to pay …: `clave` is an id, an hour, or the number of a day since 1970.

    `cuantos` are pedidos, of a product units, or grams with `por_peso`.
    """

    clave: int
    nombre: str
    vendido_centavos: int
    cuantos: int
    por_peso: bool = False

    @property
    def dia(self) -> date:
        """The day that `clave` counts."""
        return EPOCH + timedelta(days=self.clave)


@dataclass(frozen=True, slots=True)
class Suma:
    """What was sold in all, and to how many customers, of whom so many bought for the first time."""

    vendido_centavos: int = 0
    pedidos: int = 0
    clientes: int = 0
    nuevos: int = 0

    @property
    def promedio_centavos(self) -> int:
        """What a pedido came to, half up; 0 without any."""
        return (2 * self.vendido_centavos + self.pedidos) // (2 * self.pedidos) if self.pedidos else 0

    @property
    def vuelven(self) -> int:
        """How many customers had bought before."""
        return self.clientes - self.nuevos


@dataclass(frozen=True, slots=True)
class Ventas:
    """What was sold and is neither cancelled nor came back, by the day and hour in which it was ordered.

    `por_producto` are the best sold; what all others came to is `otros_centavos`. `por_comerciante` is of those who
    buy for their business, `por_zona` by the barrio that a pedido goes to, nothing for none.
    """

    suma: Suma
    por_dia: tuple[VentasDe, ...]
    por_hora: tuple[VentasDe, ...]
    por_producto: tuple[VentasDe, ...]
    otros_centavos: int
    por_categoria: tuple[VentasDe, ...]
    por_medio: tuple[VentasDe, ...]
    por_zona: tuple[VentasDe, ...]
    por_comerciante: tuple[VentasDe, ...]
    devuelto_centavos: int = 0


def sumadas(ventas: Iterable[VentasDe]) -> list[VentasDe]:
    """Those of one `clave` and `nombre` as one, each where the first of them was."""
    juntas: dict[tuple[int, str], VentasDe] = {}
    for v in ventas:
        so_far = juntas.get((v.clave, v.nombre))
        if so_far is not None:
            v = replace(
                v,
                vendido_centavos=so_far.vendido_centavos + v.vendido_centavos,
                cuantos=so_far.cuantos + v.cuantos,
            )
        juntas[v.clave, v.nombre] = v
    return list(juntas.values())


def lapsos(hoy: date) -> dict[str, tuple[date, date]]:
    """The spans that are asked for most, by what they are called: the first day and the last."""
    return {
        "Hoy": (hoy, hoy),
        "Esta semana": (hoy - timedelta(days=hoy.weekday()), hoy),
        "Este mes": (hoy.replace(day=1), hoy),
    }


def anterior(desde: date, hasta: date) -> tuple[date, date]:
    """The span before, to compare with: so many days of the month before for a span that begins with a month, of the
    week before for days of one week from its Monday on, else as many days just before."""
    largo = hasta - desde
    if desde.day == 1 and largo and (desde.year, desde.month) == (hasta.year, hasta.month):
        ultimo = desde - timedelta(days=1)
        entero = (hasta + timedelta(days=1)).day == 1
        return ultimo.replace(day=1), ultimo if entero else min(ultimo, ultimo.replace(day=1) + largo)
    if largo and desde.weekday() == 0 and largo.days < 7:
        return desde - timedelta(days=7), hasta - timedelta(days=7)
    antes = desde - timedelta(days=1)
    return antes - min(largo, antes - date.min), antes
