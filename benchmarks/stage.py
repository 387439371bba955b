"""Sets the stage for a measurement: a floor or a product server on one core, the load generator on another."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.servers import ROOT, Servers, free_port


@dataclass
class Stage:
    """A server that runs, and who may speak to it."""

    name: str
    url: str
    pid: int
    cookies: list[str]
    board: str | None
    key: str | None = None
    town: Servers | None = None

    def load(self, **plan: Any) -> dict[str, Any]:
        """Run the load generator over this server; its figures."""
        full = {"url": self.url, "pid": self.pid, "key": self.key, "cookies": self.cookies, "board": self.board, **plan}
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.load"], input=json.dumps(full), text=True, stdout=subprocess.PIPE,
            cwd=ROOT, check=True, timeout=180, preexec_fn=lambda: pin(os.getpid(), 1),
        )  # fmt: skip
        return dict(json.loads(done.stdout))


def pin(pid: int, core: int) -> None:
    """Server and generator each on a core of their own, where there are two."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) > 1:
        for thread in os.listdir(f"/proc/{pid}/task"):
            os.sched_setaffinity(int(thread), {cores[core]})


@contextlib.contextmanager
def floor(phones: int) -> Iterator[Stage]:
    with tempfile.TemporaryDirectory(prefix="belgrano-floor-") as folder:
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.floor", str(port), str(Path(folder) / "floor.db"), str(phones)], cwd=ROOT
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/")
            pin(process.pid, 0)
            cookies = [f"quien={n}" for n in range(1, phones + 1)]
            yield Stage("floor", f"http://127.0.0.1:{port}", process.pid, cookies, "quien=0")
        finally:
            process.terminate()
            process.wait(10)


def wait_for(url: str, limit: float = 20.0) -> None:
    end = time.monotonic() + limit
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.03)
