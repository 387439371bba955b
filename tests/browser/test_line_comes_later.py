"""What carries the line is a script of its own: the phone works before it is here, and becomes live when it is."""

from playwright.async_api import Browser, Route, expect

from tests.browser.windows import LIVE, OFFLINE, READY, Window, give
from tests.people import Crew, get_ticket, until
from tests.servers import PASSWORD


async def test_a_line_that_ends_before_its_script_came_stops_no_delivery(crew: Crew, chromium: Browser) -> None:
    one = crew.repartidores[0]
    done, next_one = await give(crew, one, "Mitre 1", "Mitre 2")
    phone = await Window.open(chromium, one.url, phone=True)
    phone.provokes(OFFLINE)
    for lost in ("**/socket-*.js", "**/acciones"):
        await phone.context.route(lost, lose)
    await phone.go("/login")
    await phone.page.fill("#email", one.me["email"])
    await phone.page.fill("#password", PASSWORD)
    await phone.page.click("form[action='/login'] button")
    await phone.page.wait_for_selector(READY)
    strip = phone.page.locator(".franja [role=status]")
    await expect(strip).to_have_text("Sin señal")

    await phone.page.tap("[data-accion=visto]")
    for accion in ("Salgo para allá", "Llegué", "Entregar"):
        await phone.page.tap(f".accion >> text={accion}")
    await phone.page.tap("#hoja-entregar button.principal")
    await expect(strip).to_have_text("Sin señal · 3 por enviar")
    await phone.context.unroute_all()
    await phone.page.evaluate("dispatchEvent(new Event('online'))")

    await phone.page.wait_for_selector(LIVE)
    await expect(strip).to_have_text("En línea")
    assert await until(lambda: is_seen(crew, next_one))
    known = await get_ticket(crew.admin, done)
    assert [each["que"] for each in known["historial"]] == ["creado", "iniciar", "llegar", "entregar"]
    await phone.close()
    phone.check()


async def test_its_script_is_asked_for_again_without_a_word_of_the_browsers(crew: Crew, chromium: Browser) -> None:
    phone = await Window.open(chromium, crew.repartidores[0].url, phone=True)
    phone.provokes(OFFLINE)
    await phone.context.route("**/socket-*.js", lose, times=2)  # ahead of time, and when it is wanted

    await phone.enter(crew.repartidores[0])

    await phone.close()
    phone.check()


async def lose(route: Route) -> None:
    await route.abort()


async def is_seen(crew: Crew, ticket: int) -> bool:
    """What was said over the line itself has come, too."""
    return (await get_ticket(crew.admin, ticket))["visto_en"] is not None
