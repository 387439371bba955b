"""When it may come: windows of two hours between 8 and 20, today's and tomorrow's, each with room for so many."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from belgrano.words.times import BUENOS_AIRES, HORA, local, ms_of

DESDE_LAS, HASTA_LAS, HORAS = 8, 20, 2
ANTICIPACION_MS = HORA  # nobody can be there sooner
CUPO_POR_FRANJA = 20
ULTIMAS = 5  # from here on the places are counted out loud


@dataclass(frozen=True, slots=True)
class Franja:
    """From when to when, ms UTC."""

    desde: int
    hasta: int

    @property
    def clave(self) -> str:
        """Its name in forms and JSON: when it begins in Buenos Aires, `2026-11-24T18:00`."""
        return f"{local(self.desde):%Y-%m-%dT%H:%M}"

    @property
    def horas(self) -> str:
        """`18 a 20`."""
        return f"{local(self.desde).hour} a {local(self.hasta).hour}"

    @property
    def dia(self) -> date:
        """Its day in Buenos Aires."""
        return local(self.desde).date()


def franjas_de(ahora: int) -> list[Franja]:
    """The windows that can still be chosen at an instant (ms UTC), in order."""
    hoy = local(ahora).date()
    found = []
    for dia in (hoy, hoy + timedelta(days=1)):
        for hora in range(DESDE_LAS, HASTA_LAS, HORAS):
            desde = datetime(dia.year, dia.month, dia.day, hora, tzinfo=BUENOS_AIRES)
            franja = Franja(ms_of(desde), ms_of(desde + timedelta(hours=HORAS)))
            if franja.desde >= ahora + ANTICIPACION_MS:
                found.append(franja)
    return found


def leer_franja(clave: str) -> Franja | None:
    """The window of this name, of whatever day; None for what is no such name."""
    try:
        desde = datetime.strptime(clave, "%Y-%m-%dT%H:%M").replace(tzinfo=BUENOS_AIRES)
        franja = Franja(ms_of(desde), ms_of(desde + timedelta(hours=HORAS)))
    except (ValueError, OverflowError):
        return None
    fits = desde.hour in range(DESDE_LAS, HASTA_LAS, HORAS) and desde.minute == 0 and franja.clave == clave
    return franja if fits else None
