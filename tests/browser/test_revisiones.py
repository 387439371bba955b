"""The shop's later word reaches board and phone, and whoever is about to collect hears it before they confirm."""

from playwright.async_api import expect

from tests.browser.conftest import Look
from tests.people import Crew, act, get_ticket, until

LECHE = {"nombre": "Leche entera 1 l", "cantidad": 1, "precio": 1250, "subtotal": 1250}
ARROZ = {"nombre": "Arroz 1 kg", "cantidad": 2, "precio": 5100, "subtotal": 10200}


async def test_what_the_shop_changes_is_said_on_the_phone_and_in_the_boards_history(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    made = await crew.shop.post_ticket(repartidor_id=one.id, productos=[LECHE, ARROZ], total=11450)
    phone, board = await look(one), await look(crew.admin)

    word = {"numero": made["numero"], "revision": 1, "productos": [ARROZ], "total": 10200, "preparado": True}
    await crew.shop.ok("POST", "/api/tickets/revisiones", word)

    said = "Sacaron Leche entera 1 l · Total $ 10.200 (antes $ 11.450)"
    await expect(phone.page.locator(f"[data-clave=ticket-{made['ticket_id']}]")).to_contain_text(said)
    card = board.page.locator(f".tarjeta[data-id='{made['ticket_id']}']")
    await expect(card.locator("[data-campo=cobro]")).to_have_text("Cobrar $ 10.200")
    await expect(card.locator("[data-campo=preparado]")).to_contain_text("Preparado")
    await card.locator("[data-campo=numero]").click()
    await expect(board.page.locator("[data-campo=historial] li").first).to_contain_text(said)

    await crew.shop.ok("POST", "/api/tickets/revisiones", {**word, "revision": 2, "pagado": True})
    await expect(card.locator("[data-campo=cobro]")).to_have_text("Pagado")
    await expect(phone.page.locator(".fila [data-campo=cobro]").first).to_have_text("Pagado · $ 10.200")


async def test_a_total_that_changes_while_it_is_being_collected_is_said_before_anything_is_kept(
    crew: Crew, look: Look
) -> None:
    one = crew.repartidores[0]
    made = await crew.shop.post_ticket(repartidor_id=one.id, productos=[ARROZ], total=11450)
    await act(one, made["ticket_id"], "iniciar")
    await act(one, made["ticket_id"], "llegar")
    phone = await look(one)
    await phone.page.goto(f"{phone.url}/reparto/tickets/{made['ticket_id']}")
    await phone.page.tap(".accion")
    sheet = phone.page.locator("#hoja-entregar")
    await expect(sheet.locator("[data-campo=justo]")).to_contain_text("$ 11.450")

    await crew.shop.ok("POST", "/api/tickets/revisiones", {"numero": made["numero"], "revision": 1, "total": 10200})
    await expect(phone.page.locator("[data-campo=dCobro]")).to_contain_text("10.200")
    await sheet.locator("[data-campo=confirmar]").tap()
    await expect(sheet.locator("[data-campo=error]")).to_contain_text("Total $ 10.200 (antes $ 11.450)")
    assert (await get_ticket(crew.admin, made["ticket_id"]))["estado"] == "en_camino"

    await sheet.locator("[data-campo=confirmar]").tap()
    await expect(sheet).to_be_hidden()

    async def kept() -> bool:
        ticket = await get_ticket(crew.admin, made["ticket_id"])
        return (ticket["estado"], ticket["cobrado"]) == ("entregado", 10200)

    assert await until(kept)
