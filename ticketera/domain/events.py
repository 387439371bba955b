"""What an act leaves for the outlets, told in the order of the commits: who hears it, and the JSON text they get.

`oyente` is a listener: 0 is the tablero, anything else the repartidor with that id. `cuerpo` is JSON text, encoded
once, the very text that GET /api/novedades answers.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Novedad:
    """One numbered change, for one listener."""

    oyente: int
    seq: int
    cuerpo: str


@dataclass(frozen=True, slots=True)
class Acuse:
    """A phone has it, or a person opened it: `{"ticket_id", "recibido_en", "visto_en"}` for the tablero.

    `tardo_ms` is how long it was on its way to the phone that has it now.
    """

    cuerpo: str
    tardo_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Presencia:
    """A repartidor changed: the whole one, as in GET /api/repartidores, for the tablero.

    The newest of a repartidor says it all: an outlet may leave out the ones before it.
    """

    repartidor_id: int
    cuerpo: str


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
