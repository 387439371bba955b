"""A town, its people, and the windows they have open; each window is checked when the test is over."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.windows import SLOW_MS, Window, chromium_path, launch
from tests.people import Crew, Person
from tests.servers import ROOT, Servers

Look = Callable[..., Awaitable[Window]]
HERE = Path(__file__).parent
CUSTOMER = "clienta@belgrano.test"
expect.set_options(timeout=SLOW_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On CI what fails in a browser is tried once more, three in a run at most; what failed is printed all the same."""
    if os.environ.get("REQUIRE_SERVICES"):
        for item in items:
            if item.path.is_relative_to(HERE):
                item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    if chromium_path() is None:
        pytest.fail("Chromium is missing: install it, or name it in CHROMIUM")
    if not (ROOT / "static/dist/manifest.json").exists():
        pytest.fail("the front end is not built: npm ci && npm run build")
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        yield browser
        with contextlib.suppress(TimeoutError):  # one that has died meanwhile says nothing any more
            async with asyncio.timeout(SLOW_MS / 1000):
                await browser.close()


@pytest.fixture(scope="session")
def next_town() -> Iterator[Callable[[], Servers]]:
    """`next_town()` is one whose Ticketera is up. The one after it starts meanwhile: else half the time is waiting."""
    coming: list[Servers] = []

    def spawn() -> None:
        coming.append(Servers())
        coming[-1].ticketera.spawn()

    def take() -> Servers:
        town = coming.pop()
        town.ticketera.wait()
        spawn()
        return town

    spawn()
    yield take
    coming.pop().close()


@pytest.fixture
def town(next_town: Callable[[], Servers]) -> Iterator[Servers]:
    """Ticketera, up. The shop is there to be started."""
    with next_town() as town:
        yield town


@pytest.fixture
async def crew(town: Servers) -> AsyncIterator[Crew]:
    """Two admins, and two repartidores in turno."""
    crew = await Crew.gather(town, admins=2)
    yield crew
    await crew.close()


@pytest.fixture
def shop(town: Servers) -> str:
    """The shop, up, with products and one customer; its address."""
    town.catalogue()
    town.create_user("ahorro", "cliente", CUSTOMER, "Ana Clienta")
    return town.start("ahorro").ahorro.url


@pytest.fixture
async def look(chromium: Browser) -> AsyncIterator[Look]:
    """`await look(person)` opens a window and logs in; a repartidor's is a phone."""
    windows: list[Window] = []

    async def open_window(person: Person, **more: Any) -> Window:
        phone = person.me.get("rol") == "repartidor"
        windows.append(await Window.open(chromium, person.url, phone=phone, **more))
        return await windows[-1].enter(person)

    yield open_window
    for window in windows:
        await window.close()
    for window in windows:
        window.check()
