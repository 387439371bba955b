"""The modes of assignment, one row a mode: what happens to a ticket that nobody has yet, and what is said of it.

Everything that depends on the mode reads this table, SQL and pages too. How to add one is in CONTRIBUTING.md.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal

from ticketera.domain.ficha import fijos
from ticketera.domain.usuario import Usuario

# Who comes first of those who can be given a ticket: whoever has the fewest, then whoever was given one longest ago.
MENOS_CARGADO = ("tickets_abiertos", "ultimo_dado", "id")


@dataclass(frozen=True, slots=True)
class Modo:
    """What a mode does. Words are Spanish, for the office.

    A mode that `reparte` gives a ticket by itself, to the first in `orden` (fields of Usuario) of those who are libres
    and, where there is a `lista`, are on it: from negocio, barrio and people, whose ticket it is. One that `ofrece`
    shows it to free phones; one that `propone` tells the office who would be best.
    """

    nombre: str
    explicacion: str
    espera: str  # why a ticket waits that nothing stands in the way of
    verbo: str = ""  # what is done with a ticket once it is due; empty: a person gives it, whenever they like
    reparte: bool = False
    ofrece: bool = False
    propone: bool = False
    lista: Callable[[str, str, Iterable[Usuario]], list[Usuario]] | None = None
    orden: tuple[str, ...] = MENOS_CARGADO

    @property
    def por_si_solo(self) -> bool:
        """Whether something is done with a ticket without a person of the office."""
        return self.reparte or self.ofrece

    def primero(self, libres: Iterable[Usuario]) -> Usuario | None:
        """Who of these is given the next ticket."""
        key: Callable[[Usuario], Any] = attrgetter(*self.orden)
        return min(libres, key=key, default=None)


MODOS: Mapping[str, Modo] = {
    "automatico": Modo(
        "Automático",
        "Cada ticket va al repartidor en turno que menos tiene.",
        espera="Se está por repartir",
        verbo="se reparte",
        reparte=True,
    ),
    "sugerido": Modo(
        "Sugerido",
        "Entra en “Sin asignar” con una propuesta y su razón; una persona la acepta.",
        espera="Espera que alguien lo asigne",
        verbo="se propone",
        propone=True,
    ),
    "oferta": Modo(
        "Oferta abierta",
        "Suena en todos los teléfonos libres y lo lleva quien lo toma primero.",
        espera="Ofrecido a quienes están libres",
        verbo="se ofrece",
        ofrece=True,
    ),
    "fijo": Modo(
        "Fijo",
        "Va a quien lleva ese negocio o reparte en ese barrio, como dice su ficha.",
        espera="Se está por repartir",
        verbo="se reparte",
        reparte=True,
        lista=fijos,
    ),
    "manual": Modo(
        "Manual",
        "Todo entra en “Sin asignar” y lo reparte una persona.",
        espera="El reparto es manual",
    ),
}


def modo_de(nombre: str) -> Modo:
    """The mode of this name. One that a later version has kept gives nothing by itself, as `manual`."""
    return MODOS.get(nombre, MODOS["manual"])


if TYPE_CHECKING:
    NombreDeModo = str
else:
    NombreDeModo = Literal[tuple(MODOS)]

# For the statements that depend on the mode (`store/modos.py`).
REPARTEN = tuple(nombre for nombre, modo in MODOS.items() if modo.reparte)
OFRECEN = tuple(nombre for nombre, modo in MODOS.items() if modo.ofrece)
# Whom these give a ticket is one statement, `select_para_dar`: it knows this order and no list. Intake is measured.
EN_UNA_SENTENCIA = tuple(n for n in REPARTEN if MODOS[n].lista is None and MODOS[n].orden == MENOS_CARGADO)
