"""Bought in the shop, followed by the link: the page tells how far it is, by itself, to whoever has the link."""

from datetime import datetime, timedelta

from playwright.async_api import Browser, Page, expect

from belgrano.words.times import BUENOS_AIRES
from tests.browser.axe import violations
from tests.browser.conftest import CUSTOMER
from tests.browser.windows import PHONE, Window
from tests.people import Crew, act, every_ticket, until
from tests.servers import PASSWORD

OVERFLOW = "document.documentElement.scrollWidth - innerWidth"
NEXT_LOOK_MS = 16_000


async def test_the_page_behind_the_link_follows_the_delivery_without_a_reload(
    crew: Crew, chromium: Browser, shop: str
) -> None:
    await crew.admin.ok("PATCH", "/api/configuracion", {"prueba_pin": "obligatoria", "minutos_antes": 43_200})
    customer = await Window.open(chromium, shop)
    await customer.go("/login?volver=/productos")
    await customer.page.fill("#email", CUSTOMER)
    await customer.page.fill("#password", PASSWORD)
    await customer.page.click("form[action='/login'] button")
    await customer.page.click("form.agregar button >> nth=0")
    await expect(customer.page.locator("[data-carrito-unidades]")).to_have_text("1")
    await customer.go("/checkout")
    for field, typed in {"calle": "Av. Cabildo", "altura": "2042", "piso": "4 B", "telefono": "11 5555-1234"}.items():
        await customer.page.fill(f"#{field}", typed)
    await customer.page.locator(".franjas input").last.check()
    assert await violations(customer.page) == []
    await customer.page.click("#form-checkout button[type=submit]")
    await expect(customer.page.locator("h1")).to_contain_text("Recibimos tu pedido")
    link = await customer.page.locator(".seguilo a").get_attribute("href") or ""
    pin = await customer.page.locator(".codigo__cifras").inner_text()
    (ticket,) = await until(lambda: every_ticket(crew.admin))
    assert (ticket["cliente_direccion"], ticket["cliente_piso"]) == ("Av. Cabildo 2042", "4 B")
    holder = next(r for r in crew.repartidores if r.id == ticket["repartidor_id"])

    # A neighbour's phone: no account, no cookie, only the link.
    url, path = link.split("/seguir/")
    narrow = {**PHONE["viewport"], "width": 320}
    neighbour = await Window.open(chromium, url, phone=True, viewport=narrow, timezone_id="Asia/Tokyo")
    page = neighbour.page
    await neighbour.go(f"/seguir/{path}")
    assert await violations(page) == []  # it needs a clock that goes
    await page.clock.install()
    await neighbour.go(f"/seguir/{path}")
    await expect(page.locator("h1")).to_have_text("Ya tiene quien lo lleve")
    await expect(page.locator(".seguir__cifras")).to_have_text(pin)
    await expect(page.locator(".seguir__ahora")).to_contain_text("mañana de 18 a 20")
    assert await page.evaluate(OVERFLOW) == 0
    assert await neighbour.context.cookies() == []
    await page.evaluate("window.same = true")

    await act(holder, ticket["id"], "iniciar")
    assert await until(lambda: looked(page, "h1", "Está en camino"))
    await expect(page.locator("[data-anuncio]")).to_have_text("Está en camino")
    assert "Está en camino" in await page.title()

    await act(holder, ticket["id"], "llegar")
    await neighbour.context.set_offline(True)
    assert await until(lambda: looked(page, "[data-desde]", ":"))
    await expect(page.locator("[data-pie]")).to_contain_text("Sin conexión")
    now = datetime.now(BUENOS_AIRES)
    lately = [f"{now - timedelta(minutes=n):%H:%M}" for n in range(5)]
    assert await page.inner_text("[data-desde]") in lately, "not the time of the device's zone"
    await neighbour.context.set_offline(False)
    assert await until(lambda: looked(page, "h1", "¡Llegó! Está en tu puerta"))
    await expect(page.locator("[data-pie]")).to_be_hidden()

    await act(crew.admin, ticket["id"], "entregar")
    assert await until(lambda: looked(page, "h1", "Entregado"))
    await expect(page.locator(".seguir__pin")).to_have_count(0)
    assert await page.evaluate("window.same"), "the page was loaded again"

    await customer.go(f"/pedidos/{ticket['numero']}")
    await expect(customer.page.locator("[data-codigo]")).to_have_count(0)
    neighbour.provokes("ERR_INTERNET_DISCONNECTED")
    for window in (customer, neighbour):
        await window.close()
        window.check()


async def looked(page: Page, where: str, text: str) -> bool:
    """Whether it says so; if not, time goes on to its next look, which is planned once the last one was answered."""
    if text in (await page.locator(where).inner_text()):
        return True
    await page.clock.fast_forward(NEXT_LOOK_MS)
    return False
