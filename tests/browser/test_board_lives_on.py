"""A board that stays open all day: what changes behind it reaches it without a reload."""

from playwright.async_api import expect

from tests.browser.conftest import Look
from tests.browser.windows import LIVE, OFFLINE, column
from tests.people import Crew
from tests.servers import Servers

BUSCAR = "[data-herramientas] [data-campo=buscar]"


async def test_settings_and_a_new_version_reach_an_open_board(crew: Crew, look: Look, town: Servers) -> None:
    board = await look(crew.admin)
    board.provokes(OFFLINE)
    load = board.page.locator(f"{column(crew.repartidores[0])} [data-campo=carga]")
    await crew.admin.ok("PATCH", "/api/configuracion", {"max_tickets_por_repartidor": 7})
    await expect(load).to_have_text("Lleva 0 de 7")

    await board.page.route("**/manifest.json", lambda route: route.fulfill(json={"tablero.js": "tablero-OTRA.js"}))
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
