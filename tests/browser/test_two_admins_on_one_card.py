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


async def test_a_ticket_that_somebody_moves_is_seen_on_every_board(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    ticket = (await crew.shop.post_ticket(repartidor_id=one.id))["ticket_id"]
    boards = [await look(admin) for admin in crew.admins]

    await move(crew.admin, [await get_ticket(crew.admin, ticket)], other.id)

    for board in boards:
        await expect(board.page.locator(f"{column(other)} {card(ticket)}")).to_be_visible(timeout=1_000)
