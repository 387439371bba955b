"""The barrio that somebody chose in the cart: it decides what delivery costs there before there is any form."""

from urllib.parse import quote, unquote

from quart import request
from quart.typing import ResponseTypes

from ahorro.domain.domicilio import leer_domicilio
from ahorro.routes.house import house, visitor

COOKIE = "barrio"
OTRO = "otro barrio"  # what the cart's list has for whoever does not find theirs
MOST = 60
HALF_A_YEAR_S = 180 * 24 * 3600


async def barrio_dicho() -> str:
    """What was chosen on this browser, else the barrio of the account's address; empty where nothing is known."""
    said = unquote(request.cookies.get(COOKIE, ""))[:MOST]
    if said:
        return said
    usuario = await visitor()
    return leer_domicilio(usuario.direccion).barrio if usuario is not None else ""


def recordar(answer: ResponseTypes, barrio: str) -> None:
    """Let this browser remember it for half a year."""
    answer.set_cookie(
        COOKIE,
        quote(barrio[:MOST]),
        max_age=HALF_A_YEAR_S,
        secure=house().settings.production,
        httponly=True,
        samesite="Lax",
    )
