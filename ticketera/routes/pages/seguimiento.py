"""The customer's page of one ticket: whoever has the link reads it, nobody else, and it changes nothing.

Its script asks for the same page again, with the ETag, and takes over what is new; so the page is drawn in one place,
nothing is held open, and a server that ends has nobody to send away.
"""

import hashlib
import re

from quart import Blueprint, Response, render_template, request
from quart.typing import ResponseReturnValue

from belgrano.http.access import anyone
from belgrano.words.numbers import distancia
from belgrano.words.times import en_punto, fecha, now, otro_dia
from ticketera.domain.seguimiento import seguimiento, token_vale, vencido
from ticketera.routes.house import base, house
from ticketera.store.seguimiento import select_seguido

routes = Blueprint("pagina_seguimiento", __name__)

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
# The address is the key: it goes to no other site, and no search engine keeps it.
HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}


@routes.get("/seguir/<numero>/<token>")
@anyone
async def get_seguimiento(numero: str, token: str) -> ResponseReturnValue:
    """Where the delivery is. A link that is wrong and one that has died are answered alike."""
    secreto, ahora = house().settings.webhook_secret, now()
    if not TOKEN.fullmatch(token) or not token_vale(secreto, numero, token):
        return await _nada()
    seguido = await base().read(select_seguido, numero)
    if seguido is None:
        # Only the shop makes such a link: its order is on its way to us.
        return await _page("ticketera/seguimiento.html", 200, numero=numero, s=None, franja=None)
    if vencido(seguido.ticket, ahora):
        return await _nada()
    s = seguimiento(seguido.ticket, seguido.repartidor, seguido.antes, seguido.configuracion, secreto, ahora)
    return await _page(
        "ticketera/seguimiento.html",
        200,
        numero=numero,
        s=s,
        franja=en_palabras(s.franja, ahora) if s.franja else None,
        distancia=redonda(s.posicion.metros) if s.posicion and s.posicion.metros is not None else None,
        anillo=redonda(s.posicion.plano.anillo) if s.posicion and s.posicion.plano else None,
    )


def en_palabras(franja: tuple[int, int | None], ahora: int) -> str:
    """A franja (ms UTC) as people say it: `hoy de 18 a 20`, `mañana desde las 18`, `el 04/05/2031 de 18 a 20`."""
    desde, hasta = franja
    otro = otro_dia(desde, ahora)
    day = f"el {fecha(desde)}" if "/" in otro else otro or "hoy"
    return f"{day} desde las {en_punto(desde)}" if hasta is None else f"{day} de {en_punto(desde)} a {en_punto(hasta)}"


def redonda(metros: int) -> str:
    """`800 m`, `2 km`, `2,4 km`, with a space that does not break."""
    return distancia(metros).replace(",0 ", " ").replace(" ", "\u00a0")


async def _nada() -> Response:
    house().limits.check_link(request._get_current_object())  # type: ignore[attr-defined]
    return await _page("ticketera/sin_seguimiento.html", 404)


async def _page(template: str, status: int, **context: object) -> Response:
    page = await render_template(template, **context)
    etag = f'"{hashlib.sha256(page.encode()).hexdigest()[:32]}"'
    if status == 200 and request.headers.get("If-None-Match") == etag:
        return Response(status=304, headers={**HEADERS, "ETag": etag})
    headers = {**HEADERS, "ETag": etag} if status == 200 else HEADERS
    return Response(page, status, headers, content_type="text/html; charset=utf-8")
