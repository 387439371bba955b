"""What was sold in some days, in centavos."""

from dataclasses import dataclass
from datetime import date, timedelta

from belgrano.words.times import HORA

# Buenos Aires is three hours behind UTC, all year round since 2009: a day of an instant can be counted by the database.
DESFASE_MS = 3 * HORA
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class VentasDe:
    """The sales of one day, product or way to pay: `clave` is a product's id or the number of a day since 1970.

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
class Ventas:
    """What was sold and is neither cancelled nor came back, by the day on which it was ordered."""

    vendido_centavos: int
    pedidos: int
    por_dia: tuple[VentasDe, ...]
    por_producto: tuple[VentasDe, ...]
    por_medio: tuple[VentasDe, ...]

    @property
    def promedio_centavos(self) -> int:
        """What a pedido came to, half up; 0 without any."""
        return (2 * self.vendido_centavos + self.pedidos) // (2 * self.pedidos) if self.pedidos else 0
