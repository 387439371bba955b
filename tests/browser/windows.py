"""What a person has open: a page in real Chromium that remembers everything that went wrong in it.

`Window.check()` fails on a console error, an exception, a CSP report, a failed request or a request to another host,
except for what the test says it provokes (`provokes`).
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, FloatRect, Page, Playwright, Route

from tests.people import Crew, Person, until
from tests.servers import PASSWORD

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
    # A page that a test answers itself comes from no address, and could not talk to this machine's.
    "--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets",
)  # fmt: skip
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
PHONE = {
    "viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True,
}  # fmt: skip
READY = "html[data-listo=si]"  # its script is there: a tap before is a plain link's
LIVE = f"{READY}[data-vivo=si]"
# The phone's service worker has taken the page over.
CONTROLLED = """async () => {
  await navigator.serviceWorker.ready;
  while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 20));
}"""
ROUTED = "async () => (await (await fetch('/healthz', { cache: 'no-store' })).text()) === 'routed'"
SLOW_MS = 30_000  # how long a busy machine may take over one step
OFFLINE = (
    r"ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_(REFUSED|RESET|CLOSED)|WebSocket connection|ERR_ABORTED|ERR_FAILED"
    r"|when fetching the script"  # of the service worker, which was on its way
)
REFUSED = r"status of 409"
# What pages draw by lot (jitter of their waits): the same lots again with the seed that the head of the run says.
SEED = int(os.environ.get("BELGRANO_SEED", "1"))
LOTS = """(() => {
  let state = %d >>> 0;
  Math.random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
})()"""
ON_CSP = """addEventListener("securitypolicyviolation",
    (e) => console.error(`CSP: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`))"""


def chromium_path() -> str | None:
    """Chromium of this machine; None when there is none.

    Its headless shell first, where that is: the same engine without a browser's windows, a third less work.
    """
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)


async def launch(playwright: Playwright, *more: str) -> Browser:
    flags = [*FLAGS, *more]
    return await playwright.chromium.launch(executable_path=chromium_path(), args=flags, timeout=4 * SLOW_MS)


class Window:
    """One page of one person, in a browser profile of their own."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.url = url
        self.page: Page
        self.troubles: list[str] = []
        self._provoked: list[str] = []
        self._in_flight: set[Any] = set()
        self._left_behind: set[Any] = set()  # under way when the person went on: the browser drops these itself
        self._going = False  # asked for another page, which is not there yet: the old one still asks for things
        self._closing = False

    @classmethod
    async def open(cls, browser: Browser, url: str, *, phone: bool = False, **more: Any) -> Window:
        context = await browser.new_context(locale="es-AR", **{**(PHONE if phone else DESKTOP), **more})
        await context.add_init_script(ON_CSP)
        await context.add_init_script(LOTS % SEED)
        if phone:
            # A page that a service worker takes over while it is open goes on asking by the ways that it had before,
            # until it is loaded again: what a test answers itself must be on them from the start, or is at times
            # never asked.
            await context.route("**/nobody-asks-for-this", lambda route: route.abort())
        window = cls(context, url)
        await window.new_page()
        return window

    async def new_page(self) -> Page:
        """Another tab of the same person, from now on this window's."""
        self.page = page = await self.context.new_page()
        page.set_default_timeout(SLOW_MS)
        page.on("console", lambda m: self._trouble(f"console: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda error: self._trouble(f"exception: {error}"))
        page.on("request", self._asked)
        page.on("requestfinished", lambda r: self._in_flight.discard(r))
        page.on("requestfailed", self._failed)
        page.on("framenavigated", self._arrived)
        return page

    def _asked(self, request: Any) -> None:
        if not self._own(request.url):
            self._trouble(f"another host: {request.url}")
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self._left_behind |= self._in_flight
            self._going = True
        elif self._going:
            self._left_behind.add(request)
        self._in_flight.add(request)

    def _arrived(self, frame: Any) -> None:
        if frame == self.page.main_frame:
            self._going = False

    def _failed(self, request: Any) -> None:
        self._in_flight.discard(request)
        dropped = self._closing or request in self._left_behind
        if not dropped or request.failure != "net::ERR_ABORTED":
            self._trouble(f"failed: {request.url} {request.failure}")

    def _own(self, url: str) -> bool:
        host = self.url.split("://")[1]
        return url.split("://", 1)[-1].split("/")[0] == host or url.startswith(("data:", "blob:", "about:"))

    def _trouble(self, what: str) -> None:
        self.troubles.append(what)

    def provokes(self, *patterns: str) -> None:
        """These troubles are the test's own doing."""
        self._provoked += patterns

    def check(self) -> None:
        wrong = [each for each in self.troubles if not any(re.search(p, each) for p in self._provoked)]
        assert not wrong, "\n".join(wrong)

    async def intercept(self, url: str, handler: Callable[..., Any], **more: Any) -> None:
        """Route requests through `handler` from when this returns."""
        await self.context.route(url, handler, **more)
        await self.context.route("**/healthz", lambda route: route.fulfill(body="routed"))
        assert await until(lambda: self.page.evaluate(ROUTED)), "requests are not routed"
        await self.context.unroute("**/healthz")

    async def go(self, path: str) -> None:
        answer = await self.page.goto(self.url + path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"

    async def enter(self, person: Person, password: str = PASSWORD) -> Window:
        """Log in by the form, and wait until the page is live, and a phone's all that it will be."""
        await self.go("/login")
        await self.page.fill("#email", person.me["email"])
        await self.page.fill("#password", password)
        await self.page.click("form[action='/login'] button")
        await self.page.wait_for_selector(LIVE)
        if urlsplit(self.page.url).path.startswith("/reparto"):
            await self.page.evaluate(CONTROLLED)
        return self

    async def close(self) -> None:
        self._closing = True
        await self.context.close()


async def lose_answer(route: Route) -> None:
    """The request arrives, its answer does not."""
    await route.fetch()
    await route.abort("connectionreset")


# Until nothing moves that ends within a second; what goes on for longer only glows.
AT_REST = """async () => {
  const moving = () => document.getAnimations().filter(
    (each) => each.playState === "running" && each.effect.getComputedTiming().endTime <= 1000);
  for (let all = moving(); all.length; all = moving()) await Promise.allSettled(all.map((each) => each.finished));
}"""


async def box_of(page: Page, what: str) -> FloatRect:
    """Where it is, once nothing moves any more."""
    await page.evaluate(AT_REST)
    box = await page.locator(what).bounding_box()
    assert box is not None
    return box


async def drag(page: Page, what: str, onto: str, *, below: float = 0) -> None:
    """Take a card with the mouse and let it go over another element, `below` px under its middle."""
    start, end = await box_of(page, what), await box_of(page, onto)
    await page.mouse.move(start["x"] + 80, start["y"] + 44)
    await page.mouse.down()
    await page.mouse.move(start["x"] + 88, start["y"] + 52, steps=3)
    await page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2 + below, steps=12)
    # The board marks where the card would go.
    await page.locator("[data-soltar]").first.wait_for()
    await page.mouse.up()


def column(repartidor: Person | None) -> str:
    """The column of a repartidor, or "Sin asignar"."""
    return f"section[data-columna='{'sin' if repartidor is None else repartidor.id}']"


def card(ticket_id: Any) -> str:
    return f".tarjeta[data-id='{ticket_id}']"


async def give(crew: Crew, repartidor: Person, *calles: str) -> list[int]:
    """A new ticket for each address, in this order, in the hands of this repartidor; their ids."""
    made = [await crew.shop.post_ticket(repartidor_id=repartidor.id, cliente_direccion=calle) for calle in calles]
    return [each["ticket_id"] for each in made]


async def order(page: Page, repartidor: Person | None) -> list[int]:
    """The ids of a column's cards, from above."""
    cards = page.locator(f"{column(repartidor)} .tarjeta")
    return [int(id_) for id_ in await cards.evaluate_all("all => all.map((one) => one.dataset.id)")]
