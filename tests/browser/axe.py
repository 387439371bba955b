"""What axe-core finds wrong with a page as it stands."""

from playwright.async_api import Page

from tests.browser.windows import AT_REST
from tests.servers import ROOT

AXE = ROOT / "node_modules/axe-core/axe.min.js"
RUN = """async () => {
  const found = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] });
  return found.violations.map((each) => `${each.id}: ${each.nodes[0].html.slice(0, 160)}`);
}"""


async def violations(page: Page) -> list[str]:
    """One line for each broken rule; empty when there is none. Waits: half way through a change colours are mixed."""
    await page.evaluate(AT_REST)
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = await page.evaluate(RUN)
    return found
