"""A phone without signal goes on working; what it did arrives in order with its times, and so does what it missed."""

import asyncio
from datetime import datetime

from playwright.async_api import expect

from tests.browser.conftest import Look
from tests.browser.windows import LIVE, OFFLINE, card, column, give
from tests.people import Crew, every_ticket, get_ticket, move, until
from tests.servers import Servers


async def test_deliveries_made_without_signal_arrive_once_in_order_with_their_times(
    town: Servers, crew: Crew, look: Look
) -> None:
    one = crew.repartidores[0]
    made = await give(crew, one, "Mitre 1", "Mitre 2", "Mitre 3", "Mitre 4")
    phone = await look(one)
    phone.provokes(OFFLINE)
    await phone.page.tap("[data-accion=visto]")
    await phone.context.set_offline(True)
    await expect(phone.page.locator(".franja")).to_contain_text("Sin señal")

    for n in range(3):
        for accion in ("Salgo para allá", "Llegué", "Entregar"):
            await phone.page.tap(f".accion >> text={accion}")
        await phone.page.tap("#hoja-entregar button.principal")
        await expect(phone.page.locator(".franja")).to_contain_text(f"Sin señal · {3 * (n + 1)} por enviar")
    await asyncio.to_thread(town.ticketera.kill)
    await asyncio.to_thread(town.ticketera.start)
    await asyncio.sleep(1)
    await phone.context.set_offline(False)

    await phone.page.wait_for_selector(LIVE)
    await expect(phone.page.locator(".franja [role=status]")).to_have_text("En línea")
    closed = []
    for ticket in made[:3]:
        known = await get_ticket(crew.admin, ticket)
        assert [each["que"] for each in known["historial"]] == ["creado", "iniciar", "llegar", "entregar"]
        closed.append(known["cerrado_en"])
        arrived = known["historial"][-1]
        assert _ms(arrived["en"]) - _ms(arrived["ocurrido_en"]) > 900, "the time of arrival, not of the delivery"
    assert closed == sorted(closed)
    assert (await get_ticket(crew.admin, made[3]))["estado"] == "asignado"


async def test_acts_survive_a_page_that_was_closed(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    ticket = (await crew.shop.post_ticket(repartidor_id=one.id))["ticket_id"]
    phone = await look(one)
    phone.provokes(OFFLINE)
    await phone.page.tap("[data-accion=visto]")
    await phone.context.set_offline(True)
    await phone.page.tap(".accion")
    await expect(phone.page.locator(".franja")).to_contain_text("1 por enviar")
    # A page that Playwright closes is online once more for a moment: it must not use it.
    await phone.intercept("**/acciones", lambda route: route.abort())
    await phone.page.close()
    await phone.context.unroute("**/acciones")
    await phone.context.set_offline(False)
    assert (await get_ticket(crew.admin, ticket))["estado"] == "asignado"

    await phone.new_page()
    await phone.go("/reparto")

    await expect(phone.page.locator(".fila.ahora")).to_contain_text("En camino")
    assert await until(lambda: _is_under_way(crew, ticket))
    await expect(phone.page.locator(".franja")).to_contain_text("En línea")


async def _is_under_way(crew: Crew, ticket: int) -> bool:
    return bool((await get_ticket(crew.admin, ticket))["estado"] == "en_camino")


async def test_a_phone_sees_what_came_and_went_while_it_was_away(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    stays, goes = await give(crew, one, "Mitre 1", "Mitre 2")
    phone = await look(one)
    phone.provokes(OFFLINE)
    await phone.page.tap("[data-accion=visto]")
    await phone.context.set_offline(True)

    await move(crew.admin, [await get_ticket(crew.admin, goes)], other.id)
    await crew.shop.post_ticket(repartidor_id=one.id, cliente_direccion="Alsina 640")
    await crew.admin.ok("PATCH", f"/api/tickets/{stays}", {"version": 1, "indicaciones": "Timbre roto"})
    await phone.context.set_offline(False)

    await expect(phone.page.locator("#hoja-nuevos")).to_contain_text("Alsina 640")
    notices = phone.page.locator(".avisos-fijos")
    await expect(notices).to_contain_text("Mitre 2 ya no es tuyo")
    await expect(notices).to_contain_text("Cambiaron las indicaciones: Timbre 2B → Timbre roto")
    await phone.page.tap("[data-accion=visto]")
    await expect(phone.page.locator(".fila:visible")).to_have_count(2)


async def test_a_browser_that_keeps_nothing_says_so_and_works(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    ticket = (await crew.shop.post_ticket(repartidor_id=one.id))["ticket_id"]
    phone = await look(one)
    await phone.context.add_init_script("indexedDB.open = () => { throw new DOMException('no', 'SecurityError') }")
    await phone.go("/reparto")
    await phone.page.wait_for_selector(LIVE)
    await expect(phone.page.locator(".aviso-fijo")).to_contain_text("Este navegador no guarda nada")

    await phone.page.tap("[data-accion=visto]")
    await phone.page.tap(".accion")

    assert await until(lambda: _is_under_way(crew, ticket))
    await expect(phone.page.locator(".franja [role=status]")).to_have_text("En línea")


async def test_a_board_says_that_the_server_is_away_and_catches_up_by_itself(
    town: Servers, crew: Crew, look: Look
) -> None:
    board = await look(crew.admin)
    board.provokes(OFFLINE)
    await asyncio.to_thread(town.ticketera.stop)
    await expect(board.page.locator("[data-banda]")).to_contain_text("Sin conexión con el servidor")

    await asyncio.to_thread(town.ticketera.start)
    made = (await crew.shop.post_ticket(repartidor_id=crew.repartidores[1].id))["ticket_id"]

    await expect(board.page.locator(f"{column(crew.repartidores[1])} {card(made)}")).to_be_visible(timeout=15_000)
    await expect(board.page.locator("[data-banda]")).to_be_hidden()
    assert len(await every_ticket(crew.admin)) == 1


def _ms(iso: str) -> float:
    return datetime.fromisoformat(iso).timestamp() * 1000
