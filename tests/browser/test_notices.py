"""What must be read stays on the board until somebody has read it; what passes carries nothing of that sort."""

import json

from playwright.async_api import Page, Route, expect

from tests.browser.axe import violations
from tests.browser.conftest import Look
from tests.browser.windows import REFUSED, Window, box_of, card, column, drag, give, order
from tests.people import Crew, Person, get_ticket, move, until

STAYS = "#avisos-alarmas .nota"
PASSES = "#avisos-noticias .nota"


async def select(board: Window, tickets: list[int]) -> None:
    for ticket in tickets:
        await board.page.locator(card(ticket)).click(modifiers=["Control"])


async def move_to(board: Window, who: Person) -> None:
    await board.page.click("[data-seleccion] [data-campo=mover]")
    await board.page.fill("#dialogo-mover [data-campo=buscar]", who.me["nombre"])
    await board.page.keyboard.press("Enter")


async def carry(page: Page, what: str, onto: str) -> None:
    await page.locator(what).scroll_into_view_if_needed()
    await drag(page, what, onto)


async def outdate(route: Route) -> None:
    """The move arrives as one of somebody who saw the ticket before it changed."""
    asked = json.loads(route.request.post_data or "")
    for each in asked["tickets"]:
        each["version"] = 0
    await route.continue_(post_data=json.dumps(asked))


async def test_many_who_do_not_fit_are_one_notice_and_one_press_moves_them_all(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    calles = [f"Mitre {n}" for n in range(1, 9)]
    tickets = await give(crew, one, *calles)
    await crew.admin.ok("PATCH", "/api/configuracion", {"max_tickets_por_repartidor": 1})
    (held,) = await give(crew, other, "Moreno 1")
    board = await look(crew.admin)
    board.provokes(REFUSED)
    page = board.page

    # One by itself, and then six with it: the notice grows, and names each.
    said = page.locator(STAYS)
    await carry(page, card(tickets[7]), column(other))
    await expect(said).to_contain_text("no se movió: Repartidor 2 ya tiene 1 de 1.")
    passing = page.locator("#avisos-noticias")
    await expect(passing).not_to_contain_text("Le va a llegar")  # nothing does
    await select(board, tickets[:7])
    await carry(page, card(tickets[0]), column(other))
    await expect(said).to_contain_text("8 tickets no entraron: Repartidor 2 ya tiene 1 de 1.")
    await expect(said).to_have_count(1)
    for ticket in tickets:
        await expect(said).to_contain_text((await get_ticket(crew.admin, ticket))["numero"])
    assert await violations(page) == []

    # What somebody else moved meanwhile is theirs.
    await move(crew.admins[1], [await get_ticket(crew.admin, tickets[0])], None)
    await expect(said).to_contain_text("7 tickets no entraron")
    await page.keyboard.press("Control+Enter")
    await expect(said).to_have_count(0)
    assert await until(lambda: _is(board, other, [held, tickets[7], *tickets[1:7]]))
    await expect(passing).to_contain_text("Le va a llegar cuando se reconecte.")
    assert (await get_ticket(crew.admin, tickets[0]))["repartidor_id"] is None


async def test_a_refusal_stays_until_it_is_read_and_none_is_dropped_for_number(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    tickets = await give(crew, one, *[f"Mitre {n}" for n in range(1, 7)])
    board = await look(crew.admin)
    board.provokes(REFUSED)
    page = board.page
    await board.intercept("**/api/mudanzas", outdate)
    said, passing = page.locator(STAYS), page.locator(PASSES)

    for n, ticket in enumerate(tickets, 1):
        await carry(page, card(ticket), column(other))
        await expect(said).to_have_count(n)
    # What passes has come and gone meanwhile.
    await expect(passing).to_have_count(0)
    await expect(said).to_have_count(6)

    # Several of one move are one notice, with each ticket's own reason.
    await select(board, tickets)
    await move_to(board, other)
    await expect(said).to_have_count(7)
    await expect(said.last.locator("li")).to_have_count(6)
    await said.last.locator("text=Entendido").click()
    await expect(said).to_have_count(6)


async def test_a_notice_that_passes_never_lies_over_one_that_stays_nor_that_over_the_board(
    crew: Crew, look: Look
) -> None:
    one, other = crew.repartidores
    first, second = await give(crew, one, "Mitre 1", "Mitre 2")
    board = await look(crew.admin)
    board.provokes(REFUSED)
    page = board.page
    await board.intercept("**/api/mudanzas", outdate)
    await carry(page, card(first), column(other))
    await expect(page.locator(STAYS)).to_have_count(1)
    await board.context.unroute("**/api/mudanzas")

    await carry(page, card(second), column(other))
    moved = f"{PASSES}:has-text('posición')"
    await expect(page.locator(moved)).to_contain_text("Repartidor 2, posición 1 de 1")

    toast, notice, whole = await box_of(page, moved), await box_of(page, STAYS), await box_of(page, "[data-tablero]")
    assert toast["y"] + toast["height"] <= notice["y"]
    assert whole["y"] + whole["height"] <= notice["y"]
    await page.click(card(first))
    panel = await box_of(page, "#panel-ticket")
    assert panel["y"] + panel["height"] <= notice["y"]


async def _is(board: Window, repartidor: Person, ids: list[int]) -> bool:
    return await order(board.page, repartidor) == ids
