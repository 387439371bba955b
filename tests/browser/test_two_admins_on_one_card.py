"""Two admins want the same card: one wins, the other sees who, and both boards and the database agree."""

import asyncio

from playwright.async_api import Route, expect

from tests.browser.conftest import Look
from tests.browser.windows import REFUSED, card, column, drag
from tests.people import Crew, get_ticket, move


async def test_the_slower_admin_sees_who_was_first(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    ticket = (await crew.shop.post_ticket(repartidor_id=one.id))["ticket_id"]
    first, second = await look(crew.admins[1]), await look(crew.admins[0])
    second.provokes(REFUSED)
    go = asyncio.Event()

    async def hold(route: Route) -> None:
        await go.wait()
        await route.continue_()

    await second.page.route("**/api/mudanzas", hold)
    await drag(second.page, card(ticket), column(None))
    await expect(second.page.locator(f"{column(None)} {card(ticket)}[aria-busy]")).to_be_visible()
    await drag(first.page, card(ticket), column(other))
    await expect(first.page.locator(f"{column(other)} {card(ticket)}:not([aria-busy])")).to_be_visible()
    assert (await get_ticket(crew.admin, ticket))["repartidor_id"] == other.id
    go.set()

    said = second.page.locator(".nota.error")
    await expect(said).to_contain_text("Jefa 2 lo pasó a Repartidor 2 hace")
    await expect(second.page.locator(f"{column(other)} {card(ticket)}")).to_be_visible()
    await expect(second.page.locator(f"{card(ticket)}[aria-busy]")).to_have_count(0)
    assert (await get_ticket(crew.admin, ticket))["repartidor_id"] == other.id


async def test_an_edit_from_a_stale_panel_keeps_what_was_typed(crew: Crew, look: Look) -> None:
    ticket = (await crew.shop.post_ticket(repartidor_id=crew.repartidores[0].id))["ticket_id"]
    board = await look(crew.admin)
    board.provokes(REFUSED)
    await board.page.click(card(ticket))
    await board.page.click("text=Editar")
    await board.page.fill("#editar-indicaciones", "Dejar en portería")

    version = (await get_ticket(crew.admin, ticket))["version"]
    await crew.admins[1].ok("PATCH", f"/api/tickets/{ticket}", {"version": version, "cliente_direccion": "Mitre 77"})
    await board.page.click("#dialogo-editar button.principal")

    await expect(board.page.locator("#dialogo-editar .aviso.error")).to_contain_text("Jefa 2 cambió este ticket recién")
    assert await board.page.input_value("#editar-cliente_direccion") == "Mitre 77"
    await board.page.click("#dialogo-editar button.principal")
    await expect(board.page.locator("#dialogo-editar")).to_be_hidden()
    now = await get_ticket(crew.admin, ticket)
    assert (now["cliente_direccion"], now["indicaciones"]) == ("Mitre 77", "Dejar en portería")


async def test_a_ticket_that_somebody_moves_is_seen_on_every_board(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    ticket = (await crew.shop.post_ticket(repartidor_id=one.id))["ticket_id"]
    boards = [await look(admin) for admin in crew.admins]

    await move(crew.admin, [await get_ticket(crew.admin, ticket)], other.id)

    for board in boards:
        await expect(board.page.locator(f"{column(other)} {card(ticket)}")).to_be_visible(timeout=1_000)
