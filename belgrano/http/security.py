"""Security headers on every answer, and the check of where a request comes from.

The policy has no exceptions: no inline script or style, no other host, Trusted Types without any policy. A page that
differs sends a `policy(…)` of its own: the phone's has the one that registers our service worker.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import structlog
from quart import Quart, request

from belgrano.http.access import access_of
from belgrano.http.peer import Scope, header
from belgrano.http.problems import Problem
from belgrano.seldom import Seldom

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "font-src": "'self'",
    "media-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}


def policy(changes: Mapping[str, str | None] | None = None) -> str:
    """The policy of a page that needs it otherwise: directives set, added, or (None) left out."""
    directives = {**_POLICY, **(changes or {})}
    return "; ".join(f"{name} {value}" for name, value in directives.items() if value is not None)


CSP = policy()

HEADERS = (
    (b"content-security-policy", CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    # With no-referrer browsers send `Origin: null` with form posts, and the origin check would refuse our own.
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"geolocation=(self), screen-wake-lock=(self), camera=(), microphone=(), payment=()"),
    (b"cache-control", b"no-store"),  # Answers that may be kept say so themselves.
)
# Of this name alone: whose the other names of the domain are we do not know. A proxy in front may say more.
HSTS = (b"strict-transport-security", b"max-age=31536000")
_refused = Seldom()

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_STARTS = frozenset({"http.response.start", "websocket.http.response.start"})

ASGIApp = Callable[[Any, Any, Any], Awaitable[None]]


class SecurityHeaders:
    """ASGI wrapper that adds the headers an answer does not have yet."""

    def __init__(self, app: ASGIApp, *, production: bool) -> None:
        self._app = app
        self._headers = (*HEADERS, HSTS) if production else HEADERS

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: dict[str, Any]) -> None:
            if message["type"] in _STARTS:
                headers = list(message.get("headers") or ())
                present = {name.lower() for name, _ in headers}
                headers += [each for each in self._headers if each[0] not in present]
                message = {**message, "headers": headers}
            await send(message)

        await self._app(scope, receive, with_headers)


def is_same_origin(scope: Scope, public_url: str = "") -> bool:
    """Whether a request or handshake comes from one of our own pages, or from a program that is no browser.

    The own origin is `public_url`'s, else the one the request was sent to.
    """
    if header(scope, b"sec-fetch-site") not in {None, "same-origin", "none"}:
        return False
    origin = header(scope, b"origin")
    if origin is None:
        return True
    if public_url:
        own = public_url
    else:
        scheme = {"ws": "http", "wss": "https"}.get(scope["scheme"], scope["scheme"])
        own = f"{scheme}://{header(scope, b'host') or ''}"
    try:
        return _origin(origin) == _origin(own)
    except ValueError:
        return False


def register_security(app: Quart, *, cookie_name: str, public_url: str = "", production: bool = False) -> None:
    """Headers on every answer; 403 for a state-changing request of a browser's that comes from another origin.

    That is one that carries the cookie, or that could get one: somebody else's page must not log anybody in, either.
    Routes for programs are left alone where no cookie comes along; they have their key.
    """
    app.asgi_app = SecurityHeaders(app.asgi_app, production=production)  # type: ignore[method-assign,assignment]

    @app.before_request
    async def check_origin() -> None:
        if request.method in SAFE_METHODS or request.endpoint is None:
            return
        access = access_of(app, request.endpoint)
        if access is not None and access.key and cookie_name not in request.cookies:
            return
        if not is_same_origin(request.scope, public_url):  # type: ignore[arg-type]
            _say_refused(request.scope, public_url)  # type: ignore[arg-type]
            raise Problem(403, "otro_origen", "El pedido viene de otro sitio.")


def _say_refused(scope: Scope, public_url: str) -> None:
    """A line a minute at most: behind a proxy that hides the name or the scheme, every form of ours is refused."""
    if (others := _refused.take()) is not None:
        structlog.get_logger("belgrano.http.security").warning(
            "form_refused",
            origin=(header(scope, b"origin") or "")[:200],
            site=(header(scope, b"sec-fetch-site") or "")[:20],
            own=public_url or f"{scope['scheme']}://{header(scope, b'host') or ''}"[:200],
            more=others,
        )


def _origin(address: str) -> tuple[str, str, int]:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
        raise ValueError("no origin")
    return parts.scheme, parts.hostname.lower(), parts.port or (443 if parts.scheme == "https" else 80)
