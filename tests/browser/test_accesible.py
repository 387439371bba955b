"""axe finds nothing on any page of Ticketera, nor in the board's states, wide and on a phone, by day and by night."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.windows import AT_REST, PHONE, Window, card
from tests.everyone import routes
from tests.people import Crew, act
from tests.servers import ROOT

AXE = ROOT / "node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
  const options = { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] };
  const { violations } = await axe.run(document, options);
  return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}`));
}"""


SCHEMES = ("light", "dark")  # what a browser asks for; nobody chose here, so the pages follow it


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.exists():
        pytest.fail("axe-core is missing: npm ci")
    return AXE.read_text(encoding="utf-8")


async def violations(page: Page, axe: str, state: str) -> list[str]:
    """What axe says of the page and its frames as they are now. Under the real policy: the debugger may evaluate."""
    for frame in page.frames:
        await frame.evaluate(axe)
        await frame.evaluate(AT_REST)
    wide = await page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    found = await page.evaluate(RUN, TAGS)
    return [f"{state}: {each}" for each in (*found, *([f"{wide} px too wide"] if wide > 0 else []))]


def pages(crew: Crew, ticket: Any) -> list[str]:
    """Every page of an admin's with what it names filled in; not downloads, nor the board, which has its own states."""
    found = set()
    for app, method, rule in routes(crew.town):
        if (app, method) != ("ticketera", "GET") or rule.startswith(("/api", "/static", "/reparto", "/tickets/<")):
            continue
        who = crew.repartidores[0].id if rule.startswith(("/repartidores", "/caja")) else crew.admin.id
        path = rule.replace("<int:number>", str(who))
        if "<" not in path and "." not in path:
            found.add(path)
    return sorted(found - {"/", "/tablero", "/mapa", "/health", "/healthz", "/metrics", "/tickets/imprimir"} | {
        f"/tickets/{ticket}/imprimir",
    })  # fmt: skip


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_axe_finds_nothing_on_any_page_of_an_admin_on_a_phone(
    crew: Crew, look: Look, axe: str, scheme: str
) -> None:
    ticket = (await crew.shop.post_ticket(repartidor_id=crew.repartidores[0].id))["ticket_id"]
    done = (await crew.shop.post_ticket(repartidor_id=crew.repartidores[0].id))["ticket_id"]
    assert (await act(crew.admin, done, "entregar")).status_code == 200
    admin = await look(crew.admin, **PHONE, color_scheme=scheme)
    wrong, seen = [], pages(crew, ticket)
    for path in seen:
        await admin.go(path)
        wrong += await violations(admin.page, axe, path)
    assert not wrong, "\n".join(wrong)
    assert len(seen) >= 12


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_axe_finds_nothing_on_the_board_in_any_state_nor_on_the_phone(
    crew: Crew, look: Look, axe: str, scheme: str
) -> None:
    here = {"cliente_lat": -34.56, "cliente_lng": -58.45, "prioridad": "urgente"}
    first = (await crew.shop.post_ticket(repartidor_id=crew.repartidores[0].id, **here))["ticket_id"]
    await crew.shop.post_ticket(**here)
    board = await look(crew.admin, color_scheme=scheme)
    page, wrong = board.page, []

    wrong += await violations(page, axe, "board")
    await page.click("[data-mapa]")
    await page.frame_locator("iframe").locator("div.pin button").first.wait_for()
    wrong += await violations(page, axe, "map")
    await page.click("[data-mapa]")
    await expect(page.locator("iframe")).to_have_count(0)
    await page.focus(f"{card(first)} a")
    await page.keyboard.press("m")
    await page.locator("#dialogo-mover[open]").wait_for()
    wrong += await violations(page, axe, "move")
    await page.keyboard.press("Escape")
    await page.click(f"{card(first)} [data-campo=numero]")
    await page.locator(".historial li").first.wait_for()
    wrong += await violations(page, axe, "panel")
    await board.go("/tablero?medir=1")
    await page.get_by_text("Medición").wait_for()
    wrong += await violations(page, axe, "measured")

    phone: Window = await look(crew.repartidores[0], color_scheme=scheme)
    wrong += await violations(phone.page, axe, "phone")
    assert not wrong, "\n".join(wrong)
