"""Units of several products that a promotion takes together: which of them it takes, and which of these are reduced.

1. The dearest units come first, and go in whole groups of so many; of each group the cheapest are reduced. So whoever
   adds something cheap never loses what the dearer ones had brought: groups of their own are not broken up.
2. What makes no whole group any more, the cheapest, goes by the promotions of its own product.
3. A product stays out where it takes off more by its own promotions, tried product by product, the dearest first; and
   where all of that takes off no more than the products' own promotions would, nothing is taken together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Ahorro = Callable[["Pila", int], int]  # what so many units of a product have taken off by their own promotions


@dataclass(frozen=True, slots=True)
class Pila:
    """So many units of a product that are not taken yet, and what is taken off one that is reduced, in centavos."""

    producto_id: int
    precio_centavos: int
    unidades: int
    rebaja: int


@dataclass(frozen=True, slots=True)
class Toma:
    """How many units of a product are taken, and how many of them are reduced."""

    pila: Pila
    unidades: int
    rebajadas: int


def mezclar(pilas: Sequence[Pila], de_a: int, rebajadas: int, por_su_cuenta: Ahorro) -> list[Toma]:
    """What is taken together in groups of `de_a`, `rebajadas` of each reduced; nothing where that brings nothing."""
    juntas = sorted(pilas, key=lambda pila: (-pila.precio_centavos, pila.producto_id))

    def ahorro(tomas: Sequence[Toma]) -> int:
        left = {pila.producto_id: pila.unidades for pila in pilas}
        for toma in tomas:
            left[toma.pila.producto_id] -= toma.unidades
        solas = sum(por_su_cuenta(pila, left[pila.producto_id]) for pila in pilas)
        return solas + sum(toma.rebajadas * toma.pila.rebaja for toma in tomas)

    mejor = _tomar(juntas, de_a, rebajadas)
    for pila in tuple(juntas):
        if por_su_cuenta(pila, pila.unidades):
            sin = [each for each in juntas if each is not pila]
            tomas = _tomar(sin, de_a, rebajadas)
            if ahorro(tomas) > ahorro(mejor):
                juntas, mejor = sin, tomas
    return mejor if ahorro(mejor) > ahorro(()) else []


def _tomar(juntas: Sequence[Pila], de_a: int, rebajadas: int) -> list[Toma]:
    """Whole groups of all of these, the dearest first."""
    enteras = sum(pila.unidades for pila in juntas) // de_a * de_a

    def hasta(unidad: int) -> int:
        grupos, resto = divmod(unidad, de_a)
        return grupos * rebajadas + max(0, resto - (de_a - rebajadas))

    found, desde = [], 0
    for pila in juntas:
        fin = min(desde + pila.unidades, enteras)
        if fin > desde:
            found.append(Toma(pila, fin - desde, hasta(fin) - hasta(desde)))
        desde = fin
    return found
