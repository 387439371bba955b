"""What `doctor` asks of others over the network: the other app, the app's own public address, its certificate.

A check is (grade, what, sentence). Nothing that is asked here changes anything at the other side.
"""

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal
from urllib.parse import urlsplit

import httpx

from belgrano.http.client import new_client
from belgrano.http.reasons import why
from belgrano.settings import Settings

Grade = Literal["bien", "atención", "mal"]
Reached = tuple[Grade, str, str]

TIMEOUT = httpx.Timeout(10.0, connect=5.0)
DRIFT_S = 5.0  # clocks that are so far apart get a line
BROKEN_S = 240.0  # and so far, signed reports are about to be refused: they are good for five minutes
SOON_DAYS = 14  # before a certificate ends
TICKET = {
    "numero": "VERIFICACION",
    "cliente_nombre": "Verificación de Belgrano",
    "cliente_direccion": "Av. Belgrano 1234",
    "productos": ["Prueba x1"],
    "total": 100.0,
}


async def try_it(what: str, check: Callable[[], Awaitable[Reached]]) -> Reached:
    """One check; what goes wrong on the way is `mal`, in words."""
    try:
        return await check()
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return "mal", what, f"no se puede llegar: {why(error)}."


async def other_app(url: str, service: str) -> list[Reached]:
    """Whether `service` answers there, by its own word, and how far its clock is from ours."""
    found: list[Reached] = []

    async def check() -> Reached:
        async with new_client(url, timeout=TIMEOUT, at_once=1) as client:
            began = time.time()
            answer = await client.get("/health")
            found.extend(_clock(answer, service, (began + time.time()) / 2))
        said = _json(answer)
        if said.get("service") != service:
            return "mal", service.capitalize(), f"en {url} contesta otra cosa que {service} ({answer.status_code})."
        if answer.status_code != 200:
            return "mal", service.capitalize(), f"en {url} no puede trabajar ({said.get('status')})."
        return "bien", service.capitalize(), f"contesta en {url} ({said.get('status')}, versión {said.get('version')})"

    return [await try_it(service.capitalize(), check), *found]


def _clock(answer: httpx.Response, service: str, here: float) -> list[Reached]:
    try:
        there = parsedate_to_datetime(answer.headers["date"]).timestamp()
    except (KeyError, ValueError):
        return []
    apart = there + 0.5 - here  # a header says whole seconds
    if abs(apart) < DRIFT_S:
        return [("bien", "Reloj", f"el mismo que el de {service}")]
    grade: Grade = "mal" if abs(apart) >= BROKEN_S else "atención"
    return [(grade, "Reloj", f"el de {service} va {abs(apart):.0f} s {'adelantado' if apart > 0 else 'atrasado'}.")]


async def public_url(settings: Settings) -> list[Reached]:
    """Whether the public address leads here, through the proxy, as browsers need it."""
    url, what = settings.public_url, "Dirección pública"
    if not url:
        grade: Grade = "atención" if settings.production else "bien"
        return [(grade, what, "no está dicha: detrás de un proxy los formularios y el correo la necesitan.")]
    found: list[Reached] = []
    if settings.production and not settings.trusted_proxies:
        said = "BELGRANO_TRUSTED_PROXIES es 0: si hay un proxy delante, todos los clientes son una sola dirección."
        found.append(("atención", "Proxy", said))
    if urlsplit(url).scheme == "https":
        found.append(await try_it("Certificado", lambda: _certificate(url)))
    found.append(await try_it(what, lambda: _form(url, settings.app)))
    return found


async def _form(url: str, app: str) -> Reached:
    """An empty login: refused for its fields where all is well, for its origin where the proxy tells another name."""
    what = "Dirección pública"
    async with new_client(url, timeout=TIMEOUT, at_once=1) as client:
        answer = await client.get("/health")
        if _json(answer).get("service") != app:
            return "mal", what, f"en {url} contesta otra cosa que {app} ({answer.status_code})."
        form = await client.post("/login", data={}, headers={"origin": url})
    if form.status_code == 403:
        return "mal", what, f"{url} llega, pero sus formularios se toman por los de otro sitio (403): mirá el proxy."
    return "bien", what, f"{url} llega y sus formularios se aceptan"


async def _certificate(url: str) -> Reached:
    parts = urlsplit(url)
    context = httpx.create_ssl_context()
    async with asyncio.timeout(10):
        _, writer = await asyncio.open_connection(parts.hostname, parts.port or 443, ssl=context)
    try:
        certificate = writer.get_extra_info("peercert")
    finally:
        writer.close()
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate["notAfter"]), UTC)
    left = (ends - datetime.now(UTC)).days
    said = f"vence el {ends:%d/%m/%Y}, en {left} días"
    return ("atención" if left < SOON_DAYS else "bien"), "Certificado", said


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        value = answer.json()
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
