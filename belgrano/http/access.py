"""Who may call which route: every route says it, and an app with a silent one refuses to start.

    @routes.get("/api/tablero")
    @allow("admin")
    async def tablero(): ...

The check runs before the handler. `caller()` is the user it let in.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

from quart import Quart, Request, g, redirect, request
from quart.typing import ResponseReturnValue

from belgrano.http.cookies import Sessions
from belgrano.http.peer import ROUTE
from belgrano.http.problems import Problem, wants_json

MARK = "__belgrano_access__"
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Access:
    """Which callers a route takes: sessions of some roles, the API key, or anybody."""

    roles: frozenset[str] = frozenset()
    key: bool = False
    public: bool = False


def allow(*roles: str, or_key: bool = False) -> Callable[[F], F]:
    """Only sessions of these roles; with `or_key` also a program with the API key."""
    return _marked(Access(frozenset(roles), key=or_key))


def anyone(handler: F) -> F:
    """Public: no session asked for."""
    return _marked(Access(public=True))(handler)


def allow_key(handler: F) -> F:
    """Only programs with the API key."""
    return _marked(Access(key=True))(handler)


def access_of(app: Quart, endpoint: str) -> Access | None:
    """How an endpoint is marked; Quart's own static files are public."""
    if endpoint == "static":
        return Access(public=True)
    return getattr(app.view_functions[endpoint], MARK, None)


def caller() -> Any:
    """The user that the check let in (`.id .nombre .email .rol`); None for a program with the key."""
    return g.get("caller")


def register_access(
    app: Quart,
    sessions: Sessions,
    check_key: Callable[[Request], bool] | None = None,
    login: str = "/login",
    keep: Callable[[], Awaitable[ResponseReturnValue | None]] | None = None,
) -> None:
    """Check every request against its route's mark, and the marks themselves before serving.

    `keep` may answer a form that came without a session, so that what was typed is not lost; None: go to the login.
    """

    @app.before_serving
    async def every_route_is_marked() -> None:
        check_routes(app)

    @app.before_request
    async def check() -> ResponseReturnValue | None:
        if request.url_rule is None or request.endpoint is None:
            return None  # The router's own 404 or 405 follows.
        request.scope[ROUTE] = request.url_rule.rule  # type: ignore[literal-required]
        if request.method == "OPTIONS" and request.url_rule.provide_automatic_options:
            return None  # It names the methods and nothing else.
        access = access_of(app, request.endpoint)
        if access is None:
            raise Problem(403, "prohibido", "Esta dirección no está habilitada.")
        return await _admit(access, sessions, check_key, login, keep)


def check_routes(app: Quart) -> None:
    """Raises RuntimeError naming the routes that nobody marked."""
    silent = sorted(
        f"{rule.rule} ({rule.endpoint})" for rule in app.url_map.iter_rules() if not access_of(app, rule.endpoint)
    )
    if silent:
        raise RuntimeError(f"routes without @allow, @allow_key or @anyone: {', '.join(silent)}")


async def _admit(
    access: Access,
    sessions: Sessions,
    check_key: Callable[[Request], bool] | None,
    login: str,
    keep: Callable[[], Awaitable[ResponseReturnValue | None]] | None,
) -> ResponseReturnValue | None:
    if access.public:
        return None
    if access.key and check_key is not None and check_key(request._get_current_object()):  # type: ignore[attr-defined]
        g.caller = None
        return None
    session = await sessions.current() if access.roles else None
    if session is None or session.user is None:
        if access.roles and not wants_json():
            if request.method == "POST" and keep is not None and (kept := await keep()) is not None:
                return kept
            here = request.full_path.rstrip("?") if request.method == "GET" else "/"
            return redirect(f"{login}?volver={quote(here, safe='/')}", 303)
        if access.roles:
            raise Problem(401, "sin_sesion", "Entrá con tu cuenta para seguir.")
        raise Problem(401, "clave_invalida", "La clave de la API falta o no es válida.")
    if session.user.rol not in access.roles:
        raise Problem(403, "prohibido", "Tu cuenta no tiene permiso para esto.")
    g.caller = session.user
    return None


def _marked(access: Access) -> Callable[[F], F]:
    def mark(handler: F) -> F:
        setattr(handler, MARK, access)
        return handler

    return mark
