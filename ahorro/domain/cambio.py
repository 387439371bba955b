"""What is not as a customer last saw it: one thing about one line of a cart or a paquete."""

from dataclasses import dataclass
from typing import Literal

from ahorro.domain.dinero import pesos

Que = Literal["no_se_vende", "cambio_precio", "sin_stock", "cantidad"]


@dataclass(frozen=True, slots=True)
class Cambio:
    """`antes` and `ahora` are centavos of a price, units of the rest; without `antes` the line was not seen at all."""

    producto_id: int
    nombre: str
    que: Que
    antes: int | None = None
    ahora: int | None = None

    @property
    def aviso(self) -> dict[str, object]:
        """As JSON, with prices in pesos."""
        numbers = {"antes": self.antes, "ahora": self.ahora}
        said = {name: pesos(n) if self.que == "cambio_precio" else n for name, n in numbers.items() if n is not None}
        return {"producto_id": self.producto_id, "nombre": self.nombre, "que": self.que, **said}


@dataclass(frozen=True, slots=True)
class Visto:
    """A line as its customer saw it: what one cost (centavos), and how many there were, where that was said too."""

    precio_centavos: int
    cantidad: int | None = None
