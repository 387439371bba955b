"""Serving one app in this process: alone, or as a child of `belgrano.operator.parent`, which gives it its socket.

A child whose parent is gone ends by itself. Alone and without a terminal, SIGHUP begins the program anew in its own
place, and what it listens on stays open: what comes meanwhile waits a second and is answered.
"""

import asyncio
import contextlib
import functools
import importlib
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import structlog
from hypercorn.asyncio import serve
from hypercorn.config import Config

from belgrano import settings
from belgrano.database.migrations import migrate
from belgrano.database.work import Unavailable
from belgrano.env import PREFIX, Environment, refuse
from belgrano.http.pages import check_installed, folder
from belgrano.operator import systemd
from belgrano.operator.greeting import TITLES, greet
from belgrano.server.connections import raise_file_limit
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
    return settings.is_loopback(address(app, alone=alone)[0])


def run_one(app: str, *, supervised: int = 0) -> int:
    """Serve one app in this process until SIGTERM or Ctrl+C; returns the exit code.

    `supervised` is the descriptor of the socket that a parent listens on.
    """
    set_up_logs(app, production=Environment().production)
    check_installed()
    raise_file_limit()
    _open_database(app)
    try:
        listener = socket.socket(fileno=supervised) if supervised else own_listener(app, alone=True)
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            kept = runner.run(_serve(app, listener, supervised=bool(supervised)))
    except CannotStart as error:
        print(f"belgrano: {error}", file=sys.stderr)
        return FAILED
    if kept is not None:
        systemd.hand_on(kept)
        os.execv(sys.executable, [sys.executable, "-m", "belgrano", "run", app])  # noqa: S606
    if not supervised:
        print(f"{TITLES[app]} terminó.", flush=True)
    return 0


def _open_database(app: str) -> None:
    """Make or migrate it before anything else begins: what is refused ends the program with its one line alone."""
    of_app = importlib.import_module(f"{app}.settings").Settings.read()
    for name, said in settings.traps(of_app):
        structlog.get_logger("belgrano.operator.launcher").warning("trap", variable=name, motivo=said)
    with contextlib.suppress(Unavailable):  # the app itself says so
        migrate(of_app.database, app, of_app.migrations)


def own_listener(app: str, *, alone: bool) -> socket.socket:
    """What an app listens on: the socket that systemd holds for it, else a new one.

    Of several the one with the app's port; alone it is the only one, whatever its port.
    """
    host, port = address(app, alone=alone)
    for each in _given():
        if each.getsockname()[1] == port or (alone and len(_given()) == 1):
            return each
    return listen(app, host, port)


@functools.cache
def _given() -> list[socket.socket]:
    """Taken once: both apps choose among the same."""
    return [each for each in systemd.given() if each.family in {socket.AF_INET, socket.AF_INET6}]


def has_terminal() -> bool:
    """Whether somebody sits in front of this: then SIGHUP says that they left, and else that a restart is wanted."""
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


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


async def _serve(app: str, listener: socket.socket, *, supervised: bool) -> int | None:
    """Serve until the end. Where the program shall begin anew: a descriptor of its socket, which stays open."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    place, number = listener.getsockname()[:2], listener.fileno()
    kept: int | None = None

    def ending() -> None:
        if supervised:
            loop.remove_reader(sys.stdin.fileno())
        if not stop.is_set():
            exit_in(EXIT_S)
            stop.set()

    def restarting() -> None:
        nonlocal kept
        if kept is None and not stop.is_set():
            kept = os.dup(number)
        ending()

    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, ending)
    loop.add_signal_handler(signal.SIGHUP, ending if supervised or has_terminal() else restarting)
    if supervised:
        loop.add_reader(sys.stdin.fileno(), ending)  # The parent writes nothing: what comes is its end.
    greeter = None if supervised else loop.create_task(_announce({app: place}))
    guard: Guard = importlib.import_module(f"{app}.asgi").app

    async def trigger() -> None:
        await stop.wait()
        if not supervised and kept is None:
            systemd.notify("STOPPING=1")
        await guard.close_all()  # Before the server stops: it would wait for open sockets.

    try:
        await serve(guard, config_for(listener), shutdown_trigger=trigger)  # type: ignore[arg-type]
    except Exception as error:
        structlog.get_logger("belgrano.operator.launcher").error("app_failed", exc_info=error)
        raise CannotStart(f"{TITLES[app]} no pudo empezar o terminó mal: {error}") from error
    finally:
        if greeter is not None:
            greeter.cancel()
    return kept


async def _announce(places: dict[str, tuple[str, int]]) -> None:
    """Say where the app is once it answers, and to a service manager that it lives, as long as it does."""
    await greet(places)
    systemd.notify("READY=1")
    await systemd.keep_saying_alive()


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop's event loop where it is installed; None for asyncio's own."""
    try:
        found = importlib.import_module("uvloop")
    except ImportError:
        return None
    made: Callable[[], asyncio.AbstractEventLoop] = found.new_event_loop
    return made
