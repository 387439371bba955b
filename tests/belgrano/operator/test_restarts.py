"""What stays while an app is away: the socket. Restarts, crashes, and an app that hangs, as real processes."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from belgrano.operator import parent
from tests.belgrano.operator.test_launcher import ROOT, RUN, Town, environment, town  # noqa: F401
from tests.people import until


@dataclass
class Customers:
    """Somebody who asks for a page again and again, on a new connection each time; who is refused is noted."""

    url: str
    answered: int = 0
    refused: list[str] = field(default_factory=list)
    longest: float = 0.0

    async def _ask(self) -> None:
        began = time.monotonic()
        try:
            async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
                answer = await client.get(self.url + "/healthz")
            self.answered += answer.status_code == 200
        except httpx.HTTPError as error:
            self.refused.append(repr(error))
        self.longest = max(self.longest, time.monotonic() - began)

    @contextlib.asynccontextmanager
    async def asking(self) -> AsyncIterator[None]:
        """One request each 50 ms, whether or not the others are answered."""

        async def ask_on() -> None:
            async with asyncio.TaskGroup() as group:
                while not over.is_set():
                    group.create_task(self._ask())
                    await asyncio.sleep(0.05)

        over = asyncio.Event()
        asking = asyncio.create_task(ask_on())
        try:
            yield
        finally:
            over.set()
            await asking


async def test_nobody_is_refused_while_apps_are_started_anew_and_a_crash_is_a_pause(town: Town) -> None:  # noqa: F811
    before = town.children()
    shop, dispatch = Customers(town.url("ahorro")), Customers(town.url("ticketera"))

    async def renewed() -> bool:
        now = town.children()
        return set(now) == set(before) and not set(now.values()) & set(before.values())

    async with shop.asking(), dispatch.asking():
        town.process.send_signal(signal.SIGHUP)
        await town.until(renewed)
        await town.until(lambda: town.answers("ahorro"))
    for each in (shop, dispatch):
        assert not any("ConnectError" in one for one in each.refused)
        assert len(each.refused) <= 3, "whose connection was taken in the very instant of the end, and nobody else"
        assert each.answered > 10
    assert "app_restarted" not in town.log.read_text(), "it was asked for"

    killed = town.children()["ahorro"]
    async with shop.asking():
        os.kill(killed, signal.SIGKILL)
        await town.until(lambda: town.children().get("ahorro") not in {None, killed})
        await town.until(lambda: town.answers("ahorro"))
    assert not any("ConnectError" in each for each in shop.refused)
    assert len(shop.refused) <= 3, "who was being answered at that moment, and nobody else"
    assert "app_restarted" in town.log.read_text()


@pytest.fixture
async def impatient(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    monkeypatch.setattr(parent, "ASK_EVERY", 0.2)
    monkeypatch.setattr(parent, "SILENT", 0.8)
    yield
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        asyncio.get_running_loop().remove_signal_handler(each)


@pytest.mark.usefixtures("impatient")
async def test_a_child_that_hangs_is_killed_started_again_and_said(tmp_path: Path) -> None:
    server = """
import http.server, os, socket, sys
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *_): pass
server = http.server.HTTPServer(("127.0.0.1", 0), Answer, bind_and_activate=False)
server.socket = socket.socket(fileno=int(sys.argv[1]))
server.serve_forever()
"""
    said: list[tuple[str, str]] = []

    class Watched(parent.Parent):
        async def _start(self, app: str) -> asyncio.subprocess.Process:
            number = self.listeners[app].fileno()
            return await asyncio.create_subprocess_exec(
                sys.executable, "-c", server, str(number), pass_fds=(number,), stdin=subprocess.PIPE
            )

    listener = socket.create_server(("127.0.0.1", 0))
    watched = Watched({"ahorro": listener}, told=lambda app, why: said.append((app, why)))
    running = asyncio.create_task(watched.run())
    try:
        assert await until(lambda: parent.answers(watched.places["ahorro"]), 20)
        await asyncio.sleep(1.5)
        first = watched.children["ahorro"]
        assert first.returncode is None, "one that answers is left alone"
        first.send_signal(signal.SIGSTOP)

        assert await until(lambda: watched.children["ahorro"] is not first, 20)
        assert first.returncode == -signal.SIGKILL
        assert said == [("ahorro", "no contestaba hacía 1 s")]
        assert await until(lambda: parent.answers(watched.places["ahorro"]), 20)
    finally:
        watched.stop.set()
        await running
        listener.close()


def test_a_hung_app_is_back_within_twenty_seconds_by_the_numbers() -> None:
    assert parent.SILENT + parent.ASK_EVERY <= 20
    assert parent.ASK_EVERY == 5


@dataclass
class Service:
    """One app as systemd runs it: with its socket, an ear for what it says, and no terminal."""

    process: subprocess.Popen[bytes]
    ear: socket.socket
    url: str
    heard: list[str] = field(default_factory=list)

    def hears(self, what: str) -> bool:
        with contextlib.suppress(BlockingIOError):
            while True:
                self.heard.append(self.ear.recv(4096).decode())
        return what in self.heard


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    ear.bind(str(tmp_path / "notify"))
    ear.setblocking(False)
    with socket.create_server(("127.0.0.1", 0)) as held:
        env = environment(tmp_path, NOTIFY_SOCKET=str(tmp_path / "notify"), WATCHDOG_USEC="400000", LISTEN_FDS="1")
        # What systemd does between fork and exec: the socket becomes descriptor 3, and the variable names the process.
        become = (
            "import os, sys; os.dup2(int(sys.argv[1]), 3); os.environ['LISTEN_PID'] = str(os.getpid()); "
            "os.execv(sys.executable, [sys.executable, *sys.argv[2:]])"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", become, str(held.fileno()), *RUN[1:], "ahorro"],
            cwd=ROOT, env=env, stdin=subprocess.DEVNULL, pass_fds=(held.fileno(),), start_new_session=True,
        )  # fmt: skip
        made = Service(process, ear, f"http://127.0.0.1:{held.getsockname()[1]}")
        assert await until(lambda: made.hears("READY=1"), 120)
        yield made
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    ear.close()


async def test_a_service_says_how_it_is_and_one_that_begins_anew_refuses_nobody(service: Service) -> None:
    shop, pid = Customers(service.url), service.process.pid
    limits = (Path("/proc") / str(pid) / "limits").read_text()
    assert await until(lambda: service.hears("WATCHDOG=1"), 10)

    service.process.send_signal(signal.SIGSTOP)
    service.hears("")
    service.heard.clear()
    await asyncio.sleep(1)
    assert not service.hears("WATCHDOG=1"), "a loop that hangs does not say that it lives"
    service.process.send_signal(signal.SIGCONT)

    async with shop.asking():
        await asyncio.sleep(0.2)
        service.process.send_signal(signal.SIGHUP)
        assert await until(lambda: service.hears("READY=1"), 60)
    assert shop.refused == []
    assert shop.answered > 5
    assert "STOPPING=1" not in service.heard
    assert service.process.poll() is None, "it is the same process"

    service.process.terminate()
    assert await until(lambda: service.hears("STOPPING=1"), 30)
    assert await asyncio.to_thread(service.process.wait, 30) == 0
    (files,) = (line for line in limits.splitlines() if line.startswith("Max open files"))
    assert len(set(files.split()[3:5])) == 1, "as many as the system gives"


@pytest.mark.usefixtures("impatient")
async def test_a_child_that_was_killed_before_it_was_up_comes_back_too_and_one_that_gave_up_does_not() -> None:
    made: list[asyncio.subprocess.Process] = []

    class Sleeping(parent.Parent):
        async def _start(self, app: str) -> asyncio.subprocess.Process:
            made.append(await asyncio.create_subprocess_exec("sh", "-c", "read line; exit 3", stdin=subprocess.PIPE))
            return made[-1]

    with socket.create_server(("127.0.0.1", 0)) as listener:
        running = asyncio.create_task(Sleeping({"ahorro": listener}, told=lambda *_: None).run())
        assert await until(lambda: len(made) == 1)
        made[0].kill()
        assert await until(lambda: len(made) == 2), "killed from outside"

        assert made[1].stdin is not None
        made[1].stdin.close()  # it ends by itself

        assert await asyncio.wait_for(running, 20) == 3
    assert len(made) == 2
