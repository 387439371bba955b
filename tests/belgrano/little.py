"""The smallest app that stands on the ground: a chief, a rider, a public door and a secret one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from quart import Quart, request
from quart.typing import ResponseReturnValue

from belgrano.accounts.sessions import end_session, open_session
from belgrano.database.base import Base
from belgrano.database.work import Connection, Unavailable, Work
from belgrano.http import problems
from belgrano.http.access import allow, allow_key, anyone, caller, register_access
from belgrano.http.cookies import Sessions
from belgrano.http.health import register_health
from belgrano.http.json_input import read_json
from belgrano.http.metrics import register_metrics
from belgrano.http.pages import new_app
from belgrano.http.problems import Problem, register_problems
from belgrano.http.security import register_security

MIGRATIONS = Path(__file__).parent / "little_migrations"
SECRET = "a-secret-that-is-longer-than-32-characters"
HOUR = 3_600_000
KEY = "the-key-of-the-shop"


class OldVersion(Exception):
    """A domain error, as apps have them."""

    codigo = "version_vieja"


STATUS = {OldVersion: 409}


def problem_of(error: Exception) -> Problem:
    """As each app has one: its own errors, and the ground's for the rest."""
    if isinstance(error, OldVersion):
        return Problem(problems.status_of(error, STATUS), error.codigo, str(error), version=7)
    return problems.problem_of(error)


@dataclass(frozen=True)
class User:
    id: int
    nombre: str
    email: str
    rol: str


async def add_person(work: Work, email: str, rol: str) -> int:
    row = await work.con.fetch_one(
        "INSERT INTO people (nombre, email, rol, activo) VALUES (:nombre, :email, :rol, :activo) RETURNING id",
        {"nombre": email.partition("@")[0], "email": email, "rol": rol, "activo": True},
    )
    assert row is not None
    return int(row["id"])


async def dismiss(work: Work, person_id: int) -> None:
    await work.con.execute("UPDATE people SET activo = :no WHERE id = :id", {"no": False, "id": person_id})


async def age_session(work: Work, token_hash: str, ms: int) -> None:
    await work.con.execute(
        "UPDATE sessions SET seen_at = seen_at - :ms WHERE token_hash = :token_hash",
        {"ms": ms, "token_hash": token_hash},
    )


async def load_person(con: Connection, person_id: int) -> User | None:
    row = await con.fetch_one("SELECT id, nombre, email, rol, activo FROM people WHERE id = :id", {"id": person_id})
    if row is None or not row["activo"]:
        return None
    return User(row["id"], row["nombre"], row["email"], row["rol"])


def make_sessions(app: Quart | None, base: Base, name: str = "little", *, secure: bool = False) -> Sessions:
    idle = {"admin": 14 * HOUR, "repartidor": 14 * HOUR, "invitado": 720 * HOUR}
    return Sessions(app, base, name, f"{name}.sesion", SECRET, idle.__getitem__, load_person, secure=secure)


def make_little(base: Base, *, production: bool = False, public_url: str = "", metrics_token: str = "") -> Quart:
    """The Quart app; `little.extensions["sessions"]` are its sessions."""
    app = new_app(__name__)
    sessions = make_sessions(app, base, secure=production)
    app.extensions["sessions"] = sessions
    register_problems(app, problem_of)
    register_security(app, cookie_name=sessions.cookie_name, public_url=public_url, production=production)
    register_access(app, sessions, check_key=lambda asked: asked.headers.get("X-API-Key") == KEY)
    register_health(app, base, service="little")
    register_metrics(app, metrics_token)
    _routes(app, base, sessions)
    return app


def _routes(app: Quart, base: Base, sessions: Sessions) -> None:
    @app.post("/api/enter/<int:person_id>")
    @anyone
    async def enter(person_id: int) -> ResponseReturnValue:
        old = await sessions.current()
        token = await base.do(open_session, person_id, old.token_hash if old else None)
        sessions.remember(token)
        return {"in": True}

    @app.post("/api/leave")
    @anyone
    async def leave() -> ResponseReturnValue:
        session = await sessions.current()
        if session:
            await base.do(end_session, session.token_hash)
        sessions.forget()
        return "", 204

    @app.get("/api/me")
    @allow("admin", "repartidor")
    async def me() -> ResponseReturnValue:
        return {"email": caller().email, "rol": caller().rol}

    @app.get("/api/chief")
    @allow("admin")
    async def chief() -> ResponseReturnValue:
        return {"ok": True}

    @app.get("/board")
    @allow("admin")
    async def board() -> ResponseReturnValue:
        return "<h1>board</h1>"

    @app.post("/api/intake")
    @allow_key
    async def intake() -> ResponseReturnValue:
        return {"got": str(await read_json(request))}

    @app.post("/api/either")
    @allow("admin", or_key=True)
    async def either() -> ResponseReturnValue:
        return {"by": caller().email if caller() else "key"}

    failures: dict[str, Callable[[], Exception]] = {
        "old": lambda: OldVersion("Cambió mientras la mirabas."),
        "away": lambda: Unavailable("locked"),
        "bug": lambda: ZeroDivisionError("the customer lives at Calle Falsa 123"),
        "said": lambda: Problem(422, "otra_cosa", "Ya se usó.", clave="x"),
    }

    @app.get("/api/fail/<how>")
    @app.get("/fail/<how>")
    @anyone
    async def fail(how: str) -> ResponseReturnValue:
        raise failures[how]()

    @app.get("/login")
    @anyone
    async def login() -> ResponseReturnValue:
        return "<form></form>"
