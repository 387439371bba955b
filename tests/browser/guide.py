"""The pictures of GUIA.md: a shop is opened from nothing by its pages, step by step as the guide tells it.

What the guide says is done here by hand in Chromium, so that a page that no longer works so ends `make screenshots`.
"""

import io
import re
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Locator, Page

from tests.browser.windows import LIVE, Window
from tests.servers import PASSWORD, ROOT, Servers

DUENA, CLIENTA, NADIA = "marta@almacen.test", "clara@correo.test", "nadia@almacen.test"
WINDOW = {"width": 1180, "height": 820}
COLOURS = 96  # of a picture: pages have few, and a picture of them is a third as large so

PLANILLA = """nombre;precio;negocio;categoria;codigo_barras;stock;stock_minimo
Yerba mate con palo 500 g;3.250,00;Almacén de Marta;Almacén;7791234500011;40;6
Azúcar común 1 kg;1.480,00;Almacén de Marta;Almacén;7791234500028;60;10
Fideos tirabuzón 500 g;1.190,50;Almacén de Marta;Almacén;7791234500035;48;12
Leche entera 1 l;1.650,00;Almacén de Marta;Almacén;7791234500042;30;12
Galletitas de agua x 3;2.340,00;Almacén de Marta;Almacén;7791234500059;25;5
"""
LISTA = """EAN;Descripción;Precio lista
7791234500011;YERBA C/PALO X500;2.690,00
7791234500028;AZUCAR COMUN X1KG;1.210,00
7791234500042;LECHE ENTERA X1L;1.340,00
7791234500066;CAFE MOLIDO X250;4.100,00
"""


async def take_guide(browser: Browser, folder: Path) -> None:
    """Every picture of the guide, into this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with Servers() as town:
        town.create_user("ahorro", "admin", DUENA, "Marta Almada")
        town.create_user("ticketera", "admin", DUENA, "Marta Almada")
        town.start()
        shop, board = await _open(browser, town.ahorro.url), await _open(browser, town.ticketera.url)
        guide = Guide(folder, shop)
        await guide.enter()
        for chapter in (
            guide.identidad, guide.cobros, guide.zonas, guide.franjas, guide.grupos, guide.producto, guide.planilla,
            guide.proveedor, guide.precios, guide.promocion, guide.personal,
        ):  # fmt: skip
            await chapter()
        phone = await reparto(guide, browser, board)
        await pedido(guide, browser, phone)
        await guide.ventas()
        for window in (shop, board, phone):
            window.check()


async def _open(browser: Browser, url: str) -> Window:
    return await Window.open(browser, url, viewport=WINDOW)


class Guide:
    """The owner at the back office, and the folder of the pictures."""

    def __init__(self, folder: Path, window: Window) -> None:
        self.folder, self.window, self.page = folder, window, window.page

    async def keep(self, name: str, page: Page | None = None, *, height: int | None = None) -> None:
        """What the page shows, from above, in few colours."""
        page = page or self.page
        await page.evaluate("document.activeElement?.blur()")
        size = page.viewport_size
        assert size is not None
        clip = {"x": 0, "y": 0, "width": size["width"], "height": height or size["height"]}
        await page.evaluate("scrollTo(0, 0)")
        taken = await page.screenshot(clip=clip, full_page=True, animations="disabled")  # type: ignore[arg-type]
        picture = Image.open(io.BytesIO(taken)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        picture.save(self.folder / f"{name}.png", optimize=True)

    async def fill(self, **texts: str) -> None:
        for name, text in texts.items():
            await self.page.fill(f"[name={name}]", text)

    async def press(self, button: str) -> None:
        """A button, by what stands on it; the page that follows is there afterwards, and has nothing against it."""
        await leave(self.page, self.page.get_by_role("main").get_by_role("button", name=button))
        wrong = await self.page.locator("main .error").all_inner_texts()
        assert not wrong, wrong

    async def enter(self) -> None:
        await self.window.go("/login")
        await self.fill(email=DUENA, password=PASSWORD)
        await self.press("Ingresar")
        await self.window.go("/admin")
        await self.keep("abrir", height=620)

    async def identidad(self) -> None:
        await self.window.go("/admin/configuracion/identidad")
        await self.fill(
            nombre="Almacén de Marta", razon_social="Marta Almada", cuit="27-22333444-5",
            domicilio="Juramento 2340, Belgrano", telefono="11 4785-2210", whatsapp="11 5263-4000",
            email="hola@almacen.test", horarios="De lunes a sábado de 8 a 20 h",
        )  # fmt: skip
        await self.press("Guardar")
        await self.keep("identidad")

    async def cobros(self) -> None:
        await self.window.go("/admin/configuracion/cobros")
        await self.fill(alias="ALMACEN.DE.MARTA")
        await self.press("Guardar")

    async def zonas(self) -> None:
        await self.window.go("/admin/configuracion/zonas")
        await self.fill(zona_nombre_1="Cerca", zona_barrios_1="Belgrano, Colegiales", zona_costo_1="900")
        await self.press("Agregar otra zona")
        await self.fill(zona_nombre_2="Un poco más lejos", zona_barrios_2="Núñez, Saavedra", zona_costo_2="1.500")
        await self.press("Guardar")
        await self.keep("zonas")

    async def franjas(self) -> None:
        await self.window.go("/admin/configuracion/franjas")
        await self.fill(cupo="12")
        await self.press("Guardar")
        await self.keep("franjas", height=760)

    async def grupos(self) -> None:
        for place, name in (("negocios", "Almacén de Marta"), ("categorias", "Almacén")):
            await self.window.go(f"/admin/{place}")
            await self.fill(nombre=name)
            await self.press("Agregar")

    async def producto(self) -> None:
        await self.window.go("/admin/productos/nuevo")
        await self.fill(nombre="Dulce de leche 400 g", precio="2.890,00")
        await self.page.select_option("[name=categoria]", label="Almacén")
        await self.page.set_input_files(
            "[name=imagen]", {"name": "dulce.png", "mimeType": "image/png", "buffer": await self._photo()}
        )
        await self.press("Agregar")
        await self.window.go("/admin/productos")
        await leave(self.page, self.page.get_by_role("link", name="Dulce de leche 400 g").first)
        await self.page.locator("#fotos img").first.wait_for()
        await self.keep("producto")

    async def _photo(self) -> bytes:
        """A photo of the product: the demo's drawing of it, as a browser paints it."""
        page = await self.window.context.new_page()
        drawing = (ROOT / "static" / "img" / "productos" / "dulce-de-leche-400.svg").read_text()
        await page.set_viewport_size({"width": 640, "height": 640})
        await page.set_content(f"<style>*{{margin:0}}svg{{width:100vw;height:100vh;background:#fff}}</style>{drawing}")
        taken = await page.screenshot()
        await page.close()
        return taken

    async def planilla(self) -> None:
        await self.window.go("/admin/productos/importar")
        await self._upload("productos.csv", PLANILLA)
        await self.press("Ver qué cambia")
        await self.keep("planilla", height=760)
        await self.press("Guardar 5 productos")

    async def _upload(self, name: str, text: str) -> None:
        await self.page.set_input_files(
            "[name=archivo]", {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
        )

    async def proveedor(self) -> None:
        await self.window.go("/admin/proveedores")
        await self._upload("lista.csv", LISTA)
        await self.press("Leer la lista")
        await self.fill(nombre="Distribuidora Norte", porcentaje="30")
        await self.page.select_option("[name=redondeo]", label="a $ 10")
        await self.press("Ver cómo queda")
        await self.keep("lista", height=760)
        await self.press("Aplicar a")

    async def precios(self) -> None:
        await self.window.go("/admin/precios")
        await self.fill(porcentaje="4")
        await self.page.select_option("[name=redondeo]", label="a $ 10")
        await self.page.get_by_label("Esta noche a las 00:00").check()
        await self.press("Ver cómo queda")
        await self.keep("precios", height=1040)
        await self.press("Programar")

    async def promocion(self) -> None:
        await self.window.go("/admin/promociones/nueva")
        await self.fill(nombre="Segunda unidad a mitad de precio")
        await self.page.get_by_label("Descuento en la 2.ª unidad").check()
        await self.fill(segunda="50")
        await self.press("Crear")
        await self.window.go("/admin/promociones")
        await self.keep("promociones", height=360)

    async def personal(self) -> None:
        await self.window.go("/admin/personal")
        await self.fill(nombre="Bruno Paz", email="bruno@almacen.test")
        await self.keep("personal", height=760)
        await self.press("Invitar")

    async def ventas(self) -> None:
        await self.window.go("/admin/ventas")
        await self.keep("ventas")


async def leave(page: Page, by: Locator) -> None:
    async with page.expect_navigation():
        await by.click()


async def log_in(window: Window, email: str) -> None:
    await window.go("/login")
    await window.page.fill("#email", email)
    await window.page.fill("#password", PASSWORD)
    await window.page.click("form[action='/login'] button")
    await window.page.wait_for_selector(LIVE)


async def reparto(guide: Guide, browser: Browser, board: Window) -> Window:
    """A repartidora is added in Ticketera, comes in by her link on her phone and begins her turno."""
    await log_in(board, DUENA)
    await board.go("/repartidores/nuevo")
    await board.page.fill("[name=nombre]", "Nadia Sosa")
    await board.page.fill("[name=email]", NADIA)
    await leave(board.page, board.page.get_by_role("button", name="Agregar repartidor"))
    if not await board.page.locator("#enlace").count():
        await board.page.get_by_role("link", name="Nadia Sosa").click()
        await leave(board.page, board.page.get_by_role("button", name="Hacer un enlace y su código QR"))
    await guide.keep("enlace", board.page, height=520)
    link = await board.page.locator("#enlace").input_value()

    phone = await Window.open(browser, board.url, phone=True)
    await phone.go(re.sub("^https?://[^/]+", "", link))
    for field in await phone.page.locator("input[type=password]").all():
        await field.fill(PASSWORD)
    await phone.page.get_by_role("main").get_by_role("button").first.tap()
    await phone.page.wait_for_selector(LIVE)
    await phone.page.get_by_role("button", name=re.compile("turno", re.I)).first.tap()
    await board.go("/tablero")
    await board.page.wait_for_selector(LIVE)
    return phone


async def pedido(guide: Guide, browser: Browser, phone: Window) -> None:
    """A customer registers and buys; the owner looks at it, on the phone it is the next stop."""
    clienta = await _open(browser, guide.window.url)
    page = clienta.page
    await clienta.go("/registro")
    for name, text in (("nombre", "Clara Ibarra"), ("email", CLIENTA), ("password", PASSWORD)):
        await page.fill(f"[name={name}]", text)
    await leave(page, page.get_by_role("main").get_by_role("button", name="Crear"))
    await clienta.go("/productos")
    for n in range(3):
        await page.locator("form.agregar button").nth(n).click()
        await page.wait_for_timeout(600)
    await clienta.go("/carrito")
    await page.select_option("[name=barrio]", label="Belgrano")
    await leave(page, page.get_by_role("button", name="Ver el envío"))
    await clienta.go("/checkout")
    for name, text in (
        ("calle", "Av. Cabildo"), ("altura", "2042"), ("piso", "3.º B"), ("barrio", "Belgrano"),
        ("telefono", "11 5555-1234"),
    ):  # fmt: skip
        await page.fill(f"[name={name}]", text)
    await page.locator("[name=franja]:not([disabled])").first.check()
    await page.locator("[name=metodo_pago][value=efectivo]").check()
    await page.locator("[data-confirmar]").click()
    await page.wait_for_url("**/listo*")

    await guide.window.go("/admin/pedidos")
    await leave(guide.page, guide.page.locator("main a[href^='/admin/pedidos/']").first)
    await guide.keep("pedido")
    await phone.page.get_by_text("Cabildo").first.wait_for()
    visto = phone.page.locator("#hoja-nuevos [data-accion=visto]")
    if await visto.is_visible():
        await visto.tap()
    await phone.page.wait_for_timeout(4_500)  # what is marked as new is new for four seconds
    await guide.keep("telefono", phone.page)
    clienta.check()
    await clienta.close()
