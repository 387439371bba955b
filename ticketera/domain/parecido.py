"""Whether two orders without a numero are probably one: written twice, put right and sent again, or a row a product."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from belgrano.words.telefono import cifras, sin_prefijos
from ticketera.domain.escrito import escribir_productos, palabras

CASI = 0.8  # how alike two writings of one name or address are
Franja = tuple[int | None, int | None]
MOST = 20  # as many others are looked at for each order


@dataclass(frozen=True, slots=True)
class Rasgos:
    """What tells one order from another. `franja` in ms UTC, `total` in centavos, the rest as compared."""

    nombre: str
    direccion: str
    telefono: str
    productos: tuple[str, ...]
    total: int
    franja: Franja

    @property
    def claves(self) -> Iterator[object]:
        """Two orders that are alike have one of these in common."""
        yield self.direccion, self.franja
        yield self.productos, self.total, self.franja
        yield self.direccion


def rasgos(
    *,
    nombre: str,
    direccion: str,
    piso: str,
    telefono: str,
    productos: list[object],
    total: int,
    franja: Franja,
) -> Rasgos:
    """An order as it is compared."""
    return Rasgos(
        palabras(nombre),
        palabras(f"{direccion} {piso}"),
        sin_prefijos(cifras(telefono)),
        tuple(sorted(palabras(escribir_productos([each])) for each in productos)),
        total,
        franja,
    )


def cambia(uno: Rasgos, otro: Rasgos, juntos: bool) -> str | None:
    """What differs between two orders that are probably one (`nada` for nothing); None where they are two.

    The same person and, but for one thing, the same order: an office that eats at one table is many people. `juntos`:
    they stand in one file, where two houses are two houses, two times are two orders, and a phone may be left out.
    """
    if not _casi(uno.nombre, otro.nombre):
        return None
    if uno.franja != otro.franja and (juntos or not _se_cruzan(uno.franja, otro.franja)):
        return None
    same_phone = bool(uno.telefono) and uno.telefono == otro.telefono
    phones_differ = uno.telefono != otro.telefono and not (juntos and not (uno.telefono and otro.telefono))
    differ = [
        name
        for name, differs in (
            ("el nombre", uno.nombre != otro.nombre),
            ("la dirección", uno.direccion != otro.direccion),
            ("el teléfono", phones_differ),
            ("los productos", uno.productos != otro.productos),
            ("el total", uno.total != otro.total),
            ("el día o la hora", uno.franja != otro.franja),
        )
        if differs
    ]
    if len(differ) > 1:
        return None
    if "la dirección" in differ:
        houses_differ = juntos and cifras(uno.direccion) != cifras(otro.direccion)
        if not same_phone and (houses_differ or not _casi(uno.direccion, otro.direccion)):
            return None
    return differ[0] if differ else "nada"


def _se_cruzan(una: Franja, otra: Franja) -> bool:
    """Whether two franjas may be one, put right: they have time in common, or one says none."""
    if una[0] is None or otra[0] is None:
        return True
    return una[0] < (otra[1] or otra[0]) and otra[0] < (una[1] or una[0])


def _casi(uno: str, otro: str) -> bool:
    if uno == otro:
        return True
    both = SequenceMatcher(None, uno, otro)
    return both.quick_ratio() >= CASI and both.ratio() >= CASI
