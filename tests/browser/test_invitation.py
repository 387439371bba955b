"""Somebody new: invited by the admin, in on their own phone, and the money counted at the end."""

from playwright.async_api import Browser, expect

from tests.browser.conftest import Look
from tests.browser.windows import Window
from tests.people import Crew
from tests.servers import PASSWORD


async def test_who_is_invited_chooses_a_password_and_is_in_on_their_phone(
    crew: Crew, look: Look, chromium: Browser
) -> None:
    window = await look(crew.admin)
    await window.go("/repartidores/nuevo")
    await window.page.fill("#nombre", "Nadia Ortiz")
    await window.page.fill("#email", "nadia@belgrano.test")
    await window.page.fill("#vehiculo", "Moto")
    await window.page.click("main form button")
    await expect(window.page.locator("svg.codigo-qr")).to_be_visible()
    code = await window.page.locator("svg.codigo-qr").bounding_box()
    assert code is not None
    assert code["width"] >= 200
    link = await window.page.input_value("#enlace")

    phone = await Window.open(chromium, window.url, phone=True)
    await phone.page.goto(link)
    await expect(phone.page.locator("h1")).to_have_text("Hola, Nadia Ortiz")
    assert await phone.page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    await phone.page.fill("#password", PASSWORD)
    await phone.page.tap("main form button")
    await phone.page.wait_for_url("**/reparto")
    await expect(phone.page.locator("#contenido")).to_contain_text("turno")
    phone.provokes("status of 404")
    await phone.page.goto(link)
    await expect(phone.page.locator("h1")).to_have_text("Este enlace venció o no existe")
    await phone.close()
    phone.check()

    await window.go("/repartidores")
    await expect(window.page.locator("tbody tr", has_text="Nadia Ortiz")).to_contain_text("Moto")
