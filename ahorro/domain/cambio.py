"""What is not as a customer last saw it: one thing about one line of a cart or a paquete."""

from dataclasses import dataclass
from typing import Literal

from belgrano.words.numbers import peso

Que = Literal["no_se_vende", "cambio_precio", "sin_stock", "cantidad"]


@dataclass(frozen=True, slots=True)
class Cambio:
    """`antes` and `ahora` are centavos of a price, units of the rest (grams with `por_peso`); without `antes` the line
    was not seen at all."""

    producto_id: int
    nombre: str
    que: Que
    antes: int | None = None
    ahora: int | None = None
    por_peso: bool = False

    def cuanto(self, cantidad: int) -> str:
        """A quantity of it in words: `3`, `750 g`."""
        return peso(cantidad) if self.por_peso else str(cantidad)


@dataclass(frozen=True, slots=True)
class Visto:
    """A line as its customer saw it: what one cost (centavos), and how many there were, where that was said too."""

    precio_centavos: int
    cantidad: int | None = None
