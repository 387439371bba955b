"""Sessions: a table decides, a signed cookie only carries a random token.

The table keeps the SHA-256 of each token, so a stolen database opens nothing; ending a row ends a copied cookie
too. Each app has its own cookie name, salt and secret: a cookie of the other app is ignored.
"""

import hashlib
import secrets
import time
import warnings
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any

import sqlalchemy as sa
from itsdangerous import BadData, URLSafeSerializer
from quart import Quart, g
from quart_auth import Action, AuthUser, QuartAuth

from belgrano.base import Base
from belgrano.peer import Scope
from belgrano.work import Connection, Unavailable, Work

MINUTE_MS = 60_000
COOKIE_DAYS = 400  # what browsers keep at most; when a session ends is the table's business
GUEST = "invitado"


@dataclass(frozen=True)
class Session:
    """One signed-in browser or phone; `user` is None for a guest."""

    token_hash: str
    user: Any


@dataclass(frozen=True)
class SessionEnded:
    """Told after the commit that ended a session: whoever holds sockets of it cuts them."""

    token_hash: str


class Sessions:
    """The sessions of one app.

    `idle_ms(rol)` says after how many milliseconds without use a session ends (`invitado` for a guest);
    `load_user(con, id)` reads a user with `.id .nombre .email .rol`, or None when they may not come in.
    """

    def __init__(
        self,
        app: Quart | None,
        base: Base,
        cookie_name: str,
        salt: str,
        secret: str,
        idle_ms: Callable[[str], int],
        load_user: Callable[[Connection, int], Awaitable[Any]],
        *,
        secure: bool = False,
    ) -> None:
        self.cookie_name = f"__Host-{cookie_name}" if secure else cookie_name
        self._base = base
        self._signer = URLSafeSerializer(secret, salt, signer_kwargs={"digest_method": hashlib.sha512})
        self._idle_ms = idle_ms
        self._load_user = load_user
        self._carrier = _Carrier(
            self._signer,
            cookie_name=self.cookie_name,
            cookie_secure=secure,
            cookie_samesite="Lax",
            cookie_http_only=True,
            cookie_path="/",
            duration=COOKIE_DAYS * 24 * 60 * 60,
            salt=salt,
            singleton=False,  # no `current_user` of its own in templates
        )
        if secure:  # Behind a proxy that says nothing of https every login would warn.
            warnings.filterwarnings("ignore", "Secure cookies will be ignored", module="quart_auth")
        if app is not None:
            self.init_app(app)

    def init_app(self, app: Quart) -> None:
        """Carry the cookie of this app's requests."""
        self._carrier.init_app(app)

    async def current(self) -> Session | None:
        """The session of the request at hand, read once."""
        if not hasattr(g, "session_read"):
            g.session_read = await self._find(self._carrier.load_user().auth_id)
        session: Session | None = g.session_read
        return session

    async def from_scope(self, scope: Scope) -> Session | None:
        """The session of a socket's handshake."""
        return await self._find(self.token_from_scope(scope))

    def token_from_scope(self, scope: Scope) -> str | None:
        """The token that a handshake's cookie carries, before anybody looked whether it is good."""
        raw = "; ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie")
        try:
            morsel = SimpleCookie(raw).get(self.cookie_name)
        except CookieError:
            return None
        return self._carrier.load_token(morsel.value) if morsel else None

    async def whose(self) -> int | None:
        """The id of whoever the request's session belongs or belonged to, ended or not; None when nobody knows."""
        token = self._carrier.load_user().auth_id
        return await self._base.read(_select_owner, hash_token(token)) if token else None

    def remember(self, token: str) -> None:
        """Give the browser this session's cookie with the answer."""
        self._carrier.login_user(AuthUser(token, Action.WRITE_PERMANENT))
        if hasattr(g, "session_read"):
            del g.session_read

    def forget(self) -> None:
        """Take the cookie away with the answer; the table's row is ended by `end_session`."""
        self._carrier.logout_user()
        g.session_read = None

    async def _find(self, token: str | None) -> Session | None:
        if not token:
            return None
        token_hash = hash_token(token)
        ahora = time.time_ns() // 1_000_000
        row, user = await self._base.read(_select_session, token_hash, self._load_user)
        if row is None or (row["user_id"] is not None and user is None):
            return None
        idle = ahora - row["seen_at"]
        if idle > self._idle_ms(user.rol if user is not None else GUEST):
            return None
        if idle > MINUTE_MS:
            with suppress(Unavailable):  # A full disk stops no reader.
                await self._base.do(touch_sessions, [token_hash])
        return Session(token_hash, user)


class _Carrier(QuartAuth):
    """quart-auth with a signature that knows no clock: one set back would log everybody out."""

    def __init__(self, signer: URLSafeSerializer, **options: Any) -> None:
        super().__init__(**options)
        self._signer = signer

    def dump_token(self, auth_id: str | None, app: Quart | None = None) -> str:
        return str(self._signer.dumps(auth_id))

    def load_token(self, token: str, app: Quart | None = None) -> str | None:
        try:
            loaded = self._signer.loads(token)
        except BadData:
            return None
        return loaded if isinstance(loaded, str) else None


def hash_token(token: str) -> str:
    """What the table keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def create_tables(op: Any) -> None:
    """The table, from an app's migration."""
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("user_id", sa.BigInteger),  # NULL: a guest
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger),  # NULL: open
    )
    op.create_index("sessions_of_user", "sessions", ["user_id"])
    op.create_index("sessions_ended", "sessions", ["ended_at"])


async def open_session(work: Work, user_id: int | None, replaces: str | None = None) -> str:
    """A new session with a new random token, which is returned; `replaces` (a token hash) ends in the same commit."""
    if replaces is not None:
        await end_session(work, replaces)
    token = secrets.token_urlsafe(32)
    await work.con.execute(
        """
        INSERT INTO sessions (token_hash, user_id, created_at, seen_at)
        VALUES (:token_hash, :user_id, :ahora, :ahora)
        """,
        {"token_hash": hash_token(token), "user_id": user_id, "ahora": work.ahora},
    )
    return token


async def end_session(work: Work, token_hash: str) -> None:
    """End one session; tells SessionEnded."""
    rows = await work.con.fetch_all(
        """
        UPDATE sessions
           SET ended_at = :ahora
         WHERE token_hash = :token_hash
           AND ended_at IS NULL
        RETURNING token_hash
        """,
        {"token_hash": token_hash, "ahora": work.ahora},
    )
    _tell_ended(work, rows)


async def end_sessions_of(work: Work, user_id: int, but: str | None = None) -> None:
    """End a user's sessions, maybe all but the one at hand; tells SessionEnded for each."""
    rows = await work.con.fetch_all(
        """
        UPDATE sessions
           SET ended_at = :ahora
         WHERE user_id = :user_id
           AND ended_at IS NULL
           AND token_hash <> :but
        RETURNING token_hash
        """,
        {"user_id": user_id, "but": but or "", "ahora": work.ahora},
    )
    _tell_ended(work, rows)


async def end_all_sessions(work: Work) -> None:
    """End every session, as a restored database does; tells SessionEnded for each."""
    rows = await work.con.fetch_all(
        "UPDATE sessions SET ended_at = :ahora WHERE ended_at IS NULL RETURNING token_hash", {"ahora": work.ahora}
    )
    _tell_ended(work, rows)


async def touch_sessions(work: Work, token_hashes: Iterable[str]) -> None:
    """Note that these sessions are in use, by a request or an open socket."""
    for token_hash in token_hashes:
        await work.con.execute(
            "UPDATE sessions SET seen_at = :ahora WHERE token_hash = :token_hash AND ended_at IS NULL",
            {"token_hash": token_hash, "ahora": work.ahora},
        )


async def select_ended_since(con: Connection, since: int) -> list[str]:
    """Token hashes of the sessions that ended at or after an instant (ms UTC), for another process's sockets."""
    rows = await con.fetch_all("SELECT token_hash FROM sessions WHERE ended_at >= :since", {"since": since})
    return [row["token_hash"] for row in rows]


async def delete_old_sessions(work: Work, before: int) -> None:
    """Forget what ended, or was last seen, before an instant (ms UTC)."""
    await work.con.execute("DELETE FROM sessions WHERE ended_at < :before OR seen_at < :before", {"before": before})


async def _select_session(
    con: Connection, token_hash: str, load_user: Callable[[Connection, int], Awaitable[Any]]
) -> tuple[Any, Any]:
    row = await con.fetch_one(
        "SELECT user_id, seen_at FROM sessions WHERE token_hash = :token_hash AND ended_at IS NULL",
        {"token_hash": token_hash},
    )
    user = await load_user(con, row["user_id"]) if row is not None and row["user_id"] is not None else None
    return row, user


async def _select_owner(con: Connection, token_hash: str) -> int | None:
    owner: int | None = await con.fetch_val(
        "SELECT user_id FROM sessions WHERE token_hash = :token_hash", {"token_hash": token_hash}
    )
    return owner


def _tell_ended(work: Work, rows: Iterable[Any]) -> None:
    for row in rows:
        work.tell(SessionEnded(row["token_hash"]))
