"""A month of faults in minutes: what of 99.9 % is left, from recoveries measured on real processes.

`belgrano run` serves both apps as in production. Each fault is made for real, again and again, while every 50 ms one
new connection puts something into a cart and another one posts a ticket; one that is not taken within 2 s has failed.
Seconds of failure are failed posts times 50 ms. `PLAN` says how often a month each fault comes and how long what
causes it lasts before somebody mends it, which is nothing of ours and is counted all the same.
"""

import asyncio
import contextlib
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.measure import load_average
from benchmarks.stage import people, shoppers
from benchmarks.wires import Caller
from tests.line import Line
from tests.servers import POSTGRES, ROOT, Server, Servers

EVERY_S, DEADLINE_S = 0.05, 2.0
CALM_S = 1.5  # everything has to pass for so long before a fault counts as over
SETTLED_S = (
    10.0  # between two faults: one that comes sooner waits for a pause of the parent's, and none of a month does
)
MONTH_S = 30 * 24 * 3600
CAUSE_S = 3.0  # how long a disk is full or a database away here
APPS = ("ahorro", "ticketera")
NAMES = {"ahorro": "the shop", "ticketera": "Ticketera"}


@dataclass(frozen=True)
class Fault:
    """How often it comes in a month, how long its cause lasts then, and how often it is made here."""

    name: str
    a_month: int
    cause_s: float
    made: int


PLAN = {
    "kill ahorro": Fault("kill -9 of the shop", 50, 0, 6),
    "kill ticketera": Fault("kill -9 of Ticketera", 50, 0, 6),
    "hang ahorro": Fault("the shop hangs", 2, 0, 1),
    "hang ticketera": Fault("Ticketera hangs", 2, 0, 1),
    "deploy": Fault("deploy: both restarted", 30, 0, 5),  # one a day
    "disk": Fault("disk full", 1, 600, 3),
    "database": Fault("PostgreSQL away", 4, 60, 3),
}


@dataclass
class Probe:
    """Asks one app for work, again and again, and counts what was not done in time."""

    make: Callable[[int], tuple[Caller, bytes]]
    asked: int = 0
    failed: int = 0
    calm_since: float = 0.0
    _open: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        at = loop.time()
        while True:
            task = loop.create_task(self._ask(self.asked))
            self._open.add(task)
            task.add_done_callback(self._open.discard)
            self.asked += 1
            at = max(at + EVERY_S, loop.time() - EVERY_S)  # what this process missed is nobody's failure
            await asyncio.sleep(max(0.0, at - loop.time()))

    async def _ask(self, n: int) -> None:
        caller, body = self.make(n)
        status = 0
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DEADLINE_S):
                status, _ = await caller.post(body)
        caller.close()
        if status not in {0, 200, 201, 503}:
            raise SystemExit(f"this month is void: {caller.path} answered {status}")
        if status not in {200, 201}:
            self.failed += 1
            self.calm_since = asyncio.get_running_loop().time()

    async def calm(self) -> None:
        """Everything that is under way is answered, and all has passed for a while."""
        loop = asyncio.get_running_loop()
        await asyncio.sleep(DEADLINE_S + 0.1)
        while loop.time() - self.calm_since < CALM_S:
            await asyncio.sleep(0.05)


class Stand:
    """Both apps under one parent, and a probe for each."""

    def __init__(self, town: Servers, parent: subprocess.Popen[bytes], probes: dict[str, Probe]) -> None:
        self.town, self.parent, self.probes = town, parent, probes

    def child(self, app: str) -> int:
        """The pid of the process that serves this app."""
        for pid in Path(f"/proc/{self.parent.pid}/task/{self.parent.pid}/children").read_text().split():
            if app.encode() in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"):
                return int(pid)
        raise SystemExit(f"nobody serves {app}")

    async def failing(self, fault: Callable[[], Awaitable[None]]) -> dict[str, float]:
        """Make the fault, wait until it is over; seconds in which each app failed."""
        await asyncio.sleep(SETTLED_S)
        for probe in self.probes.values():
            await probe.calm()
        before = {app: probe.failed for app, probe in self.probes.items()}
        await fault()
        if self.parent.poll() is not None:
            raise SystemExit("this month is void: belgrano run ended")
        for probe in self.probes.values():
            await probe.calm()
        return {app: (probe.failed - before[app]) * EVERY_S for app, probe in self.probes.items()}


@contextlib.asynccontextmanager
async def stand(**over: Any) -> AsyncIterator[Stand]:
    """Both apps as in production, warm and watched."""
    with Servers(BELGRANO_LIMITS="off", **over) as town:
        cookie = (await asyncio.to_thread(shoppers, town, 1))[0]
        await people(town.settings("ticketera"), 20)
        with (town.folder / "belgrano.log").open("wb") as log:
            parent = subprocess.Popen(
                [sys.executable, "-m", "belgrano", "run"], cwd=ROOT, env=town.env, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        try:
            for app in APPS:
                await until_up(town[app])
            probes = {"ahorro": Probe(lambda n: cart(town, cookie, n)), "ticketera": Probe(lambda n: ticket(town, n))}
            tasks = [asyncio.create_task(probe.run()) for probe in probes.values()]
            yield Stand(town, parent, probes)
            for task in tasks:
                task.cancel()
        finally:
            parent.terminate()
            parent.wait(20)


async def until_up(server: Server) -> None:
    async with asyncio.timeout(60):
        while not await asyncio.to_thread(server.answers):
            await asyncio.sleep(0.1)


def cart(town: Servers, cookie: str, n: int) -> tuple[Caller, bytes]:
    body = {"producto_id": 1 + n % 50, "cantidad": 1}  # a line takes 999
    return Caller(town.ahorro.url, "/api/carrito/items", {"Cookie": cookie}), json.dumps(body).encode()


def ticket(town: Servers, n: int) -> tuple[Caller, bytes]:
    body = {
        "numero": f"PED-20260101-{n:06d}", "cliente_nombre": "Ana Pérez", "cliente_direccion": "Av. Belgrano 1234",
        "productos": ["Yerba x1"], "total": 2150.5,
    }  # fmt: skip
    return Caller(town.ticketera.url, "/api/tickets", {"X-API-Key": town.api_key}), json.dumps(body).encode()


Seen = dict[tuple[str, str], list[float]]  # (fault, app that failed) -> seconds, one for each time


async def processes(seen: Seen) -> None:
    """Kills, hangs and deploys."""
    async with stand() as here:
        for app in APPS:
            for what, number in (("kill", signal.SIGKILL), ("hang", signal.SIGSTOP)):
                for _ in range(PLAN[f"{what} {app}"].made):

                    async def fault(app: str = app, number: int = number) -> None:
                        old = here.child(app)
                        os.kill(old, number)
                        while Path(f"/proc/{old}").exists():
                            await asyncio.sleep(0.05)

                    note(seen, f"{what} {app}", await here.failing(fault))
        for _ in range(PLAN["deploy"].made):

            async def deploy() -> None:
                old = {here.child(app) for app in APPS}
                here.parent.send_signal(signal.SIGHUP)
                while any(Path(f"/proc/{pid}").exists() for pid in old):
                    await asyncio.sleep(0.05)

            note(seen, "deploy", await here.failing(deploy))


async def disk(seen: Seen) -> None:
    """A disk that is full for a while: what lasts longer than that is ours."""
    with tempfile.TemporaryDirectory(prefix="belgrano-disk-") as folder:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", folder], check=False)
        if mounted.returncode:
            print("no tmpfs can be mounted here: no disk was full", file=sys.stderr)
            return
        try:
            async with stand(AHORRO_DB_PATH=f"{folder}/a.db", TICKETS_DB_PATH=f"{folder}/t.db") as here:
                for _ in range(PLAN["disk"].made):

                    async def fault() -> None:
                        ballast = Path(folder) / "ballast"
                        await asyncio.to_thread(fill, ballast)
                        await asyncio.sleep(CAUSE_S)
                        ballast.unlink()

                    note(seen, "disk", await here.failing(fault), CAUSE_S)
        finally:
            subprocess.run(["umount", folder], check=False)


def fill(ballast: Path) -> None:
    """To the last block; what the apps free meanwhile, too."""
    with ballast.open("wb", buffering=0) as out:
        for _ in range(20):
            with contextlib.suppress(OSError):
                while out.write(b"x" * 65536) == 65536:
                    pass
            with contextlib.suppress(OSError):
                while out.write(b"x" * 512):
                    pass


async def database(seen: Seen) -> None:
    """A database server that nobody reaches for a while."""
    async with Line(int(POSTGRES.rsplit(":", 1)[1].split("/")[0])) as line:
        port = line.url.rsplit(":", 1)[1]
        with Servers(postgres=True) as other:
            through = re.sub(r":\d+/", f":{port}/", other.env["AHORRO_DATABASE_URL"])
            async with stand(AHORRO_DATABASE_URL=through, TICKETS_DATABASE_URL=through) as here:
                for _ in range(PLAN["database"].made):

                    async def fault() -> None:
                        line.down = True
                        line.cut()
                        await asyncio.sleep(CAUSE_S)
                        line.down = False

                    note(seen, "database", await here.failing(fault), CAUSE_S)


def note(seen: Seen, what: str, failed: dict[str, float], cause_s: float = 0.0) -> None:
    """What failed of each app beyond the time of the cause itself."""
    print(f"{what}: {failed}", file=sys.stderr, flush=True)
    for app, seconds in failed.items():
        seen.setdefault((what, app), []).append(max(0.0, seconds - cause_s))


def run() -> None:
    seen: Seen = {}

    async def all_of_it() -> None:
        await processes(seen)
        await disk(seen)
        await database(seen)

    began = load_average()
    asyncio.run(all_of_it())
    kept = {NAMES[app]: show(app, seen) for app in APPS}
    print(f"load average {began:.1f} before, {load_average():.1f} after\n")
    print(json.dumps({"title": "month", "load": began, "apps": kept}), file=sys.stderr, flush=True)


def show(app: str, seen: Seen) -> dict[str, float]:
    """Print an app's month, fault by fault, and what is left of it; the seconds and the shares."""
    table = Table(
        "", "made", "mean s", "longest s", "a month", "cause s", "month, s", "all longest, s",
        title=f"A month of faults: seconds in which {NAMES[app]} took nothing", title_justify="left", box=None,
    )  # fmt: skip
    mean = worst = 0.0
    for what, fault in PLAN.items():
        times = seen.get((what, app))
        if not times:
            continue
        each, longest = statistics.fmean(times), max(times)
        sums = [fault.a_month * (seconds + fault.cause_s) for seconds in (each, longest)]
        mean, worst = mean + sums[0], worst + sums[1]
        cells = (f"{len(times)}", f"{each:.2f}", f"{longest:.2f}", f"{fault.a_month}", f"{fault.cause_s:.0f}")
        table.add_row(fault.name, *cells, *(f"{each:,.0f}" for each in sums))
    shares = [100 * (1 - seconds / MONTH_S) for seconds in (mean, worst)]
    table.add_row("all of them; 2,592 are 99.9 %", "", "", "", "", "", f"{mean:,.0f}", f"{worst:,.0f}")
    table.add_row("available, %", "", "", "", "", "", *(f"{share:.3f}" for share in shares))
    Console(soft_wrap=True, highlight=False).print(table)
    return {"seconds": mean, "all_longest": worst, "available": shares[0], "available_all_longest": shares[1]}


if __name__ == "__main__":
    run()
