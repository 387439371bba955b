"""`belgrano run`, and the plain command, as real processes."""

import asyncio
import base64
import contextlib
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from belgrano.env import REFUSED
from belgrano.operator import launcher
from belgrano.operator.greeting import greeting
from belgrano.operator.parent import Parent
from tests.people import until
from tests.servers import Servers, free_port

ROOT = Path(__file__).resolve().parents[3]
RUN = [sys.executable, "-m", "belgrano", "run"]


def environment(folder: Path, **over: str) -> dict[str, str]:
    kept = {
        key: value for key, value in os.environ.items() if key in {"PATH", "LANG", "LC_ALL", "PYTHONPATH", "TMPDIR"}
    }
    return kept | {
        "AHORRO_DB_PATH": str(folder / "ahorro.db"),
        "TICKETS_DB_PATH": str(folder / "tickets.db"),
        "AHORRO_MAILBOX": str(folder / "mail"),
        "AHORRO_PORT": str(free_port()),
        "TICKETS_PORT": str(free_port()),
        "AHORRO_SECRET_KEY": secrets.token_urlsafe(40),
        "TICKETS_SECRET_KEY": secrets.token_urlsafe(40),
        "TICKETERA_API_KEY": secrets.token_urlsafe(40),
        "TICKETERA_WEBHOOK_SECRET": "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode(),
        **over,
    }


def run(env: dict[str, str], *args: str, limit: float = 120) -> subprocess.CompletedProcess[str]:
    """Run to its end, in the folder of the project."""
    return subprocess.run(
        [*RUN, *args], cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=limit
    )


class Town:
    """Both apps under one parent."""

    def __init__(self, process: subprocess.Popen[bytes], env: dict[str, str], log: Path) -> None:
        self.process, self.env, self.log = process, env, log
        self.http = httpx.AsyncClient(trust_env=False, timeout=30)

    def url(self, app: str) -> str:
        return f"http://127.0.0.1:{self.env['AHORRO_PORT' if app == 'ahorro' else 'TICKETS_PORT']}"

    async def answers(self, app: str) -> bool:
        with contextlib.suppress(httpx.HTTPError):
            return (await self.http.get(self.url(app) + "/healthz")).status_code == 200
        return False

    async def until(self, condition: Callable[[], Any], limit: float = 120) -> None:
        assert await until(condition, limit, 0.05), self.log.read_text()

    def children(self) -> dict[str, int]:
        """The pid of each app's process."""
        found = {}
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError, IndexError):  # gone, or dead and not yet waited for
                if entry.name.isdigit() and parent_of(entry) == self.process.pid:
                    found[(entry / "cmdline").read_text().split("\0")[4]] = int(entry.name)
        return found


def parent_of(entry: Path) -> int:
    return int((entry / "stat").read_text().rpartition(")")[2].split()[1])


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    # The plain PORT would give both the same one; running both ignores it.
    env = environment(tmp_path, PORT="1")
    log = tmp_path / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            RUN,
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    made = Town(process, env, log)

    async def both() -> bool:
        assert process.poll() is None, log.read_text()
        # The parent has to have seen it, too: what ends before that was never up.
        seen = "en marcha" in log.read_text()
        return seen and await made.answers("ahorro") and await made.answers("ticketera")

    await made.until(both)
    yield made
    await made.http.aclose()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


async def test_ctrl_c_ends_both_apps_and_their_parent(town: Town) -> None:
    pids = town.children()
    assert set(pids) == {"ahorro", "ticketera"}

    async def greeted() -> bool:  # after both answer, as they do already
        return all(town.url(app) in town.log.read_text() for app in pids)

    await town.until(greeted)
    start = time.monotonic()
    os.killpg(town.process.pid, signal.SIGINT)
    code = await asyncio.to_thread(town.process.wait, 60)

    assert time.monotonic() - start < 30
    assert code == 0
    assert not any(lives(pid) for pid in pids.values())
    said = town.log.read_text()
    assert town.url("ahorro") in said
    assert town.url("ticketera") in said
    assert "Traceback" not in said


async def test_sigterm_to_the_parent_alone_ends_everything(town: Town) -> None:
    pids = town.children()

    town.process.terminate()
    await asyncio.to_thread(town.process.wait, 60)

    assert not any(lives(pid) for pid in pids.values())


async def test_a_crashed_app_comes_back_and_the_other_never_notices(town: Town) -> None:
    before = town.children()

    os.kill(before["ahorro"], signal.SIGKILL)

    async def back() -> bool:
        return town.children().get("ahorro") not in {None, before["ahorro"]} and await town.answers("ahorro")

    await town.until(back)
    assert town.children()["ticketera"] == before["ticketera"]
    assert await town.answers("ticketera")


async def test_apps_whose_parent_was_killed_leave_no_orphan(town: Town) -> None:
    pids = town.children()

    town.process.kill()

    async def gone() -> bool:
        return not any(lives(pid) for pid in pids.values())

    await town.until(gone)


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.parametrize("args", [("ticketera",), ()])
def test_a_port_in_use_is_one_plain_sentence(tmp_path: Path, taken: int, args: tuple[str, ...]) -> None:
    out = run(environment(tmp_path, TICKETS_PORT=str(taken)), *args)

    assert out.returncode == 1
    assert out.stderr.count("\n") == 1
    assert "TICKETS_PORT" in out.stderr
    assert str(taken) in out.stderr


@pytest.mark.parametrize(
    ("app", "variable"),
    [
        ("ahorro", "AHORRO_SECRET_KEY"),
        ("ahorro", "TICKETERA_API_KEY"),
        ("ahorro", "TICKETERA_WEBHOOK_SECRET"),
        ("ticketera", "TICKETS_SECRET_KEY"),
        ("ticketera", "TICKETERA_API_KEY"),
        ("ticketera", "TICKETERA_WEBHOOK_SECRET"),
    ],
)
@pytest.mark.parametrize("value", ["", "short-canary-7391"])
def test_production_without_a_strong_secret_exits_78_and_names_the_variable(
    tmp_path: Path, app: str, variable: str, value: str
) -> None:
    env = environment(tmp_path, BELGRANO_ENV="production", **{variable: value})

    out = run(env, app)

    assert out.returncode == REFUSED
    assert out.stderr.count("\n") == 1
    assert variable in out.stderr
    assert "canary" not in out.stderr + out.stdout


@pytest.mark.parametrize("app", launcher.APPS)
def test_what_a_served_app_writes_is_its_owners_alone(app: str) -> None:
    with Servers() as town:
        town.db(app).touch(0o644)

        town.start(app)

        beside = [each for each in town.folder.iterdir() if each.name.startswith(town.db(app).name)]
        assert len(beside) > 3, "the -wal and the locks too"
        assert {each.stat().st_mode & 0o777 for each in beside} == {0o600}
        umask = (Path("/proc") / str(town[app].pid) / "status").read_text().partition("Umask:")[2].split()[0]
        assert umask == "0077"


def test_both_together_are_refused_alike(tmp_path: Path) -> None:
    out = run(environment(tmp_path, BELGRANO_ENV="production", TICKETS_SECRET_KEY=""))

    assert out.returncode == REFUSED
    assert "TICKETS_SECRET_KEY" in out.stderr
    assert "Traceback" not in out.stderr


def test_the_plain_command_is_refused_alike(tmp_path: Path) -> None:
    env = environment(tmp_path, BELGRANO_ENV="production", AHORRO_SECRET_KEY="belgrano_ahorro_secret_key_2025")
    bind = ["-c", "hypercorn.toml", "--bind", f"127.0.0.1:{env['AHORRO_PORT']}"]

    out = subprocess.run(
        [sys.executable, "-m", "hypercorn", *bind, "ahorro.asgi:app"],
        cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip

    assert out.returncode == REFUSED
    assert "AHORRO_SECRET_KEY" in out.stderr
    assert "belgrano_ahorro_secret_key_2025" not in out.stderr
    assert "Traceback" not in out.stderr


def test_open_to_the_network_it_prints_an_address_a_qr_and_what_needs_https() -> None:
    text = "\n".join(greeting({"ahorro": ("0.0.0.0", 5000), "ticketera": ("0.0.0.0", 5001)}))

    assert re.search(r"http://(?!127|0\.)\d+\.\d+\.\d+\.\d+:5001/", text)
    assert "█" in text
    assert "HTTPS" in text


def test_on_loopback_it_prints_addresses_and_no_qr() -> None:
    text = "\n".join(greeting({"ahorro": ("127.0.0.1", 5000), "ticketera": ("::1", 5001)}))

    assert "http://127.0.0.1:5000/" in text
    assert "http://[::1]:5001/" in text
    assert "█" not in text


def test_a_server_with_only_the_package_is_configured_as_one_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def configured() -> dict[str, object]:
        listener = launcher.listen("ahorro", "127.0.0.1", 0)
        config = launcher.config_for(listener)
        os.close(int(config.bind[0].removeprefix("fd://")))
        return {name: getattr(config, name) for name in tomllib.loads((ROOT / "hypercorn.toml").read_text())}

    monkeypatch.chdir(ROOT)
    by_file = configured()
    monkeypatch.chdir(tmp_path)

    assert configured() == by_file


async def test_an_end_that_comes_while_an_app_is_being_started_ends_that_app_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    parent = Parent({app: launcher.listen(app, "127.0.0.1", free_port()) for app in launcher.APPS})
    start, children = asyncio.create_subprocess_exec, list[asyncio.subprocess.Process]()

    async def started_late(*_: str, **kw: Any) -> asyncio.subprocess.Process:
        parent.stop.set()
        await asyncio.sleep(0.2)
        children.append(await start("sleep", "60", stdin=kw["stdin"]))
        return children[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", started_late)
    try:
        async with asyncio.timeout(5):
            assert await parent.run() == 0
    finally:
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
        for listener in parent.listeners.values():
            listener.close()
        for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            asyncio.get_running_loop().remove_signal_handler(each)

    assert {child.returncode for child in children} == {-signal.SIGTERM}
    assert "Las dos apps terminaron." in capsys.readouterr().out
