"""The repartidor's page in Chromium on an emulated slow 3G and a CPU four times slower: cold, warm, without network."""

from __future__ import annotations

import asyncio
import contextlib
import statistics
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page

from benchmarks.report import ROUNDS, Report
from benchmarks.stage import Stage, post_all, product
from tests.browser.windows import PHONE, chromium_path, launch
from tests.line import Line

TICKETS = 12
# What Chromium's own tools call slow 3G here: 400 kbit/s with a round trip of 400 ms.
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
READABLE = """() => new Promise((done) => {
  const look = () => {
    const [painted] = performance.getEntriesByName("first-contentful-paint");
    const there = document.querySelector(".fila.ahora .fila-direccion")?.textContent;
    return painted && there ? done(Math.max(painted.startTime, window.drawn ?? 0)) : setTimeout(look, 10);
  };
  look();
})"""
LIVE = """() => new Promise((done) => {
  const look = () => (document.documentElement.dataset.vivo === "si" ? done(performance.now()) : setTimeout(look, 10));
  look();
})"""
# The list may be there later than the first paint: when its first row has words.
WATCH = """new MutationObserver((_, watching) => {
  if (!document.querySelector(".fila.ahora .fila-direccion")?.textContent) return;
  window.drawn = performance.now();
  watching.disconnect();
}).observe(document, { childList: true, subtree: true, characterData: true });
window.slowest = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (one.interactionId) window.slowest = Math.max(window.slowest, one.duration);
}).observe({ type: "event", durationThreshold: 16, buffered: true });"""
CONTROLLED = """async () => {
  await navigator.serviceWorker.ready;
  while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 20));
}"""


class SlowLine(Line):
    """Slow 3G for whatever asks on its own account: the service worker is out of the reach of a page's emulation."""

    slow = False

    async def _carry(self, source: asyncio.StreamReader, to: asyncio.StreamWriter, *, answers: bool) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65536):
                if self.slow:
                    await asyncio.sleep(0.2 + len(data) / SLOW_3G["downloadThroughput"])
                to.write(data)
                await to.drain()


async def visit(context: BrowserContext, url: str, network: dict[str, Any] | None = None) -> Page:
    """A new tab at the page, with a slow CPU, on this network."""
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    if network:
        await session.send("Network.enable")
        await session.send("Network.emulateNetworkConditions", network)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    await page.goto(f"{url}/reparto", wait_until="commit")
    return page


async def once(browser: Browser, stage: Stage, line: SlowLine) -> dict[str, float]:
    """One phone's day in short: its first visit, its second, one without network, and some taps."""
    name, _, value = stage.cookies[0].partition("=")
    context = await browser.new_context(locale="es-AR", **PHONE)
    await context.add_init_script(WATCH)
    await context.add_cookies([{"name": name, "value": value, "url": line.url}])
    seen: dict[str, float] = {}
    page = await visit(context, line.url, SLOW_3G)
    seen["cold_readable"] = await page.evaluate(READABLE)
    seen["cold_live"] = await page.evaluate(LIVE)
    await page.evaluate(CONTROLLED)
    await page.tap("[data-accion=visto]")
    for what in (".fila.ahora a", ".volver", "[data-pestana=mas]", "[data-pestana=recorrido]", ".accion"):
        await page.tap(what)
        await page.wait_for_timeout(300)
    seen["slowest_tap"] = await page.evaluate("window.slowest")
    await page.close()
    line.slow = True
    page = await visit(context, line.url)
    seen["warm_readable"] = await page.evaluate(READABLE)
    await page.close()
    line.down = True
    line.cut()
    page = await visit(context, line.url)
    seen["offline_readable"] = await page.evaluate(READABLE)
    line.down = False
    await context.close()
    return seen


async def measure(stage: Stage) -> dict[str, float]:
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright, SlowLine(int(stage.url.rsplit(":", 1)[1])) as line:
        browser = await launch(playwright)
        seen = await once(browser, stage, line)
        await browser.close()
    return seen


def run() -> None:
    report = Report(f"The phone with {TICKETS} tickets: slow 3G (400 ms, 400 kbit/s), CPU four times slower")
    if chromium_path() is None:
        report.note("Chromium is not here: the page was not measured")
    else:
        found = []
        for _ in range(ROUNDS):
            with product(1) as stage:
                post_all(stage, TICKETS)
                found.append(asyncio.run(measure(stage)))
        seen = {key: statistics.median(one[key] for one in found) for key in found[0]}
        report.row("first visit: the list can be read after, ms", seen["cold_readable"], reach="≤ 2,000 ms")
        report.row("first visit: live after, ms", seen["cold_live"], reach="≤ 4,000 ms")
        report.row("next visit: the list can be read after, ms", seen["warm_readable"], reach="≤ 1,000 ms")
        report.row("without network: the list can be read after, ms", seen["offline_readable"], reach="≤ 1,000 ms")
        report.row("the slowest tap, ms", seen["slowest_tap"], reach="≤ 100 ms")
    report.show()
