"""A full disk, and a database that somebody else holds: a 503, nothing half done, and the same post later makes one.

The disk is a real one: a small tmpfs where this process may mount one, and SQLite's own page limit everywhere.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import psycopg
import pytest

from tests.people import Crew, Customer, body, every_ticket, new_clave, ticket_data
from tests.servers import Servers

BIG = "x" * 2000


def is_put_off(answer: httpx.Response) -> bool:
    """A 503 as the contract wants it."""
    return (
        answer.status_code == 503
        and int(answer.headers["retry-after"]) > 0
        and answer.headers["content-type"].startswith("application/problem+json")
        and bool(body(answer)["detail"])
    )


class SmallTmpfs:
    """A tmpfs of 4 MiB for one app's database, with ballast that can be thrown out."""

    def __init__(self, town: Servers, app: str) -> None:
        self.folder = town.folder / "disk"
        self.folder.mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(self.folder)], capture_output=True, text=True
        )
        if mounted.returncode:
            pytest.skip(f"no tmpfs can be mounted here: {mounted.stderr.strip()}")
        town.env["TICKETS_DB_PATH" if app == "ticketera" else "AHORRO_DB_PATH"] = str(self.folder / f"{app}.db")

    def fill(self) -> None:
        with contextlib.suppress(OSError), (self.folder / "ballast").open("wb", buffering=0) as ballast:
            while True:
                ballast.write(b"x" * 4096)

    async def free(self) -> None:
        (self.folder / "ballast").unlink()

    def end(self) -> None:
        subprocess.run(["umount", str(self.folder)], check=False)


class PageLimit:
    """SQLite's own limit, set by a start-up module of the tests; room is made by starting without it."""

    def __init__(self, town: Servers, app: str) -> None:
        self.town, self.app = town, app
        town[app].target = "tests.faults.small_disk:app"
        town.env["BELGRANO_TEST_PAGES"] = "260"

    def fill(self) -> None:
        """It fills by itself."""

    async def free(self) -> None:
        await asyncio.to_thread(self.town[self.app].stop)
        self.town[self.app].target = f"{self.app}.asgi:app"
        await asyncio.to_thread(self.town[self.app].start)

    def end(self) -> None:
        """Nothing to take away."""


@pytest.fixture(params=[SmallTmpfs, PageLimit])
def make_disk(request: pytest.FixtureRequest) -> Iterator[Callable[[Servers, str], Any]]:
    made = []

    def make(town: Servers, app: str) -> Any:
        made.append(request.param(town, app))
        return made[-1]

    yield make
    for disk in made:
        disk.end()


async def test_a_full_disk_refuses_for_now_and_takes_the_same_post_later(make_disk: Any) -> None:
    with Servers(BELGRANO_LIMITS="off") as town:
        disk = make_disk(town, "ticketera")
        town.start("ticketera")
        crew = await Crew.gather(town, repartidores=1)
        await crew.admin.ok("PATCH", "/api/configuracion", {"max_tickets_por_repartidor": 100_000})
        disk.fill()
        taken, put_off = [], []
        for _ in range(3000):
            data = ticket_data(indicaciones=BIG)
            answer = await crew.shop.post("/api/tickets", data)
            if answer.status_code == 201:
                taken.append(data["numero"])
            else:
                assert is_put_off(answer), f"{answer.status_code} {answer.text[:300]}"
                put_off.append(data)
                if len(put_off) == 5:
                    break
        assert len(put_off) == 5, "the disk never got full"

        assert {t["numero"] for t in await every_ticket(crew.admin)} == set(taken), "reads go on, and tell the truth"
        if isinstance(disk, SmallTmpfs):
            assert (await crew.admin.get("/health")).status_code == 503
        assert (await crew.admin.get("/api/sesion")).status_code == 200
        assert town.ticketera.answers(), "the process lives"
        await disk.free()

        again = [await crew.shop.post("/api/tickets", data) for data in put_off]
        repeat = [await crew.shop.post("/api/tickets", data) for data in put_off]
        assert [a.status_code for a in again] == [201] * 5, [a.text[:200] for a in again]
        assert (await crew.admin.get("/health")).status_code == 200
        assert [body(a)["ticket_id"] for a in repeat] == [body(a)["ticket_id"] for a in again]
        numeros = sorted(t["numero"] for t in await every_ticket(crew.admin))
        assert numeros == sorted([*taken, *(d["numero"] for d in put_off)])
        await crew.close()
        await asyncio.to_thread(town.ticketera.stop)
        with contextlib.closing(sqlite3.connect(town.db("ticketera"))) as con:
            assert con.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert con.execute("PRAGMA foreign_key_check").fetchall() == []


@contextlib.contextmanager
def held(town: Servers, app: str) -> Iterator[None]:
    """The database is locked by somebody else: this process."""
    if town.database is None:
        con = sqlite3.connect(town.db(app), isolation_level=None)
        con.execute("BEGIN IMMEDIATE")
        yield
        con.execute("ROLLBACK")
        con.close()
    else:
        with psycopg.connect(town.env["TICKETS_DATABASE_URL"]) as pg:
            table = "tickets" if app == "ticketera" else "pedidos"
            pg.execute(f"LOCK TABLE {app}.{table} IN ACCESS EXCLUSIVE MODE")  # type: ignore[arg-type]
            yield
            pg.rollback()


async def test_a_locked_database_puts_tickets_off_and_takes_them_once_later(town: Servers, crew: Crew) -> None:
    data = [ticket_data() for _ in range(4)]
    with held(town, "ticketera"):
        if town.database is None:  # PostgreSQL's is one table that is held: the others are written to
            assert (await crew.admin.get("/health")).status_code == 503
        began = time.perf_counter()
        answers = await asyncio.gather(*(crew.shop.post("/api/tickets", d) for d in data))
        took = time.perf_counter() - began
        assert town.ticketera.answers()
    assert all(is_put_off(a) for a in answers), [a.text[:200] for a in answers]
    assert took < 50, f"{took:.1f} s"

    again = [await crew.shop.post("/api/tickets", d) for d in data]

    assert [a.status_code for a in again] == [201] * 4, [a.text[:200] for a in again]
    assert len(await every_ticket(crew.admin)) == 4
    assert (await crew.admin.get("/health")).status_code == 200


async def test_a_locked_database_puts_a_pedido_off_and_takes_it_once_later(
    town: Servers, customers: list[Customer]
) -> None:
    customer, clave = customers[0], new_clave()
    products = (await customer.ok("GET", "/api/productos", limite=2))["productos"]
    await customer.ok("POST", "/api/carrito/items", {"producto_id": products[0]["id"], "cantidad": 2})
    with held(town, "ahorro"):
        answer = await customer.order(clave)
    assert is_put_off(answer), f"{answer.status_code} {answer.text[:200]}"

    first, second = await customer.order(clave), await customer.order(clave)

    assert first.status_code == 201, first.text
    assert body(second)["numero"] == body(first)["numero"]
    assert len((await customer.ok("GET", "/api/pedidos"))["pedidos"]) == 1
