"""What the pages look like with a Friday's numbers in them: nothing lies over anything, and no word or date is cut."""

from typing import Any

import pytest
from playwright.async_api import FloatRect, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Look
from tests.browser.windows import Window, box_of, card, column, give
from tests.people import Crew, Person, act
from tests.servers import PASSWORD

FILTROS = ".mas-filtros summary"
BUSCAR = "[data-herramientas] .buscador"
# Dates, hours, phones and headings that stand in more than one line.
BROKEN = r"""() => {
  const broken = [];
  const walk = document.createTreeWalker(document.querySelector("table"), NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode()); ) {
    const words = node.parentElement.closest("th") ? /\S+/g : /\d{2}\/\d{2}\/\d{4}|\d{2}:\d{2}|11 \d{4}-\d{4}/g;
    for (const { 0: word, index } of node.data.matchAll(words)) {
      const range = new Range();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word);
    }
  }
  return broken;
}"""
SHEET = """Pedido;Cliente;Dirección;Fecha;Desde;Hasta;Productos;Total
PED-20261130-0001XYZA;Ana Pérez;Vuelta de Obligado 1840;30/11/2026;18:00;20:00;2 x Yerba mate suave 1 kg, 3 x Azúcar;9
PED-20261130-0002XYZA;Ana;Moreno 1;31/11/2026;18:00;20:00;pan;cien
"""


def apart(one: FloatRect, other: FloatRect) -> bool:
    """Whether two boxes have no point in common."""
    return (
        one["x"] + one["width"] <= other["x"] + 0.5 or other["x"] + other["width"] <= one["x"] + 0.5
        or one["y"] + one["height"] <= other["y"] + 0.5 or other["y"] + other["height"] <= one["y"] + 0.5
    )  # fmt: skip


async def long_named(crew: Crew, who: Person | None, n: int, **more: Any) -> list[int]:
    """Tickets with the numbers that the shop gives."""
    made = [
        await crew.shop.post_ticket(
            numero=f"PED-20261130-{i:05d}XYZ", repartidor_id=who and who.id,
            **{"cliente_direccion": "Vuelta de Obligado 1840", **more},
        )
        for i in range(n)
    ]  # fmt: skip
    return [each["ticket_id"] for each in made]


async def crowd(crew: Crew, n: int) -> list[dict[str, Any]]:
    return [
        await crew.admin.ok("POST", "/api/repartidores", {
            "nombre": f"Rocío Fernández {i}", "email": f"rocio{i}@belgrano.test", "password": PASSWORD,
            "telefono": f"11 4444-{i:04d}",
        })
        for i in range(n)
    ]  # fmt: skip


async def test_low_cards_show_the_whole_number_and_what_became_of_it(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    seen, late = await long_named(crew, one, 2)
    await crew.admin.ok("PATCH", "/api/configuracion", {"segundos_sin_ver": 15})
    assert (await act(one, seen, "iniciar")).status_code == 200
    board = await look(crew.admin)
    page = board.page
    await page.click(FILTROS)
    await page.click("[data-accion=densidad]")
    await expect(page.locator("[data-densidad=compacta]")).to_have_count(1)

    for ticket in (seen, late):
        await page.evaluate(
            "([card, text]) => { const acuse = document.querySelector(`${card} .acuse`);"
            " acuse.hidden = false; acuse.textContent = text; }",
            [card(ticket), "✓✓ Visto 07:00" if ticket == seen else "No lo vio"],
        )
        number, said, menu, address, money = [
            await box_of(page, f"{card(ticket)} {part}")
            for part in (".tarjeta-numero", ".acuse", ".tarjeta-menu", ".tarjeta-direccion", ".tarjeta-cobro")
        ]
        assert all(apart(said, other) for other in (number, menu, address, money))
        assert all(apart(number, other) for other in (menu, address, money))
        cut = "one => one.scrollWidth > one.clientWidth"
        assert not await page.locator(f"{card(ticket)} .tarjeta-numero").evaluate(cut)


async def test_the_panel_leaves_the_card_that_opened_it_the_counters_and_the_filters_in_sight(
    crew: Crew, look: Look
) -> None:
    people = await crowd(crew, 3)
    tickets = [(await crew.shop.post_ticket(repartidor_id=each["id"]))["ticket_id"] for each in people]
    board = await look(crew.admin)
    page = board.page

    for ticket in (*tickets, tickets[0]):
        await page.locator(card(ticket)).scroll_into_view_if_needed()
        await page.locator(card(ticket)).click()
        await expect(page.locator("#panel-ticket")).to_be_visible()
        panel = await box_of(page, "#panel-ticket")
        await expect(page.locator(card(ticket))).to_be_in_viewport(ratio=0.99)
        for what in (card(ticket), FILTROS, ".conteos", BUSCAR):
            assert apart(panel, await box_of(page, what)), what


async def test_the_preview_of_a_route_shows_its_numbers_whole(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    await crew.admin.ok("PATCH", "/api/configuracion", {"max_tickets_por_repartidor": 20})
    for n in range(12):
        await crew.shop.post_ticket(repartidor_id=one.id, cliente_lat=-34.6 - (n * 7 % 12) / 100, cliente_lng=-58.4)
    board = await look(crew.admin)
    await board.page.click(f"{column(one)} [data-accion=menu-columna]")
    await board.page.click("text=Ordenar por cercanía")
    preview = board.page.locator("#dialogo-orden ol")
    await expect(preview.locator("li")).to_have_count(12)

    room = await preview.evaluate("""(list) => {
      const number = document.createElement("span");
      number.style.position = "absolute";
      number.textContent = "100.\u00a0";
      list.querySelector("li").append(number);
      const wide = number.getBoundingClientRect().width;
      number.remove();
      return parseFloat(getComputedStyle(list).paddingLeft) - wide;
    }""")
    assert room >= 0


async def test_axe_finds_nothing_among_twenty_five_drivers_with_a_phone(crew: Crew, look: Look) -> None:
    await crowd(crew, 25)
    window = await look(crew.admin)
    await window.go("/repartidores")
    assert await violations(window.page) == []


@pytest.mark.parametrize("width", [1440, 1024])
async def test_dates_hours_phones_and_headings_of_tables_stand_in_one_line(crew: Crew, look: Look, width: int) -> None:
    one = crew.repartidores[0]
    done, *_ = await long_named(
        crew, one, 3, negocio="Almacén de ramos generales", cliente_nombre="María de los Ángeles Fernández",
        franja_desde="2026-11-30T21:00:00.000Z", franja_hasta="2026-11-30T23:00:00.000Z",
    )  # fmt: skip
    assert (await act(one, done, "fallar", motivo="producto_faltante_o_danado")).status_code == 200
    window = await look(crew.admin, viewport={"width": width, "height": 900})
    page = window.page

    for path in ("/historial", f"/tickets/imprimir?repartidor_id={one.id}"):
        await window.go(path)
        assert await page.evaluate(BROKEN) == [], path
    await window.go("/importar")
    await page.fill("textarea", SHEET)
    await page.click("main form button.principal")
    await expect(page.locator("tbody tr")).to_have_count(2)
    assert await page.evaluate(BROKEN) == []


async def test_with_three_digits_in_each_counter_the_filters_stay_beside_the_search(crew: Crew, look: Look) -> None:
    await give(crew, crew.repartidores[0], "Mitre 1")
    board = await look(crew.admin)
    page = board.page
    await page.evaluate("for (const b of document.querySelectorAll('.conteo b')) b.textContent = '888'")
    assert await same_row(page)

    await page.set_viewport_size({"width": 1024, "height": 768})
    assert await same_row(page)
    assert (await box_of(page, "[data-tablero]"))["y"] <= 190


async def same_row(page: Page) -> bool:
    search, filters = await box_of(page, BUSCAR), await box_of(page, FILTROS)
    return search["y"] < filters["y"] + filters["height"] / 2 < search["y"] + search["height"]


async def test_at_four_hundred_per_cent_the_board_is_reached_by_scrolling_and_can_be_used(
    crew: Crew, look: Look
) -> None:
    one = crew.repartidores[0]
    await crew.admin.ok("PATCH", "/api/configuracion", {"modo_asignacion": "manual"})
    tickets = await long_named(crew, None, 4)
    board = await look(crew.admin, viewport={"width": 320, "height": 256})
    page = board.page
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert await page.evaluate("document.documentElement.scrollHeight - innerHeight") > 256

    await page.locator(card(tickets[3])).scroll_into_view_if_needed()
    await expect(page.locator(card(tickets[3]))).to_be_in_viewport(ratio=0.5)
    await page.locator(f"{card(tickets[3])} a").first.focus()
    await page.keyboard.press("m")
    await page.keyboard.type(one.me["nombre"])
    await page.keyboard.press("Enter")
    await expect(page.locator(f"{column(None)} {card(tickets[3])}")).to_have_count(0)
    await open_and_close(board, tickets[2])


async def open_and_close(board: Window, ticket: int) -> None:
    await board.page.locator(card(ticket)).click()
    await expect(board.page.locator("#panel-titulo")).to_be_in_viewport()
    await board.page.keyboard.press("Escape")
    await expect(board.page.locator("#panel-ticket")).to_be_hidden()
