"""Errors as answers: problem+json for programs, a page in Spanish for people.

The one place that turns what was raised into a status. Every error of a JSON route is RFC 9457 with `codigo`
for programs and `error` (the same as `detail`) for the first clients.
"""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import structlog
from jinja2 import TemplateNotFound
from markupsafe import escape
from quart import Quart, Response, has_request_context, render_template, request
from werkzeug.exceptions import HTTPException

from belgrano.database.work import Unavailable

PROBLEM_JSON = "application/problem+json"
JSON_PATHS = ("/api/", "/health", "/healthz", "/metrics", "/test", "/socket.io", "/openapi.json")

TITLES = {
    400: "Hay algo que corregir",
    401: "Hace falta entrar",
    403: "No está permitido",
    404: "No existe",
    405: "Esto no se puede hacer acá",
    408: "Tardó demasiado",
    409: "Cambió mientras tanto",
    413: "Es demasiado grande",
    415: "El formato no sirve",
    422: "Ya se usó para otra cosa",
    429: "Demasiados intentos",
    500: "Algo falló de nuestro lado",
    503: "Ahora no se puede",
}

_OF_HTTP = {
    400: ("pedido_invalido", "No se entiende lo que llegó."),
    401: ("sin_sesion", "Entrá con tu cuenta para seguir."),
    403: ("prohibido", "Tu cuenta no tiene permiso para esto."),
    404: ("no_existe", "Lo que buscás no existe o ya no está."),
    405: ("metodo_no_permitido", "Esa operación no existe en esta dirección."),
    408: ("tiempo_agotado", "El envío tardó demasiado. Probá de nuevo."),
    413: ("demasiado_grande", "Lo que enviaste supera el tamaño permitido."),
    415: ("tipo_no_admitido", "El contenido tiene que ser application/json."),
    429: ("demasiados_pedidos", "Hiciste demasiados pedidos seguidos. Esperá un momento."),
    503: ("no_disponible", "Ahora no podemos guardar nada. Probá de nuevo en unos segundos."),
}

log = structlog.get_logger("belgrano.http.problems")


class Problem(Exception):
    """What a route answers when it cannot do what was asked; `extra` joins the JSON body."""

    def __init__(
        self, status: int, codigo: str, detail: str, *, headers: Mapping[str, str] | None = None, **extra: Any
    ) -> None:
        super().__init__(f"{status} {codigo}")
        self.status = status
        self.codigo = codigo
        self.detail = detail
        self.headers = dict(headers or {})
        self.extra = extra

    def body(self) -> bytes:
        """The RFC 9457 object as bytes."""
        return json.dumps(
            {
                "type": f"urn:belgrano:{self.codigo}",
                "title": TITLES.get(self.status, "No se pudo"),
                "status": self.status,
                "detail": self.detail,
                "codigo": self.codigo,
                "error": self.detail,
                **self.extra,
            },
            ensure_ascii=False,
            default=_plain,
        ).encode()


def unavailable() -> Problem:
    """The 503 of a database that cannot store now."""
    return Problem(503, *_OF_HTTP[503], headers={"Retry-After": "1"})


def problem_of(error: Exception) -> Problem:
    """The answer to an exception that is no domain's: as it says, an HTTP error's, else a logged 500."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, Unavailable):
        return unavailable()
    if isinstance(error, HTTPException) and error.code:
        codigo, detail = _OF_HTTP.get(error.code, ("no_se_pudo", "No se pudo hacer lo que pediste."))
        headers = {"Allow": ", ".join(getattr(error, "valid_methods", None) or ())} if error.code == 405 else {}
        return Problem(error.code, codigo, detail, headers=headers)
    log.error("bug", exc_info=error)
    return Problem(500, "error_interno", "Tuvimos un problema. Ya quedó registrado.")


def status_of(error: Exception, table: Mapping[Any, int]) -> int:
    """The HTTP status of a domain's error: the one that `table` has for the nearest of its kinds."""
    return next(table[kind] for kind in type(error).__mro__ if kind in table)


def register_problems(app: Quart, problem_of: Callable[[Exception], Problem] = problem_of) -> None:
    """Answer whatever a handler raises; an app's `problem_of` knows its domain's errors and leaves the rest to ours."""

    async def answer(error: Exception) -> Response:
        if isinstance(error, HTTPException) and error.code and error.code < 400:
            return error.get_response()  # type: ignore[return-value]
        return await respond(problem_of(error))

    app.register_error_handler(Exception, answer)


async def respond(problem: Problem) -> Response:
    """A problem as problem+json or, for people, as a page."""
    if wants_json():
        response = Response(problem.body(), problem.status, content_type=PROBLEM_JSON)
    else:
        response = Response(await _page(problem), problem.status, content_type="text/html; charset=utf-8")
    response.headers.update(problem.headers)
    return response


def wants_json() -> bool:
    """Whether a program asks: by path, or by what it accepts."""
    if not has_request_context():
        return True  # the handshake of a socket, whose path nobody serves
    if request.path.startswith(JSON_PATHS):
        return True
    accepts = request.accept_mimetypes
    return accepts.best == "application/json"


async def _page(problem: Problem) -> str:
    title = TITLES.get(problem.status, "No se pudo")
    try:
        return await render_template("error.html", problem=problem, titulo=title)
    except TemplateNotFound:
        pass
    except Exception:  # The page that tells about a failure must not fail itself.
        log.exception("error_page_failed")
    return (
        f'<!doctype html><html lang="es-AR"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<main><h1>{escape(title)}</h1><p>{escape(problem.detail)}</p>"
        '<p><a href="/">Volver al inicio</a></p></main></html>'
    )


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"not JSON: {type(value).__name__}")
