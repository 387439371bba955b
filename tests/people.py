"""Who uses the apps: an admin, a repartidor, a customer, a shop's program; each an HTTP client of its own.

Each comes from another loopback address, as people do, so that limits per address see them apart.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import time
import uuid
from collections.abc import Awaitable, Callable, Iterable
from decimal import Decimal
from typing import Any

import httpx

from tests.servers import PASSWORD, Servers

Json = dict[str, Any]
_addresses = itertools.count(300)


def address() -> str:
    """A loopback address that nobody had before in this run."""
    n = next(_addresses)
    return f"127.{n // 62500 % 250 + 1}.{n // 250 % 250}.{n % 250 + 2}"


def body(answer: httpx.Response) -> Any:
    """The answer's JSON with decimals exact; {} when it is not JSON."""
    try:
        return json.loads(answer.content, parse_float=Decimal)
    except ValueError:
        return {}


class Person:
    """An HTTP client with its own cookie jar and address."""

    def __init__(self, url: str, *, headers: dict[str, str] | None = None, timeout: float = 60, pool: int = 10) -> None:
        self.url = url
        self.me: Json = {}
        limits = httpx.Limits(max_connections=pool, max_keepalive_connections=pool, keepalive_expiry=3)
        self.client = httpx.AsyncClient(
            base_url=url, headers={"Origin": url, **(headers or {})}, timeout=timeout, trust_env=False,
            transport=httpx.AsyncHTTPTransport(local_address=address(), limits=limits),
        )  # fmt: skip

    async def __call__(self, method: str, path: str, **more: Any) -> httpx.Response:
        return await self.client.request(method, path, **more)

    async def get(self, path: str, **query: Any) -> httpx.Response:
        return await self("GET", path, params={k: v for k, v in query.items() if v is not None})

    async def post(self, path: str, data: Any = None) -> httpx.Response:
        return await self("POST", path, **({} if data is None else {"json": data}))

    async def put(self, path: str, data: Any) -> httpx.Response:
        return await self("PUT", path, json=data)

    async def patch(self, path: str, data: Any) -> httpx.Response:
        return await self("PATCH", path, json=data)

    async def delete(self, path: str) -> httpx.Response:
        return await self("DELETE", path)

    async def ok(self, method: str, path: str, data: Any = None, **query: Any) -> Any:
        """The JSON of an answer that must be a success."""
        more: Json = {"params": query} if query else {}
        answer = await self(method, path, **more, **({} if data is None else {"json": data}))
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text[:300]}"
        return body(answer)

    async def log_in(self, email: str, password: str = PASSWORD) -> httpx.Response:
        answer = await self.post("/api/sesion", {"email": email, "password": password})
        if answer.status_code == 200:
            self.me = body(answer)["usuario"]
        return answer

    @property
    def id(self) -> Any:
        return self.me["id"]

    @property
    def cookie(self) -> str:
        return "; ".join(f"{c.name}={c.value}" for c in self.client.cookies.jar)

    async def close(self) -> None:
        await self.client.aclose()


async def enter(url: str, email: str, password: str = PASSWORD, **more: Any) -> Person:
    """Somebody who is logged in."""
    person = Person(url, **more)
    answer = await person.log_in(email, password)
    assert answer.status_code == 200, f"{email}: {answer.status_code} {answer.text[:300]}"
    return person


class Shop(Person):
    """A shop's program that posts tickets with the key."""

    def __init__(self, url: str, key: str | None, **more: Any) -> None:
        super().__init__(url, headers={"X-API-Key": key} if key else {}, **more)
        self.client.headers.pop("Origin", None)

    async def post_ticket(self, **fields: Any) -> Json:
        """A new ticket; the 201's JSON."""
        answer = await self.post("/api/tickets", ticket_data(**fields))
        assert answer.status_code == 201, f"{answer.status_code} {answer.text[:300]}"
        return dict(body(answer))


class Customer(Person):
    """A customer of the shop."""

    products: tuple[Json, ...] = ()

    async def buy(self, which: int = 0, cantidad: int = 1, clave: str | None = None) -> httpx.Response:
        """Put one product into the cart and order it."""
        if not self.products:
            self.products = tuple((await self.ok("GET", "/api/productos", limite=50))["productos"])
        product = self.products[which % len(self.products)]
        await self.ok("POST", "/api/carrito/items", {"producto_id": product["id"], "cantidad": cantidad})
        return await self.order(clave)

    async def order(self, clave: str | None = None, **fields: Any) -> httpx.Response:
        return await self.post("/api/pedidos", {
            "clave": clave or new_clave(), "direccion": "Av. Belgrano 1234", "telefono": "11 5555-1234",
            "metodo_pago": "efectivo", **fields,
        })  # fmt: skip


async def enter_customer(url: str, email: str, **more: Any) -> Customer:
    customer = Customer(url, **more)
    answer = await customer.log_in(email)
    assert answer.status_code == 200, f"{email}: {answer.status_code} {answer.text[:300]}"
    return customer


class Crew:
    """The people of one town: admins, repartidores with or without a turno, and the shop's program."""

    def __init__(self, town: Servers) -> None:
        self.town = town
        self.admins: list[Person] = []
        self.repartidores: list[Person] = []
        self.shop = Shop(town.ticketera.url, town.api_key, pool=50)

    @property
    def admin(self) -> Person:
        return self.admins[0]

    @classmethod
    async def gather(cls, town: Servers, *, repartidores: int = 2, admins: int = 1, turno: bool = True) -> Crew:
        """Ticketera must run. The first admin is the operator's, the others and the repartidores the admin's work."""
        crew, url = cls(town), town.ticketera.url
        tag = uuid.uuid4().hex[:6]
        await asyncio.to_thread(town.create_user, "ticketera", "admin", f"jefa-{tag}@belgrano.test", "Jefa Uno")
        crew.admins.append(await enter(url, f"jefa-{tag}@belgrano.test"))
        for n in range(2, admins + 1):
            await crew.hire("usuarios", f"jefa{n}-{tag}@belgrano.test", f"Jefa {n}", crew.admins)
        for n in range(1, repartidores + 1):
            await crew.hire("repartidores", f"rep{n}-{tag}@belgrano.test", f"Repartidor {n}", crew.repartidores)
        if turno:
            await asyncio.gather(*(set_turno(r) for r in crew.repartidores))
        return crew

    async def hire(self, what: str, email: str, nombre: str, into: list[Person]) -> Person:
        await self.admin.ok("POST", f"/api/{what}", {"nombre": nombre, "email": email, "password": PASSWORD})
        into.append(await enter(self.town.ticketera.url, email))
        return into[-1]

    async def close(self) -> None:
        for person in (*self.admins, *self.repartidores, self.shop):
            await person.close()


async def set_turno(repartidor: Person, abierto: bool = True) -> None:
    await repartidor.ok("POST", "/api/turno", {"abierto": abierto})


async def get_ticket(person: Person, ticket_id: Any) -> Json:
    return dict(await person.ok("GET", f"/api/tickets/{ticket_id}"))


async def act(person: Person, ticket_id: Any, accion: str, accion_id: str | None = None, **more: Any) -> httpx.Response:
    return await person.post(
        f"/api/tickets/{ticket_id}/acciones", {"accion": accion, "accion_id": accion_id or new_clave(), **more}
    )


async def move(
    admin: Person, tickets: Iterable[Json], to: Any, before: Any = None, clave: str | None = None, **more: Any
) -> httpx.Response:
    """Move these tickets, as they were seen, to a repartidor (None: "Sin asignar"), in front of another."""
    moved = [{"id": t["id"], "version": t["version"]} for t in tickets]
    return await admin.post("/api/mudanzas", {
        "clave": clave or new_clave(), "tickets": moved, "repartidor_id": to, "antes_de": before, **more,
    })  # fmt: skip


async def every_ticket(admin: Person, **query: Any) -> list[Json]:
    """All tickets, page by page."""
    found: list[Json] = []
    cursor = None
    while True:
        page = body(await admin.get("/api/tickets", limite=200, cursor=cursor, **query))
        found += page["tickets"]
        cursor = page["siguiente"]
        if not cursor:
            return found


def new_clave() -> str:
    return str(uuid.uuid4())


def ticket_data(**fields: Any) -> Json:
    """A small order in the spec's form, with a `numero` of its own."""
    return {
        "numero": f"PED-20260101-{uuid.uuid4().hex[:8].upper()}",
        "cliente_nombre": "Ana Pérez",
        "cliente_direccion": "Av. Belgrano 1234, piso 3",
        "cliente_telefono": "11 5555-1234",
        "cliente_email": "ana@belgrano.test",
        "productos": [{"nombre": "Arroz 1 kg", "precio": 950.0, "cantidad": 2, "subtotal": 1900.0}],
        "total": 1900.0,
        "metodo_pago": "efectivo",
        "indicaciones": "Timbre 2B",
        **fields,
    }


async def until(check: Callable[[], Any], limit: float = 30.0, step: float = 0.03) -> Any:
    """Wait until check() is true, and give what it said last."""
    end = time.monotonic() + limit
    while True:
        value = check()
        if isinstance(value, Awaitable):
            value = await value
        if value or time.monotonic() > end:
            return value
        await asyncio.sleep(step)


@contextlib.asynccontextmanager
async def closing(*people: Person):  # type: ignore[no-untyped-def]
    try:
        yield people
    finally:
        for person in people:
            await person.close()
