"""The shop, put together: the one file that knows all of it."""

import asyncio
from collections.abc import Sequence
from typing import Any

from prometheus_client import Gauge
from quart import Quart

from ahorro.domain.events import ColaCambiada, CorreoPorMandar, EntregaCambiada, PedidoConfirmado
from ahorro.loops import loops
from ahorro.outlets.correo import Correo, into_folder, read_folder
from ahorro.outlets.cotejo import Numeros
from ahorro.outlets.ticketera import Ticketera
from ahorro.outlets.vecina import Vecina
from ahorro.outlets.vivo import Vivo
from ahorro.routes import register_routes
from ahorro.routes.answers import Salud
from ahorro.routes.errors import problem_of
from ahorro.routes.house import House
from ahorro.routes.pages.cuentas import ask_to_come_in
from ahorro.settings import Settings
from ahorro.store.cuentas import select_usuario
from belgrano.accounts.ended import cut_ended
from belgrano.accounts.sessions import SessionEnded
from belgrano.alerts import senses
from belgrano.alerts.measures import LOOK_S, measure
from belgrano.alerts.watch import Watch
from belgrano.database.base import Base
from belgrano.database.copies import Copying
from belgrano.database.loops import every
from belgrano.database.running import Running
from belgrano.database.work import Connection
from belgrano.http.access import register_access
from belgrano.http.cookies import GUEST, Sessions
from belgrano.http.health import register_health
from belgrano.http.house import HOUSE
from belgrano.http.limits import Limits
from belgrano.http.metrics import register_metrics
from belgrano.http.openapi import register_openapi
from belgrano.http.pages import new_app
from belgrano.http.problems import register_problems
from belgrano.http.security import register_security
from belgrano.http.unsent import Keeper
from belgrano.mail import by_smtp
from belgrano.outbox.outgoing import select_outgoing_status
from belgrano.outbox.relay import Relay
from belgrano.server.logs import set_up_logs
from belgrano.settings import local_url
from belgrano.words.times import DIA, HORA

# Who buys stays in for a month; whoever works here, for a shift.
IDLE_MS = {"cliente": 30 * DIA, "comerciante": 30 * DIA, GUEST: DIA}
IDLE_AT_WORK_MS = 14 * HORA
VIVOS = Gauge("belgrano_paginas_vivas", "Pages that listen for their deliveries.")


def create_app(settings: Settings) -> Quart:
    """The shop, with its loops, ready to be served."""
    set_up_logs("ahorro", production=settings.production)
    app = new_app(__name__)
    shop = _Shop(settings)
    sessions = Sessions(
        app,
        shop.base,
        "ahorro",
        "ahorro.sesion",
        settings.secret_key,
        lambda rol: IDLE_MS.get(rol, IDLE_AT_WORK_MS),
        _load_user,
        secure=settings.production,
    )
    app.extensions[HOUSE] = House(
        settings=settings,
        base=shop.base,
        sessions=sessions,
        limits=Limits(shop.base, on=settings.limits, secret=settings.secret_key),
        watch=shop.watch,
        vivo=shop.vivo,
        correo=shop.correo,
        cola=shop.relay,
        keeper=Keeper(sessions, settings.secret_key, "ahorro.pendiente"),
        buzon=lambda: [] if settings.production else read_folder(settings.mailbox),
    )
    register_problems(app, problem_of)
    register_security(
        app, cookie_name=sessions.cookie_name, public_url=settings.public_url, production=settings.production
    )
    register_access(app, sessions, keep=ask_to_come_in)
    register_health(app, shop.base, service="ahorro", shape=Salud, extra=shop.health)
    register_metrics(app, settings.metrics_token, service=settings.app)
    register_openapi(app, title="Ahorro: la tienda", cookie_name=sessions.cookie_name)
    register_routes(app)
    app.jinja_env.globals["incidentes"] = shop.watch.said
    app.before_serving(shop.start)
    app.after_serving(shop.stop)
    return app


async def _load_user(con: Connection, usuario_id: int) -> Any:
    usuario = await select_usuario(con, usuario_id)
    return usuario if usuario is not None and usuario.activo else None


class _Shop:
    """What lives as long as the process: the database, the outlets and the loops."""

    def __init__(self, settings: Settings) -> None:
        self.copies = Copying(settings.database, settings.app, settings.migrations, settings.copies)
        self.base = Base(
            settings.database,
            app=settings.app,
            migrations=settings.migrations,
            tell=self.tell,
            before_migrating=self.copies.before_migrating,
        )
        self.ticketera = Ticketera(settings.ticketera_url, settings.api_key)
        self.running = Running(self.base)
        self.relay = Relay(self.base, self.ticketera.send)
        self.vecina = Vecina(settings.ticketera_url)
        self.numeros = Numeros(settings.ticketera_url, settings.api_key)
        self.vivo = Vivo()
        self.correo = Correo(self.base, settings.mail_from, settings.secret_key, _deliver(settings))
        self.sitio = _site(settings)
        self.neighbour = senses.Neighbour("Ticketera", settings.ticketera_url, self.relay)
        self.watch = Watch(self.base, settings, senses.of(settings, self.relay, self.neighbour, self.copies))
        self._loops: list[asyncio.Task[None]] = []

    def tell(self, events: Sequence[object]) -> None:
        """Hand what happened to whoever carries it out; called after the commit."""
        for event in events:
            match event:
                case PedidoConfirmado() | ColaCambiada():
                    self.relay.wake()
                case EntregaCambiada():
                    self.vivo.ring(event.usuario_id)
                case CorreoPorMandar():
                    self.correo.wake()
                case SessionEnded():
                    self.vivo.cut(event.token_hash)

    async def start(self) -> None:
        """Open the database and begin to work."""
        await self.base.begin(self._begin)
        self._loops += [asyncio.create_task(loop) for loop in self.watch.loops()]  # also while the database is away

    async def _begin(self) -> None:
        await self.running.start()
        await self.watch.start()
        self.copies.start()
        self.relay.start()
        self.correo.start()
        going = (
            self.running.run(),
            every(LOOK_S, self._medir, "medidas"),
            cut_ended(self.base, self.vivo.cut),
            *loops(self.base, self.sitio, self.numeros),
            self.neighbour.run(),
        )
        self._loops += [asyncio.create_task(loop) for loop in going]

    async def stop(self) -> None:
        """Let what is in flight end, and close."""
        self.copies.stop()
        self.vivo.close()
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        await self.correo.close()
        await self.relay.close()
        await self.ticketera.close()
        await self.vecina.close()
        await self.neighbour.close()
        await self.watch.close()
        await self.numeros.close()
        await self.base.close()

    async def _medir(self) -> None:
        VIVOS.set(self.vivo.abiertos)
        await measure(self.base, self.relay, self.watch)

    async def health(self) -> dict[str, Any]:
        """The outbox for /health; Ticketera being away is degraded, not unhealthy: the shop sells all the same."""
        answer: dict[str, Any] = {"outbox": await self.base.read(select_outgoing_status)}
        if self.relay.state != "yendo" or not await self.vecina.esta():
            answer |= {"status": "degraded", "ticketera": "detenida" if self.relay.state == "detenida" else "ausente"}
            answer["motivos"] = [self.relay.reason or "Ticketera no responde"]
        return answer


def _site(settings: Settings) -> str:
    """Where links in mail that nobody asked for lead; nothing where production has not said it."""
    return settings.public_url or ("" if settings.production else local_url(settings.port))


def _deliver(settings: Settings) -> Any:
    if settings.smtp_url:
        return by_smtp(settings.smtp_url)
    return None if settings.production else into_folder(settings.mailbox)
