"""Instants: milliseconds UTC inside, ISO 8601 with milliseconds and Z outside."""

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

SEGUNDO = 1_000
MINUTO = 60 * SEGUNDO
HORA = 60 * MINUTO
DIA = 24 * HORA
BUENOS_AIRES = ZoneInfo("America/Argentina/Buenos_Aires")


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
    """Milliseconds of an ISO 8601 text that names its zone. Raises ValueError for anything else."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("no zone")
    return int((instant - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000 + 0.5)


def comienzo_del_dia(ms: int) -> int:
    """The instant at which the day of an instant began in Buenos Aires."""
    day = datetime.fromtimestamp(ms / 1000, BUENOS_AIRES).replace(hour=0, minute=0, second=0, microsecond=0)
    return int(day.timestamp()) * 1000
