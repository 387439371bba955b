"""The panel of one ticket: edited in place by two people at once, left and come back to, undone from its history."""

import asyncio

from playwright.async_api import Page, Route, expect

from tests.browser.axe import violations
from tests.browser.conftest import Look
from tests.browser.windows import OFFLINE, REFUSED, card, column, give
from tests.people import Crew, Person, get_ticket, move


def dato(campo: str) -> str:
    return f"#panel-ticket [data-dato={campo}]"


async def begin(page: Page, campo: str, text: str) -> None:
    """Type into a field without saving."""
    await page.click(f"{dato(campo)} [data-editar]")
    await page.fill(f"#panel-{campo}", text)


async def change(admin: Person, ticket: int, **campos: object) -> None:
    """Somebody edits it elsewhere."""
    await admin.ok(
        "PATCH", f"/api/tickets/{ticket}", {"version": (await get_ticket(admin, ticket))["version"], **campos}
    )


async def test_two_admins_edit_one_ticket_and_nothing_typed_is_lost(crew: Crew, look: Look) -> None:
    ticket, below = await give(crew, crew.repartidores[0], "Moreno 1840", "Defensa 455")
    lucia = crew.admins[1]
    board = await look(crew.admin)
    board.provokes(REFUSED, OFFLINE, "status of 400")
    page = board.page
    await page.click(card(ticket))
    await expect(page).to_have_url(f"{board.url}/tickets/{ticket}")
    # Only what failed can be put away.
    await expect(page.locator("#panel-ticket [data-campo=mover]")).to_be_visible()
    await expect(page.locator("#panel-ticket [data-campo=resolver]")).to_be_hidden()

    # Somebody else changes another field while this one is typed: it is saved upon the new version, unseen.
    quick = iter([lucia])

    async def lucia_first(route: Route) -> None:
        if route.request.method == "PATCH" and (admin := next(quick, None)):
            await change(admin, ticket, cliente_piso="4° B")
        await route.continue_()

    await begin(page, "indicaciones", "Dejar en portería")
    await board.intercept("**/api/tickets/*", lucia_first)
    await page.keyboard.press("Enter")
    await expect(page.locator(f"{dato('indicaciones')} [data-valor]")).to_have_text("Dejar en portería")
    await expect(page.locator(f"{dato('cliente_piso')} [data-valor]")).to_have_text("4° B")

    # The same field: it is said whose word is there, and both can be had.
    await begin(page, "cliente_direccion", "Moreno 1850")
    await change(lucia, ticket, cliente_direccion="Moreno 1860")
    said = page.locator(f"{dato('cliente_direccion')} [data-campo=ajeno]")
    await expect(said).to_have_text("Jefa 2 cambió la dirección recién: «Moreno 1860».")
    # The name stays when the whole ticket came after it.
    await expect(page.locator(".historial")).to_contain_text("dirección: Moreno 1840 → Moreno 1860")
    await expect(said).to_have_text("Jefa 2 cambió la dirección recién: «Moreno 1860».")
    await page.click(f"{dato('cliente_direccion')} >> text=Guardar la mía")
    await expect(page.locator(f"{dato('cliente_direccion')} [data-valor]")).to_have_text("Moreno 1850")
    now = await get_ticket(lucia, ticket)
    assert [now[c] for c in ("cliente_direccion", "cliente_piso", "indicaciones")] == [
        "Moreno 1850", "4° B", "Dejar en portería",
    ]  # fmt: skip
    await begin(page, "cliente_barrio", "Once")
    await change(lucia, ticket, cliente_barrio="Monserrat")
    await page.click(f"{dato('cliente_barrio')} >> text=Usar la suya")
    await expect(page.locator(f"{dato('cliente_barrio')} [data-valor]")).to_have_text("Monserrat")

    # What the server refuses is said beside the field; without a line it stays, over another ticket and a reload.
    await begin(page, "cliente_nombre", "   ")
    await page.keyboard.press("Enter")
    await expect(page.locator("#panel-cliente_nombre-error")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("#panel-cliente_nombre")).to_be_hidden()
    await expect(page.locator("#panel-ticket")).to_be_visible()
    await begin(page, "cliente_nombre", "Ana María")
    await board.context.set_offline(True)
    await page.keyboard.press("Enter")
    await expect(page.locator("#panel-cliente_nombre-error")).to_contain_text("todavía no se guardó")
    await board.context.set_offline(False)
    await page.click("[data-campo=despues]")
    await expect(page.locator("#panel-titulo")).to_have_text((await get_ticket(lucia, below))["numero"])
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("#panel-cliente_nombre")).to_have_value("Ana María")
    await board.go(f"/tickets/{ticket}")
    await expect(page.locator("#panel-cliente_nombre")).to_have_value("Ana María")
    await page.focus("#panel-cliente_nombre")
    await page.keyboard.press("Enter")
    await expect(page.locator(f"{dato('cliente_nombre')} [data-valor]")).to_have_text("Ana María")
    assert (await get_ticket(lucia, ticket))["cliente_nombre"] == "Ana María"


async def test_the_panel_closes_to_its_card_and_undoes_what_its_history_tells(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    (ticket,) = await give(crew, one, "Moreno 1840")
    board = await look(crew.admin)
    page = board.page
    await page.click(card(ticket))
    await expect(page.locator(".historial li")).to_have_count(1)
    await page.click(f"{dato('franja')} [data-editar]")
    assert await violations(page) == []
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await expect(page).to_have_url(f"{board.url}/tablero")
    await expect(page.locator(f"{card(ticket)} a[href='/tickets/{ticket}']")).to_be_focused()

    await page.keyboard.press("Enter")
    await move(crew.admins[1], [await get_ticket(crew.admin, ticket)], other.id)
    first = page.locator(".historial li").first
    await expect(first).to_contain_text("Repartidor 1 → Repartidor 2")
    await expect(first).to_contain_text("Jefa 2, desde el tablero")
    await first.locator("text=Deshacer").click()
    await expect(page.locator(f"{column(one)} {card(ticket)}")).to_be_visible()
    await expect(first).to_contain_text("Mudanza deshecha")
    assert (await get_ticket(crew.admin, ticket))["repartidor_id"] == one.id
    await page.go_back()
    await expect(page.locator("#panel-ticket")).to_be_hidden()

    # A colleague who looks at it, too, is named; what the rule gave is given back.
    given = (await crew.shop.post_ticket())["ticket_id"]
    await board.go(f"/tickets/{given}")
    await expect(page.locator(".historial")).to_contain_text("por la asignación automática")
    await (await look(crew.admins[1])).go(f"/tickets/{given}")
    await expect(page.locator("#panel-ticket [data-campo=miran]")).to_have_text("Jefa 2 lo está mirando")
    await page.locator(".historial >> text=Deshacer").click()
    await expect(page.locator(f"{column(None)} {card(given)}:not([aria-busy])")).to_be_visible()
    assert (await get_ticket(crew.admin, given))["repartidor_id"] is None


async def test_a_field_asked_for_before_its_script_is_there_opens_with_it(crew: Crew, look: Look) -> None:
    [ticket] = await give(crew, crew.repartidores[0], "Moreno 1840")
    board = await look(crew.admin)
    board.provokes(OFFLINE)
    page = board.page
    line, there = iter([False]), asyncio.Event()

    async def late(route: Route) -> None:
        if not next(line, True):
            return await route.abort()
        await there.wait()
        await route.continue_()

    await board.intercept("**/aparte-*.js", late)
    await page.click(card(ticket))
    await expect(page.locator("#panel-ticket [data-campo=aviso]")).to_contain_text("No pudimos traer el historial")
    await page.click(f"{dato('indicaciones')} [data-editar]")
    await expect(page.locator("#panel-indicaciones")).to_be_hidden()

    there.set()

    await page.fill("#panel-indicaciones", "Dejar en portería")
    await page.keyboard.press("Enter")
    await expect(page.locator(f"{dato('indicaciones')} [data-valor]")).to_have_text("Dejar en portería")
    assert (await get_ticket(crew.admin, ticket))["indicaciones"] == "Dejar en portería"
