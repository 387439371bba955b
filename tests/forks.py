"""Processes without the second that importing an app takes: one process imports both, and each other is a fork of it.

From there on it is what `python -m hypercorn …`, or `python -m belgrano …`, would be: an own session, folder,
environment and log.
"""

import multiprocessing
import os
import runpy
import subprocess
import sys
from pathlib import Path

from tests import quick_passwords

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(
    [
        "hypercorn.__main__",
        "belgrano.operator.launcher",
        "ahorro.app",
        "ticketera.app",
        "uvloop",
        "tests.quick_passwords",
    ]
)


class Fork:
    """As much of `subprocess.Popen` as is needed of it, for `python -m module *argv`.

    It reads `says`, and writes to `log`, its complaints to `errors` where that is another file.
    """

    def __init__(
        self,
        module: str,
        argv: list[str],
        *,
        cwd: Path,
        env: dict[str, str],
        log: Path,
        errors: Path | None = None,
        says: Path = Path(os.devnull),
    ) -> None:
        self.args = [module, *argv]
        ends = (str(says), str(log), str(errors or log))
        self._process = _forks.Process(target=_become, args=(module, argv, str(cwd), env, ends), daemon=True)
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


def run(
    module: str, argv: list[str], *, cwd: Path, env: dict[str, str], folder: Path, says: str = "", timeout: float = 300
) -> subprocess.CompletedProcess[str]:
    """As `subprocess.run` of `python -m module *argv`, with what it said; `folder` is for that."""
    said, out, errors = (folder / f".{name}" for name in ("said", "out", "errors"))
    said.write_text(says)
    for each in (out, errors):
        each.write_text("")
    code = Fork(module, argv, cwd=cwd, env=env, log=out, errors=errors, says=said).wait(timeout)
    return subprocess.CompletedProcess([module, *argv], code, out.read_text(), errors.read_text())


def _become(module: str, argv: list[str], cwd: str, env: dict[str, str], ends: tuple[str, str, str]) -> None:
    os.setsid()
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    if env.get(quick_passwords.VARIABLE):
        quick_passwords.take(quick_passwords.QUICK)
    said, *written = ends
    os.dup2(os.open(said, os.O_RDONLY), 0)
    for number, path in enumerate(written, 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644), number)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w", buffering=1), open(2, "w", buffering=1)  # noqa: SIM115
    sys.path[0:0] = [cwd]
    sys.argv = [module, *argv]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
