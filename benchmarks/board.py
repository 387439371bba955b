"""GET /api/tablero with 1,000 open tickets and 50 repartidores; and the page in Chromium: until usable, and live."""

from __future__ import annotations

import http.client
import time
from functools import partial
from urllib.parse import urlsplit

from playwright.async_api import Browser

from benchmarks.measure import percentile
from benchmarks.report import Report, rounds
from benchmarks.stage import Stage, floor, post_all, product
from tests.browser.windows import chromium_path, launch

REPARTIDORES, OPEN = 50, 1000
READY = """() => new Promise((done) => {
  const live = () => document.documentElement.dataset.vivo === "si";
  const drawn = () => document.querySelectorAll(".tarjeta").length > 500;
  const look = () => (live() && drawn() ? requestIdleCallback(() => done(performance.now())) : setTimeout(look, 10));
  look();
})"""


def measure(stage: Stage) -> dict[str, float]:
    post_all(stage, OPEN)
    parts = urlsplit(stage.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    took, size = [], 0
    for _ in range(60):
        began = time.perf_counter()
        connection.request("GET", "/api/tablero", headers={"Cookie": stage.board or ""})
        answer = connection.getresponse()
        size = len(answer.read())
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status == 200, answer.status
        time.sleep(0.02)
    return {"p50_ms": percentile(took[5:], 50), "p99_ms": percentile(took[5:], 99), "kib": size / 1024}


async def in_chromium(stage: Stage) -> dict[str, float]:
    """The page's own figures."""
    from playwright.async_api import async_playwright

    from benchmarks.board_live import drop, paint

    async with async_playwright() as playwright:
        browser = await launch(playwright)
        figures = {"interactive_ms": await interactive(browser, stage), **await paint(browser, stage)}
        figures["drop_p95_ms"] = await drop(browser, stage)
        await browser.close()
    return figures


async def interactive(browser: Browser, stage: Stage) -> float:
    """Milliseconds from the beginning of navigation until the cards are there, live, and the page is idle."""
    name, _, value = (stage.board or "").partition("=")
    took = []
    for _ in range(5):
        context = await browser.new_context(viewport={"width": 1440, "height": 900})
        await context.add_cookies([{"name": name, "value": value, "url": stage.url}])
        page = await context.new_page()
        await page.goto(f"{stage.url}/tablero", wait_until="domcontentloaded")
        took.append(float(await page.evaluate(READY)))
        await context.close()
    return percentile(took, 50)


def run() -> None:
    import asyncio

    report = Report("The board: 1,000 open tickets, 50 repartidores")
    of_floor, of_product = rounds([partial(floor, REPARTIDORES), partial(product, REPARTIDORES)], measure)
    report.row("GET /api/tablero p50 ms", of_product["p50_ms"], of_floor["p50_ms"], "≤ 60 ms")
    report.row("GET /api/tablero p99 ms", of_product["p99_ms"], of_floor["p99_ms"])
    report.row("its size, KiB", of_product["kib"], of_floor["kib"])
    if chromium_path() is None:
        report.note("Chromium is not here: the page was not measured")
    else:
        with product(REPARTIDORES) as stage:
            post_all(stage, OPEN)
            seen = asyncio.run(in_chromium(stage))
        report.row("the page can be used after, ms", seen["interactive_ms"], reach="≤ 1,000 ms")
        report.row("event → paint p95 ms, 20 a second", seen["paint_p95_ms"], reach="≤ 60 ms")
        report.row("the longest task meanwhile, ms", seen["longest_task_ms"], reach="≤ 50 ms")
        report.row("drop → the other admin's screen p95 ms", seen["drop_p95_ms"], reach="≤ 250 ms")
    report.show()
