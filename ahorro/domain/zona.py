"""Where the shop delivers: a list of barrios, or everywhere without one."""

from collections.abc import Sequence

from ahorro.domain.domicilio import leer_domicilio
from ahorro.domain.errors import CampoInvalido
from belgrano.words.text import folded


def check_zona(barrios: Sequence[str], barrio: str, direccion: str) -> None:
    """Raise CampoInvalido, naming `barrio`, for an address outside of `barrios`; without one the line is read."""
    if not barrios:
        return
    where = barrio or leer_domicilio(direccion).barrio
    known = {folded(each) for each in barrios}
    if any(folded(part) in known for part in (where, *where.split(","))):
        return
    aca = nombrar(barrios)
    said = f"A {where} todavía no llegamos" if where else "Decinos el barrio"
    raise CampoInvalido("barrio", f"{said}: entregamos en {aca}.")


def nombrar(barrios: Sequence[str]) -> str:
    """`Belgrano, Núñez y Colegiales`."""
    return " y ".join(filter(None, (", ".join(barrios[:-1]), *barrios[-1:])))
