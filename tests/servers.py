"""Both apps as real processes: Hypercorn on free loopback ports, own secrets, own databases, own folder.

    with Servers() as town:
        town.create_user("ticketera", "admin", "jefa@belgrano.test", "Jefa Álvarez")
        town.start("ticketera")
        …town.ticketera.url…

Nothing here knows what the apps do. Every process started here is ended here, and nobody else's.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import importlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg

from ahorro.demo.load import llenar_gondolas
from belgrano.env import Environment
from belgrano.operator.database import init_db, opened
from tests.forks import Fork
from tests.quick_passwords import VARIABLE

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "Frase-larga-de-prueba-7391"
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379")
# With these Ticketera tells phones whose screen is off; without them it has no such routes.
PUSH = {
    "TICKETS_VAPID_PRIVATE_KEY": base64.b64encode(b"\x01" + secrets.token_bytes(31)).decode(),
    "TICKETS_VAPID_SUBJECT": "mailto:sistemas@belgrano.test",
}
PREFIX = {"ahorro": "AHORRO", "ticketera": "TICKETS"}
# Of the caller's environment a server sees only what any process needs: a developer's own settings stay out.
KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH", "LD_LIBRARY_PATH")


class NotStarted(Exception):
    """An app ended, or did not answer, before it was up; carries the end of its log."""


class Server:
    """One app as one process that can be started, ended and killed again and again on the same port."""

    def __init__(self, app: str, folder: Path, env: dict[str, str], name: str | None = None) -> None:
        self.app = app
        self.env = env
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"{name or app}.log"
        self.clock = folder / f"{name or app}.clock"
        self.target = f"{app}.asgi:app"
        self.by_belgrano = False  # started by `belgrano run`, as in production, instead of the plain hypercorn command
        self.forked = True  # else a process that is started whole, and inherits the limits of the test's
        self.home = ROOT  # whose code it runs
        self.process: Fork | subprocess.Popen[bytes] | None = None

    def set_clock(self, seconds: float) -> None:
        """Put this server's wall clock so far ahead (or back), now and for its next lives."""
        self.clock.write_text(str(seconds))
        self.forked = False  # sitecustomize is for interpreters that begin
        if "BELGRANO_TEST_CLOCK" not in self.env:
            assert not self.running, "a clock that can be set is given to a server before it starts"
            path = os.pathsep.join(filter(None, [str(ROOT / "tests" / "clock"), self.env.get("PYTHONPATH")]))
            self.env = {**self.env, "BELGRANO_TEST_CLOCK": str(self.clock), "PYTHONPATH": path}

    def start(self, limit: float = 120.0, **over: str | None) -> Server:
        """Start it and wait until /healthz answers; `over` changes its environment for this life only."""
        self.spawn(**over)
        self.wait(limit)
        return self

    def spawn(self, **over: str | None) -> None:
        """Start the process as an operator would, without waiting for it."""
        assert not self.running, f"{self.app} runs already"
        env = {k: v for k, v in {**self.env, **over}.items() if v is not None}
        bind = f"127.0.0.1:{self.port}"
        module, argv = "hypercorn", ["-c", "hypercorn.toml", "--bind", bind, self.target]
        if self.by_belgrano:
            module, argv = "belgrano", ["run", self.app]
        if self.forked:
            self.process = Fork(module, argv, cwd=ROOT, env=env, log=self.log)
            return
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", module, *argv], cwd=self.home, env=env, stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def wait(self, limit: float = 120.0) -> None:
        end = time.monotonic() + limit
        while not self.answers():
            if not self.running or time.monotonic() > end:
                code = self.process.poll() if self.process else None
                self.kill()
                raise NotStarted(f"{self.app}: exit {code}: {self.tail()}")
            time.sleep(0.02)

    def answers(self, path: str = "/healthz") -> bool:
        with contextlib.suppress(OSError, urllib.error.URLError), urllib.request.urlopen(self.url + path, timeout=10):
            return True
        return False

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def pid(self) -> int:
        """The process that holds the listening port: after a kill it must be another one."""
        inode = listening_inode(self.port)
        for pid in filter(str.isdigit, os.listdir("/proc")):
            with contextlib.suppress(OSError):
                if any(os.readlink(fd.path) == f"socket:[{inode}]" for fd in os.scandir(f"/proc/{pid}/fd")):
                    return int(pid)
        raise NotStarted(f"nobody listens on {self.port}")

    def stop(self, limit: float = 15.0) -> float:
        """SIGTERM; the seconds until it had ended. Raises TimeoutExpired (and kills it) when it does not end."""
        assert self.process is not None
        began = time.monotonic()
        self.signal(signal.SIGTERM)
        try:
            self.process.wait(limit)
        finally:
            self.kill()
        return time.monotonic() - began

    def kill(self) -> None:
        """SIGKILL to the whole group: nothing is flushed, nothing said goodbye to."""
        if self.process is not None:
            self.signal(signal.SIGKILL)
            self.process.wait()

    def signal(self, number: int) -> None:
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:  # it has ended, or has not begun yet
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process.pid, number)

    def text(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def tail(self, lines: int = 25) -> str:
        return "\n".join(self.text().splitlines()[-lines:])


class Servers:
    """One shop and one dispatch that know each other, and their folder."""

    def __init__(self, *, postgres: bool = False, redis: bool = False, **over: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="belgrano-"))
        self.api_key = secrets.token_urlsafe(36)
        self.webhook_secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
        self.env = {k: v for k, v in os.environ.items() if k in KEPT}
        self.env |= {"HOME": str(self.folder), "PYTHONUNBUFFERED": "1", "BELGRANO_ENV": "development", VARIABLE: "1"}
        self.ahorro = Server("ahorro", self.folder, self.env)
        self.ticketera = Server("ticketera", self.folder, self.env)
        self.more: list[Server] = []
        self.env |= {
            "AHORRO_PORT": str(self.ahorro.port),
            "TICKETS_PORT": str(self.ticketera.port),
            "AHORRO_SECRET_KEY": secrets.token_urlsafe(36),
            "TICKETS_SECRET_KEY": secrets.token_urlsafe(36),
            "AHORRO_DB_PATH": str(self.folder / "ahorro.db"),
            "TICKETS_DB_PATH": str(self.folder / "ticketera.db"),
            "AHORRO_MAILBOX": str(self.folder / "correo"),
            "TICKETERA_URL": self.ticketera.url,
            "BELGRANO_AHORRO_URL": self.ahorro.url,
            "TICKETERA_API_KEY": self.api_key,
            "TICKETERA_WEBHOOK_SECRET": self.webhook_secret,
        }
        self.database = f"belgrano_{secrets.token_hex(6)}" if postgres else None
        if self.database:
            postgres_do(f"CREATE DATABASE {self.database}")
            url = POSTGRES.rsplit("/", 1)[0] + f"/{self.database}"
            self.env |= {"AHORRO_DATABASE_URL": url, "TICKETS_DATABASE_URL": url}
        if redis:
            self.env["REDIS_URL"] = REDIS
        self.env |= over

    def __getitem__(self, app: str) -> Server:
        return {"ahorro": self.ahorro, "ticketera": self.ticketera}[app]

    def db(self, app: str) -> Path:
        """The app's SQLite file."""
        return Path(self.env[f"{PREFIX[app]}_DB_PATH"])

    def start(self, *apps: str, **over: str | None) -> Servers:
        """Start these apps (both without a name), at the same time."""
        for app in apps or ("ticketera", "ahorro"):
            self[app].spawn(**over)
        for app in apps or ("ticketera", "ahorro"):
            self[app].wait()
        return self

    def second(self, app: str) -> Server:
        """One more process of an app over the same database, on a port of its own; not started yet."""
        server = Server(app, self.folder, self.env, name=f"{app}-{len(self.more) + 2}")
        self.more.append(server)
        return server

    def belgrano(self, *args: str, stdin: str = "", **over: str) -> subprocess.CompletedProcess[str]:
        """One operator's command, with these apps' environment."""
        command = [sys.executable, "-c", "from belgrano.operator.cli import main; main()", *args]
        return subprocess.run(
            command, cwd=ROOT, env={**self.env, **over}, input=stdin, text=True, capture_output=True, timeout=300,
            check=False,
        )  # fmt: skip

    def create_user(self, app: str, role: str, email: str, name: str, password: str = PASSWORD) -> int:
        """What `belgrano create-user` does, without a process of its own; the new user's id."""
        commands = importlib.import_module(f"{app}.cli")
        return int(self._do(commands.create_user(self.settings(app), email, name, role, password)))

    def init_db(self, app: str) -> None:
        """Make the app's database before its first start."""
        self._do(init_db(self.settings(app)))

    def catalogue(self) -> None:
        """The demo's products in the shop, and nobody's pedidos."""
        self.in_shop(llenar_gondolas)

    def in_shop(self, act: Callable[..., Coroutine[Any, Any, Any]], *args: Any) -> Any:
        """One act in the shop's database, as an operator's command does it, whether or not the shop runs."""

        async def do() -> Any:
            async with opened(self.settings("ahorro")) as base:
                return await base.do(act, *args)

        return self._do(do())

    def settings(self, app: str) -> Any:
        """The app's settings, read from these apps' environment."""
        return importlib.import_module(f"{app}.settings").Settings.read(Environment(self.env))

    @staticmethod
    def _do(work: Coroutine[Any, Any, Any]) -> Any:
        """Run it on a loop of its own, whether or not the caller has one."""
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, work).result()

    def close(self, keep: bool = False) -> None:
        """End what was started here; remove the folder and the database."""
        for server in (self.ahorro, self.ticketera, *self.more):
            server.kill()
        if self.database:
            postgres_do(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")
        if keep:
            print(f"logs and databases are kept in {self.folder}", file=sys.stderr)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Servers:
        return self

    def __exit__(self, kind: Any, *_: Any) -> None:
        if kind is not None:
            for server in (self.ahorro, self.ticketera, *self.more):
                if server.log.exists():
                    print(f"--- the end of {server.log.name}\n{server.tail()}", file=sys.stderr)
        self.close(keep=bool(os.environ.get("BELGRANO_TEST_KEEP")))


_given: set[int] = set()
# Below what Linux gives to outgoing connections, which might take a port while its app is not up. Test processes that
# run side by side have each a part of their own.
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
PORTS = range(20_000 + WORKER % 4 * 3_000, 23_000 + WORKER % 4 * 3_000)


def free_port() -> int:
    """A loopback port that nobody has now and that was not given out before in this run."""
    while True:
        port = secrets.choice(PORTS)
        with socket.socket() as s, contextlib.suppress(OSError):
            s.bind(("127.0.0.1", port))
            if port not in _given:
                _given.add(port)
                return port


def listening_inode(port: int) -> str | None:
    """The inode of the socket that listens on this port, from the kernel's own table (Linux)."""
    for row in _tcp_rows():
        address, state, inode = row[1], row[3], row[9]
        if state == "0A" and int(address.rsplit(":", 1)[1], 16) == port:
            return inode
    return None


def _tcp_rows() -> Iterator[list[str]]:
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        yield line.split()


def postgres_do(statement: str) -> None:
    with psycopg.connect(POSTGRES, autocommit=True, connect_timeout=30) as con:
        con.execute(statement)  # type: ignore[arg-type]


def answers(url: str) -> bool:
    """Whether somebody listens at this address, so that a test that needs it can say that it did not run."""
    host, _, port = url.rsplit("@", 1)[-1].removeprefix("redis://").partition("/")[0].partition(":")
    try:
        socket.create_connection((host, int(port or 0)), timeout=10).close()
    except OSError:
        return False
    return True
