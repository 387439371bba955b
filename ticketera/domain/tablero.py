"""What a board and a phone look at, with the number of its newest change; and how an admin likes the board."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ticketera.domain.errors import CamposInvalidos
from ticketera.domain.ticket import Ticket
from ticketera.domain.usuario import Usuario


@dataclass(frozen=True, slots=True)
class Cuentas:
    """The open tickets, and those that were closed on a day of Buenos Aires (`2026-11-30`), by state.

    `hechos` is how many of the closed ones each repartidor has.
    """

    dia: str
    por_estado: dict[str, int]
    hechos: dict[int, int]


@dataclass(frozen=True, slots=True)
class Tablero:
    """The board: every repartidor, every open ticket, what failed and waits for somebody, the newest closed ones, and
    how many there are of each state today."""

    epoca: str
    seq: int
    repartidores: Sequence[Usuario]
    tickets: Sequence[Ticket]
    cuentas: Cuentas


@dataclass(frozen=True, slots=True)
class MisTickets:
    """A phone's list: the open tickets of a repartidor, in order."""

    epoca: str
    seq: int
    tickets: Sequence[Ticket]


DENSIDADES = ("comoda", "compacta")
TEMAS = ("automatico", "claro", "oscuro")  # automatico: as their system says
MOST_PINNED = 50


@dataclass(frozen=True, slots=True)
class Preferencias:
    """`fijadas` are ids of repartidores; those that are gone meanwhile do no harm."""

    fijadas: tuple[int, ...] = ()
    densidad: str = DENSIDADES[0]
    tema: str = TEMAS[0]


def revisar_preferencias(cambios: Mapping[str, Any]) -> dict[str, Any]:
    """The changes, checked. Raises CamposInvalidos with one entry per field."""
    errores = []
    fijadas = cambios.get("fijadas", ())
    if len(fijadas) > MOST_PINNED:
        errores.append(("fijadas", f"no pueden ser más de {MOST_PINNED}."))
    elif len(set(fijadas)) != len(fijadas):
        errores.append(("fijadas", "una columna está dos veces."))
    for campo, posibles in (("densidad", DENSIDADES), ("tema", TEMAS)):
        if cambios.get(campo, posibles[0]) not in posibles:
            errores.append((campo, f"tiene que ser una de: {', '.join(posibles)}."))
    if errores:
        raise CamposInvalidos(*errores)
    return dict(cambios)
