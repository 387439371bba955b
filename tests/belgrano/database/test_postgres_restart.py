"""A PostgreSQL of the test's own is killed, stopped and frozen under load: nothing that was answered is lost."""

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from belgrano.database.base import Base, Unavailable
from tests.belgrano.cosas import MIGRATIONS, guardar, nombres
from tests.servers import free_port


class Cluster:
    """A PostgreSQL server in a folder."""

    def __init__(self, bindir: Path, folder: Path) -> None:
        self.bindir, self.data, self.port = bindir, folder / "data", free_port()
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"
        self.process: subprocess.Popen[bytes] | None = None
        self.user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
        if self.user:
            shutil.chown(folder, "postgres")
        self.run("initdb", "--auth=trust", "--username=postgres", "--no-sync", f"--pgdata={self.data}")

    def run(self, tool: str, *args: str) -> None:
        done = subprocess.run(
            [*self.user, self.bindir / tool, *args], capture_output=True, text=True, check=False, cwd="/"
        )
        if done.returncode != 0:
            pytest.skip(f"{tool} does not work here: {done.stderr.strip()}")

    def start(self, limit: float = 120.0) -> None:
        """Start it, again and again while the children of a killed one still hold its memory; wait until it answers."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            if self.process is None or self.process.poll() is not None:
                command = [self.bindir / "postgres", "-D", self.data, "-p", f"{self.port}", "-h", "127.0.0.1", "-k", ""]
                quiet = subprocess.DEVNULL
                self.process = subprocess.Popen([*self.user, *command], stdout=quiet, stderr=quiet, cwd="/")
            try:
                psycopg.connect(self.url, connect_timeout=10).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise AssertionError("PostgreSQL does not start")

    def signal(self, number: int, *, children: bool = False) -> None:
        assert self.process is not None
        pids = [self.process.pid]
        if children:
            pids += map(int, Path(f"/proc/{pids[0]}/task/{pids[0]}/children").read_text().split())
        for pid in pids:
            os.kill(pid, number)

    def end(self, number: int) -> None:
        self.signal(number)
        assert self.process is not None
        self.process.wait(60)


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [Path(shutil.which("initdb") or "/")]
    if found[-1].name != "initdb":
        pytest.skip("initdb is not installed")
    folder = Path(tempfile.mkdtemp(prefix="belgrano-pg-"))
    cluster = Cluster(found[-1].parent, folder)
    cluster.start()
    yield cluster
    cluster.end(signal.SIGQUIT)
    shutil.rmtree(folder, ignore_errors=True)


async def test_a_server_killed_stopped_and_frozen_under_load_loses_nothing_answered(cluster: Cluster) -> None:
    told: list[object] = []
    base = Base(cluster.url, app="prueba", migrations=MIGRATIONS, tell=told.extend)
    await base.open()
    answered: list[str] = []
    slowest, refused, done = 0.0, 0, asyncio.Event()

    async def post(who: int) -> None:
        nonlocal slowest, refused
        n = 0
        while not done.is_set():
            began, n = time.monotonic(), n + 1
            try:
                await base.do(guardar, f"{who}-{n}")
                answered.append(f"{who}-{n}")
            except Unavailable:
                refused += 1
                await asyncio.sleep(0.02)
            slowest = max(slowest, time.monotonic() - began)

    async def going_again() -> float:
        began, before = time.monotonic(), len(answered)
        while len(answered) == before:
            assert time.monotonic() - began < 60
            await asyncio.sleep(0.01)
        return time.monotonic() - began

    posters = [asyncio.create_task(post(who)) for who in range(8)]
    recovered = []
    for number in (signal.SIGKILL, signal.SIGINT, signal.SIGKILL):
        await asyncio.sleep(0.5)
        await asyncio.to_thread(cluster.end, number)
        await asyncio.sleep(0.3)
        await asyncio.to_thread(cluster.start)
        recovered.append(await going_again())
    cluster.signal(signal.SIGSTOP, children=True)
    await asyncio.sleep(4)
    cluster.signal(signal.SIGCONT, children=True)
    recovered.append(await going_again())
    done.set()
    await asyncio.gather(*posters)

    stored = await base.read(nombres)
    print(f"{len(answered)} answered, {refused} refused, slowest {slowest:.1f} s, recovered in {max(recovered):.1f} s")
    assert len(stored) == len(set(stored))
    assert set(answered) <= set(stored)
    assert set(told) == set(answered)
    assert refused > 0
    assert max(recovered) < 30
    assert slowest < 30
    await base.close()
