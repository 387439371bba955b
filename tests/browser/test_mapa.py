"""The map beside the board: live, without a request to anybody else, and never more than text."""

import re
from typing import Any

from playwright.async_api import FrameLocator, Route, expect

from tests.browser.conftest import Look
from tests.browser.windows import REFUSED, Window, card, column, drag
from tests.people import Crew, until
from tests.wire import Wire

HOSTILE = "<img src=x onerror=\"document.title='roto'\">"


def place(n: int) -> dict[str, float]:
    return {"cliente_lat": -34.56 - n / 400, "cliente_lng": -58.45 + n / 400}


def pin(frame: FrameLocator, ticket: Any) -> Any:
    return frame.locator(f".pin[data-id='{ticket}'] button")


async def switch_on(board: Window) -> FrameLocator:
    await board.page.get_by_role("button", name="Mapa: no").click()
    return board.page.frame_locator("iframe[title='Mapa de tickets']")


async def test_the_map_follows_the_board_and_the_board_the_map(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    await crew.admin.ok("PATCH", "/api/configuracion", {"modo_asignacion": "manual"})
    first = (await crew.shop.post_ticket(repartidor_id=one.id, **place(1)))["ticket_id"]
    board = await look(crew.admin)
    page, asked = board.page, []
    page.on("request", lambda request: asked.append(request.url))
    frame = await switch_on(board)
    await expect(page.get_by_role("button", name="Mapa: sí")).to_have_attribute("aria-expanded", "true")
    await expect(pin(frame, first)).to_have_accessible_name(re.compile("asignado, 1 de 1 de Repartidor 1$"))

    # A new ticket appears; what its customer is called is text.
    hostile = (await crew.shop.post_ticket(cliente_nombre=HOSTILE, prioridad="urgente", **place(2)))["ticket_id"]
    await expect(pin(frame, hostile)).to_have_text(re.compile(r"▲▲\s+S/A"))
    await pin(frame, hostile).hover()
    await expect(frame.locator(".leaflet-tooltip")).to_contain_text(HOSTILE)
    await expect(page.locator(f"{card(hostile)}.senalada")).to_be_visible()
    assert await frame.locator("#contenido img, .mapa img").count() == 0
    assert await frame.locator("body").evaluate("() => document.title") == "Mapa de tickets · Ticketera"

    # One without a place is counted and listed.
    nowhere = (await crew.shop.post_ticket(cliente_direccion="Sin altura 0"))["ticket_id"]
    await frame.get_by_text("1 ticket sin ubicación").click()
    await frame.get_by_role("button", name=re.compile("Sin altura 0")).click()
    await expect(page.locator("#panel-ticket")).to_contain_text("Sin altura 0")
    await expect(page).to_have_url(f"{board.url}/tickets/{nowhere}")
    await page.keyboard.press("Escape")
    await frame.get_by_text("1 ticket sin ubicación").click()

    # A drag on the board changes the pin, a card under the mouse is pointed out, a pressed pin opens its ticket.
    await drag(page, card(hostile), column(other))
    await expect(pin(frame, hostile)).to_have_accessible_name(re.compile("asignado, 1 de 1 de Repartidor 2, prioridad"))
    await page.hover(card(first))
    await expect(frame.locator(f".pin[data-id='{first}'][data-senalado]")).to_have_count(1)
    await pin(frame, first).click()
    await expect(page.locator("#panel-ticket")).to_be_visible()
    await expect(page).to_have_url(f"{board.url}/tickets/{first}")
    await page.keyboard.press("Escape")

    # Where a repartidor is, how long ago, and their way.
    wire = await Wire(one.url, one.cookie).open()
    await wire.call("ubicacion", {"lat": -34.55, "lng": -58.44, "precision_m": 9, "en": await ago(board, 3.2)})
    await expect(frame.locator("div.movil")).to_contain_text("hace 3 min")
    await expect(frame.locator("path.alrededor")).to_have_attribute("d", re.compile("a1,1 "))
    await wire.call("ubicacion", {"lat": -34.55, "lng": -58.44, "precision_m": 800, "en": await ago(board, 2.2)})
    await expect(frame.locator("div.movil")).to_contain_text("hace 2 min, a ±800 m")
    await expect(frame.locator("path.alrededor")).not_to_have_attribute("d", re.compile("a1,1 "))
    await frame.locator("div.movil button").click()
    await expect(frame.get_by_label("Recorrido de")).to_have_value(str(one.id))
    await expect(frame.locator("path.camino")).to_have_attribute("d", re.compile("^M.*L"))
    await wire.close()

    # Shift and a drag over both pins select both cards.
    await frame.get_by_role("button", name="Encuadrar").click()
    box = await page.locator("iframe").bounding_box()
    assert box is not None
    await page.keyboard.down("Shift")
    await page.mouse.move(box["x"] + box["width"] - 12, box["y"] + box["height"] - 30)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 20, box["y"] + 110, steps=4)
    await page.mouse.up()
    await page.keyboard.up("Shift")
    await expect(page.locator("[data-seleccion]")).to_contain_text("2 seleccionados")
    await page.click("[data-seleccion] [data-campo=cancelar]")

    # The search fades what it leaves out, and the keyboard widens and closes the map.
    await page.fill("[data-campo=buscar]", "Sin altura")
    await expect(frame.locator(".pin[data-apagado]")).to_have_count(2)
    await page.fill("[data-campo=buscar]", "")
    await expect(frame.locator(".pin[data-apagado]")).to_have_count(0)
    edge = page.get_by_role("separator", name="Ancho del mapa")
    await edge.press("ArrowRight")
    await expect(edge).to_have_attribute("aria-valuenow", "42")
    await pin(frame, first).focus()
    await page.keyboard.press("ArrowRight")
    await expect(pin(frame, hostile)).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator("iframe")).to_have_count(0)
    await expect(page.get_by_role("button", name="Mapa: no")).to_be_focused()
    assert {url for url in asked if not url.startswith(board.url)} == set()


# A window says something to itself, and has heard it.
SAY = """(said) => new Promise((done) => {
  addEventListener("message", ({ data }) => data === "heard" && done());
  postMessage(said, location.origin);
  postMessage("heard", location.origin);
})"""


async def ago(board: Window, minutes: float) -> str:
    return str(await board.page.evaluate("(m) => new Date(Date.now() - m * 60_000).toISOString()", minutes))


async def test_a_stranger_says_nothing_to_the_map_and_dead_tiles_leave_the_grid(crew: Crew, look: Look) -> None:
    await crew.admin.ok("PATCH", "/api/configuracion", {
        "mapa_teselas": "http://tiles.test:9/{z}/{x}/{y}.png", "mapa_atribucion": "<b>© Mapas</b>",
    })  # fmt: skip
    ticket = (await crew.shop.post_ticket(repartidor_id=crew.repartidores[0].id, **place(1)))["ticket_id"]
    board = await look(crew.admin)
    board.provokes("another host: http://tiles.test:9/", "failed: http://tiles.test:9/", "ERR_FAILED", REFUSED)
    tiles: list[str] = []

    async def down(route: Route) -> None:
        tiles.append(route.request.url)
        await route.abort()

    await board.page.route("http://tiles.test:9/**", down)
    frame = await switch_on(board)
    await expect(pin(frame, ticket)).to_be_visible()
    await expect(frame.get_by_text("No responde el servidor de imágenes del mapa.")).to_be_visible()
    await expect(frame.get_by_text("<b>© Mapas</b>")).to_be_visible()
    assert await frame.locator(".cuadro").count() > 0
    assert tiles
    assert await until(lambda: frame.locator(".leaflet-tile-pane img:visible").count(), 0.2) == 0

    # A message that does not come from the board's window is not heard, nor is one that the map did not send.
    said: dict[str, Any] = {"que": "columna", "id": "sin", "quien": None, "tickets": []}
    await frame.locator("body").evaluate(f"(_, m) => ({SAY})({{ ...m, id: 7 }})", said)
    await board.page.evaluate(SAY, {"que": "cerrar"})
    await expect(pin(frame, ticket)).to_have_count(1)
    await expect(board.page.locator("iframe")).to_have_count(1)


async def test_two_tickets_of_one_building_are_two_pins_to_be_pressed(crew: Crew, look: Look) -> None:
    await crew.admin.ok("PATCH", "/api/configuracion", {"modo_asignacion": "manual"})
    made = [(await crew.shop.post_ticket(**place(1)))["ticket_id"] for _ in range(3)]
    board = await look(crew.admin)
    frame = await switch_on(board)

    for ticket in made:
        await pin(frame, ticket).click()  # only what nothing else covers can be pressed
        await expect(board.page).to_have_url(f"{board.url}/tickets/{ticket}")
        await board.page.keyboard.press("Escape")
