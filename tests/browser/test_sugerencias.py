"""The board that proposes: who could take a ticket, why it waits, and a better order for a route."""

import asyncio

from playwright.async_api import Route, expect

from tests.browser.axe import violations
from tests.browser.conftest import Look
from tests.browser.windows import card, column, order
from tests.people import Crew, get_ticket, set_turno, until


async def test_a_suggestion_is_taken_with_one_key_and_a_route_is_ordered_with_a_preview(crew: Crew, look: Look) -> None:
    near, zoned = crew.repartidores
    await crew.admin.ok("PATCH", "/api/configuracion", {"modo_asignacion": "sugerido"})
    await crew.admin.ok("PATCH", f"/api/repartidores/{zoned.id}", {"zona": "Núñez"})
    one, two = [(await crew.shop.post_ticket(cliente_barrio=barrio))["ticket_id"] for barrio in ("Núñez", "San Telmo")]
    route = [
        (await crew.shop.post_ticket(repartidor_id=near.id, cliente_lat=lat, cliente_lng=-58.4))["ticket_id"]
        for lat in (-34.60, -34.66, -34.61)
    ]
    board = await look(crew.admin)
    page = board.page

    # Who is best, and why; A takes it and goes on to the next card; Ctrl+Z takes it back as it does a drag.
    await expect(page.locator(card(one))).to_contain_text(f"{zoned.me['nombre']} 0 de 10 · reparte en Núñez")
    await expect(page.locator(card(two))).to_contain_text(f"{zoned.me['nombre']} 0 de 10")
    assert await violations(page) == []
    await page.locator(f"{card(one)} a").first.focus()
    await page.keyboard.press("a")
    await expect(page.locator(f"{column(zoned)} {card(one)}:not([aria-busy])")).to_be_visible()
    await expect(page.locator(f"{card(one)} [data-accion=aceptar]")).to_be_hidden()
    await expect(page.locator(f"{card(two)}:focus-within")).to_be_visible()
    await page.keyboard.press("Control+z")
    await expect(page.locator(f"{column(None)} {card(one)} [data-accion=aceptar]")).to_be_visible()
    await page.click(f"{card(one)} [data-accion=aceptar]")
    await expect(page.locator(f"{column(zoned)} {card(one)}")).to_be_visible()

    # Nobody left to suggest: why it waits is said instead.
    for each in crew.repartidores:
        await set_turno(each, abierto=False)
    await expect(page.locator(card(two))).to_contain_text("Nadie está en turno")

    # A better order is shown before anything moves, applied as one move, and taken back as one.
    await page.click(f"{column(near)} [data-accion=menu-columna]")
    await page.click("text=Ordenar por cercanía")
    preview = page.locator("#dialogo-orden")
    await expect(preview).to_contain_text("En línea recta: de 12,2 km a 6,7 km.")
    await expect(preview.locator("li").nth(1)).to_contain_text("↑ estaba 3.º")
    assert await violations(page) == []
    assert await order(page, near) == route
    await page.click("#dialogo-orden >> text=Aplicar")
    assert await until(lambda: _is(page, near, [route[0], route[2], route[1]]))
    await page.keyboard.press("Control+z")
    assert await until(lambda: _is(page, near, route))


async def test_a_card_that_comes_back_offers_nothing_that_a_click_would_not_do(crew: Crew, look: Look) -> None:
    await crew.admin.ok("PATCH", "/api/configuracion", {"modo_asignacion": "sugerido"})
    one, _ = [(await crew.shop.post_ticket())["ticket_id"] for _ in range(2)]
    board = await look(crew.admin)
    page = board.page
    button = page.locator(f"{column(None)} {card(one)} [data-accion=aceptar]")
    await expect(button).to_be_visible()
    known, late = asyncio.Event(), asyncio.Event()

    async def told_late(route: Route) -> None:
        """What is asked while the card is away is answered; what is asked after that waits."""
        if known.is_set():
            await late.wait()
        answer = await route.fetch()
        if one not in [each["ticket_id"] for each in (await answer.json())["tickets"]]:
            known.set()
        await route.fulfill(response=answer)

    await board.intercept("**/api/sugerencias", told_late)
    await page.locator(f"{card(one)} a").first.focus()
    await page.keyboard.press("a")
    await expect(page.locator(f"{column(None)} {card(one)}")).to_have_count(0)
    await asyncio.wait_for(known.wait(), 30)
    await page.keyboard.press("Control+z")
    await expect(page.locator(f"{column(None)} {card(one)}:not([aria-busy])")).to_be_visible()
    await expect(button).to_be_hidden()

    late.set()
    await button.click()
    await expect(page.locator(f"[data-tira] {card(one)}:not([aria-busy])")).to_be_visible()
    assert (await get_ticket(crew.admin, one))["repartidor_id"] in [each.id for each in crew.repartidores]


async def _is(page, repartidor, ids) -> bool:  # type: ignore[no-untyped-def]
    return await order(page, repartidor) == ids
