"""The form of the settings' windows: days, hours, places, until when one may order, and closed days."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from ahorro.domain.configuracion import DIAS, Configuracion
from ahorro.domain.franja import SIN_CORTE
from ahorro.routes.admin.configuracion import HorarioNuevo, JornadaNueva
from ahorro.routes.pages.forms import check, number

DE_SIEMPRE = ("desde", "hasta", "duracion", "cupo", "anticipacion", "corte")
DE_UN_DIA = ("desde", "hasta", "cupo", "corte")
CERRADO_MAXIMO = 366  # days of one line
RANGO = re.compile(r"(?:del? )?(\S+)(?: a(?:l)? | hasta (?:el )?| ?- )(\S+)")

CORTES = (
    ("", [(SIN_CORTE, "Mientras haya franjas")]),
    ("El mismo día", [(hora, f"Hasta las {hora} h") for hora in range(1, 24)]),
    ("El día anterior", [(hora - 24, f"Hasta las {hora} h del día anterior") for hora in range(1, 25)]),
)


def muestra_franjas(c: Configuracion) -> dict[str, str]:
    """The windows as the form has them; a day's own fields are `d6_desde` and the like, empty: as on the others."""
    franjas = c.franjas
    own = {
        f"d{jornada.dia}_{campo}": "" if value is None else str(value)
        for jornada in franjas.por_dia
        for campo in DE_UN_DIA
        for value in (getattr(jornada, campo),)
    }
    return {
        **{f"dia_{n}": "1" if n in franjas.dias else "" for n in range(1, 8)},
        **{campo: str(getattr(franjas, campo)) for campo in DE_SIEMPRE},
        **{f"d{n}_{campo}": "" for n in range(1, 8) for campo in DE_UN_DIA},
        **own,
        "feriados": "\n".join(_lineas([date.fromisoformat(dia) for dia in sorted(franjas.feriados)])),
    }


def leer_franjas(textos: Mapping[str, str]) -> tuple[dict[str, object], dict[str, str]]:
    """What was typed as the JSON has it, and what is wrong with it."""
    por_dia, errores = _por_dia(textos)
    cerrados, unread = _cerrados(textos.get("feriados", ""))
    data: dict[str, object] = {
        "dias": [n for n in range(1, 8) if textos.get(f"dia_{n}")],
        **{campo: _hora(textos.get(campo, "")) for campo in DE_SIEMPRE},
        "por_dia": por_dia,
        "feriados": cerrados,
    }
    errores = check(HorarioNuevo, {**data, "por_dia": []})[1] | errores
    if not data["dias"]:
        errores["dias"] = "Elegí al menos un día."
    if unread:
        errores["feriados"] = unread
    desde, hasta = data["desde"], data["hasta"]
    if isinstance(desde, int) and isinstance(hasta, int) and desde >= hasta and not errores:
        errores["hasta"] = "El reparto termina antes de empezar: elegí una hora más tarde."
    return {"franjas": data}, errores


def _por_dia(textos: Mapping[str, str]) -> tuple[list[dict[str, object]], dict[str, str]]:
    rows: list[dict[str, object]] = []
    errores: dict[str, str] = {}
    for n in range(1, 8):
        typed = {campo: text for campo in DE_UN_DIA if (text := textos.get(f"d{n}_{campo}", "").strip())}
        if typed:
            row = {"dia": n, **dict.fromkeys(DE_UN_DIA), **{campo: _hora(text) for campo, text in typed.items()}}
            wrong = check(JornadaNueva, row)[1]
            errores |= {f"d{n}_{campo}": f"{DIAS[n - 1].capitalize()}: {said}" for campo, said in wrong.items()}
            rows.append(row)
    return rows, errores


def _hora(text: str) -> int | str:
    """A number as `number` has it, or one below 0: an hour of the day before."""
    found = number(text.strip().removeprefix("-"))
    return -found if isinstance(found, int) and text.strip().startswith("-") else found


def _cerrados(text: str) -> tuple[list[str], str]:
    """The closed days of a text with one or `25/12/2026 al 2/1/2027` a line, in order, and what could not be read."""
    found: set[str] = set()
    for line in filter(None, (each.strip() for each in re.split(r"[,;\n]", text))):
        rango = RANGO.fullmatch(line.lower())
        first, last = (_fecha(rango[1]), _fecha(rango[2])) if rango else (_fecha(line), _fecha(line))
        if first is None or last is None:
            return [], f"«{line[:40]}» no es una fecha: escribila como 25/12/2026, o 25/12/2026 al 2/1/2027."
        days = (last - first).days + 1
        if days < 1:
            return [], f"«{line[:40]}» termina antes de empezar."
        if days > CERRADO_MAXIMO:
            return [], f"«{line[:40]}» es más de un año."
        found |= {(first + timedelta(days=n)).isoformat() for n in range(days)}
    return sorted(found), ""


def _fecha(text: str) -> date | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _lineas(dias: list[date]) -> list[str]:
    """Days in order as a person writes them: those that follow each other are one line."""
    runs: list[list[date]] = []
    for dia in dias:
        if runs and dia - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(dia)
        else:
            runs.append([dia])
    return [" al ".join(f"{dia:%d/%m/%Y}" for dia in dict.fromkeys((run[0], run[-1]))) for run in runs]
