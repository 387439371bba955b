"""The owner's list in Chromium: kept by keyboard like a spreadsheet, found by a scanner, many changed at once."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.servers import PASSWORD, Servers

DUENA = "duena@belgrano.test"


@pytest.fixture(scope="module")
def town() -> Iterator[Servers]:
    """The shop with its demo, up, and its owner."""
    with Servers() as town:
        town.catalogue()
        town.create_user("ahorro", "admin", DUENA, "Marta Dueña")
        yield town.start("ahorro")


@pytest.fixture
async def page(town: Servers, chromium: Browser) -> AsyncIterator[Page]:
    """The owner's browser. Nothing may complain in it, but that the server said no."""
    context = await chromium.new_context(base_url=town.ahorro.url, locale="es-AR")
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" and "status of 4" not in m.text else 0)
    await page.goto("/login")
    await page.fill("[name=email]", DUENA)
    await page.fill("[name=password]", PASSWORD)
    await page.press("[name=password]", "Enter")
    await page.wait_for_url(lambda url: "/login" not in url)
    yield page
    await context.close()
    assert not complaints


def cell(page: Page, row: int, campo: str) -> Any:
    return page.locator(f"tbody tr:nth-child({row}) [data-campo={campo}]")


async def product(page: Page, row: int) -> Any:
    producto_id = await page.locator(f"tbody tr:nth-child({row}) [data-elegir]").get_attribute("value")
    found = await (await page.request.get("/api/admin/productos?estado=&limite=200")).json()
    return next(p for p in found["productos"] if str(p["id"]) == producto_id)


async def test_prices_and_stock_are_typed_down_and_along_without_the_mouse(page: Page) -> None:
    await page.goto("/admin/productos")
    await cell(page, 1, "precio").focus()

    await page.keyboard.type("1.234,5")
    await page.keyboard.press("Enter")
    await expect(cell(page, 2, "precio")).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.type("7")
    await page.keyboard.press("Tab")
    await page.keyboard.type("B3")
    await page.keyboard.press("Enter")

    await expect(cell(page, 1, "precio")).to_have_text("$\u00a01.234,50")
    await expect(cell(page, 1, "stock")).to_have_text("7")
    await expect(cell(page, 1, "estante")).to_have_text("B3")
    await expect(page.locator("[data-grilla-estado]")).to_contain_text("Guardado")
    kept = await product(page, 1)
    assert (kept["precio"], kept["stock"], kept["estante"]) == (1234.5, 7, "B3")


async def test_the_arrows_go_on_from_a_cell_that_is_still_being_saved(page: Page) -> None:
    await page.goto("/admin/productos")
    typed_on = asyncio.Event()

    async def slow(route: Route) -> None:
        await typed_on.wait()
        await route.continue_()

    await page.route("**/api/admin/productos/*", slow)
    await cell(page, 1, "precio").focus()
    await page.keyboard.type("55")
    for key in ("Enter", "ArrowUp", "ArrowRight", "8", "Tab"):
        await page.keyboard.press(key)
    typed_on.set()

    await expect(cell(page, 1, "precio")).to_have_text("$\u00a055,00")
    await expect(cell(page, 1, "stock")).to_have_text("8")
    await expect(cell(page, 1, "estante")).to_be_focused()


async def test_what_cannot_be_stays_typed_with_its_reason_and_esc_takes_it_back(page: Page) -> None:
    await page.goto("/admin/productos")
    before = await cell(page, 3, "precio").inner_text()
    await cell(page, 3, "precio").focus()

    await page.keyboard.type("carísimo")
    await page.keyboard.press("Enter")

    await expect(cell(page, 3, "precio").get_by_role("alert")).to_contain_text("El precio")
    await expect(cell(page, 3, "precio").locator("input")).to_have_value("carísimo")
    await cell(page, 3, "precio").locator("input").focus()
    await page.keyboard.press("Escape")
    await expect(cell(page, 3, "precio")).to_have_text(before)


async def test_who_comes_second_sees_what_stands_now_and_may_insist(page: Page) -> None:
    await page.goto("/admin/productos")
    stands = await product(page, 4)
    change = {"version": stands["version"], "precio": 2000}
    origin = {"Origin": page.url.split("/admin")[0]}
    done = await page.request.patch(f"/api/admin/productos/{stands['id']}", data=change, headers=origin)
    assert done.ok

    await cell(page, 4, "precio").focus()
    await page.keyboard.type("3000")
    await page.keyboard.press("Enter")

    await expect(cell(page, 4, "precio").get_by_role("alert")).to_contain_text("Ahora dice: $\u00a02.000,00")
    await cell(page, 4, "precio").locator("input").press("Enter")
    await expect(cell(page, 4, "precio")).to_have_text("$\u00a03.000,00")


async def test_what_waits_behind_a_refused_cell_of_its_row_overwrites_nothing_unseen(page: Page) -> None:
    await page.goto("/admin/productos")
    stands = await product(page, 8)
    change = {"version": stands["version"], "precio": 2000, "oferta": None, "estante": "Z9"}
    origin = {"Origin": page.url.split("/admin")[0]}
    assert (await page.request.patch(f"/api/admin/productos/{stands['id']}", data=change, headers=origin)).ok

    await cell(page, 8, "precio").focus()
    await page.evaluate(  # faster than the first answer comes
        """() => { for (const [campo, texto] of [["precio", "3000"], ["estante", "A1"]]) {
             const celda = document.querySelector(`tbody tr:nth-child(8) [data-campo=${campo}]`);
             const press = (key) => document.activeElement.dispatchEvent(
               new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
             celda.focus();
             press("Enter");
             document.activeElement.value = texto;
             press("Enter");
        } }"""
    )

    for campo, now in (("precio", "$\u00a02.000,00"), ("estante", "Z9")):
        await expect(cell(page, 8, campo).get_by_role("alert")).to_contain_text(f"Ahora dice: {now}")
    kept = await product(page, 8)
    assert (kept["precio"], kept["estante"]) == (2000, "Z9")
    await cell(page, 8, "estante").locator("input").press("Enter")
    await expect(cell(page, 8, "estante")).to_have_text("A1")


async def test_what_was_sold_since_a_cell_was_opened_stays_sold_though_the_row_was_saved_meanwhile(page: Page) -> None:
    await page.goto("/admin/productos")
    stands, origin = await product(page, 9), {"Origin": page.url.split("/admin")[0]}
    change = {"version": stands["version"], "stock": 7, "precio": 5000, "activo": True, "oferta": None}
    assert (await page.request.patch(f"/api/admin/productos/{stands['id']}", data=change, headers=origin)).ok
    await page.reload()
    order = {
        "clave": uuid.uuid4().hex,
        "direccion": "Belgrano 1",
        "telefono": "11 5555-1234",
        "metodo_pago": "efectivo",
    }

    await cell(page, 9, "stock").focus()
    await page.keyboard.type("diez")
    await page.keyboard.press("Enter")
    await expect(cell(page, 9, "stock").get_by_role("alert")).to_be_visible()
    for path, data in (
        ("/api/carrito/items", {"producto_id": stands["id"], "cantidad": 2}),
        ("/api/pedidos", order),
    ):
        done = await page.request.post(path, data=data, headers=origin)
        assert done.ok, await done.text()
    await cell(page, 9, "estante").focus()
    await page.keyboard.type("Q7")
    await page.keyboard.press("Enter")
    await expect(cell(page, 9, "estante")).to_have_text("Q7")
    await cell(page, 9, "stock").locator("input").fill("10")
    await cell(page, 9, "stock").locator("input").press("Enter")

    await expect(cell(page, 9, "stock")).to_have_text("8")
    assert (await product(page, 9))["stock"] == 8


async def test_a_scanner_finds_its_product_from_wherever_the_focus_is(page: Page) -> None:
    await page.goto("/admin/productos")
    stands = await product(page, 5)
    change = {"version": stands["version"], "codigo_barras": "7791234500017"}
    origin = {"Origin": page.url.split("/admin")[0]}
    assert (await page.request.patch(f"/api/admin/productos/{stands['id']}", data=change, headers=origin)).ok
    price = (await product(page, 2))["precio"]
    await cell(page, 2, "precio").focus()

    await page.evaluate(  # as fast as a scanner is, however busy the machine
        """() => {
             const pressed = [..."7791234500017", "Enter"].map((key) =>
               new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
             for (const each of pressed) document.activeElement.dispatchEvent(each);
        }"""
    )

    await page.wait_for_url("**/admin/productos?q=7791234500017")
    await expect(page.locator("tbody tr")).to_have_count(1)
    await expect(cell(page, 1, "precio")).to_be_focused()
    await page.goto("/admin/productos")
    assert (await product(page, 2))["precio"] == price


async def test_the_chosen_ones_go_off_sale_together_and_come_back(page: Page) -> None:
    await page.goto("/admin/productos")
    await page.check("tbody tr:nth-child(6) [data-elegir]")
    await page.check("tbody tr:nth-child(7) [data-elegir]")
    await expect(page.locator("[data-elegidos]")).to_have_text("2 elegidos:")

    await page.click("text=Sacar de la venta")
    await expect(page.locator(".deshacer")).to_contain_text("2 productos quedaron fuera de la venta")
    await expect(cell(page, 6, "activo")).to_have_text("Fuera de la venta")
    await page.click("text=Deshacer")

    await expect(page.locator(".deshacer")).to_contain_text("2 productos quedaron a la venta")
    await expect(cell(page, 6, "activo")).to_have_text("A la venta")


async def test_a_zone_is_drawn_on_the_map_moved_and_kept(page: Page) -> None:
    await page.goto("/admin/configuracion/zonas")
    await page.fill("[name=zona_nombre_1]", "Dibujada")
    await page.get_by_text("Área en el mapa").click()
    plano, campo, punto = (
        page.locator(".dibujo__mapa"),
        page.locator("[name=zona_area_1]"),
        page.locator(".dibujo__punto"),
    )
    for x, y in ((60, 60), (260, 60), (260, 200), (160, 130), (60, 200)):
        await plano.click(position={"x": x, "y": y})
    await expect(punto).to_have_count(5)
    await punto.nth(3).click()
    await expect(punto).to_have_count(4)
    before = (await campo.input_value()).splitlines()

    await punto.nth(0).drag_to(plano, target_position={"x": 40, "y": 40})

    await expect(campo).not_to_have_value("\n".join(before))
    after = (await campo.input_value()).splitlines()
    assert after[1:] == before[1:] and after[0] != before[0]
    await page.get_by_role("button", name="Guardar", exact=True).last.click()
    await expect(page.get_by_text("Guardamos los cambios")).to_be_visible()
    [zona] = (await (await page.request.get("/api/admin/configuracion")).json())["zonas"]
    assert zona["area"] == [[float(grados) for grados in line.split(",")] for line in after]
    await expect(punto).to_have_count(4)
