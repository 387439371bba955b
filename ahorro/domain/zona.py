"""Where the shop delivers: zones of barrios, each with what it costs to go there, or everywhere without one."""

from collections.abc import Sequence
from dataclasses import dataclass

from ahorro.domain.domicilio import leer_domicilio
from ahorro.domain.errors import CampoInvalido
from belgrano.words.text import enumerar, folded


@dataclass(frozen=True, slots=True)
class Zona:
    """Barrios with what delivery there costs, and the least that is taken there (centavos; None: the shop's)."""

    nombre: str
    barrios: tuple[str, ...]
    costo_centavos: int | None = None
    minimo_centavos: int | None = None


def zona_de(zonas: Sequence[Zona], barrio: str, direccion: str) -> Zona | None:
    """The zone of an address, None where the shop has no zones; without a `barrio` the line is read.

    Raises CampoInvalido, naming `barrio`, for an address outside of all of them.
    """
    if not zonas:
        return None
    where = barrio or leer_domicilio(direccion).barrio
    parts = {folded(part) for part in (where, *where.split(","))}
    for zona in zonas:
        if parts & {folded(each) for each in zona.barrios}:
            return zona
    said = f"A {where} todavía no llegamos" if where else "Decinos el barrio"
    raise CampoInvalido("barrio", f"{said}: entregamos en {nombrar(zonas)}.")


def nombrar(zonas: Sequence[Zona]) -> str:
    """`Belgrano, Núñez y Colegiales`."""
    barrios = [barrio for zona in zonas for barrio in zona.barrios]
    return enumerar(barrios)
