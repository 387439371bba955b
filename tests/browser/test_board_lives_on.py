"""A board that stays open all day: what changes behind it reaches it without a reload."""

from playwright.async_api import expect

from tests.browser.conftest import Look
from tests.browser.windows import LIVE, OFFLINE, card, column
from tests.people import Crew
from tests.servers import Servers

BUSCAR = "[data-herramientas] [data-campo=buscar]"


async def test_settings_and_a_new_version_reach_an_open_board(crew: Crew, look: Look, town: Servers) -> None:
    board = await look(crew.admin)
    board.provokes(OFFLINE)
    load = board.page.locator(f"{column(crew.repartidores[0])} [data-campo=carga]")
    await crew.admin.ok("PATCH", "/api/configuracion", {"max_tickets_por_repartidor": 7})
    await expect(load).to_have_text("Lleva 0 de 7")

    await board.intercept("**/manifest.json", lambda route: route.fulfill(json={"tablero.js": "tablero-OTRA.js"}))
    await board.page.fill(BUSCAR, "lo que estoy escribiendo")
    town.ticketera.stop()
    await expect(board.page.locator("[data-linea=sin-linea]")).to_be_visible()
    town.ticketera.start()
    await board.page.wait_for_selector(LIVE)

    await expect(board.page.get_by_text("Hay una versión nueva del tablero.")).to_be_visible()
    await expect(board.page.locator(BUSCAR)).to_have_value("lo que estoy escribiendo")
    async with board.page.expect_navigation():
        await board.page.click("text=Actualizar")
    await expect(load).to_have_text("Lleva 0 de 7")


async def test_new_tickets_behind_ver_mas_are_shown_and_a_closed_ticket_leaves_the_focus_on_the_board(
    crew: Crew, look: Look
) -> None:
    await crew.admin.ok("PATCH", "/api/configuracion", {"modo_asignacion": "manual"})
    for _ in range(46):
        await crew.shop.post_ticket()
    board = await look(crew.admin)
    column_ = board.page.locator(column(None))
    await expect(column_.locator(".tarjeta")).to_have_count(40)
    new = (await crew.shop.post_ticket())["ticket_id"]
    await column_.locator("[data-campo=nuevos]").click()
    await expect(column_.locator(card(new))).to_be_in_viewport()

    await column_.locator(f"{card(new)} a").click()
    ticket = await crew.admin.ok("GET", f"/api/tickets/{new}")
    await crew.admin.ok(
        "POST", f"/api/tickets/{new}/acciones", {"accion": "cancelar", "accion_id": "c-1", "version": ticket["version"]}
    )
    await expect(board.page.locator("#panel-ticket [data-campo=estado]")).to_have_text("Cancelado")
    await board.page.keyboard.press("Escape")
    await expect(column_.locator("h2")).to_be_focused()
