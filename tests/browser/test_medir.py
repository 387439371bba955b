"""The board measures itself, on the real page, when it is asked to."""

import re

from playwright.async_api import expect

from tests.browser.conftest import Look
from tests.browser.windows import LIVE, card, column, drag, give
from tests.people import Crew

NUMBER = re.compile(r"[1-9]\d* ms")


async def test_the_board_says_how_long_its_changes_and_moves_take(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores[:2]
    _, second = await give(crew, one, "Moreno 100", "Moreno 200")
    board = await look(crew.admin)
    scripts: list[str] = []
    board.page.on("request", lambda request: scripts.append(request.url))
    await board.page.reload()
    await board.page.wait_for_selector(LIVE)
    assert not [each for each in scripts if "medir" in each]

    await board.page.click(".persona summary")
    await board.page.click("text=Medir el tablero")
    panel = board.page.get_by_role("complementary", name="Medición")
    await expect(panel.locator("[data-campo=usable]")).to_have_text(NUMBER)
    await expect(panel.locator("[data-campo=tarjetas]")).to_have_text("2")
    for n in range(3):
        await crew.shop.post_ticket(numero=f"MEDIDO-{n}")
    await expect(panel.locator("[data-campo=eventos]")).to_contain_text(re.compile(r"^[3-9] · "))
    for field in ("pintado", "servidor"):
        await expect(panel.locator(f"[data-campo={field}]")).to_have_text(re.compile(r"p50 \d+ ms · p95 \d+ ms"))
    await drag(board.page, card(second), f"{column(other)} h2")
    await expect(panel.locator("[data-campo=mudanzas]")).to_have_text(re.compile(r"p50 \d+ ms"))
    await expect(panel.locator("[data-campo=eventos]")).to_contain_text(re.compile(r"^[4-9] · "))

    await panel.get_by_role("button", name="Empezar de cero").click()
    await expect(panel.locator("[data-campo=eventos]")).to_have_text(re.compile("^0 · "))
    await expect(panel.locator("[data-campo=usable]")).to_have_text(NUMBER)
    await board.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await panel.get_by_role("button", name="Copiar").click()
    await expect(panel.get_by_text("Copiado.")).to_be_visible()
    copied = await board.page.evaluate("() => navigator.clipboard.readText()")
    assert "Del aviso a la pantalla: todavía nada" in copied
    await panel.get_by_role("link", name="Cerrar").click()
    await expect(board.page.get_by_role("complementary", name="Medición")).to_have_count(0)
