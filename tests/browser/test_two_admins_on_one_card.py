"""Two admins want the same card: one wins, the other sees who, and both boards and the database agree."""

import asyncio

from playwright.async_api import Route, expect

from tests.browser.conftest import Look
from tests.browser.windows import REFUSED, box_of, card, column, drag, give
from tests.people import Crew, act, get_ticket, move


async def test_the_slower_admin_sees_who_was_first(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    ticket = (await crew.shop.post_ticket(repartidor_id=one.id))["ticket_id"]
    first, second = await look(crew.admins[1]), await look(crew.admins[0])
    second.provokes(REFUSED)
    go = asyncio.Event()

    async def hold(route: Route) -> None:
        await go.wait()
        await route.continue_()

    await second.intercept("**/api/mudanzas", hold)
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
        await expect(board.page.locator(f"{column(other)} {card(ticket)}")).to_be_visible()


async def test_admins_see_what_the_other_is_at_and_one_who_is_shut_out_is_told(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    ticket, paid = await give(crew, one, "Mitre 1", "Mitre 2")
    mine, hers = await look(crew.admin), await look(crew.admins[1])
    hers.provokes(r"status of 401", r"WebSocket connection")
    at = hers.page.locator(f"{card(ticket)} .miran")
    for page, initials, name in ((mine.page, "J2", "Jefa 2"), (hers.page, "JU", "Jefa Uno")):
        await expect(page.get_by_role("list", name="Quién más está en el tablero")).to_have_text(
            f"{initials}{name} está en el tablero"
        )

    await mine.page.click(card(ticket))
    await expect(at).to_have_text("Jefa Uno lo está mirando")
    await mine.page.keyboard.press("Escape")
    await expect(at).to_be_hidden()
    box = await box_of(mine.page, card(ticket))
    await mine.page.mouse.move(box["x"] + 80, box["y"] + 44)
    await mine.page.mouse.down()
    await mine.page.mouse.move(box["x"] + 95, box["y"] + 60, steps=4)
    await expect(at).to_have_text("Jefa Uno lo está moviendo")
    await mine.page.keyboard.press("Escape")
    await mine.page.mouse.up()
    await expect(at).to_be_hidden()

    assert (await act(one, paid, "entregar", cobrado=1900)).status_code == 200
    await expect(hers.page.locator(f"{column(one)} header")).to_contain_text("1 activo · 1 hecho")
    await expect(hers.page.locator(f"{column(one)} .rendir")).to_have_text("$\u00a01.900 a rendir")

    await hers.page.fill("[data-campo=buscar]", "mitre")
    await expect(hers.page.locator("[data-campo=mostrando]")).to_be_visible()
    await crew.admin.ok("PATCH", f"/api/usuarios/{crew.admins[1].id}", {"activo": False})
    band = hers.page.locator("[data-banda]")
    await expect(band).to_contain_text("el tablero ya no se actualiza")
    await expect(band.locator("a")).to_have_attribute("href", "/login?volver=%2Ftablero%3Fq%3Dmitre")
    await expect(hers.page.locator("[data-tablero]")).to_have_js_property("inert", True)
