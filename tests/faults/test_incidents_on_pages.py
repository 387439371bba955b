"""Admins read on their own pages that all is well, or what is not."""

import asyncio

from tests.people import Person, enter, until
from tests.servers import Servers
from tests.told import told, watched


async def page(person: Person, path: str) -> str:
    return (await person("GET", path, headers={"Accept": "text/html"})).text


async def test_admins_read_on_their_pages_that_all_is_well_or_what_is_not_and_nobody_else_does() -> None:
    banner = "<b>La tienda: la otra app no responde.</b> Ticketera no responde: nadie escucha en ese puerto. Desde las "
    async with told() as them:
        with Servers() as town:
            for rol in ("admin", "encargado"):
                town.create_user("ahorro", rol, f"{rol}@belgrano.test", "Elena")
            town.create_user("ticketera", "admin", "jefa@belgrano.test", "Jefa")
            for app in ("ahorro", "ticketera"):
                watched(town, app, them)
            await asyncio.to_thread(town.start)
            admin, other = [await enter(town.ahorro.url, f"{rol}@belgrano.test") for rol in ("admin", "encargado")]
            await until(lambda: says(admin, "/admin", "Todo bien"))
            good = await page(admin, "/admin")
            await asyncio.to_thread(town.ticketera.stop)
            await them.until("alerta.otra_app")
            bad, theirs = await page(admin, "/admin"), await page(other, "/admin")
            elsewhere = await page(admin, "/admin/pedidos")
            await asyncio.to_thread(town.ahorro.stop)
            await asyncio.to_thread(town.start, "ticketera")
            jefa = await enter(town.ticketera.url, "jefa@belgrano.test")
            await until(lambda: says(jefa, "/tablero", "<b>Ticketera: la otra app no responde.</b>"))
            for person in (admin, other, jefa):
                await person.close()

    assert "<b>Todo bien</b>, a las " in good and "Nada espera llegar a Ticketera" in good
    assert "la tienda pudo trabajar el 100 % del tiempo" in good
    assert banner in bad and banner in elsewhere and "Hay algo que mirar" in bad and "Todo bien" not in bad
    assert "no responde" not in theirs and "Cómo anda" not in theirs and "Elena" in theirs


async def says(person: Person, path: str, what: str) -> bool:
    return what in await page(person, path)
