"""Instants: milliseconds UTC inside, ISO 8601 with milliseconds and Z outside; days are Buenos Aires'."""

import time
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

SEGUNDO = 1_000
MINUTO = 60 * SEGUNDO
HORA = 60 * MINUTO
DIA = 24 * HORA
BUENOS_AIRES = ZoneInfo("America/Argentina/Buenos_Aires")
CERCA_DIAS = 180  # further off a day needs its year
DIAS = ("lun", "mar", "mié", "jue", "vie", "sáb", "dom")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The years 1900 and 9998: at the ends of the calendar an instant cannot be said in every zone, nor have a day before it
# and after it.
FIRST = (datetime(1900, 1, 1, tzinfo=UTC) - EPOCH) // timedelta(milliseconds=1)
LAST = (datetime(9998, 12, 31, tzinfo=UTC) - EPOCH) // timedelta(milliseconds=1)


@lru_cache(maxsize=512)
def _second(epoch_s: int) -> str:
    return datetime.fromtimestamp(epoch_s, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def iso(ms: int) -> str:
    """The instant as text: 2026-01-31T12:00:00.123Z."""
    s, rest = divmod(ms, 1000)
    return f"{_second(s)}.{rest:03d}Z"


def iso_o_nada(ms: int | None) -> str | None:
    """The instant as text; None stays None."""
    return None if ms is None else iso(ms)


def ms_de_iso(text: str) -> int:
    """Milliseconds of an ISO 8601 text that names its zone, held between FIRST and LAST. Raises ValueError for
    anything else."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("no zone")
    return min(max(FIRST, (instant - EPOCH + timedelta(microseconds=500)) // timedelta(milliseconds=1)), LAST)


def now() -> int:
    """Milliseconds UTC."""
    return time.time_ns() // 1_000_000


def local(ms: int) -> datetime:
    """The instant as the clocks of Buenos Aires show it."""
    return datetime.fromtimestamp(ms / 1000, BUENOS_AIRES)


def ms_of(moment: datetime) -> int:
    """The instant of a moment whose zone is known, in ms UTC."""
    return int(moment.timestamp() * 1000)


def fecha(ms: int | None) -> str:
    """The day of an instant: `24/11/2026`; nothing for None."""
    return "" if ms is None else f"{local(ms):%d/%m/%Y}"


def hora(ms: int | None) -> str:
    """The time of day of an instant: `14:05`; nothing for None."""
    return "" if ms is None else f"{local(ms):%H:%M}"


def fecha_hora(ms: int | None) -> str:
    """`24/11/2026 18:04`; nothing for None."""
    return "" if ms is None else f"{local(ms):%d/%m/%Y %H:%M}"


def en_punto(ms: int) -> str:
    """The time of day as short as it is said: `8`, `18:30`."""
    at = local(ms)
    return f"{at.hour}:{at.minute:02d}" if at.minute else str(at.hour)


def dia_de(ms: int) -> date:
    """The day of an instant in Buenos Aires."""
    return local(ms).date()


def otro_dia(ms: int, ahora: int) -> str:
    """The day of an instant as people say it: nothing for today, `mañana`, `ayer`, `jue 3/12`, `jue 3/12/2027`.

    The board and the phone say the same (static/js/words/formats.js).
    """
    dia, hoy = dia_de(ms), dia_de(ahora)
    lejos = (dia - hoy).days
    if -1 <= lejos <= 1:
        return ("", "mañana", "ayer")[lejos]
    cual = f"{DIAS[dia.weekday()]} {dia.day}/{dia.month}"
    return cual if abs(lejos) < CERCA_DIAS else f"{cual}/{dia.year}"


def comienzo_del_dia(ms: int) -> int:
    """The instant at which the day of an instant began in Buenos Aires."""
    day = local(ms).replace(hour=0, minute=0, second=0, microsecond=0)
    return int(day.timestamp()) * 1000
