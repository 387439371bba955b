"""What is in a sheet outlives its page (a camera, a reload, a killed tab), and goes with its ticket and its session."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.test_proof import PHOTO, sign
from tests.browser.windows import LIVE, OFFLINE, READY, Window, give
from tests.people import Crew, get_ticket, move, until
from tests.pictures import jpeg

KEPT = """async (name) => {
  const base = await new Promise((done) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => done(asked.result);
  });
  const keys = await new Promise((done) => {
    base.transaction("estado").objectStore("estado").getAllKeys().onsuccess = (event) => done(event.target.result);
  });
  base.close();
  return keys.filter((key) => key.startsWith("hoja-")).length;
}"""


SAYS = """async ([name, text]) => {
  const base = await new Promise((done) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => done(asked.result);
  });
  const all = await new Promise((done) => {
    base.transaction("estado").objectStore("estado").getAll().onsuccess = (event) => done(event.target.result);
  });
  base.close();
  return JSON.stringify(all).includes(text);
}"""


async def opened(crew: Crew, look: Look, sheet: str) -> tuple[Window, int]:
    one = crew.repartidores[0]
    policy = {"prueba_foto": "opcional", "prueba_firma": "opcional", "prueba_receptor": "opcional"}
    await crew.admin.ok("PATCH", "/api/configuracion", policy)
    ticket, _ = await give(crew, one, "Mitre 1", "Mitre 2")
    phone = await look(one)
    phone.provokes(OFFLINE)
    await phone.page.tap("[data-accion=visto]")
    await phone.page.tap(".fila.ahora a")
    await phone.page.tap(sheet)
    return phone, ticket


async def fill_delivery(phone: Window) -> None:
    page = phone.page
    await page.tap("#hoja-entregar >> text=Cobré otro monto")
    await page.fill("#entregar-otro", "1.500,50")
    await page.set_input_files("#hoja-entregar input[type=file]", files=[{**PHOTO, "buffer": jpeg(1600, 1200)}])
    await expect(page.locator("#hoja-entregar .tomadas img")).to_be_visible()
    await sign(phone)
    await page.tap("text=Vecino")
    await page.fill("#entregar-receptor", "Nora del 2° A")


async def is_filled(page: Page) -> None:
    await expect(page.locator("#hoja-entregar")).to_be_visible()
    await expect(page.locator("#entregar-otro")).to_have_value("1.500,50")
    await expect(page.locator("#hoja-entregar .tomadas img")).to_have_js_property("naturalWidth", 1280)
    await expect(page.locator("[name=receptor][value=vecino]")).to_be_checked()
    await expect(page.locator("#entregar-receptor")).to_have_value("Nora del 2° A")


@pytest.mark.parametrize("how", ["reload", "reload offline", "killed"])
async def test_a_delivery_that_was_being_noted_goes_on_in_the_next_page(crew: Crew, look: Look, how: str) -> None:
    phone, ticket = await opened(crew, look, "text=Ya lo entregué")
    await fill_delivery(phone)
    if how == "reload offline":
        await phone.context.set_offline(True)
    if how == "killed":
        base = f"reparto-{crew.repartidores[0].id}"
        assert await until(lambda: phone.page.evaluate(SAYS, [base, "Nora del 2° A"])), "it is never kept"
        await phone.page.close()
        await phone.new_page()
        await phone.go("/reparto")
    else:
        await phone.page.reload()
    await phone.page.wait_for_selector(READY)

    await is_filled(phone.page)
    await phone.context.set_offline(False)
    await phone.page.tap("#hoja-entregar [data-campo=confirmar]")

    async def delivered() -> bool:
        fotos = (await crew.admin.ok("GET", f"/api/tickets/{ticket}/fotos"))["fotos"]
        return {each["tipo"] for each in fotos} == {"foto", "firma"}

    assert await until(delivered)
    known = await get_ticket(crew.admin, ticket)
    assert (known["estado"], float(known["cobrado"])) == ("entregado", 1500.5)
    assert (known["prueba"]["receptor"], known["prueba"]["receptor_nombre"]) == ("vecino", "Nora del 2° A")
    await expect(phone.page.locator("#hoja-entregar")).to_be_hidden()
    assert await until(lambda: none_kept(phone.page, crew.repartidores[0].id))


async def none_kept(page: Page, repartidor_id: Any) -> bool:
    return bool(await page.evaluate(KEPT, f"reparto-{repartidor_id}") == 0)


async def test_why_it_was_not_delivered_goes_on_and_what_was_given_up_does_not(crew: Crew, look: Look) -> None:
    phone, _ = await opened(crew, look, "[data-campo=noPude]")
    page, sheet = phone.page, phone.page.locator("#hoja-fallar")
    await page.tap("#hoja-fallar >> text=Zona insegura")
    await page.fill("#fallar-nota", "Corte de calle")
    await page.set_input_files("#hoja-fallar input[type=file]", files=[{**PHOTO, "buffer": jpeg(1600, 1200)}])
    await expect(sheet.locator(".tomadas img")).to_be_visible()

    await page.reload()
    await page.wait_for_selector(LIVE)
    await expect(sheet.locator("[value=zona_insegura]")).to_be_checked()
    await expect(page.locator("#fallar-nota")).to_have_value("Corte de calle")
    await expect(sheet.locator(".tomadas img")).to_be_visible()
    await sheet.locator("[data-accion=cancelar]").tap()
    await expect(sheet).to_be_hidden()
    assert await until(lambda: none_kept(page, crew.repartidores[0].id))

    await page.reload()
    await page.wait_for_selector(LIVE)
    await page.tap("[data-campo=noPude]")
    await expect(page.locator("#fallar-nota")).to_have_value("")
    await expect(sheet.locator(".tomadas img")).to_have_count(0)


async def test_what_was_noted_goes_with_the_ticket_and_with_the_session(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    phone, ticket = await opened(crew, look, "text=Ya lo entregué")
    await fill_delivery(phone)
    await phone.page.close()
    answer = await move(crew.admin, [await get_ticket(crew.admin, ticket)], other.id)
    assert answer.status_code == 200, answer.text
    await phone.new_page()
    await phone.go("/reparto")
    await phone.page.wait_for_selector(LIVE)
    await expect(phone.page.locator(".fila.ahora")).to_contain_text("Mitre 2")
    assert await until(lambda: none_kept(phone.page, one.id))

    await phone.page.tap(".fila.ahora a")
    await phone.page.tap("text=Ya lo entregué")
    await expect(phone.page.locator("#entregar-receptor")).to_have_value("")
    await fill_delivery(phone)
    await phone.page.close()
    await phone.new_page()
    await phone.context.clear_cookies()
    await phone.enter(other)
    assert await until(lambda: none_kept(phone.page, one.id))
    await expect(phone.page.locator("#hoja-entregar")).to_be_hidden()
