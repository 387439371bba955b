"""Servers without the second that importing an app takes: one process imports both, and each server is a fork of it.

From there on it is what `python -m hypercorn …` would be: an own session, folder, environment and log.
"""

import multiprocessing
import os
import runpy
import subprocess
import sys
from pathlib import Path

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["hypercorn.__main__", "belgrano.launcher", "ahorro.app", "ticketera.app", "uvloop"])


class Fork:
    """As much of `subprocess.Popen` as servers need, for `python -m module *argv`."""

    def __init__(self, module: str, argv: list[str], *, cwd: Path, env: dict[str, str], log: Path) -> None:
        self.args = [module, *argv]
        self._process = _forks.Process(target=_become, args=(module, argv, str(cwd), env, str(log)), daemon=True)
        self._process.start()
        assert self._process.pid is not None
        self.pid: int = self._process.pid

    @property
    def returncode(self) -> int | None:
        """The exit code once it has ended; less than 0: the signal that ended it."""
        return self._process.exitcode

    def poll(self) -> int | None:
        """The same."""
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended. Raises subprocess.TimeoutExpired."""
        self._process.join(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return self.returncode


def _become(module: str, argv: list[str], cwd: str, env: dict[str, str], log: str) -> None:
    os.setsid()
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, descriptor in enumerate((nothing, out, out)):
        os.dup2(descriptor, number)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w", buffering=1), open(2, "w", buffering=1)  # noqa: SIM115
    sys.path[0:0] = [cwd]
    sys.argv = [module, *argv]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
