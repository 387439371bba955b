"""What stands in front of Quart and Socket.IO: the handshake's checks, and the short way for intake.

Both need nothing of Quart, and both are hot: a thousand phones come at once after a restart, and every order of the
shop is a POST here. Everything else is passed on.
"""

import itertools
from typing import Any
from urllib.parse import parse_qs

from belgrano.accounts.sessions import Session, hash_token
from belgrano.bucket import Bucket
from belgrano.database.base import Unavailable
from belgrano.http.peer import Scope, header
from belgrano.http.problems import PROBLEM_JSON, Problem, unavailable
from belgrano.http.security import is_same_origin
from belgrano.server.guard import ASGIApp
from belgrano.server.sockets import OpenSockets
from ticketera.live.sockets import SESSION, SOCKET
from ticketera.routes.house import House, same_person
from ticketera.routes.intake import recibir

SOCKET_PATH, INTAKE_PATHS = "/socket.io", ("/api/tickets", "/api/tickets/recibir")
MESSAGES_PER_S, MESSAGES_AT_ONCE = 100.0, 200.0
POLICY = 1008
# Engine.IO: close and pong; Socket.IO: connect, disconnect, event. Nothing else has a business here: a binary event
# would have the server keep attachments, and an ack is never asked for.
TAKEN = ("1", "3", "40", "41", "42")


class Door:
    """Wraps the app of Socket.IO and Quart, and files each socket under its session and its user in `sockets`."""

    def __init__(self, app: ASGIApp, house: House, sockets: OpenSockets) -> None:
        self._app = app
        self._house = house
        self._sockets = sockets
        self._number = itertools.count(1)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan" and (scope["path"] + "/").startswith(SOCKET_PATH + "/"):
            try:
                scope[SESSION] = await self._admit(scope)
            except Problem as problem:
                await refuse(scope, receive, send, problem)
            except Unavailable:
                await refuse(scope, receive, send, unavailable())
            else:
                await self._app(scope, self._metered(scope, receive), send)
        elif scope["type"] == "http" and scope["path"] in INTAKE_PATHS and scope["method"] == "POST":
            await self._intake(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _intake(self, scope: Scope, receive: Any, send: Any) -> None:
        """An order of the shop: the route's own answer, without Quart's 220 us around it."""
        if header(scope, b"cookie") is not None:
            await self._app(scope, receive, send)  # a browser: with all the checks that browsers get
            return
        status, headers, body = await recibir(self._house, scope, receive)
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _admit(self, scope: Scope) -> Session:
        """Who stands at the door. Raises Problem for anybody who may not open a socket."""
        query = parse_qs(scope["query_string"].decode("latin-1"))
        if scope["type"] != "websocket" or query.get("transport") != ["websocket"] or query.get("EIO") != ["4"]:
            raise Problem(400, "solo_websocket", "La conexión en vivo es Socket.IO 4 por websocket, sin long polling.")
        if not is_same_origin(scope, self._house.settings.public_url):
            raise Problem(403, "otro_origen", "El pedido viene de otro sitio.")
        sessions = self._house.sessions
        token = sessions.token_from_scope(scope)
        scope[SOCKET] = f"socket:{next(self._number)}"
        # Filed first and read then: a session that ends in between finds its socket and cuts it.
        self._sockets.bind(scope, scope[SOCKET], *([hash_token(token)] if token else []))
        session = await sessions.from_scope(scope)
        if session is None or session.user is None:
            raise Problem(401, "sin_sesion", "Entrá con tu cuenta para seguir.")
        same_person(query.get("usuario", [None])[0], session.user)
        self._sockets.bind(scope, f"user:{session.user.id}")
        return session

    def _metered(self, scope: Scope, receive: Any) -> Any:
        """`receive` for a socket that may say only so much, and only what a phone or a board says."""
        bucket = Bucket(MESSAGES_PER_S, MESSAGES_AT_ONCE)
        limited = self._house.settings.limits

        async def metered() -> dict[str, Any]:
            message: dict[str, Any] = await receive()
            if message["type"] != "websocket.receive":
                return message
            if not (message.get("text") or "").startswith(TAKEN) or (limited and not bucket.take()):
                self._sockets.cut(scope[SOCKET], POLICY)
                while message["type"] != "websocket.disconnect":
                    message = await receive()
            return message

        return metered


async def refuse(scope: Scope, receive: Any, send: Any, problem: Problem) -> None:
    """Answer a request or a handshake with a problem+json."""
    await receive()
    kind = "websocket.http.response" if scope["type"] == "websocket" else "http.response"
    body = problem.body()
    headers = [(b"content-type", PROBLEM_JSON.encode()), (b"content-length", str(len(body)).encode())]
    headers += [(name.lower().encode(), value.encode()) for name, value in problem.headers.items()]
    await send({"type": f"{kind}.start", "status": problem.status, "headers": headers})
    await send({"type": f"{kind}.body", "body": b"" if scope.get("method") == "HEAD" else body})
