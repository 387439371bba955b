"""Photos of products in Chromium: sent by choosing them, dragged into order, and shown without anything moving."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.axe import violations
from tests.browser.windows import DESKTOP, PHONE
from tests.people import Person, body, enter_customer
from tests.pictures import jpeg
from tests.servers import PASSWORD, Servers

BOSS = "duena@belgrano.test"
MOVED = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const each of list.getEntries()) sum += each.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""
SRCS = "() => [...document.querySelectorAll('.fotos__una img')].map((each) => each.src)"


@pytest.fixture(scope="module")
def shop() -> Iterator[Servers]:
    """The shop alone, with a few products and an owner."""
    with Servers() as town:
        town.catalogue()
        town.create_user("ahorro", "admin", BOSS, "Marta Dueña")
        town.ahorro.start()
        yield town


@pytest.fixture
async def boss(shop: Servers) -> AsyncIterator[Person]:
    boss = await enter_customer(shop.ahorro.url, BOSS)
    yield boss
    await boss.close()


async def product(boss: Person, *sizes: tuple[int, int]) -> Any:
    """A new product with photos of these sizes."""
    datos = {"nombre": "Escabeche de berenjenas", "precio": 4200, "negocio": "mercado", "categoria": 1}
    made = await boss.ok("POST", "/api/admin/productos", datos)
    for size in sizes:
        headers = {"Content-Type": "image/jpeg"}
        answer = await boss("PUT", f"/api/admin/productos/{made['id']}/imagen", content=jpeg(*size), headers=headers)
        made = body(answer)
    return made


@pytest.fixture(params=["desktop", "phone"])
async def window(request: pytest.FixtureRequest, chromium: Browser, shop: Servers) -> AsyncIterator[BrowserContext]:
    """The owner's browser, logged in."""
    how: Any = PHONE if request.param == "phone" else DESKTOP
    context = await chromium.new_context(**how, locale="es-AR", base_url=shop.ahorro.url)
    await context.request.post("/api/sesion", data={"email": BOSS, "password": PASSWORD})
    yield context
    await context.close()


async def opened(window: BrowserContext, path: str) -> tuple[Page, list[str]]:
    """A page, and what it complains about from now on."""
    page, complaints = await window.new_page(), list[str]()
    page.on("console", lambda m: complaints.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(path)
    return page, complaints


async def test_photos_go_as_soon_as_they_are_chosen_and_large_ones_small(window: BrowserContext, boss: Person) -> None:
    made = await product(boss)
    page, complaints = await opened(window, f"/admin/productos/{made['id']}")
    sent: list[int] = []
    page.on("request", lambda r: sent.append(len(r.post_data_buffer or b"")) if r.method == "POST" else None)
    large = jpeg(2600, 2000, noise=True)
    files: Any = [
        {"name": name, "mimeType": "image/jpeg", "buffer": datos} for name, datos in (("a", large), ("b", jpeg()))
    ]

    await page.get_by_label("Agregar fotos").set_input_files(files)

    await expect(page.locator(".fotos__una")).to_have_count(2)
    assert len(large) > 3_000_000 and sent[0] < 0.75 * len(large)
    assert await violations(page) == []
    assert complaints == []


async def test_what_was_typed_and_not_saved_is_not_lost_for_a_photo(window: BrowserContext, boss: Person) -> None:
    made = await product(boss, (300, 200), (200, 300))
    page, complaints = await opened(window, f"/admin/productos/{made['id']}")
    await page.get_by_label("Estante").fill("B3")
    file: Any = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    warning = page.get_by_text("Guardá antes lo que cambiaste")

    await expect(warning).to_be_hidden()
    await page.get_by_label("Agregar fotos").set_input_files([file])
    await page.get_by_role("button", name="Subir").click()
    await expect(warning).to_be_visible()
    await page.get_by_role("button", name="Quitar la foto 1").click()

    await expect(page.get_by_label("Estante")).to_have_value("B3")
    await page.get_by_role("button", name="Guardar").click()
    await expect(page.get_by_text("Guardamos los cambios")).to_be_visible()
    await expect(page.locator(".fotos__una")).to_have_count(2)
    await expect(page.get_by_label("Estante")).to_have_value("B3")
    assert complaints == []


async def test_a_photo_is_dragged_to_another_place(window: BrowserContext, boss: Person) -> None:
    made = await product(boss, (400, 300), (300, 400), (500, 500))
    page, complaints = await opened(window, f"/admin/productos/{made['id']}")
    first, second, third = await page.evaluate(SRCS)
    photos = page.locator(".fotos__una")

    async with page.expect_navigation():
        await photos.nth(2).drag_to(photos.nth(0))

    assert await page.evaluate(SRCS) == [third, first, second]
    assert complaints == []


async def test_customers_see_photos_in_the_smallest_kind_and_nothing_moves(
    window: BrowserContext, boss: Person
) -> None:
    made = await product(boss, (1600, 1200), (600, 900))
    for path in (f"/productos/{made['clave']}", "/productos?q=escabeche"):
        page, complaints = await opened(window, path)
        await page.wait_for_load_state("networkidle")

        shown = await page.evaluate("() => [...document.images].map((each) => each.currentSrc)")

        assert any(each.endswith(".avif") for each in shown)
        assert not any(each.endswith(".jpeg") for each in shown)
        assert await page.evaluate(MOVED) == 0
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert await violations(page) == []
        assert complaints == []


async def test_the_small_photos_lead_to_the_large_ones(window: BrowserContext, boss: Person) -> None:
    made = await product(boss, (800, 600), (600, 800), (500, 500))
    page, _ = await opened(window, f"/productos/{made['clave']}")

    await page.get_by_role("link", name="Foto 3").click()

    await expect(page.get_by_role("img", name="foto 3 de 3")).to_be_in_viewport(ratio=0.5)
