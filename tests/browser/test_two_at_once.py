"""One person with two phones, or with two tabs: both know of each other, and one tap is one act."""

from playwright.async_api import expect

from tests.browser.conftest import Look
from tests.browser.windows import LIVE, OFFLINE, READY, give
from tests.people import Crew, get_ticket, until


async def test_two_phones_of_one_repartidor_are_both_told_at_once(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    first = await look(one)
    told = "[data-clave=otro-telefono]"
    await expect(first.page.locator(told)).to_have_count(0)

    second = await look(one)

    await expect(first.page.locator(told)).to_contain_text("la ubicación la manda el otro.")
    await expect(second.page.locator(told)).to_contain_text("la ubicación la manda este.")
    await first.page.tap(f"{told} >> text=Seguir acá")
    await expect(second.page.locator(told)).to_contain_text("la ubicación la manda el otro.")
    await expect(first.page.locator(told)).to_contain_text("la ubicación la manda este.")


async def test_the_same_tap_in_two_tabs_without_signal_is_one_act(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    (ticket,) = await give(crew, one, "Mitre 1")
    phone = await look(one)
    phone.provokes(OFFLINE)
    first = phone.page
    await first.tap("[data-accion=visto]")
    second = await phone.new_page()
    await phone.go(f"/reparto/tickets/{ticket}")
    await second.wait_for_selector(LIVE)
    await phone.context.set_offline(True)
    for page in (first, second):
        await expect(page.locator(".franja")).to_contain_text("Sin señal")

    await first.tap(".accion")
    await expect(second.locator(".accion")).to_contain_text("Llegué")
    await expect(second.locator(".franja")).to_contain_text("1 por enviar")
    await first.tap(".fila.ahora a")
    for page in (first, second):  # at the same moment, for all that each knows
        await page.evaluate("document.querySelector('[data-campo=noPude]').click()")
        await page.tap("#hoja-fallar >> text=No había nadie")
    for page in (first, second):
        await page.tap("#hoja-fallar .peligro")
        await expect(page.locator("#hoja-fallar")).to_be_hidden()
    await expect(second.locator(".franja")).to_contain_text("2 por enviar")
    await phone.context.set_offline(False)

    async def closed() -> bool:
        return bool((await get_ticket(crew.admin, ticket))["estado"] == "fallido")

    assert await until(closed)
    for page in (first, second):
        await page.wait_for_selector(READY)
        await expect(page.locator(".franja [role=status]")).to_have_text("En línea")
        await expect(page.locator(".aviso-fijo li, .nota.error")).to_have_count(0)
    done = [each["que"] for each in (await get_ticket(crew.admin, ticket))["historial"]]
    assert [que for que in done if que in ("iniciar", "fallar")] == ["iniciar", "fallar"]
