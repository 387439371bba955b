"""The outermost ASGI wrapper: who is connected, how to cut them, and how to stop in time.

It settles the true peer of every request, adds the security headers to every answer, files every open websocket by
its address, has only so many requests of one address under way, gives a slow body fifteen seconds and a slow client
five a message, and at the end tells every socket 1012 (service restart) first, so that phones come back at once.
"""

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from belgrano.http.metrics import observe_request
from belgrano.http.peer import Scope, address_of, household, names_a_host, settle_peer
from belgrano.http.problems import PROBLEM_JSON, Problem
from belgrano.http.security import SecurityHeaders
from belgrano.server.connections import Connections, Crowd, Turn, Turns, teach_hypercorn
from belgrano.server.ending import give_up_on_dead_peers, hear_the_end
from belgrano.server.logs import note_request, start_request
from belgrano.server.sockets import SERVICE_RESTART, Body, Cut, OpenSocket, OpenSockets

TRY_LATER = 1013
REQUESTS = 2_000  # under way at once; an event stream is none
REQUESTS_PER_ADDRESS = 500
AT_ONCE = 16  # worked on, of an address: a stranger's flood waits for itself
ALWAYS = "/healthz"  # whoever asks whether we live gets an answer
WATCHED = (ALWAYS, "/health")  # a monitor beside the shop does not wait for acts that wait for the disk

ASGIApp = Callable[[Any, Any, Any], Awaitable[None]]


class Guard:
    """Wraps a whole app, Socket.IO included; one per process.

    `hops` is how many proxies to believe; `limits=False` (BELGRANO_LIMITS=off) lets one address do all the work;
    `lean=False` (BELGRANO_HTTP=hypercorn) leaves HTTP/1.1 to Hypercorn's own protocol.
    `sockets` are the open ones, where somebody else files and cuts them too.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        hops: int = 0,
        production: bool = False,
        limits: bool = True,
        lean: bool = True,
        sockets: OpenSockets | None = None,
    ) -> None:
        self._app = SecurityHeaders(app, production=production)
        self._nowhere = SecurityHeaders(nowhere, production=production)
        self._crowded = SecurityHeaders(crowded, production=production)
        self._hops = hops
        self._limits = limits
        self.connections = Connections(per_address=limits and hops == 0, lean=lean)
        self._under_way = Crowd()
        self._turns = Turns(AT_ONCE)
        teach_hypercorn()
        self.sockets = OpenSockets() if sockets is None else sockets
        self._streams: set[Body] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._ending = False

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            settle_peer(scope, self._hops)
            await self._websocket(scope, receive, send)
        elif scope["type"] == "http":
            settle_peer(scope, self._hops)
            await self._http(scope, receive, send)
        else:
            await self._app(scope, receive, self._started(send))

    async def close_all(self) -> None:
        """Tell every socket that the service restarts, and end what streams; new sockets are refused from here on."""
        self._ending = True
        for body in list(self._streams):
            body.end()  # Its handler hears that the client left; browsers take an event stream up again.
        await self.sockets.close_all(SERVICE_RESTART)

    async def _http(self, scope: Scope, receive: Any, send: Any) -> None:
        started = time.perf_counter()
        request_id = start_request(scope).encode()
        status, streamed = 0, 0.0
        app, leave = self._app_for(scope)
        turn = self._turn_of(scope) if app is self._app else Turn(None)
        body = Body(scope, receive, turn.take)

        async def answering(message: dict[str, Any]) -> None:
            nonlocal status, streamed
            if message["type"] == "http.response.start":
                status = message["status"]
                turn.end()
                if _is_stream(message):
                    streamed = time.perf_counter()
                    self._streams.add(body)
                    leave()
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", request_id)]
            elif body.unread and not message.get("more_body"):
                await body.drain()
            await send(message)

        try:
            if not body.unread:
                await turn.take()
            await app(scope, body.receive, answering)
        except Problem as late:  # the body's; whoever read it is gone
            if not status:
                await answer(scope, answering, late)
        finally:
            turn.end()
            leave()
            self._streams.discard(body)
            seconds = (streamed or time.perf_counter()) - started
            if status:  # else the client left before there was an answer
                observe_request(scope, status, seconds)
                note_request(scope, status, seconds)

    def _app_for(self, scope: Scope) -> tuple[ASGIApp, Callable[[], None]]:
        """Which app answers a request, and what to call at its end.

        One of our own answers where its Host is none, or where there are too many.
        """
        if not names_a_host(scope):
            return self._nowhere, _nothing
        address = household(address_of(scope))
        room = not self._limits or self._under_way.has_room(address, REQUESTS, REQUESTS_PER_ADDRESS)
        if not room and scope["path"] != ALWAYS:
            return self._crowded, _nothing
        return self._app, self._under_way.enter(address)

    def _turn_of(self, scope: Scope) -> Turn:
        waits = self._limits and scope["path"] not in WATCHED
        return self._turns.of(household(address_of(scope))) if waits else Turn(None)

    async def _websocket(self, scope: Scope, receive: Any, send: Any) -> None:
        address = f"address:{household(address_of(scope))}"
        if self._ending or self.sockets.full(address) or not names_a_host(scope):
            await receive()
            await send({"type": "websocket.close", "code": TRY_LATER})
            return
        sock = OpenSocket(scope, receive, send)
        with self.sockets.opened(sock, address), suppress(Cut):
            await self._app(scope, sock.receive, sock.send)
            if not sock.answered:  # Its client left half way; Hypercorn would call that our error.
                await sock.send({"type": "websocket.close", "code": TRY_LATER})

    def _spawn(self, coro: Any) -> None:
        task = asyncio.get_running_loop().create_task(coro)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _started(self, send: Any) -> Any:
        async def listening(message: dict[str, Any]) -> None:
            if message["type"] == "lifespan.startup.complete":
                hear_the_end(lambda: self._spawn(self.close_all()))
                give_up_on_dead_peers()
                self.connections.find_room()
                gc.collect()
                gc.freeze()  # What lives from the start on is not looked at again: pauses of 37 ms become 7.
                gc.set_threshold(10_000, 2, 20)  # 3 % of a ticket's CPU and more, and shorter pauses as phones come in
            await send(message)

        return listening


def _nothing() -> None:
    """Nothing to call at the end of a request that was not counted."""


async def nowhere(scope: Scope, receive: Any, send: Any) -> None:
    """Answer a request for a host that no server can be."""
    await answer(scope, send, Problem(400, "host_invalido", "El encabezado Host no nombra ningún servidor."))


async def crowded(scope: Scope, receive: Any, send: Any) -> None:
    """Answer one request more than an address may have under way."""
    detail = "Hay demasiados pedidos tuyos a la vez. Probá de nuevo en un momento."
    await answer(scope, send, Problem(429, "demasiados_pedidos", detail, headers={"Retry-After": "1"}))


async def answer(scope: Scope, send: Any, problem: Problem) -> None:
    """Say a problem without an app."""
    headers = [(name.lower().encode(), value.encode()) for name, value in problem.headers.items()]
    headers.append((b"content-type", PROBLEM_JSON.encode()))
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else problem.body()})


def _is_stream(start: Any) -> bool:
    """Whether an answer is an event stream, which is not slow for being open."""
    return any(name == b"content-type" and value.startswith(b"text/event-stream") for name, value in start["headers"])
