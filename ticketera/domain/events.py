"""What an act leaves for the outlets, told in the order of the commits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ticketera.domain.usuario import Usuario


@dataclass(frozen=True, slots=True)
class Novedad:
    """One numbered change, for one listener: `oyente` 0 is the tablero, anything else the repartidor with that id.

    `cambio` is the row of `cambios` as it was kept: what is pushed is made of it, as what GET /api/novedades answers.
    """

    oyente: int
    seq: int
    tipo: str
    epoca: str
    cambio: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Acuse:
    """A phone has a ticket, or a person opened it, for the tablero. Instants in ms UTC.

    `tardo_ms` is how long it was on its way to the phone that has it now.
    """

    ticket_id: int
    recibido_en: int | None
    visto_en: int | None
    tardo_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Presencia:
    """A repartidor changed: the whole one, for the tablero.

    The newest of a repartidor says it all: an outlet may leave out the ones before it.
    """

    repartidor: Usuario


@dataclass(frozen=True, slots=True)
class Ofertas:
    """What is offered to these repartidores is not what it was: they pull. Not numbered, without content."""

    repartidor_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ajustes:
    """The configuration is not what it was: boards ask for it. Not numbered, without content."""


@dataclass(frozen=True, slots=True)
class ReporteListo:
    """A report for the shop waits in the queue."""
