"""`python -m tests.browser.icons`: draws the phone's icons (static/img/app) from static/img/icono.svg, in Chromium.

A maskable icon fills its square, with the letter inside of the circle that every launcher shows.
"""

import asyncio
import re

from PIL import Image
from playwright.async_api import async_playwright

from tests.browser.windows import launch
from tests.servers import ROOT

ICONS = ROOT / "static" / "img" / "app"
DRAWN = (("icono", 192), ("icono", 512), ("mascara", 192), ("mascara", 512), ("apple", 180))
MOST_BYTES = 10_000


async def main() -> None:
    """Draw them all; complain about one that a phone would wait for."""
    svg = (ROOT / "static/img/icono.svg").read_text()
    whole = re.sub(r' rx="\d+"', "", svg)
    masked = re.sub(r"<path", '<path transform="translate(9.6 9.6) scale(.7)"', whole)
    shapes = {"icono": svg, "mascara": masked, "apple": whole}
    ICONS.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        for name, size in DRAWN:
            page = await browser.new_page(viewport={"width": size, "height": size})
            sized = shapes[name].replace("<svg ", f'<svg width="{size}" height="{size}" ', 1)
            await page.set_content(f"<style>html,body,svg{{margin:0;display:block}}</style>{sized}")
            path = ICONS / f"{name}-{size}.png"
            await page.screenshot(path=path, omit_background=True)
            with Image.open(path) as drawn:
                drawn.quantize(32, Image.Quantize.FASTOCTREE).save(path, optimize=True)
            assert path.stat().st_size < MOST_BYTES, f"{path.name}: {path.stat().st_size} bytes"
            print(f"{path.relative_to(ROOT)} {path.stat().st_size}")
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
