"""The files of products' pictures, as pages and programs load them."""

import re

from quart import Blueprint, Response

from ahorro.domain.errors import NoExiste
from ahorro.domain.imagen import FORMATOS, LADOS
from ahorro.routes.house import base
from ahorro.store.imagenes import select_archivo
from belgrano.http.access import anyone
from belgrano.http.answers import sends
from belgrano.http.pages import FOREVER

routes = Blueprint("imagenes", __name__)
HUELLA = re.compile("[0-9a-f]{32}")
HEADERS = {"Cache-Control": FOREVER, "Content-Security-Policy": "default-src 'none'; sandbox"}


@routes.get("/imagenes/<huella>-<int:lado>.<formato>")
@anyone
@sends(*FORMATOS.values())
async def get_imagen(huella: str, lado: int, formato: str) -> Response:
    """One file of a picture. Its address is of what is in it, so that it may be kept for ever."""
    known = HUELLA.fullmatch(huella) and lado in LADOS and formato in FORMATOS
    datos = await base().read(select_archivo, huella, lado, formato) if known else None
    if datos is None:
        raise NoExiste("No existe esa imagen.")
    return Response(datos, 200, HEADERS, content_type=FORMATOS[formato])
