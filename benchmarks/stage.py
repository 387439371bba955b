"""Sets the stage for a measurement: a floor or a product server on one core, the load generator on another."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from itsdangerous import URLSafeSerializer

from ahorro.actions.cuentas import registrar_usuario
from belgrano.accounts.sessions import open_session
from belgrano.database.work import Work
from belgrano.operator.database import opened
from tests.servers import ROOT, Servers, free_port
from ticketera.actions.turnos import abrir_turno
from ticketera.actions.usuarios import crear_usuario
from ticketera.settings import Settings
from ticketera.store.configuracion import update_configuracion

# Name and salt of each app's cookie.
TICKETERA_COOKIE = ("ticketera", "ticketera.sesion")
SHOP_COOKIE = ("ahorro", "ahorro.sesion")


@dataclass
class Stage:
    """A server that runs, and who may speak to it."""

    name: str
    url: str
    pid: int
    cookies: list[str]
    board: str | None
    key: str | None = None
    shoppers: list[str] | None = None

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


@contextlib.contextmanager
def product(
    phones: int, prepare: Callable[[Servers], None] | None = None, target: str | None = None
) -> Iterator[Stage]:
    """Ticketera as in production, `phones` repartidores in turno who may carry anything, and one admin; limits off."""
    with Servers(BELGRANO_LIMITS="off") as town:
        cookies = asyncio.run(people(town.settings("ticketera"), phones))
        if prepare is not None:
            prepare(town)
        server = town.ticketera
        server.by_belgrano = target is None
        server.target = target or server.target
        server.start()
        pin(server.pid, 0)
        yield Stage("product", server.url, server.pid, cookies[1:], cookies[0], town.api_key)


@contextlib.contextmanager
def shop(customers: int) -> Iterator[Stage]:
    """The shop as in production, with products and so many customers; there is no Ticketera."""
    with Servers(BELGRANO_LIMITS="off") as town:
        cookies = shoppers(town, customers)
        town.ahorro.by_belgrano = True
        town.ahorro.start()
        pin(town.ahorro.pid, 0)
        yield Stage("shop", town.ahorro.url, town.ahorro.pid, [], None, shoppers=cookies)


def shoppers(town: Servers, customers: int) -> list[str]:
    """The cookies of so many customers, who are in; the shop has products."""
    town.catalogue()

    async def enrol(work: Work) -> list[str]:
        tokens = []
        for n in range(customers):
            user_id = await registrar_usuario(
                work, nombre=f"Cliente {n}", email=f"c{n}@belgrano.test", password_hash="!", rol="cliente"
            )
            tokens.append(await open_session(work, user_id))
        return tokens

    return [_cookie(town.settings("ahorro"), *SHOP_COOKIE, token) for token in town.in_shop(enrol)]


def post_all(stage: Stage, count: int) -> None:
    """So many tickets, which stay open."""
    figures = stage.load(posters=4, count=count, warmup=0.0, seconds=60)
    assert figures["tickets"] == count, figures


async def people(settings: Settings, phones: int) -> list[str]:
    """The cookies of an admin and of so many repartidores, in turno: written straight into the database."""

    async def enrol(work: Work) -> list[str]:
        tokens = []
        for n in range(phones + 1):
            rol = "repartidor" if n else "admin"
            email = f"{rol}{n}@belgrano.test"
            user = await crear_usuario(work, nombre=f"{rol} {n}", email=email, password_hash="!", rol=rol)
            if n:
                await abrir_turno(work, user.id)
            tokens.append(await open_session(work, user.id))
        await update_configuracion(work.con, {"max_tickets_por_repartidor": 1_000_000})
        return tokens

    async with opened(settings) as base:
        return [_cookie(settings, *TICKETERA_COOKIE, token) for token in await base.do(enrol)]


def _cookie(settings: Any, name: str, salt: str, token: str) -> str:
    signer = URLSafeSerializer(settings.secret_key, salt, signer_kwargs={"digest_method": hashlib.sha512})
    return f"{name}={signer.dumps(token)}"


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
