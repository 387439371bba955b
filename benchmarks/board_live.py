"""The board in Chromium while it lives: event → paint under 20 events a second, and drop → the other admin's screen."""

from __future__ import annotations

import asyncio
import json
import random
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterable
from typing import Any

from playwright.async_api import Browser, Page

from benchmarks.measure import percentile
from benchmarks.stage import Stage

EVENTS_S, SECONDS, DROPS = 20, 15, 20
# A listener that hears each frame before the page does; what was told counts as painted after the frame that draws it.
WATCH = """() => {
  const times = (window.medido = { pintado: [], largas: [], visto: null, soltado: 0 });
  const Own = WebSocket;
  window.WebSocket = class extends Own {
    constructor(...all) {
      super(...all);
      this.addEventListener("message", ({ data }) => {
        if (typeof data !== "string" || !data.startsWith('42["novedad"')) return;
        const began = performance.now();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => times.pintado.push(performance.now() - began);
          port2.postMessage(0);
        });
      });
    }
  };
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) times.largas.push(each.duration);
  }).observe({ type: "longtask" });
  addEventListener("drop", () => (times.soltado = Date.now()), { capture: true });
}"""
# When a card comes to stand in a column, on this screen.
WAIT_FOR = """([id, columna]) => new Promise((done) => {
  const there = () => document.querySelector(`section[data-columna="${columna}"] .tarjeta[data-id="${id}"]`);
  const look = () => (there() ? done(Date.now()) : requestAnimationFrame(look));
  look();
})"""


async def open_board(browser: Browser, stage: Stage) -> Page:
    """A board of the stage's admin that is live and at rest."""
    name, _, value = (stage.board or "").partition("=")
    context = await browser.new_context(viewport={"width": 1440, "height": 900})
    await context.add_cookies([{"name": name, "value": value, "url": stage.url}])
    await context.add_init_script(f"({WATCH})()")
    page = await context.new_page()
    await page.goto(f"{stage.url}/tablero")
    await page.wait_for_selector("html[data-vivo=si]")
    await page.wait_for_timeout(1000)
    return page


async def paint(browser: Browser, stage: Stage) -> dict[str, float]:
    """Milliseconds from a novedad's arrival until it is painted, and the longest task meanwhile."""
    page = await open_board(browser, stage)
    await page.evaluate("() => { medido.pintado.length = medido.largas.length = 0; }")
    await asyncio.to_thread(move_about, stage, range(EVENTS_S * SECONDS))
    await page.wait_for_timeout(300)
    seen = await page.evaluate("medido")
    await page.context.close()
    return {
        "events": len(seen["pintado"]),
        "paint_p95_ms": percentile(seen["pintado"], 95),
        "longest_task_ms": max(seen["largas"], default=0.0),
    }


async def drop(browser: Browser, stage: Stage) -> float:
    """Milliseconds (p95) from letting a card go until another admin's screen shows it in its new column."""
    here, there = await open_board(browser, stage), await open_board(browser, stage)
    columns = await here.locator(".tira section").evaluate_all(
        "(all) => all.slice(0, 3).map((one) => one.dataset.columna)"
    )
    took = []
    for n in range(DROPS):
        onto = columns[n % len(columns)]
        source = here.locator(f"section[data-columna='{columns[(n + 1) % len(columns)]}'] .tarjeta").first
        ticket = await source.get_attribute("data-id")
        seen = asyncio.ensure_future(there.evaluate(WAIT_FOR, [ticket, onto]))
        await source.drag_to(here.locator(f"section[data-columna='{onto}'] .tarjeta").nth(1))
        took.append(float(await asyncio.wait_for(seen, 10)) - float(await here.evaluate("medido.soltado")))
        await here.wait_for_timeout(150)
    for page in (here, there):
        await page.context.close()
    return percentile(took, 95)


def move_about(stage: Stage, counter: Iterable[int]) -> None:
    """One move of a random ticket to a random repartidor for each number, at a steady pace.

    Somebody may be at the board meanwhile: what was moved or closed by others is taken as it is now.
    """
    board = _ask(stage, "GET", "/api/tablero")
    versions = {each["id"]: each["version"] for each in board["tickets"]}
    homes = [each["id"] for each in board["repartidores"]]
    began = time.monotonic()
    for n in counter:
        ticket = random.choice(list(versions))
        moved = {"clave": str(uuid.uuid4()), "tickets": [{"id": ticket, "version": versions[ticket]}]}
        told = _ask(stage, "POST", "/api/mudanzas", {**moved, "repartidor_id": random.choice(homes)})["resultados"][0]
        if told.get("codigo") == "cerrado":
            del versions[ticket]
        else:
            versions[ticket] = told["version"] if told["ok"] else told["ticket"]["version"]
        time.sleep(max(0.0, began + (n + 1) / EVENTS_S - time.monotonic()))


def _ask(stage: Stage, method: str, path: str, data: Any = None) -> Any:
    body = None if data is None else json.dumps(data).encode()
    headers = {"Cookie": stage.board or "", "Origin": stage.url, "Content-Type": "application/json"}
    request = urllib.request.Request(stage.url + path, body, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())
    except urllib.error.HTTPError as refused:
        if refused.code != 409:
            raise
        return json.loads(refused.read())
