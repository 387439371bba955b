"""The counters: exact after many deliveries, the same on a board that is open since morning and on a new one."""

import asyncio

from playwright.async_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Look
from tests.people import Crew, act, get_ticket, until

FAILED, DONE = 3, 204


async def test_after_many_deliveries_every_board_says_the_same_and_no_failed_one_is_gone(
    crew: Crew, look: Look
) -> None:
    driver = crew.repartidores[0]
    since_morning = await look(crew.admins[0])
    failed = [(await crew.shop.post_ticket(repartidor_id=driver.id))["ticket_id"] for _ in range(FAILED)]
    for ticket_id in failed:
        await act(driver, ticket_id, "fallar", motivo="no_contesta")
    for _ in range(DONE // 12):
        made = [(await crew.shop.post_ticket(repartidor_id=driver.id))["ticket_id"] for _ in range(12)]
        await asyncio.gather(*(act(driver, ticket_id, "entregar") for ticket_id in made))
    await driver.ok("POST", "/api/turno", {"abierto": False})

    fresh = await look(crew.admins[1])
    pages = [since_morning.page, fresh.page]
    for page in pages:
        assert await until(lambda page=page: _counts(page, DONE, FAILED)), await page.inner_text(".conteos")
    # Who went home and left something to be dealt with still has a column.
    page = fresh.page
    await page.click("[data-filtro=fallido]")
    head = page.locator(f"[data-columna='{driver.id}'] [data-campo=hechosTitulo]")
    await expect(head).to_have_text(f"Hechos hoy ({DONE + FAILED}) · {FAILED} por resolver")
    for ticket_id in failed:
        await expect(page.locator(f"[data-hecho='{ticket_id}']")).to_be_visible()

    # Put away, and back; the other board hears of it.
    await page.click(f"[data-hecho='{failed[0]}'] a")
    await page.click("#panel-ticket [data-campo=resolver]")
    await expect(page.locator("#panel-ticket [data-campo=resolver]")).to_have_text("Todavía no está resuelto")
    assert await violations(page) == []
    assert (await get_ticket(crew.admin, failed[0]))["resuelto_en"]
    other = since_morning.page.locator(f"[data-columna='{driver.id}'] [data-campo=hechosTitulo]")
    await expect(other).to_contain_text(f"{FAILED - 1} por resolver")
    await page.click("#panel-ticket [data-campo=resolver]")
    await expect(other).to_contain_text(f"{FAILED} por resolver")

    # Tried again, and closed otherwise: both count it.
    await act(crew.admin, failed[1], "reintentar")
    await act(crew.admin, failed[2], "corregir")
    for page in pages:
        assert await until(lambda page=page: _counts(page, DONE, FAILED - 2)), await page.inner_text(".conteos")


async def _counts(page: Page, done: int, failed: int) -> bool:
    said = [await page.inner_text(f"[data-filtro={which}] b") for which in ("entregado", "fallido")]
    return said == [str(done), str(failed)]
