"""The way back for whoever lost a password: a link by mail."""

import asyncio
import ipaddress
import time
from urllib.parse import urlsplit

from quart import Blueprint, Response, request
from quart_schema import document_request

from ahorro.actions.cuentas import hash_enlace, pedir_recuperacion, recuperar_password
from ahorro.domain.cuenta import normalizar_correo
from ahorro.domain.errors import EnlaceVencido
from ahorro.routes.answers import Mensaje
from ahorro.routes.fields import Body, PasswordNueva, Texto
from ahorro.routes.house import answer, base, body, house
from ahorro.store.cuentas import select_recuperacion_vale
from belgrano.accounts.passwords import hash_password
from belgrano.http.access import anyone
from belgrano.http.answers import answers, answers_nothing
from belgrano.http.problems import Problem
from belgrano.settings import local_url
from belgrano.words.times import now

RECUPERAR_S = 0.1

routes = Blueprint("recuperacion", __name__)


class PedidoDeRecuperacion(Body):
    """Who lost a password."""

    email: Texto


class Recuperacion(Body):
    """A recovery link's token and the new password."""

    token: Texto
    nueva: PasswordNueva


def sitio() -> str:
    """The shop's own address for links in mail; nothing where production has not configured one.

    Development takes the request's own origin, but only this machine's or its network's: a Host that somebody
    else made up leads nowhere.
    """
    settings = house().settings
    if settings.public_url or settings.production:
        return settings.public_url
    parts = urlsplit(f"//{request.host}")
    try:
        ipaddress.ip_address(parts.hostname or "")
        conocido = True
    except ValueError:
        conocido = parts.hostname == "localhost"
    return f"{request.scheme}://{request.host}" if conocido else local_url(settings.port)


@routes.post("/api/recuperacion")
@anyone
@document_request(PedidoDeRecuperacion)
@answers(Mensaje, 202)
async def post_recuperacion() -> Response:
    """Ask for a way back in: the same answer, as fast, for every address."""
    pedido = await body(PedidoDeRecuperacion)
    await recuperar(pedido.email)
    return answer({"mensaje": "Si ese correo tiene cuenta, te mandamos un enlace. Vence en 15 minutos."}, 202)


async def recuperar(email: str) -> None:
    """Mail a recovery link to this address if it has an account. Raises 503 where no mail leaves, 429 after too many.

    Answers after a set time, so that a stopwatch learns no more than a reader.
    """
    until = time.monotonic() + RECUPERAR_S
    if not house().correo.puede_mandar or not sitio():
        raise Problem(503, "sin_correo", "Ahora no podemos mandar correos. Llamanos y lo resolvemos por teléfono.")
    await house().limits.check_recovery(request, normalizar_correo(email))
    await base().do(pedir_recuperacion, email, sitio(), house().settings.secret_key)
    await asyncio.sleep(until - time.monotonic())


@routes.post("/api/recuperacion/password")
@anyone
@document_request(Recuperacion)
@answers_nothing
async def post_recuperacion_password() -> Response:
    """Use a recovery link: it works once, and ends every session of its account."""
    recuperacion = await body(Recuperacion)
    await usar_enlace(recuperacion.token, recuperacion.nueva)
    return Response("", 204)


async def usar_enlace(token: str, nueva: str) -> None:
    """Set a new password by a recovery link. Raises EnlaceVencido."""
    if not await base().read(select_recuperacion_vale, hash_enlace(token), now()):
        raise EnlaceVencido
    await base().do(recuperar_password, token, await hash_password(nueva))
