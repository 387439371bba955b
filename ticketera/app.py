"""create_app(settings): the one file that knows the whole of Ticketera.

What a commit leaves goes out in its order: novedades to rooms, an ended session to the guard, a report to the relay.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Any

import socketio
from prometheus_client import Gauge
from quart import Quart, Response

from belgrano.accounts.sessions import SessionEnded
from belgrano.alerts import senses
from belgrano.alerts.measures import LOOK_S, measure
from belgrano.alerts.watch import Watch
from belgrano.database.base import Base
from belgrano.database.copies import Copying
from belgrano.database.loops import every
from belgrano.database.running import Running
from belgrano.http.access import caller, register_access
from belgrano.http.cookies import Sessions
from belgrano.http.health import register_health
from belgrano.http.house import HOUSE
from belgrano.http.limits import Limits
from belgrano.http.metrics import register_metrics
from belgrano.http.openapi import register_openapi
from belgrano.http.pages import new_app
from belgrano.http.peer import Scope
from belgrano.http.problems import register_problems
from belgrano.http.security import register_security
from belgrano.http.unsent import Keeper
from belgrano.outbox.outgoing import select_outgoing_status
from belgrano.outbox.relay import Relay
from belgrano.server.guard import Guard
from belgrano.server.logs import set_up_logs
from belgrano.server.sockets import OpenSockets
from belgrano.words.times import DIA, HORA, now
from ticketera.actions.avisos import olvidar_suscripcion
from ticketera.domain import encargo
from ticketera.domain.avisos import Suscripcion
from ticketera.domain.events import ReporteListo
from ticketera.keys import ApiKeys
from ticketera.live.door import Door
from ticketera.live.eco import read_sin_numero
from ticketera.live.engine import Server
from ticketera.live.presence import Presence
from ticketera.live.realtime import Realtime
from ticketera.live.rooms import Rooms, SharedRooms
from ticketera.live.sockets import SOCKET, Sockets
from ticketera.loops import loops
from ticketera.outlets.avisos import Avisos
from ticketera.outlets.geocodificador import Geocodificador
from ticketera.outlets.medidas import medir
from ticketera.outlets.reportes import Reportes
from ticketera.routes import register_routes
from ticketera.routes.answers.salud import Salud
from ticketera.routes.errors import problem_of
from ticketera.routes.house import House
from ticketera.routes.pages.cuentas import ask_to_come_in
from ticketera.settings import Settings
from ticketera.store.avisos import select_para_avisar
from ticketera.store.novedades import select_posiciones
from ticketera.store.usuarios import select_activo

REDIS_AWAY = Gauge("ticketera_redis_away", "1 while Redis, which several processes share rooms by, is away.")
IDLE_MS = {"admin": 14 * HORA, "repartidor": 14 * HORA}


def create_app(settings: Settings) -> Quart:
    """The Quart app with everything around it; what Hypercorn serves is its `extensions["asgi"]`."""
    set_up_logs("ticketera", production=settings.production)
    app = new_app(__name__)
    app.jinja_env.globals["encargo"] = encargo  # pages write labels and limits of its fields out of its table
    app.url_map.merge_slashes = False  # a redirect is no answer for a program that mistyped
    dispatch = _Dispatch(settings)
    sessions = Sessions(
        app, dispatch.base, "ticketera", "ticketera.sesion", settings.secret_key,
        lambda rol: IDLE_MS.get(rol, DIA), select_activo, secure=settings.production,
    )  # fmt: skip
    keys = ApiKeys(settings.api_keys, limits=settings.limits)
    keeper = Keeper(sessions, settings.secret_key, "ticketera.pendiente")
    house = app.extensions[HOUSE] = House(
        settings=settings,
        base=dispatch.base,
        sessions=sessions,
        keys=keys,
        limits=Limits(dispatch.base, on=settings.limits, secret=settings.secret_key),
        watch=dispatch.watch,
        keeper=keeper,
    )
    register_problems(app, problem_of)
    register_security(
        app, cookie_name=sessions.cookie_name, public_url=settings.public_url, production=settings.production
    )
    # Without keys (development) anybody on this machine is a shop, but whoever brings a session is that person.
    register_access(
        app,
        sessions,
        check_key=lambda request: (
            keys.find(request.scope) is not None  # type: ignore[arg-type]
            and (keys.set or sessions.cookie_name not in request.cookies)
        ),
        keep=ask_to_come_in,
    )
    register_health(app, dispatch.base, service="ticketera", shape=Salud, extra=dispatch.health)
    register_metrics(app, settings.metrics_token, service=settings.app)
    register_openapi(app, title="Ticketera", cookie_name=sessions.cookie_name, key=True)
    register_routes(app)
    app.jinja_env.globals["incidentes"] = dispatch.watch.said
    app.after_request(dispatch.note_signal)
    app.before_serving(dispatch.start)
    app.after_serving(dispatch.stop)

    app.extensions["asgi"] = Guard(
        Door(socketio.ASGIApp(dispatch.server, app), house, dispatch.open_sockets),
        hops=settings.trusted_proxies,
        production=settings.production,
        limits=settings.limits,
        lean=settings.lean_http,
        sockets=dispatch.open_sockets,
    )
    return app


class _Dispatch:
    """What lives as long as the process: the database, the sockets, the outlets and the loops."""

    def __init__(self, settings: Settings) -> None:
        self.shared = bool(settings.redis_url)
        self.open_sockets = OpenSockets()
        self.rooms = SharedRooms(self.cut, settings.redis_url, channel_of(settings)) if self.shared else Rooms(self.cut)
        self.server = Server(self.rooms)
        self.copies = Copying(settings.database, settings.app, settings.migrations, settings.copies)
        self.base = Base(
            settings.database,
            app=settings.app,
            migrations=settings.migrations,
            tell=self.tell,
            before_migrating=self.copies.before_migrating,
        )
        self.realtime = Realtime(
            self.rooms,
            lambda oyentes: self.base.read(select_posiciones, oyentes),
            watch_all=self.shared,
            unnumbered=(lambda: self.base.read(read_sin_numero, now())) if self.shared else None,
        )
        self.running = Running(self.base)
        self.presence = Presence(self.base)
        self.sockets = Sockets(self.server, self.base, self.presence, self.realtime)
        self.reportes = Reportes(settings.ahorro_url, settings.webhook_secret)
        self.relay = Relay(self.base, self.reportes.send)
        self.geocodificador = Geocodificador(
            settings.public_url, permitidos=settings.geocoder_hosts, lejos=settings.production
        )
        self.avisos = _avisos(settings, self.base)
        self.neighbour = senses.Neighbour("La tienda", settings.ahorro_url, self.relay)
        self.watch = Watch(self.base, settings, senses.of(settings, self.relay, self.neighbour, self.copies))
        self._loops: list[asyncio.Task[None]] = []

    def cut(self, scope: Scope) -> None:
        """End one socket."""
        self.open_sockets.cut(scope[SOCKET])

    def tell(self, events: Sequence[object]) -> None:
        """Hand what happened to whoever carries it out; called after the commit."""
        self.realtime.tell(events)
        if self.avisos:
            self.avisos.tell(events)
        for event in events:
            if isinstance(event, SessionEnded):
                self.open_sockets.cut(event.token_hash)
            elif isinstance(event, ReporteListo):
                self.relay.wake()

    async def start(self) -> None:
        """Open the database and begin to work."""
        await self.base.begin(self._begin)
        self._loops += [asyncio.create_task(loop) for loop in self.watch.loops()]  # also while the database is away

    async def _begin(self) -> None:
        await self.running.start()
        await self.watch.start()
        self.copies.start()
        if self.shared:
            # Socket.IO would start listening with the first socket, and a process without one would hear nothing.
            self.server.manager_initialized = True
            self.rooms.initialize()
        self.relay.start()
        going = [self.running.run(), self.realtime.beat(), self.presence.run()]
        going += loops(self.base, self.open_sockets.cut, self.presence.sessions, self.geocodificador)
        going += [self.neighbour.run(), every(LOOK_S, self._medir, "medidas")]
        if self.avisos:
            going.append(self.avisos.run())
        self._loops += [asyncio.create_task(loop) for loop in going]

    async def stop(self) -> None:
        """Let what is in flight end, and close."""
        self.copies.stop()
        await self.relay.close()
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        await self.rooms.close()
        await self.reportes.close()
        await self.geocodificador.close()
        if self.avisos:
            await self.avisos.close()
        await self.neighbour.close()
        await self.watch.close()
        await self.base.close()

    async def _medir(self) -> None:
        REDIS_AWAY.set(bool(self.shared and self.rooms.away))
        await measure(self.base, self.relay, self.watch)
        await medir(self.base)

    async def health(self) -> dict[str, Any]:
        """What operators see besides; the shop being away is degraded, not unhealthy: tickets go on all the same."""
        told: dict[str, Any] = {
            "reportes": await self.base.read(select_outgoing_status),
            "sockets": self.open_sockets.count(),
        }
        if self.shared:
            told["redis"] = "away" if self.rooms.away else "connected"
        motivos = [self.relay.reason or "la tienda no responde"] if self.relay.state != "yendo" else []
        motivos += ["Redis no responde"] if self.rooms.away else []
        return told | ({"status": "degraded", "motivos": motivos} if motivos else {})

    async def note_signal(self, response: Response) -> Response:
        """A repartidor's request is a sign of life of their phone."""
        user = caller()
        if user is not None and user.rol == "repartidor":
            self.presence.seen(user.id)
        return response


def _avisos(settings: Settings, base: Base) -> Avisos | None:
    """Notices to phones whose screen is off, where the server has a key for them."""
    if settings.vapid is None:
        return None

    async def find(repartidor_id: int, ticket_id: int) -> list[Suscripcion]:
        return await base.read(select_para_avisar, repartidor_id, ticket_id, IDLE_MS["repartidor"])

    return Avisos(settings.vapid, find, lambda endpoint: base.do(olvidar_suscripcion, endpoint))


def channel_of(settings: Settings) -> str:
    """The Redis channel of this deployment: whoever shares its secret shares its rooms."""
    return f"ticketera:{hashlib.sha256(settings.secret_key.encode()).hexdigest()[:16]}"
