"""What was done to a pedido, and its books: what it comes to and what was paid of it.

`pedido`, `descuento`, `envio` and `armado` are what it comes to, and their sum is its total; `pago` (beforehand) and
`puerta` (at the door) are below 0, `devuelto` is what went back. The sum of all is what is still owed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LO_QUE_ES = ("pedido", "descuento", "envio", "armado")


@dataclass(frozen=True, slots=True)
class Movimiento:
    """A line of the books, in centavos and ms UTC; `medio` is the way to pay, where somebody paid."""

    que: str
    monto_centavos: int
    medio: str
    en: int
    quien: str


@dataclass(frozen=True, slots=True)
class Hecho:
    """An act that was done: what, by whom, in which words, when (ms UTC)."""

    accion: str
    quien: str
    detalle: str
    en: int


@dataclass(frozen=True, slots=True)
class Pago:
    """What somebody paid, in centavos, and who took it when (ms UTC)."""

    medio: str
    monto_centavos: int
    en: int
    por: str


def total_de(libro: Iterable[Movimiento]) -> int:
    """What it comes to."""
    return sum(m.monto_centavos for m in libro if m.que in LO_QUE_ES)


def pagos_de(libro: Sequence[Movimiento]) -> list[Pago]:
    """What was paid, in its order; what the door brought is one, as it was said last."""
    found = [Pago(m.medio, -m.monto_centavos, m.en, m.quien) for m in libro if m.que == "pago"]
    puerta = [m for m in libro if m.que == "puerta"]
    cobrado = -sum(m.monto_centavos for m in puerta)
    if cobrado:
        last = puerta[-1]
        found.append(Pago(last.medio, cobrado, last.en, last.quien))
    return sorted(found, key=lambda pago: pago.en)


def pagado_de(libro: Iterable[Movimiento]) -> int:
    """What was paid, beforehand and at the door, and did not go back."""
    return -sum(m.monto_centavos for m in libro if m.que not in LO_QUE_ES)


def devuelto_de(libro: Iterable[Movimiento]) -> int:
    """What went back to the customer."""
    return sum(m.monto_centavos for m in libro if m.que == "devuelto")
