"""A copy takes the place of a database: what the other app has since comes back by itself, or is listed."""

import asyncio
from pathlib import Path

from tests import forks
from tests.faults.test_outage import buy
from tests.people import Crew, Customer, act, body, enter_customer, every_ticket, until
from tests.servers import PASSWORD, ROOT, Servers
from tests.ticketera.routes.asserts import refused

BEFORE, SINCE = 20, 15


async def belgrano(town: Servers, *args: str, **over: str) -> str:
    done = await asyncio.to_thread(
        forks.run, "belgrano", [*args], cwd=ROOT, env=town.env | over, folder=town.folder, says=""
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


async def copied(town: Servers, app: str) -> Path:
    folder = town.folder / "copias"
    await belgrano(town, "backup", app, "--to", str(folder))
    (copy,) = (each for each in folder.glob(f"{app}-*") if each.suffix != ".json")
    return copy


async def numeros(crew: Crew) -> set[str]:
    page = body(await crew.shop.get("/api/tickets/numeros"))
    assert page["siguiente"] is None
    return {each["numero"] for each in page["tickets"]}


async def page_of(town: Servers) -> tuple[Customer, str]:
    """An admin of the shop, and what the page of what goes to Ticketera says."""
    admin = await enter_customer(town.ahorro.url, "duena@belgrano.test")
    return admin, (await admin.get("/admin/envios")).text


async def test_what_ticketera_lost_since_its_copy_comes_back_without_a_hand_and_what_is_over_is_listed(
    town: Servers, crew: Crew, customers: list[Customer]
) -> None:
    town.create_user("ahorro", "admin", "duena@belgrano.test", "Dueña", PASSWORD)
    first = await buy(customers, BEFORE)
    assert await until(lambda: _same(crew, set(first)), 30)
    copy = await copied(town, "ticketera")
    since = await buy(customers, SINCE)
    assert await until(lambda: _same(crew, {*first, *since}), 30)
    over = next(t for t in await every_ticket(crew.admin) if t["numero"] == since[0])
    again = next(t for t in await every_ticket(crew.admin) if t["numero"] == first[0])
    for ticket in (over, again):
        assert (await act(crew.admin, ticket["id"], "cancelar", motivo="no lo quiere")).is_success
    assert await until(lambda: _closed(customers, {over["numero"], again["numero"]}), 30)

    await asyncio.to_thread(town.ticketera.stop)
    await belgrano(town, "restore", "ticketera", str(copy))
    await asyncio.to_thread(town.ticketera.start)

    open_ones = {*first, *since} - {over["numero"]}
    assert await until(lambda: _same(crew, open_ones), 60), len(await numeros(crew))
    admin, page = await page_of(town)
    assert f"/admin/envios/{over['numero']}/mandar" in page and "Ticketera no lo tiene" in page
    assert f"/admin/envios/{again['numero']}/visto" in page and "va a salir de nuevo" in page
    assert page.count("/mandar") == 1 and page.count("/visto") == 2

    for _ in range(2):  # pressed twice it goes once
        sent = await admin("POST", f"/admin/envios/{over['numero']}/mandar", data={})
        assert sent.status_code in {200, 303}
    assert await until(lambda: _same(crew, {*first, *since}), 30)
    assert (await admin("POST", f"/admin/envios/{again['numero']}/visto", data={})).status_code in {200, 303}
    assert "/visto" not in (await admin.get("/admin/envios")).text
    await admin.close()


async def _same(crew: Crew, wanted: set[str]) -> bool:
    return await numeros(crew) == wanted


async def _closed(customers: list[Customer], wanted: set[str]) -> bool:
    found = set()
    for customer in customers:
        for pedido in body(await customer.get("/api/pedidos"))["pedidos"]:
            if pedido["estado"] == "cancelado":
                found.add(pedido["numero"])
    return wanted <= found


async def test_pedidos_that_the_shop_lost_since_its_copy_are_listed(
    town: Servers, crew: Crew, customers: list[Customer]
) -> None:
    town.create_user("ahorro", "admin", "duena@belgrano.test", "Dueña", PASSWORD)
    first = await buy(customers, 4)
    copy = await copied(town, "ahorro")
    since = await buy(customers, 4)
    assert await until(lambda: _same(crew, {*first, *since}), 30)

    await asyncio.to_thread(town.ahorro.stop)
    await belgrano(town, "restore", "ahorro", str(copy))
    await asyncio.to_thread(town.ahorro.start)

    async def listed() -> bool:
        admin, page = await page_of(town)
        await admin.close()
        return all(f"/admin/envios/{numero}/visto" in page for numero in since)

    assert await until(listed, 60)
    admin, page = await page_of(town)
    assert not any(f"/admin/envios/{numero}/visto" in page for numero in first)
    assert "/mandar" not in page
    await admin.close()
    assert await numeros(crew) == {*first, *since}


async def test_the_numeros_are_for_the_key_alone_and_go_page_by_page(crew: Crew) -> None:
    place = "/api/tickets/numeros"
    made = [(await crew.shop.post_ticket())["numero"] for _ in range(3)]

    first = await crew.shop.ok("GET", place, limite=2)
    second = await crew.shop.ok("GET", place, limite=2, desde=first["siguiente"])

    assert [each["numero"] for each in first["tickets"] + second["tickets"]] == made
    assert second["siguiente"] is None and first["epoca"] == second["epoca"]
    for campo, value in (("limite", 0), ("limite", 501), ("desde", "x"), ("desde", -1)):
        refused(await crew.shop("GET", place, params={campo: value}), 400, campos=[campo])
    assert (await crew.admin.get(place)).status_code == 401
