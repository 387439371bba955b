"""A database that an earlier version filled: today's opens it, and everything in it is what it was."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.journeys.conftest import CUSTOMER
from tests.people import (
    Crew,
    Customer,
    act,
    body,
    enter,
    enter_customer,
    get_ticket,
    move,
    new_clave,
    ticket_data,
    until,
)
from tests.servers import PASSWORD, ROOT, Server, Servers

# The last one before the same words, rules and mechanisms were said once.
YESTERDAY = "98e6fad"
CODE = ("ahorro", "belgrano", "ticketera", "templates", "hypercorn.toml")
FILL = """
import asyncio
from ahorro.cli import opened
from ahorro.demo.load import llenar_gondolas
from ahorro.settings import Settings

async def fill():
    async with opened(Settings.read()) as base:
        await base.do(llenar_gondolas)

asyncio.run(fill())
"""


@pytest.fixture(scope="module")
def yesterday(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code of then."""
    home = tmp_path_factory.mktemp("yesterday")
    archive = subprocess.run(["git", "archive", YESTERDAY, *CODE], cwd=ROOT, capture_output=True, check=False)
    if archive.returncode:
        pytest.skip("this checkout has no history")
    subprocess.run(["tar", "-x", "-C", str(home)], input=archive.stdout, check=True)
    (home / "static").symlink_to(ROOT / "static")
    return home


@pytest.fixture
def town(yesterday: Path) -> Iterator[Servers]:
    """Both apps as they were, up, with an admin and a customer."""
    with Servers() as town:
        for server in (town.ticketera, town.ahorro):
            server.forked, server.home = False, yesterday
        by_command(town.ticketera, "create-user", "ticketera", "jefa@belgrano.test", "Jefa Uno", "admin")
        by_command(town.ahorro, "create-user", "ahorro", CUSTOMER, "Ana Clienta", "cliente")
        shop = town.ahorro
        subprocess.run([sys.executable, "-c", FILL], cwd=shop.home, env=shop.env, check=True, capture_output=True)
        yield town.start()


def by_command(server: Server, what: str, app: str, *person: str) -> None:
    """One operator's command of then."""
    said = zip(("--email", "--name", "--role"), person, strict=False)
    command = [sys.executable, "-m", "belgrano", what, app, *(word for pair in said for word in pair)]
    more: dict[str, Any] = {"input": PASSWORD.encode()} if person else {}
    if person:
        command.append("--password-stdin")
    subprocess.run(command, cwd=server.home, env=server.env, check=True, capture_output=True, **more)


async def today(town: Servers) -> None:
    """The same databases, and the code of now."""
    for server in (town.ticketera, town.ahorro):
        await asyncio.to_thread(server.stop)
        server.forked, server.home = True, ROOT
    await asyncio.to_thread(town.start)


def missing(was: Any, now: Any, where: str = "") -> list[str]:
    """Where something is not what it was. JSON may have got new members: it grows."""
    if isinstance(was, dict) and isinstance(now, dict):
        return [gone for k, v in was.items() for gone in missing(v, now.get(k, "nothing"), f"{where}.{k}")]
    if isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        pairs = enumerate(zip(was, now, strict=True))
        return [gone for n, (a, b) in pairs for gone in missing(a, b, f"{where}[{n}]")]
    return [] if was == now else [f"{where}: {was!r}, now {now!r}"]


def told(answer: httpx.Response) -> tuple[int, Any]:
    return answer.status_code, body(answer)


async def test_what_was_said_is_said_again_and_what_was_done_can_be_taken_back(town: Servers) -> None:
    crew = Crew(town)
    crew.admins.append(await enter(town.ticketera.url, "jefa@belgrano.test"))
    for n in (1, 2):
        await crew.hire("repartidores", f"rep{n}@belgrano.test", f"Repartidor {n}", crew.repartidores)
    admin, (rita, raul) = crew.admin, crew.repartidores
    customer: Customer = await enter_customer(town.ahorro.url, CUSTOMER)
    orders = [ticket_data(repartidor_id=rita.id, cliente_piso="2 B", negocio="Sol") for _ in range(5)]
    posted = [await crew.shop.post("/api/tickets", order) for order in orders]
    done, failed, moved, undone, foreign = [body(answer)["ticket_id"] for answer in posted]

    claves = [new_clave() for _ in range(9)]

    async def everything() -> list[tuple[int, Any]]:
        """Each act with its key, the good and the refused."""
        answers = [
            await act(rita, done, "iniciar", claves[0]),
            await act(rita, done, "entregar", claves[1], cobrado=1900.0, medio="efectivo"),
            await act(rita, failed, "fallar", claves[2], motivo="no_contesta", nota="Nadie"),
            await act(rita, done, "fallar", claves[3], motivo="no_contesta"),
            await move(admin, [seen[moved]], raul.id, clave=claves[4]),
            await move(admin, [seen[undone]], raul.id, clave=claves[5]),
            await admin.post(f"/api/mudanzas/{claves[5]}/deshacer"),
            await move(admin, [seen[foreign]], raul.id, clave=claves[6]),
            await act(rita, foreign, "entregar", claves[7], cobrado=1900.0, medio="efectivo"),
            *[await crew.shop.post("/api/tickets", order) for order in orders],
        ]
        return [told(answer) for answer in answers]

    async def records() -> list[Any]:
        """What everybody can read of it."""
        return [
            *[await get_ticket(admin, ticket) for ticket in seen],  # with its history
            await admin.ok("GET", "/api/conflictos"),
            *[await person.ok("GET", "/api/novedades", desde=0) for person in (admin, rita, raul)],
        ]

    seen = {ticket: await get_ticket(admin, ticket) for ticket in (done, failed, moved, undone, foreign)}
    first = await everything()
    bought = await customer.buy(clave=claves[8])
    assert bought.status_code == 201, bought.text
    assert await until(lambda: shop_is_done(customer)), "the order did not arrive"
    said, kept = await everything(), await records()
    assert said[:9] == first[:9]

    await today(town)

    assert await everything() == said
    assert missing(kept, await records()) == []
    again = await customer.order(claves[8])
    assert (again.status_code, body(again)["numero"]) == (201, body(bought)["numero"])
    back = await admin.post(f"/api/mudanzas/{claves[4]}/deshacer")
    assert back.status_code == 200, back.text
    assert (await get_ticket(admin, moved))["repartidor_id"] == rita.id
    conflictos = (await admin.ok("GET", "/api/conflictos"))["conflictos"]
    (conflicto,) = (each for each in conflictos if each["ticket_id"] == foreign)
    assert told(await admin.post(f"/api/conflictos/{conflicto['id']}", {"decision": "aceptar"}))[0] == 200
    assert (await act(rita, undone, "entregar", cobrado=1900.0, medio="efectivo")).status_code == 200
    await customer.close()
    await crew.close()


async def shop_is_done(customer: Customer) -> bool:
    health = (await customer.get("/health")).json()
    return bool(health["outbox"]["pendientes"] == 0)
