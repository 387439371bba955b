"""When it may come: windows of the shop's hours, on the next two days it delivers, each with room for so many."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from belgrano.words.times import BUENOS_AIRES, HORA, MINUTO, local, ms_of

CUPO_POR_FRANJA = 20
ULTIMAS = 5  # from here on the places are counted out loud
DIAS, HASTA_EN_DIAS = 2, 30  # how many open days are offered, and how far they are looked for
SIN_CORTE = 24  # the end of the day itself


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
        """`18 a 20`; one that ends with the day ends at 24."""
        return f"{local(self.desde).hour} a {local(self.hasta).hour or 24}"

    @property
    def dia(self) -> date:
        """Its day in Buenos Aires."""
        return local(self.desde).date()


@dataclass(frozen=True, slots=True)
class Jornada:
    """What a weekday (1 is Monday) has of its own; None: as on the other days."""

    dia: int
    desde: int | None = None
    hasta: int | None = None
    cupo: int | None = None
    corte: int | None = None


@dataclass(frozen=True, slots=True)
class Horario:
    """When the shop delivers: weekdays (1 is Monday), whole hours, how long a window is, how many pedidos it takes.

    `anticipacion` is how many minutes before it begins a window can still be chosen; `corte` the hour from which on
    nothing more is taken for that day, below 0 of the day before (-4: 20 h). `por_dia` has weekdays that go otherwise;
    `feriados` are closed days (`2026-12-25`).
    """

    dias: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)
    desde: int = 8
    hasta: int = 20
    duracion: int = 2
    cupo: int = CUPO_POR_FRANJA
    anticipacion: int = 60
    feriados: tuple[str, ...] = ()
    corte: int = SIN_CORTE
    por_dia: tuple[Jornada, ...] = ()

    def _propio(self, campo: str, dia: int) -> int:
        own = next((getattr(jornada, campo) for jornada in self.por_dia if jornada.dia == dia), None)
        value: int = getattr(self, campo) if own is None else own
        return value

    def horas(self, dia: int) -> tuple[int, int]:
        """From when to when it delivers on a weekday."""
        return self._propio("desde", dia), self._propio("hasta", dia)

    def cupo_de(self, dia: date) -> int:
        """How many pedidos each window of a day takes."""
        return self._propio("cupo", dia.isoweekday())

    def abre(self, dia: date) -> bool:
        """Whether it delivers on a day."""
        return dia.isoweekday() in self.dias and dia.isoformat() not in self.feriados

    def toma(self, dia: date, ahora: int) -> bool:
        """Whether at an instant (ms UTC) it still takes pedidos for a day on which it delivers."""
        corte = _midnight(dia) + timedelta(hours=self._propio("corte", dia.isoweekday()))
        return self.abre(dia) and ahora < ms_of(corte)

    def abierto(self, ahora: int) -> bool:
        """Whether somebody delivers at an instant (ms UTC) what is ordered then: only so it can come as soon as
        possible."""
        hoy = local(ahora)
        desde, hasta = self.horas(hoy.isoweekday())
        return self.toma(hoy.date(), ahora) and desde <= hoy.hour < hasta

    def _comienzos(self, dia: int) -> range:
        """The hours at which a weekday's windows begin; what is left behind the last whole one is none."""
        desde, hasta = self.horas(dia)
        return range(desde, hasta - self.duracion + 1, self.duracion)

    def franjas_del(self, dia: date) -> list[Franja]:
        """The windows of a day, in order."""
        if not self.abre(dia):
            return []
        return [self.franja(ms_of(_midnight(dia) + timedelta(hours=h))) for h in self._comienzos(dia.isoweekday())]

    def franja(self, desde: int) -> Franja:
        """The window that begins then, as long as this shop's are."""
        return Franja(desde, desde + self.duracion * HORA)

    def tiene(self, franja: Franja) -> bool:
        """Whether a window begins where one of the day's does, be it open that day or not."""
        desde = local(franja.desde)
        return desde.hour in self._comienzos(desde.isoweekday()) and desde.minute == 0


def franjas_de(ahora: int, horario: Horario | None = None) -> list[Franja]:
    """The windows that can still be chosen at an instant (ms UTC), in order: of the next two days for which pedidos are
    taken, or where the notice is longer than these, of the first two that are left."""
    horario = horario or Horario()
    first = ahora + horario.anticipacion * MINUTO
    dias = _left(horario, ahora, first)
    offered = list(islice(dias, DIAS))
    if not any(offered):
        offered = list(islice(filter(None, dias), DIAS))
    return [franja for franjas in offered for franja in franjas]


def _left(horario: Horario, ahora: int, first: int) -> Iterator[list[Franja]]:
    hoy = local(ahora).date()
    for n in range(HASTA_EN_DIAS):
        if horario.toma(dia := hoy + timedelta(days=n), ahora):
            yield [franja for franja in horario.franjas_del(dia) if franja.desde >= first]


def _midnight(dia: date) -> datetime:
    return datetime(dia.year, dia.month, dia.day, tzinfo=BUENOS_AIRES)


def leer_franja(clave: str) -> Franja | None:
    """The window that begins then, whether the shop has it or not; None for what is no such name. How long it is, the
    shop says."""
    try:
        desde = datetime.strptime(clave, "%Y-%m-%dT%H:%M").replace(tzinfo=BUENOS_AIRES)
        franja = Horario().franja(ms_of(desde))
        return franja if franja.clave == clave else None
    except (ValueError, OverflowError):
        return None
