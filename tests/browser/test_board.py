"""The board under somebody's hands: several cards at once, deliveries not interrupted unasked, filters, menus."""

import re
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.async_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Look
from tests.browser.windows import LIVE, Window, card, column, drag, give, order
from tests.people import Crew, act, get_ticket, until

SELECTED = "[data-seleccion]"
ASK = "#dialogo-preguntar"
HERE = {"position": {"x": 150, "y": 62}}
# What only the script puts on a card: the Tab stop, and that it can be dragged.
SCRIPTS_OWN = r' (tabindex|data-parada|data-tabulada|draggable|data-drop-target-for-element)="[^"]*"'


async def test_several_cards_move_together_in_their_order_and_one_undo_takes_all_back(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    made = await give(crew, one, "Mitre 1", "Mitre 2", "Mitre 3", "Mitre 4")
    (there,) = await give(crew, other, "Sarmiento 1")
    board = await look(crew.admin)
    page = board.page

    await page.click(card(made[0]), modifiers=["Control"], **HERE)  # type: ignore[arg-type]
    await page.click(card(made[2]), modifiers=["Shift"], **HERE)  # type: ignore[arg-type]
    await page.click(card(made[1]), modifiers=["Control"], **HERE)  # type: ignore[arg-type]
    await expect(page.locator(SELECTED)).to_contain_text("2 seleccionados")
    assert await violations(page) == []
    await drag(page, card(made[2]), card(there), below=-30)

    await expect(page.locator(f"{column(other)} {card(made[2])}:not([aria-busy])")).to_be_visible()
    assert await until(lambda: _is(page, other, [made[0], made[2], there]))
    await expect(page.locator(SELECTED)).to_be_hidden()
    await page.keyboard.press("Control+z")
    assert await until(lambda: _is(page, one, made))

    # The whole column, by its menu and the dialog.
    await page.click(f"{column(one)} [data-accion=menu-columna]")
    await page.click("text=Pasar todo a…")
    await expect(page.locator("#dialogo-mover")).to_contain_text("Mover 4 tickets a…")
    await page.keyboard.type(other.me["nombre"])
    await page.keyboard.press("Enter")
    assert await until(lambda: _is(page, other, [there, *made]))
    await expect(page.locator(f"{card(made[0])}:focus-within")).to_be_visible()

    # Places by the card's own menu, without a mouse.
    await page.click(f"{card(made[3])} [data-accion=menu]")
    assert await violations(page) == []
    await page.click("#menu-tarjeta >> text=Primero")
    assert await until(lambda: _is(page, other, [made[3], there, *made[:3]]))


async def test_a_delivery_that_is_under_way_is_not_interrupted_without_asking(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    going, waits = await give(crew, one, "Mitre 1", "Mitre 2")
    (loose,) = await give(crew, other, "Sarmiento 1")
    assert (await act(one, going, "iniciar")).status_code == 200
    board = await look(crew.admin)
    page = board.page

    await drag(page, card(going), column(None))
    await expect(page.locator(ASK)).to_contain_text("Repartidor 1 va en camino")
    assert await violations(page) == []
    await page.keyboard.press("Escape")
    assert (await get_ticket(crew.admin, going))["estado"] == "en_camino"

    await drag(page, card(loose), card(going), below=-40)
    await expect(page.locator(ASK)).to_contain_text("le cambia la entrega que está haciendo")
    await page.click(f"{ASK} >> text=Cancelar")
    assert await order(page, one) == [going, waits]

    await page.focus(f"{card(going)} a")
    await page.keyboard.press("m")
    await page.keyboard.type(other.me["nombre"])
    await page.keyboard.press("Enter")
    await page.click(f"{ASK} >> text=Interrumpir y mover")
    await expect(page.locator(f"{column(other)} {card(going)}:not([aria-busy])")).to_be_visible()
    assert (await get_ticket(crew.admin, going))["repartidor_id"] == other.id


async def test_the_filter_stands_in_the_url_and_what_it_hides_is_still_told(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    made = await give(crew, one, "Núñez 1", "Mitre 2")
    board = await look(crew.admin)
    page = board.page

    await page.fill("[data-campo=buscar]", "nunez")
    await expect(page.locator(card(made[1]))).to_have_count(0)
    await expect(page.locator("[data-campo=mostrando]")).to_contain_text("Mostrando 1 de 2.")
    await expect(page).to_have_url(re.compile("q=nunez"))
    await crew.shop.post_ticket(repartidor_id=one.id, cliente_direccion="Mitre 3")
    await expect(page.locator("[data-campo=mostrando]")).to_contain_text("1 nuevo oculto por el filtro.")
    await expect(page).to_have_title(re.compile(r"^\(1\) "))

    await page.reload()
    await page.wait_for_selector(LIVE)
    assert await until(lambda: _is(page, one, [made[0]]))
    await page.fill("[data-campo=buscar]", "nadie")
    await expect(page.locator(f"{column(one)} .columna-vacio")).to_have_text("Ninguno coincide.")
    assert await violations(page) == []
    await page.click("[data-accion=ver-todo]")
    await expect(page.locator(f"{column(one)} .tarjeta")).to_have_count(3)
    await page.select_option("[data-parte=repartidor]", str(crew.repartidores[1].id), force=True)
    await expect(page.locator(column(one))).to_have_count(0)


# A card without what the script alone writes: what a clock changes, and the name that is read of it.
TIMELESS = """(card) => {
  const copy = card.cloneNode(true);
  for (const name of ["edad", "plazo", "acuse", "avisarle"]) copy.querySelector(`[data-campo=${name}]`).remove();
  copy.querySelector("[data-campo=numero]").removeAttribute("aria-label");
  copy.removeAttribute("data-demorado");
  return copy.outerHTML;
}"""


async def test_the_card_of_the_server_is_the_one_that_the_script_fills(
    crew: Crew, look: Look, chromium: Browser
) -> None:
    one = crew.repartidores[0]
    ids = await _variety(crew)
    await crew.admin.ok("PATCH", f"/api/repartidores/{one.id}", {"telefono": "11 5263-5101"})
    await one.ok("POST", "/api/permisos", {"problemas": 2})
    plain = await Window.open(chromium, crew.town.ticketera.url, java_script_enabled=False)
    cookies = [{"name": n, "value": v, "url": crew.admin.url} for n, v in crew.admin.client.cookies.items()]
    await plain.context.add_cookies(cookies)  # type: ignore[arg-type]
    await plain.go("/tablero")
    board = await look(crew.admin)

    for ticket in ids:
        drawn, filled = [
            _bare(await page.locator(card(ticket)).evaluate(TIMELESS)) for page in (plain.page, board.page)
        ]
        assert drawn == filled
        before, after = [
            await page.locator(f"{card(ticket)} .acuse").bounding_box() for page in (plain.page, board.page)
        ]
        assert (before and before["height"]) == (after and after["height"]), "the card grew"
    heads = [await p.locator(f"{column(one)} header").inner_text() for p in (plain.page, board.page)]
    assert heads[0].split() == heads[1].split()
    assert "2 con problemas" in heads[1]
    # The one that nobody saw offers whom to call about it.
    await board.page.click(f"{card(ids[0])} >> text=Avisarle")
    await expect(board.page.get_by_role("link", name="Llamar a")).to_have_attribute("href", "tel:+541152635101")
    await expect(board.page.get_by_role("link", name="WhatsApp a")).to_have_attribute("href", re.compile("PED-"))
    await board.page.keyboard.press("Escape")
    await expect(board.page.locator(".avisarle:visible")).to_have_count(1)
    # A word without an end breaks nothing.
    assert await board.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wide = "(all) => all.filter((one) => one.scrollWidth > one.parentElement.clientWidth).length"
    assert await board.page.locator(".tarjeta").evaluate_all(wide) == 0
    await plain.close()


async def _variety(crew: Crew) -> list[Any]:
    """Tickets that differ in everything a card shows."""
    one = crew.repartidores[0]
    now = datetime.now(UTC)
    endless = "x" * 200
    fields: list[dict[str, Any]] = [
        {"prioridad": "urgente", "metodo_pago": "transferencia", "indicaciones": '<b>"Ojo"</b> & perro'},
        {"prioridad": "baja", "total": 12450.5, "productos": ["Arroz x2", "Fideos"], "indicaciones": ""},
        {"cliente_direccion": endless, "cliente_nombre": endless[:120], "indicaciones": endless * 5},
    ]
    made = [(await crew.shop.post_ticket(repartidor_id=one.id, **each))["ticket_id"] for each in fields]
    for minutes in (-75, 12, 300):
        entrega = {
            "franja_desde": _iso(now - timedelta(hours=3)),
            "franja_hasta": _iso(now + timedelta(minutes=minutes)),
        }
        place = {"cliente_piso": "4° B", "cliente_barrio": "Núñez"}
        made.append((await crew.shop.post_ticket(repartidor_id=one.id, **entrega, **place))["ticket_id"])
    made.append((await crew.shop.post_ticket(repartidor_id=None))["ticket_id"])
    assert (await act(one, made[1], "iniciar")).status_code == 200
    with sqlite3.connect(crew.town.db("ticketera")) as db:
        db.execute("UPDATE tickets SET asignado_en = asignado_en - 120000 WHERE id = ?", made[:1])
    return made


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:00.000Z")


def _bare(html: str) -> str:
    """Without what only the script puts there."""
    return re.sub(r"\s+", " ", re.sub(SCRIPTS_OWN, "", html)).replace("> <", "><")


async def _is(page: Page, repartidor: Any, expected: list[Any]) -> bool:
    return await order(page, repartidor) == expected
