"""A day of 10,000 pedidos in minutes, with a copy, a deploy and a copy restored in the middle of it.

Both apps run as in production (`belgrano run APP`, each a service of its own), 16 customers buy without a pause, each
again and again with the same clave until the shop says 201. Afterwards both databases are counted: each pedido that was
acknowledged is in the shop once and has one ticket: what the copy did not know, the shop posts again by itself.
`BELGRANO_BENCH_PEDIDOS` makes the day shorter.
"""

import asyncio
import json
import os
import sqlite3
import subprocess
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGHUP
from time import perf_counter

from benchmarks.measure import cpu_seconds, memory, percentile
from benchmarks.report import Report
from benchmarks.stage import people, shoppers
from benchmarks.wires import NUMERO, Caller
from tests.servers import Server, Servers

PEDIDOS = int(os.environ.get("BELGRANO_BENCH_PEDIDOS", "10000"))
CUSTOMERS, REPARTIDORES = 16, 20
PATIENCE_S = 300.0  # until Ticketera has caught up
APPS = ("ahorro", "ticketera")
AGAIN_S = 0.1  # after a broken line or a 503


@dataclass
class Day:
    """What the customers were told, and how long each waited from the first try to its 201."""

    town: Servers
    numeros: dict[str, str] = field(default_factory=dict)  # clave -> numero
    waits: list[tuple[float, float]] = field(default_factory=list)  # (when it was answered, seconds)
    tries: int = 0
    cpu_us: dict[str, float] = field(default_factory=dict)  # of each app for one pedido, while nothing else happens

    async def buy(self, cookie: str, n: int) -> None:
        """One customer, until the day's pedidos are there."""
        cart, checkout = (
            Caller(self.town.ahorro.url, path, {"Cookie": cookie}) for path in ("/api/carrito/items", "/api/pedidos")
        )
        while len(self.numeros) < PEDIDOS:
            n += CUSTOMERS
            await self.insist(cart, {"producto_id": 1 + n % 100, "cantidad": 2})
            clave, began = f"dia-{n}", perf_counter()
            body = {"direccion": "Av. Belgrano 1234", "telefono": "11 5555-1234", "metodo_pago": "efectivo"}
            answer = await self.insist(checkout, {"clave": clave, **body})
            found = NUMERO.search(answer)
            assert found, answer
            self.numeros[clave] = found[1].decode()
            self.waits.append((perf_counter(), perf_counter() - began))

    async def insist(self, line: Caller, body: dict[str, object]) -> bytes:
        """The same post until it is taken; what is refused for good ends the day."""
        while True:
            status, answer = await line.post(json.dumps(body).encode())
            self.tries += 1
            if status in {200, 201}:
                return answer
            if status not in {0, 503}:
                raise SystemExit(f"this day is void: {status} {answer[-300:]!r}")
            await asyncio.sleep(AGAIN_S)

    async def at(self, share: float, what: Callable[[], Awaitable[None]]) -> tuple[float, float]:
        """Do it once so much of the day is over; how long it took, and the longest that a customer waited meanwhile."""
        while len(self.numeros) < share * PEDIDOS:
            await asyncio.sleep(0.02)
        began = perf_counter()
        await what()
        took = perf_counter() - began
        await asyncio.sleep(3)  # who waited meanwhile has been answered
        return took, max((wait for when, wait in self.waits if when > began), default=0.0)


async def live(town: Servers, cookies: list[str]) -> tuple[Day, dict[str, tuple[float, float]], float]:
    """The day, what happened in it with its times, and how long Ticketera took to have all after the last pedido."""
    day, happened = Day(town), dict[str, tuple[float, float]]()
    copies = town.folder / "copias"

    async def copy() -> None:
        await belgrano(town, "backup", "--to", str(copies))

    async def deploy() -> None:
        for server in (town.ticketera, town.ahorro):
            await renew(server)

    async def restore() -> None:
        await asyncio.to_thread(town.ticketera.stop)
        newest = max(copies.glob("ticketera-*.db"))
        await belgrano(town, "restore", "ticketera", str(newest))
        await asyncio.to_thread(town.ticketera.start)

    async def events() -> None:
        before, counted = {app: cpu_seconds(town[app].pid) for app in APPS}, len(day.numeros)
        await day.at(0.19, nothing)
        for app in APPS:
            day.cpu_us[app] = (cpu_seconds(town[app].pid) - before[app]) / (len(day.numeros) - counted) * 1e6
        for share, name, what in (
            (0.2, "copy of both", copy),
            (0.4, "deploy: both restarted", deploy),
            (0.6, "Ticketera's copy restored", restore),
        ):
            happened[name] = await day.at(share, what)

    async with asyncio.TaskGroup() as group:
        group.create_task(events())
        for n, cookie in enumerate(cookies):
            group.create_task(day.buy(cookie, n))
    began = perf_counter()
    while perf_counter() - began < PATIENCE_S and (missing(day) or waiting(town)):
        await asyncio.sleep(0.2)
    return day, happened, perf_counter() - began


async def nothing() -> None:
    """Only wait for the time of day."""


async def belgrano(town: Servers, *args: str) -> None:
    done: subprocess.CompletedProcess[str] = await asyncio.to_thread(town.belgrano, *args)
    if done.returncode:
        raise SystemExit(f"belgrano {' '.join(args)}: {done.stderr}")


async def renew(server: Server) -> None:
    """What `systemctl reload` does: the program begins anew, and what it listens on stays open."""
    before = started(server.pid)
    server.signal(SIGHUP)
    while started(server.pid) == before or not await asyncio.to_thread(server.answers):
        await asyncio.sleep(0.05)


def started(pid: int) -> bytes:
    """What changes when a process begins another program: where its stack is."""
    return Path(f"/proc/{pid}/stat").read_bytes().rsplit(b")", 1)[1].split()[25]


def rows(town: Servers, app: str, statement: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(f"file:{town.db(app)}?mode=ro", uri=True, timeout=10)) as con:
        return con.execute(statement).fetchall()


def waiting(town: Servers) -> int:
    """Rows of the shop's queue that Ticketera has not confirmed."""
    return len(rows(town, "ahorro", "SELECT key FROM outgoing WHERE state <> 'hecho'"))


def missing(day: Day) -> set[str]:
    """Acknowledged pedidos without a ticket."""
    return set(day.numeros.values()) - {n for (n,) in rows(day.town, "ticketera", "SELECT numero FROM tickets")}


def check(day: Day) -> dict[str, int]:
    """What was lost and what is there twice, on either side."""
    town = day.town
    told = list(day.numeros.values())
    kept = [n for (n,) in rows(town, "ahorro", "SELECT numero FROM pedidos")]
    tickets = [n for (n,) in rows(town, "ticketera", "SELECT numero FROM tickets")]
    return {
        "acknowledged": len(told),
        "lost in the shop": len(set(told) - set(kept)),
        "lost in Ticketera": len(set(told) - set(tickets)),
        "doubled in the shop": len(kept) - len(told),  # a clave that became two pedidos, or one nobody was told of
        "doubled in Ticketera": len(tickets) - len(set(tickets)) + len(set(tickets) - set(kept)),
    }


def run() -> None:
    report = Report(f"A day of {PEDIDOS:,} pedidos, {CUSTOMERS} customers at once, with a copy, a deploy and a restore")
    with Servers(BELGRANO_LIMITS="off") as town:
        cookies = shoppers(town, CUSTOMERS)
        asyncio.run(people(town.settings("ticketera"), REPARTIDORES))
        for server in (town.ticketera, town.ahorro):
            server.by_belgrano, server.forked = True, False
        town.start()
        began = perf_counter()
        day, happened, behind = asyncio.run(live(town, cookies))
        took = perf_counter() - began - behind
        counts = check(day)
        memories = {app: memory(town[app].pid) / 2**20 for app in APPS}
        stored = {app: town.db(app).stat().st_size / 1024 / len(day.numeros) for app in APPS}
    for what, count in counts.items():
        report.row(what, count, reach="" if what == "acknowledged" else "0")
    waits = [wait for _, wait in day.waits]
    report.row("pedidos a second", len(waits) / took)
    for p in (50, 95, 99):
        report.row(f"customer's wait, p{p} ms", percentile(waits, p) * 1000)
    for name, (seconds, longest) in happened.items():
        report.row(f"{name}, s", seconds)
        report.row("… longest wait of a customer, s", longest)
    report.row("Ticketera has all, s after the last", behind)
    for app in APPS:
        report.row(f"{app}: CPU a pedido, us", day.cpu_us[app])
        report.row("… memory at the end, MiB", memories[app])
        report.row("… database a pedido, KiB", stored[app])
    report.row("posts that were repeated", day.tries - 2 * len(waits))
    report.show()
    if bad := {what: count for what, count in counts.items() if count and what != "acknowledged"}:
        raise SystemExit(f"a promise is broken: {bad}")


if __name__ == "__main__":
    run()
