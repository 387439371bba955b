"""The load generator, in a process of its own: phones and a board on sockets, posters on kept connections.

    python -m benchmarks.load < plan.json > figures.json

A plan: {url, pid, key, cookies, board, rate | posters, seconds, warmup, count, shoppers}. Every event is matched with
its post, so that a fast server that loses or doubles tickets is seen as what it is.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import sys
from collections import Counter, deque
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import uvloop

from benchmarks.measure import cpu_seconds, memory, percentile
from benchmarks.wires import NUMERO, Phone, Post

TICKET = {
    "cliente_nombre": "Ana Pérez",
    "cliente_direccion": "Av. Belgrano 1234, piso 3",
    "cliente_telefono": "11 5555-1234",
    "cliente_email": "ana@belgrano.test",
    "productos": [
        {"nombre": "Arroz largo fino 1 kg", "precio": 950.0, "cantidad": 2, "subtotal": 1900.0},
        {"nombre": "Yerba mate 500 g", "precio": 2150.5, "cantidad": 1, "subtotal": 2150.5},
        {"nombre": "Leche entera 1 l", "precio": 1200.0, "cantidad": 6, "subtotal": 7200.0},
    ],
    "total": 11250.5,
    "metodo_pago": "efectivo",
    "indicaciones": "Timbre 2B",
    "estado": "pendiente",
    "prioridad": "normal",
    "tipo_cliente": "cliente",
}


class Load:
    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.host = urlsplit(plan["url"]).netloc
        self.run = os.urandom(3).hex()
        self.numbers = itertools.count(1)
        self.began: dict[bytes, float] = {}
        self.took: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.at_phones: dict[bytes, list[float]] = {}
        self.at_board: dict[bytes, list[float]] = {}
        self.counting = False
        self.accepted = 0
        self.carts: list[Post] = []

    async def main(self) -> dict[str, Any]:
        plan, pid = self.plan, self.plan["pid"]
        empty, cpu = memory(pid), cpu_seconds(pid)
        began = perf_counter()
        phones = await self.connect(plan["cookies"], self.at_phones)
        connected = perf_counter() - began
        full = memory(pid)
        phones += await self.connect([plan["board"]] if plan.get("board") else [], self.at_board)
        figures = {
            "connect_s": connected,
            "connect_cpu_us_per_phone": (cpu_seconds(pid) - cpu) / max(1, len(plan["cookies"])) * 1e6,
            "memory_per_phone_kib": (full - empty) / 1024 / max(1, len(plan["cookies"])),
            "memory_mib": full / 2**20,
        }
        if plan.get("seconds"):
            figures |= await self.post_all(phones)
        figures["dropped_phones"] = sum(p.lost for p in phones)
        return figures

    async def connect(self, cookies: list[str], into: dict[bytes, list[float]]) -> list[Phone]:
        """All at once, as after a restart; at most 200 handshakes at a time, as a backlog allows."""
        gate = asyncio.Semaphore(200)
        host, _, port = self.host.partition(":")

        def hear(frame: bytes, now: float) -> None:
            numero = NUMERO.search(frame)
            if numero:
                into.setdefault(numero[1], []).append(now)

        async def one(cookie: str) -> Phone:
            async with gate:
                _, phone = await asyncio.get_running_loop().create_connection(
                    lambda: Phone(self.host, cookie, hear, confirm=into is self.at_phones), host, int(port)
                )
                await phone.ready
                return phone

        return list(await asyncio.gather(*map(one, cookies)))

    async def post_all(self, phones: list[Phone]) -> dict[str, Any]:
        plan, pid = self.plan, self.plan["pid"]
        if plan.get("shoppers"):
            posters = [await self.new_poster("/api/pedidos", {"Cookie": cookie}) for cookie in plan["shoppers"]]
            self.carts = [await self.new_poster("/api/carrito/items", {"Cookie": c}) for c in plan["shoppers"]]
            run = self.at_checkout
        else:
            posters = [await self.new_poster() for _ in range(plan.get("posters") or 16)]
            run = self.at_rate if plan.get("rate") else self.at_full
        await run(posters, plan.get("warmup", 1.0))
        self.counting, before, own, began = True, cpu_seconds(pid), cpu_seconds(os.getpid()), perf_counter()
        await run(posters, plan["seconds"])
        seconds, cpu, self.counting = perf_counter() - began, cpu_seconds(pid) - before, False
        busy = (cpu_seconds(os.getpid()) - own) / seconds
        await self.settle()
        return self.figures(seconds, cpu, busy)

    async def new_poster(self, path: str = "/api/tickets", headers: dict[str, str] | None = None) -> Post:
        host, _, port = self.host.partition(":")
        if headers is None:
            headers = {"X-API-Key": self.plan["key"]} if self.plan.get("key") else {}
        make = asyncio.get_running_loop().create_connection
        return (await make(lambda: Post(self.host, path, {"Origin": self.plan["url"], **headers}), host, int(port)))[1]

    async def at_checkout(self, posters: list[Post], seconds: float) -> None:
        """Each customer: something into the cart, then the checkout, whose time counts."""
        end = perf_counter() + seconds

        async def one(checkout: Post, cart: Post) -> None:
            while perf_counter() < end:
                n = next(self.numbers)
                await cart.send(b'{"producto_id": %d, "cantidad": 2}' % (1 + n % 100))
                pedido = {"clave": f"{self.run}-{n}", "direccion": "Av. Belgrano 1234", "telefono": "11 5555-1234",
                          "metodo_pago": "efectivo"}  # fmt: skip
                began = perf_counter()
                status = await checkout.send(json.dumps(pedido).encode())
                if self.counting:
                    self.took.append(perf_counter() - began)
                    self.statuses[status] += 1
                    self.accepted += status == 201

        await asyncio.gather(*map(one, posters, self.carts))

    async def at_rate(self, posters: list[Post], seconds: float) -> None:
        """An open loop: each post at its time, whether the one before is answered or not."""
        # In turn: a connection that waits for seconds is closed by the server.
        free, began, rate = deque(posters), perf_counter(), self.plan["rate"]
        waiting = []

        async def one() -> None:
            connection = free.popleft() if free else await self.new_poster()
            if connection.ended:
                connection = await self.new_poster()
            await self.post(connection)
            free.append(connection)

        for n in range(int(seconds * rate)):
            await asyncio.sleep(max(0.0, began + n / rate - perf_counter()))
            waiting.append(asyncio.create_task(one()))
        await asyncio.gather(*waiting)

    async def at_full(self, posters: list[Post], seconds: float) -> None:
        end, most = perf_counter() + seconds, self.plan.get("count")

        async def one(connection: Post) -> None:
            while perf_counter() < end and (most is None or len(self.began) < most):
                if connection.ended:
                    connection = await self.new_poster()
                await self.post(connection)

        await asyncio.gather(*map(one, posters))

    async def post(self, connection: Post) -> None:
        numero = f"PED-20260101-{self.run}{next(self.numbers):06d}"
        body = json.dumps({"numero": numero, **TICKET}, ensure_ascii=False).encode()
        began = perf_counter()
        if self.counting:
            self.began[numero.encode()] = began
        status = await connection.send(body)
        if self.counting:
            self.took.append(perf_counter() - began)
            self.statuses[status] += 1
            self.accepted += status == 201

    async def settle(self) -> None:
        """Events may still be on their way."""
        if not self.plan["cookies"]:
            return
        end = perf_counter() + 5
        while perf_counter() < end and any(n not in self.at_phones for n in self.began):
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.2)

    def figures(self, seconds: float, cpu: float, busy: float) -> dict[str, Any]:
        heard = [self.at_phones[n][0] - t for n, t in self.began.items() if n in self.at_phones]
        board = [self.at_board[n][0] - t for n, t in self.began.items() if n in self.at_board]
        return {
            "accepted_per_s": self.accepted / seconds,
            "cpu_us_per_ticket": cpu / max(1, self.accepted) * 1e6,
            "generator_busy": busy,
            "post_p50_ms": percentile(self.took, 50) * 1000,
            "post_p99_ms": percentile(self.took, 99) * 1000,
            "phone_p50_ms": percentile(heard, 50) * 1000,
            "phone_p99_ms": percentile(heard, 99) * 1000,
            "board_p50_ms": percentile(board, 50) * 1000,
            "board_p99_ms": percentile(board, 99) * 1000,
            "tickets": self.accepted,
            "not_201": sum(n for status, n in self.statuses.items() if status != 201),
            "lost": sum(n not in self.at_phones for n in self.began),
            "doubled": sum(len(self.at_phones.get(n, ())) > 1 for n in self.began),
            "not_on_board": sum(n not in self.at_board for n in self.began) if self.plan.get("board") else 0,
        }


if __name__ == "__main__":
    json.dump(uvloop.run(Load(json.load(sys.stdin)).main()), sys.stdout)
