"""An order placed on the shop's pages rings on a phone, is on the board, and its delivery is on the customer's page."""

from playwright.async_api import Browser, expect

from tests.browser.conftest import CUSTOMER, Look
from tests.browser.windows import Window
from tests.people import Crew, every_ticket, until
from tests.servers import PASSWORD


async def test_an_order_rings_on_the_phone_and_its_delivery_is_seen_by_the_customer(
    crew: Crew, look: Look, chromium: Browser, shop: str
) -> None:
    board = await look(crew.admin)
    phones = [await look(r) for r in crew.repartidores]
    customer = await Window.open(chromium, shop)

    await customer.go("/login?volver=/productos")
    await customer.page.fill("#email", CUSTOMER)
    await customer.page.fill("#password", PASSWORD)
    await customer.page.click("form[action='/login'] button")
    await customer.page.click("form.agregar button >> nth=0")
    await expect(customer.page.locator("[data-carrito-unidades]")).to_have_text("1")
    await customer.go("/checkout")
    await customer.page.fill("#calle", "Av. Cabildo")
    await customer.page.fill("#altura", "2042")
    await customer.page.fill("#telefono", "11 5555-1234")
    await customer.page.check("input[name=metodo_pago] >> nth=0")
    await customer.page.click("#form-checkout button[type=submit]")
    await expect(customer.page.locator("h1")).to_contain_text("Recibimos tu pedido")
    (ticket,) = await _tickets(crew, 1)
    phone = phones[0 if ticket["repartidor_id"] == crew.repartidores[0].id else 1]
    other = phones[1 - phones.index(phone)]

    await expect(phone.page.locator("#hoja-nuevos")).to_contain_text("Av. Cabildo 2042")
    await expect(other.page.locator("#hoja-nuevos")).to_be_hidden()
    on_board = board.page.locator(f".tarjeta[data-id='{ticket['id']}']")
    await expect(on_board).to_contain_text("✓ Recibido")
    await phone.page.tap("[data-accion=visto]")
    await expect(on_board).to_contain_text("✓✓ Visto")

    await customer.go(f"/pedidos/{ticket['numero']}")
    await customer.page.evaluate("window.same = true")
    await phone.page.tap(".accion >> text=Salgo para allá")
    await expect(on_board).to_contain_text("En camino")
    await phone.page.tap(".accion >> text=Llegué")
    await phone.page.tap(".accion >> text=Entregar")
    await phone.page.tap("#hoja-entregar button.principal")
    await expect(board.page.locator("[data-filtro=entregado] b")).to_have_text("1")
    await expect(phone.page.locator(".franja [role=status]")).to_have_text("En línea")
    await expect(customer.page.locator("main")).to_contain_text("Entregado")
    assert await customer.page.evaluate("window.same"), "the customer's page was loaded again"
    await customer.close()
    customer.check()


async def _tickets(crew: Crew, count: int) -> list[dict[str, object]]:
    async def enough() -> object:
        found = await every_ticket(crew.admin)
        return found if len(found) >= count else None

    found = await until(enough)
    assert found, "the order did not reach Ticketera"
    return list(found)
