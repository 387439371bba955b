"""Several tickets at once: what the filter hides is not touched, and the keyboard does all that the mouse does."""

from playwright.async_api import expect

from tests.browser.conftest import Look
from tests.browser.windows import REFUSED, Window, card, column, give, order
from tests.people import Crew, Person, until

BAR = "[data-seleccion]"


async def _is(board: Window, repartidor: Person | None, ids: list[int]) -> bool:
    return await order(board.page, repartidor) == ids


async def seek(board: Window, words: str) -> None:
    await board.page.fill("[data-herramientas] [data-campo=buscar]", words)


async def choose(board: Window, name: str) -> None:
    """Write into the dialog who gets them, and press Enter."""
    await expect(board.page.locator("#dialogo-mover")).to_be_visible()
    await board.page.keyboard.type(name)
    await board.page.keyboard.press("Enter")


async def test_select_all_takes_what_the_filter_shows_and_nothing_hidden_is_moved(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    mitre, moreno, again, peru = await give(crew, one, "Mitre 1", "Moreno 2", "Mitre Norte 3", "Perú 4")
    board = await look(crew.admin)
    page = board.page

    await seek(board, "mitre")
    await expect(page.locator(f"{column(one)} .tarjeta")).to_have_count(2)
    await page.click(f"{column(one)} [data-accion=menu-columna]")
    await page.click("text=Seleccionar los 2 que se ven")
    await expect(page.locator(BAR)).to_contain_text("2 seleccionados")

    # Another filter: what it hides stays selected, is said, and is left alone.
    await seek(board, "norte")
    await expect(page.locator(BAR)).to_contain_text("1 seleccionado y 1 oculto por el filtro, que no se toca")
    await page.click(f"{BAR} >> text=Mover a…")
    await choose(board, other.me["nombre"])
    assert await until(lambda: _is(board, other, [again]))
    await expect(page.locator(BAR)).to_contain_text("0 seleccionados y 1 oculto")
    await expect(page.locator(f"{BAR} [data-campo=mover]")).to_be_disabled()

    # The whole column passes on only what is seen of it.
    await seek(board, "moreno")
    await expect(page.locator(f"{column(one)} .tarjeta")).to_have_count(1)
    await page.click(f"{column(one)} [data-accion=menu-columna]")
    await page.click("text=Pasar el que se ve a…")
    await choose(board, other.me["nombre"])
    await seek(board, "")
    assert await until(lambda: _is(board, one, [mitre, peru]))
    assert await until(lambda: _is(board, other, [again, moreno]))
    await expect(page.locator(BAR)).to_contain_text("1 seleccionado")
    await expect(page.locator(f"{card(mitre)}.elegida")).to_be_visible()


async def test_several_are_selected_moved_and_taken_back_without_a_mouse(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    first, second, third = await give(crew, one, "Mitre 1", "Mitre 2", "Mitre 3")
    board = await look(crew.admin)
    keys = board.page.keyboard
    await board.page.locator(f"{card(first)} a").first.focus()
    await keys.press("Space")
    await keys.press("ArrowDown")
    await keys.press("Space")
    await keys.press("ArrowDown")  # the focus goes on, the selection stays

    await keys.press("m")
    await expect(board.page.locator("#dialogo-mover")).to_contain_text("Mover 2 tickets a…")
    await choose(board, other.me["nombre"])
    assert await until(lambda: _is(board, other, [first, second]))
    await keys.press("Control+z")
    assert await until(lambda: _is(board, one, [first, second, third]))

    # One that is not selected moves by itself; the menu says how many it is about, and moves them.
    await board.page.locator(card(first)).click(modifiers=["Control"])
    await board.page.locator(card(second)).click(modifiers=["Control"])
    await board.page.click(f"{card(second)} [data-accion=menu]")
    await board.page.click("text=Último: los 2")
    assert await until(lambda: _is(board, one, [third, first, second]))
    await board.page.click(f"{card(third)} [data-accion=menu]")
    await board.page.click("#menu-tarjeta >> text=Mover a…")
    await choose(board, "Sin asignar")
    assert await until(lambda: _is(board, None, [third]))

    # One key to the bar, and with Escape the hands are back at the cards.
    await board.page.locator(card(first)).click(modifiers=["Control"])
    await board.page.locator(card(second)).click(modifiers=["Control"])
    await keys.press("s")
    await expect(board.page.locator(f"{BAR} [data-campo=mover]")).to_be_focused()
    await keys.press("Escape")
    await expect(board.page.locator(BAR)).to_be_hidden()
    await expect(board.page.locator(f"{card(second)} a").first).to_be_focused()


async def test_enter_goes_to_whom_one_sees_and_never_to_whom_the_search_hides(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    await crew.hire("repartidores", "damian@belgrano.test", "Damián Ruiz", crew.repartidores)
    mia = await crew.hire("repartidores", "mia@belgrano.test", "Mía Paz", crew.repartidores)
    (ticket,) = await give(crew, one, "Mitre 1")
    board = await look(crew.admin)
    keys = board.page.keyboard
    await board.page.locator(f"{card(ticket)} a").first.focus()
    await keys.press("m")

    await choose(board, "nadie se llama así")
    await expect(board.page.locator("#dialogo-mover")).to_be_visible()
    await keys.press("Control+a")
    await choose(board, "mia")  # Damián's name has it too, within
    assert await until(lambda: _is(board, mia, [ticket]))


async def test_three_moves_of_one_ticket_are_taken_back_one_by_one(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    (ticket,) = await give(crew, one, "Mitre 1")
    board = await look(crew.admin)
    keys = board.page.keyboard
    for to in (other, None, other):
        await board.page.locator(f"{card(ticket)} a").first.focus()
        await keys.press("m")
        await choose(board, to.me["nombre"] if to else "Sin asignar")
        await expect(board.page.locator(f"{column(to)} {card(ticket)}:not([aria-busy])")).to_be_visible()

    for _ in range(3):
        await keys.press("Control+z")
    assert await until(lambda: _is(board, one, [ticket]))
    await expect(board.page.locator("#avisos-alarmas .nota")).to_have_count(0)


async def test_whoever_is_full_is_said_before_one_presses(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    first, second = await give(crew, one, "Mitre 1", "Mitre 2")
    (held,) = await give(crew, other, "Perú 1")
    await crew.admin.ok("PATCH", "/api/configuracion", {"max_tickets_por_repartidor": 2})
    board = await look(crew.admin)
    board.provokes(REFUSED)
    await board.page.locator(f"{card(first)} a").first.focus()
    await board.page.keyboard.press("Space")
    await board.page.keyboard.press("ArrowDown")
    await board.page.keyboard.press("Space")
    await board.page.keyboard.press("m")
    await board.page.keyboard.type(other.me["nombre"])
    await expect(board.page.locator("#dialogo-mover [data-campo=confirmar]")).to_have_text("Mover igual (3 de 2)")
    await board.page.keyboard.press("Enter")
    assert await until(lambda: _is(board, other, [held, first, second]))
