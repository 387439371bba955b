"""Where the shop delivers: zones of barrios or drawn areas, each with what it costs to go there; or everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from ahorro.domain.area import Area, Punto, contiene
from ahorro.domain.domicilio import leer_domicilio
from ahorro.domain.errors import CampoInvalido
from belgrano.words.text import enumerar, folded


@dataclass(frozen=True, slots=True)
class Zona:
    """Barrios with what delivery there costs, and the least that is taken there (centavos; None: the shop's).

    With an `area` it is that for whoever says where on the map they are, and the barrios for everybody else.
    """

    nombre: str
    barrios: tuple[str, ...]
    costo_centavos: int | None = None
    minimo_centavos: int | None = None
    area: Area = ()


def zona_de(zonas: Sequence[Zona], barrio: str, direccion: str, punto: Punto | None = None) -> Zona | None:
    """The zone of an address, None where the shop has no zones; without a `barrio` the line is read.

    Where on the map it is (`punto`) decides for the drawn ones, the first of those that lie over each other; the others
    go by their barrios. Raises CampoInvalido, naming `barrio`, for an address outside of all of them, or `ubicacion`
    where the map said so.
    """
    if not zonas:
        return None
    if punto is not None:
        for zona in zonas:
            if zona.area and contiene(zona.area, punto):
                return zona
    where = barrio or leer_domicilio(direccion).barrio
    parts = {folded(part) for part in (where, *where.split(","))}
    by_name = zonas if punto is None else [zona for zona in zonas if not zona.area]
    for zona in by_name:
        if parts & {folded(each) for each in zona.barrios}:
            return zona
    if punto is not None and len(by_name) < len(zonas):
        raise CampoInvalido("ubicacion", f"Hasta ahí todavía no llegamos: entregamos en {nombrar(zonas)}.")
    said = f"A {where} todavía no llegamos" if where else "Decinos el barrio"
    drawn = any(zona.area for zona in zonas) and punto is None
    quizas = " Con tu ubicación te decimos si igual llegamos." if drawn else ""
    raise CampoInvalido("barrio", f"{said}: entregamos en {nombrar(zonas)}.{quizas}")


def nombrar(zonas: Sequence[Zona]) -> str:
    """`Belgrano, Núñez y Colegiales`; a zone that is only drawn has a name of its own."""
    barrios = [barrio for zona in zonas for barrio in zona.barrios or (zona.nombre,)]
    return enumerar(barrios)
