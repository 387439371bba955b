"""The signed cookie that carries a session's token, in and out.

Each app has its own cookie name, salt and secret: a cookie of the other app is ignored.
"""

import hashlib
import warnings
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from itsdangerous import BadData, URLSafeSerializer
from quart import Quart, g
from quart_auth import Action, AuthUser, QuartAuth
from werkzeug.sansio.http import parse_cookie

from belgrano.accounts.sessions import Session, hash_token, select_owner, select_session, touch_sessions
from belgrano.database.base import Base
from belgrano.database.work import Connection, Unavailable
from belgrano.http.peer import Scope

MINUTE_MS = 60_000
COOKIE_DAYS = 400  # what browsers keep at most; when a session ends is the table's business
GUEST = "invitado"


class Sessions:
    """The sessions of one app.

    `idle_ms(rol)` says after how many milliseconds of running time without use a session ends (`invitado` for a guest);
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
        self.idle_ms = idle_ms
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
        raw = ";".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie")
        cookie = parse_cookie(raw).get(self.cookie_name)  # as a request's are read
        return self._carrier.load_token(cookie) if cookie else None

    async def whose(self) -> int | None:
        """The id of whoever the request's session belongs or belonged to, ended or not; None when nobody knows."""
        token = self._carrier.load_user().auth_id
        return await self._base.read(select_owner, hash_token(token)) if token else None

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
        row, user = await self._base.read(select_session, token_hash, self._load_user)
        if row is None or (row["user_id"] is not None and user is None):
            return None
        idle = row["idle"]
        if idle > self.idle_ms(user.rol if user is not None else GUEST):
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
