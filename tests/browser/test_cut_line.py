"""While the board has no line it claims nothing that it cannot know; when it is back no refusal stands for it."""

from playwright.async_api import expect

from tests.browser.conftest import Look
from tests.browser.windows import LIVE, OFFLINE, card, column
from tests.people import Crew
from tests.servers import Servers


async def test_without_a_line_nobody_is_claimed_online_and_the_refusal_goes_when_it_is_back(
    crew: Crew, look: Look, town: Servers
) -> None:
    one, other = crew.repartidores
    ticket = (await crew.shop.post_ticket(repartidor_id=one.id))["ticket_id"]
    phone, board = await look(one), await look(crew.admin)
    for window in (phone, board):
        window.provokes(OFFLINE)
    presence = board.page.locator(f"{column(one)} [data-campo=presencia]")
    await expect(presence).to_have_text("En línea")

    town.ticketera.stop()
    await expect(presence).to_have_text("No se sabe")
    await expect(board.page.locator("[data-presencia=en-linea]")).to_have_count(0)
    await expect(board.page.locator("[data-banda]")).to_contain_text("no mover nada hasta que vuelva")
    await board.page.locator(f"{card(ticket)} a").first.focus()
    await board.page.keyboard.press("m")
    await board.page.keyboard.type(other.me["nombre"])
    await board.page.keyboard.press("Enter")
    said = board.page.locator("#avisos-alarmas .nota")
    await expect(said).to_contain_text("Ahora no se puede mover nada.")

    town.ticketera.start()
    await board.page.wait_for_selector(LIVE)
    await expect(said).to_have_count(0)
    await expect(presence).to_have_text("En línea")
