"""An order in the mode `oferta` rings on two phones; one takes it, the other reads who."""

from playwright.async_api import expect

from tests.browser.conftest import Look
from tests.browser.windows import REFUSED
from tests.people import Crew, Json, every_ticket, get_ticket, until


async def test_two_phones_ring_one_takes_it_and_the_other_reads_who(crew: Crew, look: Look) -> None:
    await crew.admin.ok("PATCH", "/api/configuracion", {"modo_asignacion": "oferta"})
    nadia, omar = crew.repartidores
    await crew.admin.ok("PATCH", f"/api/repartidores/{nadia.id}", {"nombre": "Nadia Souza"})
    one, other = await look(nadia), await look(omar)
    sheets = [window.page.locator("#hoja-oferta") for window in (one, other)]

    await crew.shop.post_ticket(cliente_direccion="Av. Cabildo 2042", cliente_barrio="Núñez", cliente_nombre="Clara")

    for sheet in sheets:
        await expect(sheet).to_contain_text("Av. Cabildo 2042")
        await expect(sheet).to_contain_text("Núñez")
        await expect(sheet).not_to_contain_text("Clara")
    await sheets[0].get_by_role("button", name="Lo tomo").tap()
    await expect(sheets[0]).to_be_hidden()
    await expect(one.page.locator(".ahora")).to_contain_text("Av. Cabildo 2042")
    await expect(one.page.locator("#hoja-nuevos")).to_be_hidden()
    await expect(sheets[1]).to_contain_text("Ya lo tomó Nadia")
    await sheets[1].get_by_role("button", name="Entendido").tap()
    await expect(sheets[1]).to_be_hidden()
    (ticket,) = await every_ticket(crew.admin)
    assert (ticket["repartidor_id"], ticket["estado"]) == (nadia.id, "asignado")

    # Both at once: whoever is second, and that may be either, reads it.
    made = await crew.shop.post_ticket(cliente_direccion="Olga Cossettini 1190")
    for sheet in sheets:
        await expect(sheet).to_contain_text("Cossettini 1190")
    for window in (one, other):
        window.provokes(REFUSED)
    for window in (one, other):  # the sheet may go before a finger comes down: the tap is the page's own
        await window.page.evaluate("document.querySelector('[data-accion=tomar]').click()")
    ticket = await until(lambda: _taken(crew, made["ticket_id"]))
    first, loser = ("Nadia", 1) if ticket["repartidor_id"] == nadia.id else ("Repartidor", 0)
    await expect(sheets[loser]).to_contain_text(f"Ya lo tomó {first}")
    await expect(sheets[1 - loser]).to_be_hidden()


async def _taken(crew: Crew, ticket_id: int) -> Json | None:
    ticket = await get_ticket(crew.admin, ticket_id)
    return ticket if ticket["repartidor_id"] else None
