"""What every page needs: where templates and assets lie, and `belgrano.words` as filters.

The folders are found beside the package in a checkout, and inside it in an installed wheel.
"""

import asyncio
import gzip
import json
import mimetypes
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from quart import Quart, Response, request, send_from_directory
from werkzeug.exceptions import NotFound

from belgrano import contract
from belgrano.env import refuse
from belgrano.http.access import anyone
from belgrano.words.money import pesos
from belgrano.words.times import fecha, hora

FOREVER = "public, max-age=31536000, immutable"
WORTH_COMPRESSING = 1024
AN_HOUR = "public, max-age=3600"

_HERE = Path(__file__).resolve().parents[1]


def folder(name: str) -> Path:
    """`templates` or `static`, wherever this program was installed from."""
    inside = _HERE / "web" / name
    return inside if inside.is_dir() else _HERE.parent / name


def check_installed() -> None:
    """End the program (78, one line) where templates or the built front end are missing: every page would fail."""
    if not (folder("templates") / "base.html").is_file():
        refuse("Faltan las plantillas: instalá la rueda que hace `make dist`, o arrancá desde una copia del código.")
    if not (folder("static") / "dist" / "manifest.json").is_file():
        refuse("Falta lo que usa el navegador: hacelo con `make install`, o instalá la rueda que hace `make dist`.")


class Assets:
    """Hashed names of what the front-end build made; read again when it is built anew."""

    def __init__(self, static: Path) -> None:
        self._manifest = static / "dist" / "manifest.json"
        self._read_at = -1
        self._names: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        """The address of `tablero.js`, `base.css` or `img/logo.svg`."""
        try:
            changed = self._manifest.stat().st_mtime_ns
        except FileNotFoundError:
            changed = 0
        if changed != self._read_at:
            self._names = json.loads(self._manifest.read_text(encoding="utf-8")) if changed else {}
            self._read_at = changed
        made = self._names.get(name)
        return f"/static/dist/{made}" if made else f"/static/{name}"


def new_app(import_name: str) -> Quart:
    """A Quart app with our pages, and limits that no slow or huge request outlives."""
    app = Quart(import_name, static_folder=None)
    app.config.update(
        MAX_CONTENT_LENGTH=64 * 1024,
        BODY_TIMEOUT=None,  # the guard's
        RESPONSE_TIMEOUT=20,
        MAX_FORM_MEMORY_SIZE=64 * 1024,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False
    register_pages(app)

    @app.before_request
    async def address_can_be_looked_up() -> None:
        if "\0" in request.path:  # PostgreSQL compares no text with one in it
            raise NotFound

    return app


def allow_larger(app: Quart, pattern: str, limit: int) -> None:
    """Let addresses that match take a body of up to `limit` bytes: a longer one is refused while it comes in."""
    address = re.compile(pattern)

    class Larger(app.request_class):  # type: ignore[name-defined,misc]
        def __init__(self, method: str, scheme: str, path: str, *args: Any, **kw: Any) -> None:
            if address.fullmatch(path):
                kw["max_content_length"] = limit
            super().__init__(method, scheme, path, *args, **kw)

    app.request_class = Larger


def register_pages(app: Quart) -> None:
    """Templates, `/static/…` (endpoint `static`), `asset()`, `contract`, and the filters `pesos`, `fecha`, `hora`."""
    static = folder("static")
    app.template_folder = str(folder("templates"))
    app.add_template_global(Assets(static), "asset")
    app.jinja_env.globals["contract"] = contract
    for filter_ in (pesos, fecha, hora):
        app.add_template_filter(filter_)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True

    @anyone
    async def static_file(filename: str) -> Response:
        try:
            return await send_asset(static, filename)
        except OSError:  # a name that no file system takes
            raise NotFound from None

    app.after_request(compress)
    if "static" not in app.view_functions:
        app.add_url_rule("/static/<path:filename>", "static")
    app.view_functions["static"] = static_file


async def compress(response: Response) -> Response:
    """Pages leave compressed: a board of a thousand tickets is a tenth of its size then. Off the loop."""
    if response.mimetype != "text/html" or not isinstance(response, Response):  # a library's own refusal is not ours
        return response
    body = await response.get_data(as_text=False)
    if len(body) >= WORTH_COMPRESSING and request.accept_encodings["gzip"] and not response.content_encoding:
        response.set_data(await asyncio.to_thread(gzip.compress, body, 4, mtime=0))
        response.content_encoding = "gzip"
        response.vary.add("Accept-Encoding")
    return response


async def send_asset(static: Path, filename: str) -> Response:
    """A static file, compressed as the build left it; a hashed name may be kept for ever."""
    response: Response | None = None
    for encoding, suffix in (("br", ".br"), ("gzip", ".gz")):
        if request.accept_encodings[encoding] and (static / "dist" in (static / filename).parents):
            with suppress(NotFound):
                kind = mimetypes.guess_type(filename)[0]
                response = await send_from_directory(static, filename + suffix, mimetype=kind)
                response.content_encoding = encoding
                break
    if response is None:
        response = await send_from_directory(static, filename)
    hashed = filename.startswith("dist/") and not filename.endswith("manifest.json")
    response.headers["Cache-Control"] = FOREVER if hashed else AN_HOUR
    response.headers["Vary"] = "Accept-Encoding"
    return response
