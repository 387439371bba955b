"""What a board and a phone look at: snapshots, each with the number of its newest change."""

from collections.abc import Sequence
from dataclasses import dataclass

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
