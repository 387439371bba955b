"""A delivery with all its proofs over a dead line and a killed tab; and one that lacks what is obligatory."""

import io

from PIL import Image
from playwright.async_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import Look
from tests.browser.windows import OFFLINE, REFUSED, Window
from tests.people import Crew, body, get_ticket, until
from tests.pictures import jpeg
from ticketera.domain.prueba import pin_de

PHOTO = {"name": "IMG_2041.jpg", "mimeType": "image/jpeg"}


async def sign(phone: Window) -> None:
    canvas = phone.page.locator("canvas.firma")
    await canvas.scroll_into_view_if_needed()
    box = await canvas.bounding_box()
    assert box is not None
    await phone.page.mouse.move(box["x"] + 40, box["y"] + 60)
    await phone.page.mouse.down()
    for n in range(12):
        await phone.page.mouse.move(box["x"] + 40 + n * 18, box["y"] + 60 + n * 37 % 50)
    await phone.page.mouse.up()


async def test_photo_signature_code_and_money_survive_a_dead_line_and_a_killed_tab(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    policy = {"prueba_foto": "obligatoria", "prueba_pin": "avisar", "prueba_firma": "opcional"}
    await crew.admin.ok(
        "PATCH", "/api/configuracion", {**policy, "prueba_receptor": "avisar", "efectivo_maximo": 10000}
    )
    made = await crew.shop.post_ticket(repartidor_id=one.id, total=12450)
    ticket, pin = made["ticket_id"], pin_de(crew.town.webhook_secret, made["numero"])
    phone = await look(one)
    phone.provokes(OFFLINE)
    page, sheet = phone.page, phone.page.locator("#hoja-entregar")
    await page.tap("[data-accion=ver]")
    await page.tap("text=Ya lo entregué")
    await page.fill("#entregar-paga", "15.000")
    await expect(sheet.locator("[data-campo=vuelto]")).to_have_text("Vuelto: $\u00a02.550,00")
    await page.fill("#entregar-pin", f"{(int(pin) + 1) % 10_000:04d}")
    await expect(sheet).to_contain_text("Código incorrecto. Te quedan 4 intentos.")
    await page.fill("#entregar-pin", pin)
    await expect(sheet).to_contain_text("Código correcto.")
    await sheet.locator("button.principal").tap()
    await expect(sheet.locator("[role=alert]")).to_have_text("Falta la foto.")

    await phone.context.set_offline(True)
    # A page that Playwright closes is online once more for a moment: it must not use it.
    await phone.intercept("**/acciones", lambda route: route.abort())
    await page.set_input_files("#hoja-entregar input[type=file]", files=[{**PHOTO, "buffer": jpeg(3000, 2000)}])
    await expect(sheet.locator(".tomadas img")).to_have_js_property("naturalWidth", 1280)
    await sign(phone)
    await page.tap("text=Vecino")
    await page.fill("#entregar-receptor", "Nora del 2° A")
    assert await violations(page) == []
    await sheet.locator("button.principal").tap()
    await expect(page.locator(".franja")).to_contain_text("Sin señal · 3 por enviar")
    await page.tap("text=Terminar turno")
    await expect(page.locator(".nota.error")).to_contain_text("Te quedan 1 acción y 2 fotos por enviar.")
    await page.close()
    assert (await get_ticket(crew.admin, ticket))["estado"] == "asignado"
    await phone.context.unroute("**/acciones")
    await phone.context.set_offline(False)
    await phone.new_page()
    await phone.go("/reparto")

    async def arrived() -> bool:
        two = len((await crew.admin.ok("GET", f"/api/tickets/{ticket}/fotos"))["fotos"]) == 2
        return two and (await get_ticket(crew.admin, ticket))["estado"] == "entregado"

    assert await until(arrived)
    known = await get_ticket(crew.admin, ticket)
    fotos = {f["tipo"]: f["foto_id"] for f in (await crew.admin.ok("GET", f"/api/tickets/{ticket}/fotos"))["fotos"]}
    assert (known["estado"], known["cobrado"], known["medio"]) == ("entregado", 12450, "efectivo")
    assert known["prueba"] == {
        "receptor": "vecino", "receptor_nombre": "Nora del 2° A", "pin": "correcto", "fotos": [fotos["foto"]],
        "firma": fotos["firma"], "intentos": [], "faltan": [],
    }  # fmt: skip
    seen = await crew.admin.get(f"/api/tickets/{ticket}/fotos/{fotos['foto']}")
    assert Image.open(io.BytesIO(seen.content)).size == (1280, 853)
    drawn = Image.open(io.BytesIO((await crew.admin.get(f"/api/tickets/{ticket}/fotos/{fotos['firma']}")).content))
    assert drawn.convert("L").getextrema()[0] < 80  # somebody signed
    await expect(phone.page.locator(".avisos-fijos")).to_contain_text("Superaste el efectivo máximo.")
    await expect(phone.page.locator("[data-campo=hechosTitulo]")).to_have_text("Hechos (1)")


async def test_a_phone_with_an_older_policy_loses_nothing_and_the_admin_decides(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    ticket = (await crew.shop.post_ticket(repartidor_id=one.id))["ticket_id"]
    phone = await look(one)
    phone.provokes(REFUSED)
    page = phone.page
    async with page.expect_response("**/api/politica"):  # a ticket that is opened later would ask anew
        await page.tap("[data-accion=ver]")
    await page.eval_on_selector_all("[data-campo=llamar]", "all => all.forEach((a) => (a.href = '#'))")
    await crew.admin.ok("PATCH", "/api/configuracion", {"prueba_foto": "obligatoria"})

    await page.tap("text=Ya lo entregué")
    await page.tap("#hoja-entregar >> text=Transferencia o QR")
    await page.tap("#hoja-entregar button.principal")

    notices = page.locator(".avisos-fijos")
    await expect(notices).to_contain_text("falta la foto. Tu entrega quedó registrada: la central la revisa.")
    await page.reload()
    await expect(page.locator("[data-campo=revision] >> text=en revisión")).to_be_visible()
    await expect(page.locator(".fila.ahora")).to_be_hidden()
    await expect(notices).to_contain_text("falta la foto. Tu entrega quedó registrada: la central la revisa.")
    (conflicto,) = (await crew.admin.ok("GET", "/api/conflictos"))["conflictos"]
    assert (conflicto["prueba"]["faltan"], conflicto["medio"]) == (["foto"], "transferencia")
    assert body(await crew.admin.post(f"/api/conflictos/{conflicto['id']}", {"decision": "aceptar"}))["ticket"]["id"]
    await expect(page.locator("[data-campo=hechosTitulo]")).to_have_text("Hechos (1)")
    await expect(notices).not_to_contain_text("lo cerró")
    assert (await get_ticket(crew.admin, ticket))["estado"] == "entregado"


FULL_DISK = """() => {
    const add = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = function (...args) {
        if (this.name === "fotos") throw new DOMException("full", "QuotaExceededError");
        return add.apply(this, args);
    };
}"""


async def test_a_full_phone_delivers_without_the_photo_and_takes_it_back_whole(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    await crew.admin.ok("PATCH", "/api/configuracion", {"prueba_foto": "avisar"})
    ticket = (await crew.shop.post_ticket(repartidor_id=one.id, total=1900.5))["ticket_id"]
    phone = await look(one)
    page, sheet = phone.page, phone.page.locator("#hoja-entregar")
    await page.evaluate(FULL_DISK)
    await page.tap("[data-accion=ver]")
    await page.tap("text=Ya lo entregué")
    await expect(sheet.get_by_text("Sacar foto")).to_be_visible()  # before, nobody could give it one
    await page.set_input_files("#hoja-entregar input[type=file]", files=[{**PHOTO, "buffer": jpeg()}])
    await expect(sheet.locator(".tomadas img")).to_be_visible()
    await sheet.locator("button.principal").tap()
    await expect(sheet.locator("[role=alert]")).to_contain_text("Tu teléfono no tiene espacio para la foto.")
    await expect(sheet.locator(".tomadas img")).to_be_visible()
    assert (await get_ticket(crew.admin, ticket))["estado"] == "asignado"

    await page.tap("#hoja-entregar >> text=Seguir sin foto")

    async def delivered() -> bool:
        known = await get_ticket(crew.admin, ticket)
        return known["estado"] == "entregado" and known["prueba"]["faltan"] == ["foto"]

    assert await until(delivered)
    await page.tap(".pestanas [data-pestana=caja]")
    await expect(page.locator("[data-campo=aRendir]")).to_contain_text("Tenés $\u00a01.900,50 para rendir")
    assert await violations(page) == []
    await page.tap(".deshacer button")
    await expect(page.locator(".accion")).to_have_text("Salgo para allá")

    async def taken_back() -> bool:
        known = await get_ticket(crew.admin, ticket)
        return (known["estado"], known["cobrado"], known["medio"], known["prueba"]) == ("asignado", None, None, None)

    assert await until(taken_back)
    await page.tap(".pestanas [data-pestana=caja]")
    await expect(page.locator("[data-campo=aRendir]")).to_have_text("Tenés $\u00a00,00 para rendir")
