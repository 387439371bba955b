"""An answer that is kept, so that a repeat gets the same."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Respuesta:
    """`codigo` None: done, `cuerpo` (JSON text) is what was asked for. Else it could not be done as things stand:
    `cuerpo` is an object of what to say beside it."""

    codigo: str | None
    cuerpo: str
