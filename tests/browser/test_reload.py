"""A page loaded anew without signal has its day; whoever comes in after somebody else never sees theirs."""

import asyncio

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.browser.conftest import Look
from tests.browser.windows import CONTROLLED, LIVE, OFFLINE, READY, Window, give
from tests.people import Crew
from tests.servers import PASSWORD, Servers


@pytest.mark.parametrize("before", ["at once", "after an online reload", "with a ticket open"])
async def test_a_reload_without_signal_after_the_form_shows_the_day(crew: Crew, look: Look, before: str) -> None:
    one = crew.repartidores[0]
    await give(crew, one, "Mitre 1", "Mitre 2")
    phone = await look(one)
    phone.provokes(OFFLINE)
    page = phone.page
    if before == "after an online reload":
        await page.reload()
        await page.wait_for_selector(LIVE)
    await page.tap("[data-accion=visto]")
    if before == "with a ticket open":
        await page.tap(".fila.ahora a")
    await phone.context.set_offline(True)

    for _ in range(2):
        await page.reload()
        await page.wait_for_selector(READY)
        await expect(page.locator(".franja")).to_contain_text("Sin señal")
        seen = ".detalle-direccion" if before == "with a ticket open" else ".fila.ahora .fila-direccion"
        await expect(page.locator(seen)).to_have_text("Mitre 1")

    await page.go_back() if before == "with a ticket open" else await page.tap(".fila.ahora a")
    await phone.context.set_offline(False)
    await page.wait_for_selector(LIVE)


async def test_a_reload_without_signal_after_an_invitation_shows_the_day(
    crew: Crew, look: Look, chromium: Browser
) -> None:
    board = await look(crew.admin)
    await board.go("/repartidores/nuevo")
    await board.page.fill("#nombre", "Nadia Ortiz")
    await board.page.fill("#email", "nadia@belgrano.test")
    await board.page.click("main form button")
    link = await board.page.input_value("#enlace")
    phone = await Window.open(chromium, board.url, phone=True)
    phone.provokes(OFFLINE)
    await phone.page.goto(link)
    await phone.page.fill("#password", PASSWORD)
    await phone.page.tap("main form button")
    await phone.page.wait_for_selector(LIVE)
    await phone.page.evaluate(CONTROLLED)
    await phone.context.set_offline(True)

    await phone.page.reload()

    await phone.page.wait_for_selector(READY)
    await expect(phone.page.locator("[data-campo=vacioTexto]")).to_contain_text("Empezá el turno")
    await phone.close()
    phone.check()


async def test_whoever_comes_in_where_the_line_ends_never_sees_the_day_of_the_one_before(
    town: Servers, crew: Crew, look: Look
) -> None:
    one, other = crew.repartidores
    await give(crew, one, "Mitre 1")
    await give(crew, other, "Alsina 7")
    phone = await look(one)
    page = phone.page
    phone.provokes(OFFLINE, "status of 401", "status of 5")
    await page.goto("about:blank")
    await phone.context.clear_cookies()
    await phone.go("/login")
    await page.fill("#email", other.me["email"])
    await page.fill("#password", PASSWORD)

    async def answer_and_die(route: Route) -> None:
        answer = await route.fetch(max_redirects=0)
        await asyncio.to_thread(town.ticketera.kill)
        await route.fulfill(response=answer)

    await phone.intercept("**/login", answer_and_die)
    await page.click("form[action='/login'] button", no_wait_after=True)

    await nobodys(page)
    await page.reload()
    await nobodys(page)
    await page.close()  # and from the icon
    await phone.new_page()
    await phone.page.goto(f"{phone.url}/reparto")
    await nobodys(phone.page)

    await asyncio.to_thread(town.ticketera.start)
    await phone.page.evaluate("dispatchEvent(new Event('online'))")
    await phone.page.wait_for_selector(LIVE)
    await expect(phone.page.locator("#hoja-nuevos")).to_contain_text("Alsina 7")
    await phone.context.set_offline(True)
    await phone.page.reload()
    await phone.page.wait_for_selector(READY)
    await expect(phone.page.locator(".fila.ahora")).to_contain_text("Alsina 7")


async def nobodys(page: Page) -> None:
    await expect(page.locator(".franja")).to_contain_text("Tu recorrido aparece cuando vuelva")
    assert "Mitre" not in await page.inner_text("body")


async def test_pulling_the_page_down_does_not_load_it_anew(crew: Crew, look: Look) -> None:
    phone = await look(crew.repartidores[0])

    pulled = await phone.page.evaluate("getComputedStyle(document.documentElement).overscrollBehaviorY")

    assert pulled in ("none", "contain")
