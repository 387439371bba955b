"""The desktop's notices of a board that nobody looks at: on request, one of each kind, without anybody's data."""

from playwright.async_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.windows import LIVE
from tests.people import Crew, act, until

# A desktop that says what it was told, and never asks by itself.
DESKTOP = """
  window.said = [];
  window.asked = 0;
  window.Notification = class {
    static permission = localStorage.permitido ?? "default";
    static async requestPermission() {
      window.asked += 1;
      return (this.permission = localStorage.permitido = "granted");
    }
    constructor(title, { tag, body }) { said.push([tag, title, body]); }
    close() { said.push(["closed"]); }
  };
"""


async def hide(page: Page, hidden: bool) -> None:
    await page.evaluate(
        """(hidden) => {
          Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


async def test_a_hidden_board_tells_of_what_waits_and_fails_once_it_was_asked_to(crew: Crew, look: Look) -> None:
    await crew.admin.ok("PATCH", "/api/configuracion", {"modo_asignacion": "manual"})
    one = crew.repartidores[0]
    held = (await crew.shop.post_ticket(numero="PED-EN-MANO", repartidor_id=one.id))["ticket_id"]
    board = await look(crew.admin)
    page = board.page
    await page.context.add_init_script(DESKTOP)
    await page.reload()
    await page.wait_for_selector(LIVE)
    assert await page.evaluate("asked") == 0
    await page.get_by_role("button", name="Avisos: no").click()
    await expect(page.get_by_role("button", name="Avisos: sí")).to_be_visible()

    # Once allowed it stays so, without asking again.
    await page.reload()
    await page.wait_for_selector(LIVE)
    await expect(page.get_by_role("button", name="Avisos: sí")).to_be_visible()
    assert await page.evaluate("asked") == 0

    await crew.shop.post_ticket(numero="PED-A-LA-VISTA")
    await expect(page.get_by_role("link", name="PED-A-LA-VISTA")).to_be_visible()
    await hide(page, True)
    await crew.shop.post_ticket(numero="PED-UNO")
    await crew.shop.post_ticket(numero="PED-DADO", repartidor_id=one.id)
    await crew.shop.post_ticket(numero="PED-DOS")
    assert (await act(one, held, "fallar", motivo="cliente_ausente")).status_code == 200

    async def told() -> bool:
        return bool(
            await page.evaluate("said")
            == [
                ["tablero-nuevo", "Ticket nuevo sin asignar", "PED-UNO"],
                ["tablero-nuevo", "2 tickets nuevos sin asignar", "PED-DOS"],
                ["tablero-fallido", "Un ticket no se pudo entregar", "PED-EN-MANO"],
            ]
        )

    assert await until(told)
    await hide(page, False)
    assert await page.evaluate("said.slice(3)") == [["closed"], ["closed"]]
    await page.get_by_role("button", name="Avisos: sí").click()
    await expect(page.get_by_role("button", name="Avisos: no")).to_be_visible()
