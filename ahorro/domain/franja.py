"""When it may come: windows of the shop's hours, on the next two days it delivers, each with room for so many."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from belgrano.words.times import BUENOS_AIRES, MINUTO, local, ms_of

CUPO_POR_FRANJA = 20
ULTIMAS = 5  # from here on the places are counted out loud
DIAS, HASTA_EN_DIAS = 2, 30  # how many open days are offered, and how far they are looked for


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


@dataclass(frozen=True, slots=True)
class Horario:
    """When the shop delivers: weekdays (1 is Monday), whole hours, how long a window is, how many pedidos it takes.

    `anticipacion` is how many minutes before it begins a window can still be chosen; `feriados` are closed days
    (`2026-12-25`).
    """

    dias: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)
    desde: int = 8
    hasta: int = 20
    duracion: int = 2
    cupo: int = CUPO_POR_FRANJA
    anticipacion: int = 60
    feriados: tuple[str, ...] = ()

    def abre(self, dia: date) -> bool:
        """Whether it delivers on a day."""
        return dia.isoweekday() in self.dias and dia.isoformat() not in self.feriados

    def abierto(self, ahora: int) -> bool:
        """Whether somebody delivers at an instant (ms UTC): only then something can come as soon as possible."""
        return self.abre(local(ahora).date()) and self.desde <= local(ahora).hour < self.hasta

    def franjas_del(self, dia: date) -> list[Franja]:
        """The windows of a day, in order; what is left of the hours behind the last whole one is none."""
        if not self.abre(dia):
            return []
        midnight = datetime(dia.year, dia.month, dia.day, tzinfo=BUENOS_AIRES)
        starts = range(self.desde, self.hasta - self.duracion + 1, self.duracion)
        return [
            Franja(*(ms_of(midnight + timedelta(hours=hora)) for hora in (desde, desde + self.duracion)))
            for desde in starts
        ]

    def tiene(self, franja: Franja) -> bool:
        """Whether a window begins where one of the day's does, be it open that day or not."""
        desde = local(franja.desde)
        starts = range(self.desde, self.hasta - self.duracion + 1, self.duracion)
        return desde.hour in starts and desde.minute == 0


def franjas_de(ahora: int, horario: Horario | None = None) -> list[Franja]:
    """The windows that can still be chosen at an instant (ms UTC), in order."""
    horario = horario or Horario()
    hoy = local(ahora).date()
    dias = [dia for n in range(HASTA_EN_DIAS) if horario.abre(dia := hoy + timedelta(days=n))][:DIAS]
    first = ahora + horario.anticipacion * MINUTO
    return [franja for dia in dias for franja in horario.franjas_del(dia) if franja.desde >= first]


def leer_franja(clave: str, horario: Horario | None = None) -> Franja | None:
    """The window that begins then, whether the shop has it or not; None for what is no such name."""
    horario = horario or Horario()
    try:
        desde = datetime.strptime(clave, "%Y-%m-%dT%H:%M").replace(tzinfo=BUENOS_AIRES)
        franja = Franja(ms_of(desde), ms_of(desde + timedelta(hours=horario.duracion)))
        return franja if franja.clave == clave else None
    except (ValueError, OverflowError):
        return None
