"""Where on the map somebody is, as they typed it or their browser filled it in; this browser remembers it for a day."""

import re
from decimal import Decimal
from urllib.parse import quote, unquote

from quart import request
from quart.typing import ResponseTypes

from ahorro.domain.area import Punto
from ahorro.routes.fields import leer_punto
from ahorro.routes.house import house

COOKIE = "ubicacion"
MOST = 60
DAY_S = 24 * 3600
# `-34.5627, -58.4565` as maps give it; or, as numbers are written here, `-34,5627 -58,4565`.
COORDENADAS = re.compile(r"(-?\d{1,3}(?:\.\d{1,15})?)[\s,;]+(-?\d{1,3}(?:\.\d{1,15})?)", re.ASCII)
CON_COMA = re.compile(r"(-?\d{1,3},\d{1,15})[\s;]+(-?\d{1,3},\d{1,15})", re.ASCII)


def leer_coordenadas(text: str) -> tuple[Decimal, Decimal] | None:
    """Latitude and longitude of a line; None for what is none."""
    found = CON_COMA.fullmatch(text.strip()) or COORDENADAS.fullmatch(text.strip())
    return None if found is None else (Decimal(found[1].replace(",", ".")), Decimal(found[2].replace(",", ".")))


def leer_ubicacion(text: str) -> tuple[Punto | None, str]:
    """The point of a field, None where it was left empty, and what is wrong with it."""
    if not text.strip():
        return None, ""
    found = leer_coordenadas(text)
    if found is None:
        return None, "La ubicación son dos números, como -34.5627, -58.4565. También podés dejarla vacía."
    try:
        return leer_punto(*found), ""
    except ValueError as error:
        return None, f"La ubicación {error}"


def ubicacion_dicha() -> str:
    """What this browser remembers."""
    return unquote(request.cookies.get(COOKIE, ""))[:MOST]


def recordar_ubicacion(answer: ResponseTypes, text: str) -> None:
    """Let this browser remember it, or forget it where there is nothing."""
    answer.set_cookie(
        COOKIE,
        quote(text[:MOST]),
        max_age=DAY_S if text else 0,
        secure=house().settings.production,
        httponly=True,
        samesite="Lax",
    )
