"""The cart: lines of products with whole quantities, and what they come to today."""

from dataclasses import dataclass

from ahorro.domain.errors import CampoInvalido

CANTIDAD_MAXIMA = 999
RENGLONES_MAXIMOS = 150


def check_cantidad(cantidad: int) -> int:
    """A quantity is a whole number from 1 to 999; anything else raises CampoInvalido."""
    if type(cantidad) is not int or not 1 <= cantidad <= CANTIDAD_MAXIMA:
        raise CampoInvalido("cantidad", f"La cantidad va de 1 a {CANTIDAD_MAXIMA}, en unidades enteras.")
    return cantidad


def sumar_cantidad(habia: int, agregada: int) -> int:
    """What is there after adding: the sum keeps to the same bounds."""
    check_cantidad(agregada)
    if habia + agregada > CANTIDAD_MAXIMA:
        raise CampoInvalido(
            "cantidad", f"Ya tenés {habia} en el carrito: podés llevar hasta {CANTIDAD_MAXIMA} del mismo producto."
        )
    return habia + agregada


@dataclass(frozen=True, slots=True)
class Renglon:
    """A line of a cart, a pedido or a paquete, with its price in centavos."""

    producto_id: int
    nombre: str
    cantidad: int
    precio_centavos: int
    negocio: str
    categoria: str
    imagen: str | None = None
    stock: int | None = None

    @property
    def subtotal_centavos(self) -> int:
        """Price times quantity."""
        return self.precio_centavos * self.cantidad


@dataclass(frozen=True, slots=True)
class Carrito:
    """The lines in the order in which they were put in."""

    renglones: tuple[Renglon, ...] = ()

    @property
    def total_centavos(self) -> int:
        """What it comes to today."""
        return sum(r.subtotal_centavos for r in self.renglones)

    @property
    def unidades(self) -> int:
        """How many things are in it, for the number beside the cart."""
        return sum(r.cantidad for r in self.renglones)
