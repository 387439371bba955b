"""Units of one product: which promotions they take, so that most is taken off and no unit is taken twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ahorro.domain.promociones import Promocion


@dataclass(frozen=True, slots=True)
class Grupo:
    """So many units of a product that a promotion takes together, and what it takes off them."""

    promocion: Promocion
    unidades: int
    ahorro: int


def de_a_unidades(promociones: Sequence[Promocion], precio: int, unidades: int) -> list[tuple[Grupo, int]]:
    """Which promotions so many units of this price (centavos) take, each so often."""
    return _repartir(unidades, [g for p in promociones if (g := _grupo(p, precio)) is not None])


def _grupo(p: Promocion, precio: int) -> Grupo | None:
    """What a promotion takes off the units that it takes together; None where that is nothing."""
    match p.tipo:
        case "nxm":
            lleva = p.lleva or 0
            found = Grupo(p, lleva, (lleva - (p.paga or 0)) * precio)
        case "segunda":
            found = Grupo(p, 2, rebaja_de(precio, p))
        case _:
            found = Grupo(p, 1, rebaja_de(precio, p))
    return found if found.ahorro > 0 else None


def rebaja_de(centavos: int, p: Promocion) -> int:
    """What a promotion's per cent takes off so many centavos, half up."""
    return (centavos * (p.por_ciento or 0) + 50) // 100


def _repartir(unidades: int, grupos: Sequence[Grupo]) -> list[tuple[Grupo, int]]:
    """How often each group is taken so that most is taken off, no unit twice.

    Where others than the one that takes most off a unit are taken, fewer than its number of units are: as many of them
    hold some that come to a multiple of it, which it could take instead. So the rest is tried out, and is short.
    """
    if not grupos:
        return []
    mejor = max(grupos, key=lambda g: Fraction(g.ahorro, g.unidades))
    resto_maximo = mejor.unidades * max(g.unidades for g in grupos)
    de_una = max(0, unidades - resto_maximo) // mejor.unidades
    resto = unidades - de_una * mejor.unidades
    ahorros = [0] * (resto + 1)
    elegidos: list[Grupo | None] = [None] * (resto + 1)
    for n in range(1, resto + 1):
        ahorros[n] = ahorros[n - 1]
        for g in grupos:
            if g.unidades <= n and ahorros[n - g.unidades] + g.ahorro > ahorros[n]:
                ahorros[n] = ahorros[n - g.unidades] + g.ahorro
                elegidos[n] = g
    veces = {g.promocion.id: 0 for g in grupos}
    veces[mejor.promocion.id] = de_una
    n = resto
    while n:
        elegido = elegidos[n]
        if elegido is not None:
            veces[elegido.promocion.id] += 1
        n -= elegido.unidades if elegido is not None else 1
    return [(g, veces[g.promocion.id]) for g in grupos if veces[g.promocion.id]]
