"""Going on duty and off: what waits comes at once, and nobody leaves with something unsent."""

from playwright.async_api import expect

from tests.browser.conftest import Look
from tests.browser.windows import OFFLINE, column
from tests.people import Crew, get_ticket, set_turno


async def test_beginning_a_turno_brings_what_waits(crew: Crew, look: Look) -> None:
    for repartidor in crew.repartidores:
        await set_turno(repartidor, False)
    one = crew.repartidores[0]
    ticket = (await crew.shop.post_ticket(cliente_direccion="Mitre 77"))["ticket_id"]
    board, phone = await look(crew.admin), await look(one)
    await expect(board.page.locator(f"{column(None)} .tarjeta")).to_have_count(1)
    await expect(phone.page.locator("[data-campo=vacioTexto]")).to_contain_text("Empezá el turno")

    await phone.page.tap(".accion")

    await expect(phone.page.locator("#hoja-nuevos")).to_contain_text("Mitre 77")
    await expect(board.page.locator(f"{column(one)} .presencia")).to_have_text("En línea")
    assert (await get_ticket(crew.admin, ticket))["repartidor_id"] == one.id


async def test_a_turno_does_not_end_while_something_is_unsent(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    await crew.shop.post_ticket(repartidor_id=one.id)
    phone = await look(one)
    phone.provokes(OFFLINE)
    await phone.page.tap("[data-accion=visto]")
    await phone.context.set_offline(True)
    await phone.page.tap(".accion")
    await phone.page.tap("text=Terminar turno")
    await expect(phone.page.locator(".nota.error")).to_contain_text("Te queda 1 acción por enviar.")

    await phone.context.set_offline(False)
    await expect(phone.page.locator(".franja [role=status]")).to_have_text("En línea", timeout=15_000)
    await phone.page.tap("text=Terminar turno")
    await expect(phone.page.get_by_text("Te queda 1 ticket sin entregar.")).to_be_visible()
    await phone.page.tap("text=Terminar igual")

    await expect(phone.page.locator("[data-campo=turno]")).to_have_text("Estás fuera de turno")
    await expect(phone.page.locator(".fila.ahora")).to_be_visible()


async def test_a_turno_that_the_central_ended_is_said_at_once(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    phone = await look(one)

    await crew.admin.ok("PATCH", f"/api/repartidores/{one.id}", {"en_turno": False})

    await expect(phone.page.locator("[data-campo=turno]")).to_have_text("Estás fuera de turno")
    await expect(phone.page.locator("[data-clave=terminar]")).to_contain_text("se terminó desde la central")


async def test_whoever_needs_help_is_marked_on_the_board_until_they_say_otherwise(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    await crew.admin.ok("PATCH", "/api/configuracion", {"central": "11 4555-0000"})
    board, phone = await look(crew.admin), await look(one)
    phone.provokes("tel:")  # this browser has no telephone
    await phone.page.tap("[data-pestana=mas]")

    call, help_ = [phone.page.locator(f"[data-campo={name}]") for name in ("mCentral", "mAyuda")]
    await expect(call).to_be_visible()
    above, below = await call.bounding_box(), await help_.bounding_box()
    assert above
    assert below
    assert below["y"] - (above["y"] + above["height"]) >= 8
    assert (above["x"], above["width"]) == (below["x"], below["width"])
    await help_.tap()
    await phone.page.tap("#hoja-ayuda >> text=No")
    await expect(help_).to_have_text("Necesito ayuda")
    await help_.tap()
    await phone.page.tap("#hoja-ayuda >> text=Sí, pedir ayuda")
    mark = board.page.locator(f"{column(one)} [data-campo=problemas]")
    await expect(mark).to_have_text("Necesita ayuda")
    await expect(phone.page.locator("[data-campo=mAyudaDicho]")).to_contain_text("La central lo ve en el tablero.")
    assert "necesita ayuda" in (await crew.admin.get("/repartidores")).text.casefold()
    assert "Necesita ayuda" in (await crew.admin.get("/tablero")).text
    await expect(help_).to_have_text("Ya no necesito ayuda")
    await help_.dispatch_event("click")  # the browser's question about the call may be in a finger's way

    await expect(mark).to_be_hidden()


async def test_what_a_delivery_is_asked_for_reaches_a_phone_that_is_on(crew: Crew, look: Look) -> None:
    await crew.shop.post_ticket(repartidor_id=crew.repartidores[0].id)
    phone = await look(crew.repartidores[0])
    await crew.admin.ok("PATCH", "/api/configuracion", {"prueba_firma": "avisar"})

    async with phone.page.expect_response("**/api/politica"):
        await phone.page.tap("[data-accion=ver]")
    await phone.page.tap("text=Ya lo entregué")

    await expect(phone.page.locator("#hoja-entregar canvas.firma")).to_be_visible()
