"""The phone's page as something one installs: its shell, the service worker that keeps it, the manifest.

The shell is the page without anybody's day: what is kept in the browser's cache is the same for everybody. Its version
is in it, in the worker and in the page with the day, so that each knows whether the others are as new.
"""

import asyncio
import hashlib
import json
from collections.abc import Callable

from quart import Blueprint, Response, current_app, render_template

from belgrano.http.access import anyone
from belgrano.http.pages import AN_HOUR, folder
from belgrano.http.security import policy
from ticketera.domain.acciones import tabla
from ticketera.routes.house import house
from ticketera.routes.pages.frame import json_block

routes = Blueprint("instalable", __name__)
SHELL = "/reparto/cascara"
PAGE_HEADERS = {"Content-Security-Policy": policy({"trusted-types": "sw"})}
FILES = ("reparto.css", "reparto.js", "socket.js", "img/icono.svg")
COLOUR, BACKGROUND = "#0b6b3a", "#f1f3f6"


@routes.get(SHELL)
@anyone
async def get_cascara() -> tuple[str, dict[str, str]]:
    """The phone's page without a day: its script takes the day from the phone."""
    return await _page(await version()), PAGE_HEADERS


@routes.get("/sw.js")
@anyone
async def get_sw() -> Response:
    """The service worker, with the names of what it keeps in front of it."""
    shell = {"version": await version(), "pagina": SHELL, "archivos": files()}
    source = folder("static") / asset("sw.js").removeprefix("/static/")
    text = f"self.CASCARA={json.dumps(shell)};\n{await asyncio.to_thread(source.read_text, encoding='utf-8')}"
    return Response(text, headers={"Cache-Control": "no-cache"}, content_type="text/javascript; charset=utf-8")


@routes.get("/manifest.webmanifest")
@anyone
async def get_manifest() -> Response:
    """How the phone's page is when it is installed."""
    icons = [
        {"src": asset(f"img/app/{name}-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for name, purpose in (("icono", "any"), ("mascara", "maskable"))
        for size in (192, 512)
    ]
    manifest = {
        "id": "/reparto",
        "name": "Ticketera · Reparto",
        "short_name": "Reparto",
        "description": "El recorrido del día de quien reparte, también sin señal.",
        "lang": "es-AR",
        "dir": "ltr",
        "start_url": "/reparto",
        "scope": "/reparto",
        "display": "standalone",
        "orientation": "portrait",
        "theme_color": COLOUR,
        "background_color": BACKGROUND,
        "icons": icons,
    }
    text = json.dumps(manifest, ensure_ascii=False)
    return Response(text, headers={"Cache-Control": AN_HOUR}, content_type="application/manifest+json")


def asset(name: str) -> str:
    """The address of a built file or a picture."""
    address_of: Callable[[str], str] = current_app.jinja_env.globals["asset"]  # type: ignore[assignment]
    return address_of(name)


def files() -> list[str]:
    """The addresses of what the shell loads."""
    return [asset(name) for name in FILES]


async def version() -> str:
    """What tells this shell from yesterday's: its markup, the names of its files, and its worker. Worked out once."""
    known: dict[str, str] = current_app.extensions.setdefault("ticketera.cascara", {})
    names = " ".join([*files(), asset("sw.js")])
    if names not in known:
        known[names] = hashlib.sha256(f"{names}\n{await _page('')}".encode()).hexdigest()[:12]
    return known[names]


async def _page(version: str) -> str:
    datos = {"version": version, **tabla()}
    return await render_template(
        "ticketera/reparto.html", yo=None, tickets=[], datos=json_block(datos), avisos=clave_de_avisos()
    )


def clave_de_avisos() -> str:
    """The key with which a phone asks for notices; empty where the server has none, and the page says nothing of it."""
    vapid = house().settings.vapid
    return vapid.public if vapid else ""
