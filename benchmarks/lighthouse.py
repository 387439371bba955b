"""Lighthouse's four scores, and CLS, of board, phone, shop and back office with the demo's data; medians of the rounds.

`npx` fetches Lighthouse when this is asked for: its 200 packages are nobody else's business. Pages behind a login are
looked at in a browser that Playwright has logged in, on that browser's debugging port.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright

from ahorro.demo.people import PERSONAS
from benchmarks.report import ROUNDS, Report
from tests.browser.windows import FLAGS, LIVE, chromium_path
from tests.servers import Servers, free_port
from ticketera.demo.people import ADMIN, PASSWORD, REPARTIDORES

LIGHTHOUSE = "lighthouse@12.8.2"  # the newest for Node 20
CATEGORIES = {"performance": 95, "accessibility": 100, "best-practices": 95, "seo": 90}
CLIENTE, DUENA = (next(p.email for p in PERSONAS if p.rol == rol) for rol in ("cliente", "admin"))
DESKTOP = ("--preset=desktop",)


@dataclass(frozen=True)
class Look:
    """A page, who looks at it, and how: Lighthouse's own slow phone, or a desktop."""

    name: str
    app: str
    path: str
    email: str = ""
    how: tuple[str, ...] = ()


LOOKS = (
    Look("board", "ticketera", "/tablero", ADMIN[0], DESKTOP),
    Look("phone", "ticketera", "/reparto", REPARTIDORES[0].email),
    Look("login", "ticketera", "/login"),
    Look("shop", "ahorro", "/"),
    Look("shop, category", "ahorro", "/productos?categoria=lacteos"),
    Look("shop, product", "ahorro", "/productos/leche-entera-1l"),
    Look("shop, cart", "ahorro", "/carrito", CLIENTE),
    Look("shop, checkout", "ahorro", "/checkout", CLIENTE),
    Look("back office", "ahorro", "/admin", DUENA, DESKTOP),
    Look("back office, products", "ahorro", "/admin/productos", DUENA, DESKTOP),
    Look("back office, prices", "ahorro", "/admin/precios", DUENA, DESKTOP),
    Look("back office, sales", "ahorro", "/admin/ventas", DUENA, DESKTOP),
)
# Pages of one app or one place: `BELGRANO_LOOKS=shop` looks at those only.
ONLY = os.environ.get("BELGRANO_LOOKS", "")


async def look_at(look: Look, url: str, folder: Path) -> dict[str, Any]:
    """Lighthouse's report of one page, seen by somebody who is logged in, if the page is for somebody."""
    port = free_port()
    flags = [*FLAGS, f"--remote-debugging-port={port}"]
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            folder, executable_path=chromium_path(), args=flags, locale="es-AR"
        )
        if look.email:
            page = await context.new_page()
            await page.goto(f"{url}/login")
            await page.fill("#email", look.email)
            await page.fill("#password", PASSWORD)
            await page.click("form[action='/login'] button")
            if look.app == "ticketera":
                await page.wait_for_selector(LIVE)
            elif look.email == CLIENTE:
                await page.goto(f"{url}/productos/leche-entera-1l")
                await page.click("main form.agregar button")
                await page.wait_for_selector("[data-carrito-unidades]:not([hidden])")
            await page.close()
        report = await asyncio.to_thread(_lighthouse, f"{url}{look.path}", port, look.how)
        await context.close()
    return report


def _lighthouse(address: str, port: int, how: tuple[str, ...]) -> dict[str, Any]:
    done = subprocess.run(
        ["npx", "--yes", LIGHTHOUSE, address, f"--port={port}", "--output=json", "--quiet", "--disable-storage-reset",
         f"--only-categories={','.join(CATEGORIES)}", *how],
        capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"lighthouse {address}: {done.stderr[-500:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def faults(report: dict[str, Any]) -> list[str]:
    """What cost points outside of speed: the audits that did not pass."""
    ids = {ref["id"] for name in CATEGORIES if name != "performance"
           for ref in report["categories"][name]["auditRefs"] if ref["weight"]}  # fmt: skip
    return sorted(id_ for id_ in ids if (report["audits"][id_]["score"] or 0) < 1
                  and report["audits"][id_]["scoreDisplayMode"] in ("binary", "numeric"))  # fmt: skip


def run() -> None:
    report = Report(f"Lighthouse ({LIGHTHOUSE}), demo data")
    if chromium_path() is None:
        raise SystemExit("Chromium is not here")
    noted = []
    with Servers() as town:
        for app in ("ahorro", "ticketera"):
            done = town.belgrano("demo-data", app)
            assert done.returncode == 0, done.stderr or done.stdout
        town.start()
        for look in (each for each in LOOKS if each.name.startswith(ONLY)):
            seen = []
            for _ in range(ROUNDS):
                with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                    seen.append(asyncio.run(look_at(look, town[look.app].url, Path(folder))))
            for category, reach in CATEGORIES.items():
                score = statistics.median(each["categories"][category]["score"] * 100 for each in seen)
                report.row(f"{look.name}: {category}", score, reach=f"≥ {reach}")
            moved = statistics.median(each["audits"]["cumulative-layout-shift"]["numericValue"] for each in seen)
            report.row(f"{look.name}: what moved (CLS)", moved, reach="0")
            noted += [f"{look.name}: {', '.join(found)}" for found in [faults(seen[-1])] if found]
    report.note("\n".join(noted) or "nothing but speed cost points")
    report.show()
