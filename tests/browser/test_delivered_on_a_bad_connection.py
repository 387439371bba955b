"""What a repartidor did is done once, whatever happens to the answer; what no longer fits is kept and told."""

from playwright.async_api import expect

from tests.browser.conftest import Look
from tests.browser.windows import OFFLINE, REFUSED, lose_answer
from tests.people import Crew, get_ticket, move, until


async def test_a_delivery_whose_answer_is_lost_counts_once(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    ticket = (await crew.shop.post_ticket(repartidor_id=one.id))["ticket_id"]
    phone = await look(one)
    phone.provokes(OFFLINE)
    await phone.page.tap("[data-accion=ver]")

    await phone.intercept("**/acciones", lose_answer, times=1)
    await phone.page.tap("text=Ya lo entregué")
    await phone.page.tap("#hoja-entregar button.principal")

    assert await until(lambda: _estado(crew, ticket, "entregado"))
    await expect(phone.page.locator(".franja [role=status]")).to_have_text("En línea")
    known = await get_ticket(crew.admin, ticket)
    assert [each["que"] for each in known["historial"]] == ["creado", "entregar"]
    assert known["cobrado"] == known["total"]
    await expect(phone.page.locator("[data-campo=hechosTitulo]")).to_have_text("Hechos (1)")


async def test_a_delivery_of_a_ticket_that_was_moved_becomes_a_conflicto_that_an_admin_accepts(
    crew: Crew, look: Look
) -> None:
    one, other = crew.repartidores
    ticket = (await crew.shop.post_ticket(repartidor_id=one.id))["ticket_id"]
    phone, board = await look(one), await look(crew.admin)
    phone.provokes(OFFLINE, REFUSED)
    await phone.page.tap("[data-accion=ver]")
    await phone.context.set_offline(True)
    await expect(phone.page.locator(".franja")).to_contain_text("Sin señal")
    await phone.page.tap("text=Ya lo entregué")
    await phone.page.tap("#hoja-entregar button.principal")
    await expect(phone.page.locator(".franja")).to_contain_text("Sin señal · 1 por enviar")

    await move(crew.admin, [await get_ticket(crew.admin, ticket)], other.id)
    await phone.context.set_offline(False)

    notices = phone.page.locator(".avisos-fijos")
    await expect(notices).to_contain_text("Tu entrega quedó registrada: la central la revisa.")
    await expect(board.page.locator("[data-conflictos]")).to_have_text("1")
    await board.go("/conflictos")
    await expect(board.page.locator(".conflicto")).to_contain_text("Repartidor 1 dice: lo entregó")
    await board.page.click("text=Aceptar la entrega")
    await expect(board.page.locator("main")).to_contain_text("Resuelto.")
    now = await get_ticket(crew.admin, ticket)
    assert (now["estado"], now["repartidor_id"]) == ("entregado", one.id)


async def test_a_tap_too_many_is_taken_back_within_thirty_seconds(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    ticket = (await crew.shop.post_ticket(repartidor_id=one.id))["ticket_id"]
    phone = await look(one)
    await phone.page.tap("[data-accion=ver]")

    await phone.page.tap("text=No pude entregar")
    await phone.page.tap("#hoja-fallar .opcion >> nth=0")
    await phone.page.tap("#hoja-fallar .peligro")
    await phone.page.tap(".deshacer button")

    await expect(phone.page.locator(".accion")).to_have_text("Salgo para allá")
    assert await until(lambda: _estado(crew, ticket, "asignado"))
    await expect(phone.page.locator("#hoja-nuevos")).to_be_hidden()


async def _estado(crew: Crew, ticket: int, estado: str) -> bool:
    return (await get_ticket(crew.admin, ticket))["estado"] == estado
