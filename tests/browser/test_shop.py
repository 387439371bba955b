"""The shop in Chromium: every page on desktop and phone without an error, and what scripts add to it.

Nothing may complain: no console error, no policy report, no request to another host, no page wider than its window.
"""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from ahorro.demo.people import PASSWORD
from tests.browser.axe import violations
from tests.people import until
from tests.servers import Servers

SIZES = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
GUESTS_PAGES = (
    "/",
    "/productos",
    "/productos?q=yerba",
    "/productos?q=nada-de-nada",
    "/productos/yerba-1kg",
    "/productos/panales-g-30",
    "/categorias",
    "/negocios",
    "/negocios/ombu",
    "/carrito",
    "/login",
    "/registro",
    "/registro?tipo=comerciante",
    "/recuperar",
    "/ayuda",
    "/arrepentimiento",
    "/legales/terminos",
    "/desarrollo/correo",
)
REPORTS = "addEventListener('securitypolicyviolation', (e) => console.error('CSP', e.violatedDirective, e.blockedURI))"


@pytest.fixture(scope="module")
def town() -> Iterator[Servers]:
    """Both apps with the demo, up."""
    with Servers() as town:
        done = town.belgrano("demo-data")
        assert done.returncode == 0, done.stderr
        yield town.start()


class Window:
    """A page of the shop whose every complaint is kept."""

    def __init__(self, context: BrowserContext, page: Page, base: str) -> None:
        self.context = context
        self.page = page
        self.base = base
        self.complaints: list[str] = []
        page.on("console", lambda m: self.complain(f"{m.type}: {m.text}") if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.complain(f"error: {error}"))
        page.on("request", lambda r: None if r.url.startswith((base, "data:")) else self.complain(f"asks {r.url}"))

    def complain(self, text: str) -> None:
        self.complaints.append(f"{self.page.url}: {text}")

    async def go(self, path: str) -> None:
        await self.page.goto(self.base + path)

    async def log_in(self, email: str) -> None:
        await self.go("/login")
        await self.page.get_by_label("Correo electrónico").fill(email)
        await self.page.get_by_label("Contraseña").fill(PASSWORD)
        await self.page.get_by_role("main").get_by_role("button", name="Ingresar").click()
        await self.page.wait_for_url(self.base + "/")

    async def look(self, path: str) -> None:
        """Open a page and complain about what a person would see wrong at once."""
        await self.go(path)
        await self.page.evaluate(
            """() => Promise.all([...document.images].map((i) => {
                i.loading = 'eager';
                return i.complete || new Promise((done) => { i.onload = i.onerror = done; });
            }))"""
        )
        found: dict[str, Any] = await self.page.evaluate(
            """() => ({
                wide: document.documentElement.scrollWidth - innerWidth,
                broken: [...document.images].filter((i) => !i.naturalWidth).map((i) => i.src),
                nameless: [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
                    .filter((f) => !f.labels.length && !f.ariaLabel && !f.ariaHidden).map((f) => f.name),
                twice: [...document.querySelectorAll('[id]')]
                    .map((e) => e.getAttribute('id'))  // a form's own `id` may be its field of that name
                    .filter((id, n, ids) => ids.indexOf(id) !== n),
            })"""
        )
        if self.page.viewport_size == SIZES["phone"]:  # once a page: it takes as long as all the rest
            found["axe"] = await violations(self.page)
        for what, value in found.items():
            if value if what != "wide" else value > 0:
                self.complain(f"{what}: {value}")


@pytest.fixture(params=list(SIZES))
async def window(request: pytest.FixtureRequest, chromium: Browser, town: Servers) -> AsyncIterator[Window]:
    """A fresh browser window, on a desk or on a phone; it must have had nothing to complain about."""
    phone = request.param == "phone"
    context = await chromium.new_context(
        viewport=SIZES[request.param], is_mobile=phone, has_touch=phone, locale="es-AR"
    )
    await context.add_init_script(REPORTS)
    window = Window(context, await context.new_page(), town.ahorro.url)
    yield window
    await context.close()
    assert window.complaints == []


async def test_a_guests_pages_are_whole(window: Window) -> None:
    for path in GUESTS_PAGES:
        await window.look(path)


async def test_the_pages_of_people_with_an_account_are_whole(window: Window) -> None:
    for email, paths in (
        ("clara@ahorro.test", ("/cuenta", "/pedidos")),
        ("marta@ahorro.test", ("/comercio/paquetes", "/comercio/paquetes/1", "/comercio/paquetes/nuevo")),
        ("marta@ahorro.test", ("/comercio/paquetes/1/pedir",)),
        (
            "admin@ahorro.test",
            (
                "/admin",
                "/admin/productos",
                "/admin/productos/nuevo",
                "/admin/productos/1",
                "/admin/categorias",
                "/admin/sucursales?editar=1",
                "/admin/envios",
                "/admin/arrepentimientos",
                "/admin/devoluciones",
                "/admin/comerciantes",
                "/admin/pedidos",
                "/admin/paquetes",
                "/admin/precios?categoria=lacteos&porcentaje=60&cuando=noche",
                "/admin/promociones",
                "/admin/promociones/nueva",
                "/admin/clientes",
                "/admin/clientes/2",
                "/admin/ventas",
                "/admin/auditoria",
                "/admin/personal",
                "/admin/configuracion",
                "/cuenta",
            ),
        ),
    ):
        await window.log_in(email)
        for path in paths:
            await window.look(path)
        if email == "admin@ahorro.test":
            pedido = await window.page.request.get(window.base + "/api/admin/pedidos?limite=1")
            await window.look(f"/admin/pedidos/{(await pedido.json())['pedidos'][0]['numero']}")
        await window.context.clear_cookies()


async def test_adding_and_changing_happen_without_leaving_the_page(window: Window) -> None:
    page = window.page
    await window.go("/")
    await page.get_by_role("button", name="Agregar Banana").click()
    await expect(page.locator("[data-carrito-unidades]")).to_have_text("1")
    await expect(page.get_by_text("Agregamos Banana")).to_be_visible()
    assert page.url == window.base + "/"

    await window.go("/carrito")
    await page.get_by_role("button", name="Sumar uno: Banana").click(click_count=2)
    await expect(page.locator(".cuenta__total [data-total]")).to_have_text("$ 7.350,00")
    await page.get_by_role("button", name="Quitar Banana").click()
    await expect(page.locator("[data-renglon]")).to_be_hidden()
    await page.get_by_role("button", name="Deshacer").click()
    await expect(page.locator("[data-carrito-unidades]")).to_have_text("3")

    await page.reload()
    await expect(page.get_by_label("Cantidad de Banana")).to_have_value("3")


async def test_the_delivery_moves_on_the_open_page(window: Window, town: Servers) -> None:
    page = window.page
    await window.log_in("julian@ahorro.test")
    await window.go("/productos/papa-kg")
    await page.get_by_role("button", name="Agregar al carrito").click()
    await expect(page.get_by_text("Agregamos Papa")).to_be_visible()
    await window.go("/checkout")
    await page.get_by_role("button", name="Confirmar pedido").dblclick()
    await page.get_by_role("link", name="Seguir mi pedido").click()
    await expect(page.locator("[data-frase]")).to_contain_text("Lo va a llevar")
    numero = page.url.rpartition("/")[2]
    await page.evaluate("window.sameDocument = true")

    async with httpx.AsyncClient(base_url=town.ticketera.url) as admin:
        await admin.post("/api/sesion", json={"email": "admin@ticketera.test", "password": PASSWORD})

        async def arrived() -> Any:
            return (await admin.get("/api/tickets", params={"q": numero})).json()["tickets"]

        found = await until(arrived)
        assert [t["numero"] for t in found] == [numero]
        for accion, phrase, step in (
            ("iniciar", "¡Está en camino!", "En camino"),
            ("entregar", "Entregado el", "Entregado"),
        ):
            act = {"accion": accion, "accion_id": f"{accion}-{numero}"}
            assert (await admin.post(f"/api/tickets/{found[0]['id']}/acciones", json=act)).status_code == 200
            await expect(page.locator("[data-frase]")).to_contain_text(phrase)
            await expect(page.locator("[aria-current=step] b")).to_have_text(step)

    assert await page.evaluate("window.sameDocument") is True


async def test_the_keyboard_reaches_the_content_first_and_the_errors_after_a_mistake(window: Window) -> None:
    page = window.page
    await window.go("/")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Saltar al contenido")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#contenido")).to_be_focused()

    await window.log_in("mirta@ahorro.test")
    await window.go("/productos/cebolla-kg")
    await page.get_by_role("button", name="Agregar al carrito").click()
    await expect(page.get_by_text("Agregamos Cebolla")).to_be_visible()
    await window.go("/checkout")
    await page.get_by_label("Calle", exact=True).fill("")
    await page.get_by_role("button", name="Confirmar pedido").click()
    await expect(page.get_by_role("alert").first).to_be_focused()
    await page.get_by_role("link", name="La calle no puede quedar en blanco").click()
    await expect(page.get_by_label("Calle", exact=True)).to_be_focused()
    # Chromium itself reports the 400 of a page that it opened.
    window.complaints = [c for c in window.complaints if "status of 400" not in c]


async def test_a_pedido_cancelled_in_time_leaves_the_phone_and_the_page_says_so(window: Window) -> None:
    page = window.page
    await window.log_in("mirta@ahorro.test")
    await window.go("/productos/cebolla-kg")
    await page.get_by_role("button", name="Agregar al carrito").click()
    await expect(page.get_by_text("Agregamos Cebolla")).to_be_visible()
    await window.go("/checkout")
    await page.get_by_role("button", name="Confirmar pedido").click()
    await page.get_by_role("link", name="Seguir mi pedido").click()
    await expect(page.locator("[data-frase]")).to_contain_text("Lo va a llevar")

    await page.get_by_text("Cancelar el pedido").click()
    await page.get_by_role("button", name="Sí, cancelarlo").click()

    await expect(page.locator("[data-frase]")).to_contain_text("El pedido se canceló")
    await expect(page.get_by_text("Cancelar el pedido")).to_be_hidden()
