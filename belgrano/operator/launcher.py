"""Running the apps: one in this process, or both as two processes under one parent.

The parent prints the addresses, starts again whatever crashed, and ends both on Ctrl+C; a child whose parent is
gone ends by itself.
"""

import asyncio
import contextlib
import importlib
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import structlog
from hypercorn.asyncio import serve
from hypercorn.config import Config

from belgrano import settings
from belgrano.database.migrations import migrate
from belgrano.database.work import Unavailable
from belgrano.env import PREFIX, REFUSED, Environment, refuse
from belgrano.http.pages import check_installed, folder
from belgrano.operator.greeting import TITLES, greet, until_up
from belgrano.server.ending import EXIT_S, exit_in
from belgrano.server.guard import Guard
from belgrano.server.logs import set_up_logs

APPS = tuple(PREFIX)
_CONFIG = "hypercorn.toml"
FAILED = 1


class CannotStart(Exception):
    """An app cannot be served; the text says why, for people."""


def address(app: str, *, alone: bool) -> tuple[str, int]:
    """Host and port of an app; running both ignores the plain PORT."""
    return settings.address(Environment(), app, alone=alone)


def is_local(app: str, *, alone: bool) -> bool:
    """Whether nobody but this machine reaches it."""
    return address(app, alone=alone)[0] in {"127.0.0.1", "::1", "localhost"}


def run_one(app: str, *, supervised: bool = False) -> int:
    """Serve one app in this process until SIGTERM or Ctrl+C; returns the exit code."""
    set_up_logs(app, production=Environment().production)
    check_installed()
    host, port = address(app, alone=not supervised)
    _open_database(app)
    try:
        listener = listen(app, host, port)
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_serve(app, listener, supervised=supervised))
    except CannotStart as error:
        print(f"belgrano: {error}", file=sys.stderr)
        return FAILED
    if not supervised:
        print(f"{TITLES[app]} terminó.", flush=True)
    return 0


def _open_database(app: str) -> None:
    """Make or migrate it before anything else begins: what is refused ends the program with its one line alone."""
    of_app = importlib.import_module(f"{app}.settings").Settings.read()
    with contextlib.suppress(Unavailable):  # the app itself says so
        migrate(of_app.database, app, of_app.migrations)


def run_both() -> int:
    """Serve both apps, each in a process of its own; returns the exit code."""
    try:
        places = {app: address(app, alone=False) for app in APPS}
        for app, (host, port) in places.items():
            listen(app, host, port).close()
        return asyncio.run(_Parent(places).run())
    except CannotStart as error:
        print(f"belgrano: {error}", file=sys.stderr)
        return FAILED


def listen(app: str, host: str, port: int) -> socket.socket:
    """A bound socket. Raises CannotStart where the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
        sock.listen(2048)
    except socket.gaierror:
        sock.close()
        refuse(f"{PREFIX[app]}_HOST: no es el nombre ni la dirección de una máquina.")
    except OSError as error:
        sock.close()
        raise CannotStart(
            f"{TITLES[app]} no puede escuchar en {host}:{port} ({os.strerror(error.errno or 0)}). "
            f"Cerrá lo que usa ese puerto, o elegí otro con {PREFIX[app]}_PORT."
        ) from None
    sock.set_inheritable(True)
    return sock


def config_for(listener: socket.socket) -> Config:
    """Hypercorn's configuration: `hypercorn.toml` of this folder, else the one we came with, and our own socket."""
    config = Config.from_toml(_CONFIG if Path(_CONFIG).exists() else folder("static").parent / _CONFIG)
    config.bind = [f"fd://{listener.detach()}"]
    config.workers, config.worker_class = 1, "asyncio"  # meant for the plain command; `serve` would warn
    return config


async def _serve(app: str, listener: socket.socket, *, supervised: bool) -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    place = listener.getsockname()[:2]

    def ending() -> None:
        if supervised:
            loop.remove_reader(sys.stdin.fileno())
        if not stop.is_set():
            exit_in(EXIT_S)
            stop.set()

    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(each, ending)
    if supervised:
        loop.add_reader(sys.stdin.fileno(), ending)  # The parent writes nothing: what comes is its end.
    greeter = None if supervised else loop.create_task(greet({app: place}))
    guard: Guard = importlib.import_module(f"{app}.asgi").app

    async def trigger() -> None:
        await stop.wait()
        await guard.close_all()  # Before the server stops: it would wait for open sockets.

    try:
        await serve(guard, config_for(listener), shutdown_trigger=trigger)  # type: ignore[arg-type]
    except Exception as error:
        structlog.get_logger("belgrano.operator.launcher").error("app_failed", exc_info=error)
        raise CannotStart(f"{TITLES[app]} no pudo empezar o terminó mal: {error}") from error
    finally:
        if greeter is not None:
            greeter.cancel()


class _Parent:
    """Two children, their restarts and their end."""

    def __init__(self, places: Mapping[str, tuple[str, int]]) -> None:
        self.places = places
        self.stop = asyncio.Event()
        self.children: dict[str, asyncio.subprocess.Process] = {}
        self.code = 0

    async def run(self) -> int:
        loop = asyncio.get_running_loop()
        for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.add_signal_handler(each, self.stop.set)
        keepers = [asyncio.create_task(self._keep(app)) for app in self.places]
        greeting = asyncio.create_task(greet(self.places))
        await self.stop.wait()
        greeting.cancel()
        for child in self.children.values():
            _end(child)
        await asyncio.gather(*keepers)
        print("Las dos apps terminaron." if self.code == 0 else "belgrano: terminó con errores.", flush=True)
        return self.code

    async def _keep(self, app: str) -> None:
        """Run a child until we stop; one that was up and crashed comes back, one that never was ends us all."""
        pause = 0.5
        was_up = False
        while not self.stop.is_set():
            started = asyncio.get_running_loop().time()
            child = self.children[app] = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "belgrano", "run", app, "--supervised"),
                stdin=asyncio.subprocess.PIPE,
                env=self._environment(),
                start_new_session=False,
            )
            if self.stop.is_set():  # while it was being started
                _end(child)
            up = asyncio.create_task(until_up(self.places[app]))
            code = await child.wait()
            was_up = was_up or (up.done() and not up.cancelled())
            up.cancel()
            if self.stop.is_set():
                return
            if code == REFUSED or not was_up:
                self.code = code or FAILED
                self.stop.set()
                return
            print(f"{TITLES[app]} se cayó (código {code}); empieza de nuevo.", file=sys.stderr, flush=True)
            pause = 0.5 if asyncio.get_running_loop().time() - started > 30 else min(pause * 2, 10.0)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stop.wait(), pause / 2)

    def _environment(self) -> dict[str, str]:
        """The children's: the plain PORT means neither of them, and each knows where the other is."""
        env = {key: value for key, value in os.environ.items() if key != "PORT"}
        if not env.get("TICKETERA_URL") and not env.get("TICKETS_URL"):
            env["TICKETERA_URL"] = settings.local_url(self.places["ticketera"][1])
        if not env.get("BELGRANO_AHORRO_URL") and not env.get("AHORRO_URL"):
            env["BELGRANO_AHORRO_URL"] = settings.local_url(self.places["ahorro"][1])
        return env


def _end(child: asyncio.subprocess.Process) -> None:
    """Send SIGTERM to a child that still runs."""
    if child.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            child.terminate()


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop's event loop where it is installed; None for asyncio's own."""
    try:
        found = importlib.import_module("uvloop")
    except ImportError:
        return None
    made: Callable[[], asyncio.AbstractEventLoop] = found.new_event_loop
    return made
