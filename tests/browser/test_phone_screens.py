"""The phone's screens in sun and night: nothing axe finds, 7:1, targets for a thumb, 320 px and text twice as large."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Look
from tests.browser.windows import AT_REST, FLAGS, LIVE, SLOW_MS, Window, chromium_path
from tests.people import Crew

TARGETS = """(least) => [...document.querySelectorAll("a, button, select, summary, .opcion")]
  .filter((one) => one.checkVisibility() && !one.closest(".saltar") && !one.classList.contains("saltar"))
  .map((one) => ({ text: one.textContent.trim().slice(0, 30), height: one.getBoundingClientRect().height }))
  .filter(({ height }) => height < least)"""
CUT_OFF = """() => [...document.querySelectorAll("main *, .abajo *, .franja *")]
  .filter((one) => one.checkVisibility() && !one.closest(".solo-lector") && !one.classList.contains("solo-lector"))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1)
  .map((one) => one.outerHTML.slice(0, 80))"""
CONTRAST = """() => {
  const part = (value) => ((value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const behind = (one) => {
    for (; one; one = one.parentElement) {
      const [r, g, b, a = 1] = rgb(getComputedStyle(one).backgroundColor);
      if (a > 0.99) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const written = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const all = [...document.body.querySelectorAll("*")];
  const weak = all.filter((one) => one.checkVisibility() && written(one)).map((one) => {
    const [a, b] = [light(rgb(getComputedStyle(one).color)), light(behind(one))].sort((x, y) => y - x);
    return { text: one.textContent.trim().slice(0, 40), ratio: (a + 0.05) / (b + 0.05) };
  });
  return weak.filter(({ ratio }) => ratio < 7);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_screen_can_be_read_and_pressed(crew: Crew, look: Look, scheme: str) -> None:
    one = crew.repartidores[0]
    await crew.admin.ok("PATCH", "/api/configuracion", {"central": "11 4555-0000", "orden_propio": True})
    first = await fill(crew)
    phone = await look(one, color_scheme=scheme, viewport={"width": 320, "height": 640})
    page = phone.page

    await look_at(page)  # the sheet of new tickets
    await page.tap("[data-accion=visto]")
    await look_at(page)
    await page.tap("[aria-label='Bajar Cabildo 2230']")
    await expect(page.locator(".despues .fila-direccion")).to_have_text(["Juramento 1500", "Cabildo 2230"])
    await page.goto(f"{phone.url}/reparto/tickets/{first}")
    await page.wait_for_selector(LIVE)
    await expect(page.locator("[data-campo=dLugar]")).to_have_text("4° B · Belgrano")
    await expect(page.locator("[data-campo=dFranja]")).to_contain_text(re.compile("quedan 3[345] min"))
    await expect(page.locator("[data-campo=dCobro]")).to_have_text("Cobrar $ 12.450 en efectivo")
    await expect(page.locator("[data-campo=whatsapp]")).to_have_attribute(
        "href", "https://wa.me/5491155551234?text=" + SALUDO
    )
    await look_at(page)
    await page.tap("[data-campo=navegar]")
    await look_at(page)
    await page.tap("#hoja-navegar >> text=Cancelar")
    await page.tap(".accion")
    await look_at(page)
    await page.tap("[data-campo=noPude]")  # is not under the bar that takes the last act back
    await look_at(page)
    await page.tap("#hoja-fallar [data-accion=cancelar]")
    await page.tap("[data-pestana=mas]")
    await expect(page.locator("[data-campo=sonido]")).to_be_hidden()  # a tap brings the sound back
    await expect(page.locator("[data-campo=mCentral]")).to_have_attribute("href", "tel:+541145550000")
    await look_at(page)
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    for tab in ("caja", "mas", "recorrido"):
        await page.tap(f"[data-pestana={tab}]")
        await page.evaluate(AT_REST)
        assert await page.evaluate(CUT_OFF) == []


BARS = """() => {
  const box = (what) => document.querySelector(what).getBoundingClientRect();
  const button = document.querySelector(".deshacer button");
  const line = (one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
  };
  const said = document.querySelector(".deshacer > span");
  return { taken: box(".arriba").height + box(".abajo").height, button: line(button),
    cut: button.scrollWidth > button.clientWidth, said: said.getBoundingClientRect().width };
}"""


async def test_with_letters_twice_as_large_most_of_the_screen_is_for_reading(crew: Crew, chromium: Browser) -> None:
    one = crew.repartidores[0]
    await fill(crew)
    flags = [*FLAGS, "--blink-settings=defaultFontSize=32"]
    large = await chromium.browser_type.launch(executable_path=chromium_path(), args=flags, timeout=4 * SLOW_MS)
    phone = await Window.open(large, one.url, phone=True)
    await phone.enter(one)
    await phone.page.tap("[data-accion=visto]")
    await phone.page.tap(".accion")
    await expect(phone.page.locator(".deshacer")).to_contain_text("Saliste")
    await phone.page.evaluate(AT_REST)

    seen = await phone.page.evaluate(BARS)

    assert seen["taken"] <= 844 * 0.55
    assert (seen["button"], seen["cut"]) == (1, False)
    assert seen["said"] >= 200
    assert await phone.page.evaluate(TARGETS, 48) == []
    assert await phone.page.evaluate(CUT_OFF) == []
    await phone.close()
    await large.close()
    phone.check()


SALUDO = "Hola%20Ana%2C%20soy%20Repartidor%20de%20la%20tienda.%20Estoy%20llegando%20con%20tu%20pedido%20PED-10482."


async def fill(crew: Crew) -> int:
    """Three tickets; the id of the first."""
    one = crew.repartidores[0]
    now = datetime.now(UTC)
    franja = {
        "franja_desde": (now - timedelta(hours=1)).isoformat(timespec="milliseconds"),
        "franja_hasta": (now + timedelta(minutes=35)).isoformat(timespec="milliseconds"),
    }
    first = await crew.shop.post_ticket(
        repartidor_id=one.id, numero="PED-10482", cliente_nombre="Ana López", cliente_telefono="11 5555-1234",
        cliente_direccion="Moreno 1840", cliente_piso="4° B", cliente_barrio="Belgrano", metodo_pago="efectivo",
        total=12450, indicaciones="Timbre 4B. Perro suelto.", **franja,
    )  # fmt: skip
    for where in ("Cabildo 2230", "Juramento 1500"):
        await crew.shop.post_ticket(repartidor_id=one.id, cliente_direccion=where, prioridad="urgente")
    return int(first["ticket_id"])


async def look_at(page: Page) -> None:
    assert await violations(page) == []
    assert await page.evaluate(CONTRAST) == []
    assert await page.evaluate(TARGETS, 48) == []
    assert await page.evaluate(CUT_OFF) == []
