"""How long: ago, left, in all. The board writes the first the same way (static/js/words/formats.js)."""

from belgrano.words.times import DIA, HORA, MINUTO, SEGUNDO

HASTA_EN_HORAS = 2 * DIA


def hace(desde: int, ahora: int) -> str:
    """How long ago an instant was: `recién`, `hace 4 min`, `hace 47 h`, `hace 3 días`."""
    paso = ahora - desde
    if paso < MINUTO:
        return "recién"
    return f"hace {rato(paso)}" if paso < HASTA_EN_HORAS else f"hace {paso // DIA} días"


def rato(ms: int, horas_desde: int = 1) -> str:
    """A while in one unit: `12 min`, from so many hours on `3 h`."""
    return f"{ms // MINUTO} min" if ms < horas_desde * HORA else f"{ms // HORA} h"


def duracion(ms: int | None) -> str:
    """A while to the nearest minute, a short one to the second: `1 h 05 min`, `38 min`, `45 s`, or `—`."""
    if ms is None:
        return "—"
    minutos = (ms + MINUTO // 2) // MINUTO
    if minutos >= 60:
        return f"{minutos // 60} h {minutos % 60:02d} min"
    return f"{minutos} min" if ms >= 90 * SEGUNDO else f"{(ms + SEGUNDO // 2) // SEGUNDO} s"
