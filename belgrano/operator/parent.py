"""Both apps as two processes under this one, which listens for them, watches them and starts them again.

The listening sockets are this process' and the children's alike: while a child is away, what comes waits in the socket
and is answered by the next one. SIGHUP, where there is no terminal that could have been closed, starts one child after
the other anew.
"""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping

import structlog

from belgrano import settings
from belgrano.env import REFUSED, Environment
from belgrano.operator import systemd
from belgrano.operator.greeting import answers, greet, until_up
from belgrano.operator.launcher import APPS, FAILED, CannotStart, has_terminal, own_listener
from belgrano.server.connections import raise_file_limit
from belgrano.server.logs import set_up_logs

ASK_EVERY = 5.0  # seconds, of /healthz
SILENT = 15.0  # seconds since the last answer, after which a child counts as hung
SETTLED = 10.0  # seconds; a child that lived so long is started again without a pause
LONGEST_PAUSE = 1.0  # of a child that was up; one that was not yet waits longer
LONGEST_PAUSE_BEFORE_UP = 10.0

Told = Callable[[str, str], object]


def say_restart(app: str, why: str) -> None:
    """What is done when a child has to be started again: a line in the log."""
    structlog.get_logger("belgrano.operator.parent").error("app_restarted", app=app, motivo=why)


def run_both() -> int:
    """Serve both apps, each in a process of its own; returns the exit code."""
    set_up_logs("belgrano", production=Environment().production)
    raise_file_limit()
    try:
        listeners = {app: own_listener(app, alone=False) for app in APPS}
        return asyncio.run(Parent(listeners).run())
    except CannotStart as error:
        print(f"belgrano: {error}", file=sys.stderr)
        return FAILED


class Parent:
    """Two children, their restarts and their end. `told(app, why)` hears of each restart that nobody asked for."""

    def __init__(self, listeners: Mapping[str, socket.socket], told: Told = say_restart) -> None:
        self.listeners = listeners
        self.places = {app: each.getsockname()[:2] for app, each in listeners.items()}
        self.told = told
        self.stop = asyncio.Event()
        self.children: dict[str, asyncio.subprocess.Process] = {}
        self.wanted: set[str] = set()  # whose end is a restart that was asked for
        self.code = 0

    async def run(self) -> int:
        """Keep both until the end; the exit code."""
        loop = asyncio.get_running_loop()
        restarts: list[asyncio.Task[None]] = []
        for each in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(each, self.stop.set)
        restart = self.stop.set if has_terminal() else lambda: restarts.append(asyncio.create_task(self._renew()))
        loop.add_signal_handler(signal.SIGHUP, restart)
        keepers = [asyncio.create_task(self._keep(app)) for app in self.places]
        announcing = asyncio.create_task(self._announce())
        await self.stop.wait()
        systemd.notify("STOPPING=1")
        for task in (announcing, *restarts):
            task.cancel()
        for child in self.children.values():
            _send(child, signal.SIGTERM)
        await asyncio.gather(*keepers)
        print("Las dos apps terminaron." if self.code == 0 else "belgrano: terminó con errores.", flush=True)
        return self.code

    async def _announce(self) -> None:
        await greet(self.places)
        systemd.notify("READY=1")
        await systemd.keep_saying_alive()

    async def _renew(self) -> None:
        """Start one child after the other anew: never are both away."""
        for app, child in list(self.children.items()):
            if child.returncode is None:
                self.wanted.add(app)
                _send(child, signal.SIGTERM)
                while self.children[app] is child:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
            await until_up(self.places[app])

    async def _keep(self, app: str) -> None:
        """Run a child until we stop; one that was up, or was killed, comes back; one that ends before ends us all."""
        loop = asyncio.get_running_loop()
        pause, was_up = 0.0, False
        while not self.stop.is_set():
            started = loop.time()
            child = self.children[app] = await self._start(app)
            if self.stop.is_set():  # while it was being started
                _send(child, signal.SIGTERM)
            up = asyncio.Event()
            watch = asyncio.create_task(self._watch(app, child, up))
            code = await child.wait()
            why = watch.result() if watch.done() else f"se cayó (código {code})"
            watch.cancel()
            was_up = was_up or up.is_set()
            if self.stop.is_set():
                return
            if code == REFUSED or (code >= 0 and not was_up):  # one that was killed did not end by itself
                self.code = code or FAILED
                self.stop.set()
                return
            if app in self.wanted:
                self.wanted.discard(app)
                continue
            self.told(app, why)
            longest = LONGEST_PAUSE if up.is_set() else LONGEST_PAUSE_BEFORE_UP
            pause = 0.0 if loop.time() - started > SETTLED else min(max(0.1, pause * 2), longest)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stop.wait(), pause)

    async def _start(self, app: str) -> asyncio.subprocess.Process:
        listener = self.listeners[app].fileno()
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "belgrano", "run", app, "--supervised", str(listener)),
            stdin=asyncio.subprocess.PIPE,
            env=self._environment(),
            pass_fds=(listener,),
            start_new_session=False,
        )

    async def _watch(self, app: str, child: asyncio.subprocess.Process, up: asyncio.Event) -> str:
        """Ask a child that is up whether it lives, and kill it when it does not say so. Returns why it was killed."""
        loop = asyncio.get_running_loop()
        await until_up(self.places[app])
        up.set()
        heard = loop.time()
        while loop.time() - heard < SILENT:
            asked = loop.time()
            if await answers(self.places[app], ASK_EVERY):
                heard = loop.time()
            await asyncio.sleep(max(0.0, asked + ASK_EVERY - loop.time()))
        _send(child, signal.SIGKILL)
        return f"no contestaba hacía {SILENT:.0f} s"

    def _environment(self) -> dict[str, str]:
        """The children's: the plain PORT means neither of them, and each knows where the other is."""
        env = {key: value for key, value in os.environ.items() if key not in {"PORT", "NOTIFY_SOCKET"}}
        if not env.get("TICKETERA_URL") and not env.get("TICKETS_URL"):
            env["TICKETERA_URL"] = settings.local_url(self.places["ticketera"][1])
        if not env.get("BELGRANO_AHORRO_URL") and not env.get("AHORRO_URL"):
            env["BELGRANO_AHORRO_URL"] = settings.local_url(self.places["ahorro"][1])
        return env


def _send(child: asyncio.subprocess.Process, number: signal.Signals) -> None:
    """Send a signal to a child that still runs."""
    if child.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            child.send_signal(number)
