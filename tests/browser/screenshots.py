"""`make screenshots`: the pictures of the README, of both apps as they are, with the demo data; and those of GUIA.md.

Shop, board and phone are looked at in real Chromium; with a folder as argument every page is, to be looked through.
`guide` as argument makes the guide's alone.
"""

import asyncio
import sys
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from tests.browser.guide import take_guide
from tests.browser.windows import LIVE, Window, launch
from tests.servers import ROOT, Servers
from ticketera.demo.people import ADMIN, PASSWORD, REPARTIDORES

PICTURES = ROOT / "static" / "img" / "capturas"
ADMIN_PAGES = (
    "historial", "repartidores", "repartidores/nuevo", "administradores", "configuracion", "conflictos", "cuenta",
)  # fmt: skip
SHOP_PAGES = ("", "productos", "negocios", "carrito", "login", "registro", "ayuda")


async def guide() -> None:
    """The pictures of GUIA.md."""
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        await take_guide(browser, PICTURES / "guia")
        await browser.close()


async def main(everything: Path | None) -> None:
    """Start both apps with the demo, take the pictures, and say where they are."""
    with Servers() as town:
        for app in ("ahorro", "ticketera"):
            done = town.belgrano("demo-data", app)
            assert done.returncode == 0, done.stderr or done.stdout
        town.start()
        async with async_playwright() as playwright:
            browser = await launch(playwright)
            await take_readme(browser, town)
            if everything:
                await take_everything(browser, town, everything)
            await browser.close()
    print(f"Capturas en {PICTURES.relative_to(ROOT)}{f' y {everything}' if everything else ''}")


async def take_readme(browser: Browser, town: Servers) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    shop = await Window.open(browser, town.ahorro.url)
    await shop.go("/")
    await shop.page.wait_for_load_state("networkidle")
    await shop.page.screenshot(path=PICTURES / "tienda.png")
    phone = await enter(browser, town, REPARTIDORES[0].email, phone=True)
    board = await enter(browser, town, ADMIN[0])
    await see(phone)
    await board.page.wait_for_timeout(4_500)  # what is marked as new is new for four seconds
    await board.page.screenshot(path=PICTURES / "tablero.png")
    await phone.page.screenshot(path=PICTURES / "reparto.png")


async def take_everything(browser: Browser, town: Servers, folder: Path) -> None:
    """Every page on a desktop and on a phone's width."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, phone in (("escritorio", False), ("telefono", True)):
        shop = await Window.open(browser, town.ahorro.url, phone=phone)
        for path in SHOP_PAGES:
            await shop.go(f"/{path}")
            await shop.page.wait_for_load_state("networkidle")
            await shop.page.screenshot(path=folder / f"tienda-{path or 'inicio'}-{name}.png", full_page=True)
        admin = await enter(browser, town, ADMIN[0], phone=phone)
        await admin.page.screenshot(path=folder / f"tablero-{name}.png")
        await admin.page.locator(".tira .tarjeta").first.click()
        await admin.page.locator(".historial li").first.wait_for()
        await admin.page.screenshot(path=folder / f"ticket-{name}.png")
        for path in ADMIN_PAGES:
            await admin.go(f"/{path}")
            await admin.page.screenshot(path=folder / f"{path.replace('/', '-')}-{name}.png", full_page=True)
    phone_ = await enter(browser, town, REPARTIDORES[1].email, phone=True)
    await phone_.page.screenshot(path=folder / "reparto-nuevo.png")
    await see(phone_)
    await phone_.page.locator(".fila.ahora a").tap()
    await phone_.page.screenshot(path=folder / "reparto-detalle.png", full_page=True)


async def see(phone: Window) -> None:
    """Put away the sheet of new tickets, if there is one."""
    visto = phone.page.locator("#hoja-nuevos [data-accion=visto]")
    if await visto.is_visible():
        await visto.tap()


async def enter(browser: Browser, town: Servers, email: str, *, phone: bool = False) -> Window:
    window = await Window.open(browser, town.ticketera.url, phone=phone)
    await window.go("/login")
    await window.page.fill("#email", email)
    await window.page.fill("#password", PASSWORD)
    await window.page.click("form[action='/login'] button")
    await window.page.wait_for_selector(LIVE)
    await window.page.wait_for_timeout(300)
    return window


if __name__ == "__main__":
    asyncio.run(guide())
    if sys.argv[1:] != ["guide"]:
        asyncio.run(main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None))
