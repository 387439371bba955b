"""An admin moves a ticket by mouse and by keyboard; both phones hear of it at once, and a move can be taken back."""

from playwright.async_api import expect

from tests.browser.conftest import Look
from tests.browser.windows import REFUSED, Window, card, column, drag, give, order
from tests.people import Crew, Person, get_ticket, until


async def test_a_dragged_ticket_leaves_one_phone_and_rings_on_the_other(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    ticket = (await crew.shop.post_ticket(repartidor_id=one.id, cliente_direccion="Mitre 77"))["ticket_id"]
    await crew.shop.post_ticket(repartidor_id=other.id)
    board, his, hers = await look(crew.admin), await look(one), await look(other)
    await expect(his.page.locator("#hoja-nuevos")).to_contain_text("Mitre 77")
    await hers.page.tap("[data-accion=visto]")

    await drag(board.page, card(ticket), f"{column(other)} .tarjeta", below=-30)

    await expect(hers.page.locator("#hoja-nuevos")).to_contain_text("Mitre 77")
    await expect(his.page.locator("#hoja-nuevos")).to_be_hidden()
    await expect(his.page.locator(".aviso-fijo")).to_contain_text("ya no es tuyo: lo movió Jefa Uno. No vayas.")
    assert await until(lambda: _is_first(board, other, ticket))
    assert (await get_ticket(crew.admin, ticket))["repartidor_id"] == other.id

    await board.page.click(".avisos button:has-text('Deshacer')")

    await expect(board.page.locator(f"{column(one)} {card(ticket)}")).to_be_visible()
    await expect(hers.page.locator("#hoja-nuevos")).to_be_hidden()
    await expect(his.page.locator("#hoja-nuevos")).to_contain_text("Mitre 77")


async def test_a_column_is_ordered_by_dragging_and_the_phone_has_the_same_order(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    made = await give(crew, one, "Mitre 1", "Mitre 2", "Mitre 3")
    board, phone = await look(crew.admin), await look(one)
    await phone.page.tap("[data-accion=visto]")

    await drag(board.page, card(made[2]), card(made[0]), below=-30)

    await expect(phone.page.locator(".fila.ahora .fila-direccion")).to_have_text("Mitre 3")
    assert await until(lambda: _is_order(board, one, [made[2], made[0], made[1]]))
    await board.page.keyboard.press("Control+z")
    await expect(phone.page.locator(".fila.ahora .fila-direccion")).to_have_text("Mitre 1")
    assert await until(lambda: _is_order(board, one, made))


async def test_everything_can_be_moved_by_keyboard_and_the_focus_follows(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    ticket = (await crew.shop.post_ticket(repartidor_id=one.id))["ticket_id"]
    stays = (await crew.shop.post_ticket(repartidor_id=other.id))["ticket_id"]
    board = await look(crew.admin)

    await board.page.focus(f"{card(ticket)} a")
    await board.page.keyboard.press("m")
    await board.page.keyboard.type(other.me["nombre"])
    await board.page.select_option("#mover-lugar", f"antes:{stays}")
    await board.page.keyboard.press("Enter")

    await expect(board.page.locator(f"{column(other)} {card(ticket)}")).to_be_visible()
    assert await until(lambda: _is_order(board, other, [ticket, stays]))
    await expect(board.page.locator(f"{card(ticket)} a")).to_be_focused()
    await board.page.keyboard.press("ArrowDown")
    await expect(board.page.locator(f"{card(stays)} a")).to_be_focused()


async def test_over_the_cap_the_board_asks_before_it_insists(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    await crew.admin.ok("PATCH", "/api/configuracion", {"max_tickets_por_repartidor": 1})
    ticket = (await crew.shop.post_ticket(repartidor_id=one.id))["ticket_id"]
    await crew.shop.post_ticket(repartidor_id=other.id)
    board = await look(crew.admin)
    board.provokes(REFUSED)

    await drag(board.page, card(ticket), column(other))

    await expect(board.page.locator(".nota.error")).to_contain_text("ya tiene 1 de 1.")
    assert await until(lambda: _is_order(board, one, [ticket]))
    await board.page.click("text=Mover igual")
    await expect(board.page.locator(f"{column(other)} {card(ticket)}:not([aria-busy])")).to_be_visible()
    assert (await get_ticket(crew.admin, ticket))["repartidor_id"] == other.id


async def _is_first(board: Window, repartidor: Person, ticket: int) -> bool:
    return (await order(board.page, repartidor))[:1] == [ticket]


async def _is_order(board: Window, repartidor: Person, ids: list[int]) -> bool:
    return await order(board.page, repartidor) == ids
