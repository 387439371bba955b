"""What people write where a phone number goes, on the phone, on the board's panel and on paper."""

import pytest
from playwright.async_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import Look
from tests.browser.windows import card
from tests.people import Crew

TYPED = "11 5555-1234 / 15 4444-9876 (pedir por Juana)"


async def test_each_number_of_a_ticket_has_its_links_and_what_is_beside_them_is_read(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    made = await crew.shop.post_ticket(repartidor_id=one.id, cliente_telefono=TYPED)

    phone = await look(one)
    await phone.page.click(f'[data-campo=vistaLista] a[href="/reparto/tickets/{made["ticket_id"]}"]')
    await expect(phone.page.locator("[data-campo=dTelefono]")).to_have_text(TYPED)
    await expect(phone.page.locator("[data-campo=vistaDetalle] a[href='tel:+541155551234']")).to_be_visible()
    other = phone.page.locator("[data-campo=dOtros] li")
    await expect(other.locator("a[href='tel:+5491144449876']")).to_be_visible()
    await expect(other.locator("a[href^='https://wa.me/5491144449876?']")).to_be_visible()
    assert await violations(phone.page) == []

    board = await look(crew.admin)
    await board.page.click(card(made["ticket_id"]))
    panel = board.page.locator("#panel-ticket")
    await expect(panel.locator("[data-campo=telefonoEscrito]")).to_have_text(TYPED)
    await expect(panel.locator("a[href='tel:+541155551234']")).to_have_text("011 5555-1234")
    await expect(panel.locator("a[href='tel:+5491144449876']")).to_be_visible()
    await expect(panel.locator("a[href^='https://wa.me/5491144449876?']")).to_be_visible()
    assert await violations(board.page) == []
    paper = await crew.admin.get(f"/tickets/{made['ticket_id']}/imprimir")
    assert TYPED in paper.text


@pytest.mark.parametrize("typed", ["5,49116E+12", "########"])
async def test_a_number_that_a_spreadsheet_lost_is_read_as_it_is_and_calls_nobody(
    crew: Crew, look: Look, typed: str
) -> None:
    one = crew.repartidores[0]
    made = await crew.shop.post_ticket(repartidor_id=one.id, cliente_telefono=typed)

    phone = await look(one)
    await phone.page.click(f'[data-campo=vistaLista] a[href="/reparto/tickets/{made["ticket_id"]}"]')
    await expect(phone.page.locator("[data-campo=dTelefono]")).to_have_text(typed)
    await expect(phone.page.locator("[data-campo=vistaDetalle] a[href^='tel:']:visible")).to_have_count(0)
    await expect(phone.page.locator("[data-campo=vistaDetalle] a[href*='wa.me']:visible")).to_have_count(0)
