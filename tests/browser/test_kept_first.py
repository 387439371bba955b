"""What a person did is on the phone's disk before the screen says so; what cannot be kept stays in front of them."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Look
from tests.browser.windows import OFFLINE, Window, give
from tests.people import Crew, get_ticket, until

# The disk takes until `soltar`: the transaction lives on, as on a phone that has much to do.
SLOW_DISK = """(store) => {
    for (const name of ["add", "put"]) {
        const write = IDBObjectStore.prototype[name];
        IDBObjectStore.prototype[name] = function (...args) {
            const asked = write.apply(this, args);
            const wait = () => {
                window.escribiendo = true;
                if (!window.soltar) this.count().onsuccess = wait;
            };
            if (this.name === store && !window.soltar) wait();
            return asked;
        };
    }
}"""
WRITING = "() => window.escribiendo === true"
LET_GO = "() => { window.soltar = true; }"
FAILING_DISK = """(why) => {
    const add = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = function (...args) {
        if (window.anda || this.name !== "bandeja") return add.apply(this, args);
        throw new DOMException("no", why);
    };
}"""
REPAIRED = "() => { window.anda = true; }"


async def a_phone_with(crew: Crew, look: Look, *streets: str) -> tuple[Window, list[int]]:
    made = await give(crew, crew.repartidores[0], *streets)
    phone = await look(crew.repartidores[0])
    phone.provokes(OFFLINE)
    await phone.page.tap("[data-accion=visto]")
    await expect(phone.page.locator("#hoja-nuevos")).to_be_hidden()
    return phone, made


async def test_the_sheet_of_a_delivery_closes_once_the_delivery_is_kept(crew: Crew, look: Look) -> None:
    phone, _ = await a_phone_with(crew, look, "Mitre 1", "Mitre 2")
    page, sheet = phone.page, phone.page.locator("#hoja-entregar")
    await phone.context.set_offline(True)
    await page.evaluate(SLOW_DISK, "bandeja")
    await page.tap(".fila.ahora a")
    await page.tap("text=Ya lo entregué")
    await page.tap("#hoja-entregar [data-campo=confirmar]")
    await page.wait_for_function(WRITING)

    await page.tap("#hoja-entregar [data-campo=confirmar]")  # an impatient thumb
    await page.tap("#hoja-entregar [data-accion=cancelar]")
    await page.keyboard.press("Escape")
    await expect(sheet).to_be_visible()
    await expect(page.locator(".franja")).not_to_contain_text("por enviar")
    await page.evaluate(LET_GO)

    await expect(sheet).to_be_hidden()
    await expect(page.locator(".franja")).to_contain_text("Sin señal · 1 por enviar")
    await expect(page.locator(".fila.ahora")).to_contain_text("Mitre 2")


async def test_a_tap_and_its_taking_back_are_kept_once_before_they_are_seen(crew: Crew, look: Look) -> None:
    phone, _ = await a_phone_with(crew, look, "Mitre 1")
    page, strip, button = phone.page, phone.page.locator(".franja"), phone.page.locator(".accion")
    await phone.context.set_offline(True)
    await page.evaluate(SLOW_DISK, "bandeja")
    for tapped, before, after, waiting in (
        (".accion", "Salgo para allá", "Llegué", 1),
        (".deshacer button", "Llegué", "Salgo para allá", 2),
    ):
        await page.evaluate("() => { window.soltar = window.escribiendo = false; }")
        await page.tap(tapped)
        await page.wait_for_function(WRITING)
        await page.tap(tapped)
        await expect(button).to_contain_text(before)
        await page.evaluate(LET_GO)
        await expect(button).to_contain_text(after)
        await expect(strip).to_contain_text(f"{waiting} por enviar")


async def test_visto_is_kept_before_the_sheet_goes(crew: Crew, look: Look) -> None:
    await give(crew, crew.repartidores[0], "Mitre 1")
    phone = await look(crew.repartidores[0])
    page, sheet = phone.page, phone.page.locator("#hoja-nuevos")
    await expect(sheet).to_be_visible()
    await page.evaluate(SLOW_DISK, "estado")

    await page.tap("[data-accion=visto]")
    await page.wait_for_function(WRITING)
    await page.evaluate("document.querySelector('dialog').dispatchEvent(new Event('close'))")  # something else draws
    await expect(sheet).to_be_visible()
    await page.evaluate(LET_GO)

    await expect(sheet).to_be_hidden()


@pytest.mark.parametrize(
    ("why", "said"),
    [("QuotaExceededError", "Tu teléfono no tiene espacio."), ("UnknownError", "Tu teléfono no pudo guardarlo.")],
)
async def test_what_cannot_be_kept_is_said_and_stays_as_it_was_typed(
    crew: Crew, look: Look, why: str, said: str
) -> None:
    phone, (ticket,) = await a_phone_with(crew, look, "Mitre 1")
    page, sheet = phone.page, phone.page.locator("#hoja-entregar")
    await page.evaluate(FAILING_DISK, why)
    await page.tap(".accion")
    await expect(page.locator(".nota.error")).to_contain_text(said)
    await expect(page.locator(".accion")).to_contain_text("Salgo para allá")
    await page.tap(".fila.ahora a")
    await page.tap("text=Ya lo entregué")
    await page.tap("text=Cobré otro monto")
    await page.fill("#entregar-otro", "1.234,50")

    await page.tap("#hoja-entregar [data-campo=confirmar]")
    await expect(sheet.locator("[role=alert]")).to_contain_text(said)
    await expect(page.locator("#entregar-otro")).to_have_value("1.234,50")
    assert (await get_ticket(crew.admin, ticket))["estado"] == "asignado"
    await page.evaluate(REPAIRED)
    await page.tap("#hoja-entregar [data-campo=confirmar]")

    await expect(sheet).to_be_hidden()

    async def delivered() -> bool:
        known = await get_ticket(crew.admin, ticket)
        return (known["estado"], float(known["cobrado"] or 0)) == ("entregado", 1234.5)

    assert await until(delivered)
