"""Every page of dispatch draws without an error, works by forms, fits a narrow screen, and ends with its session."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Look
from tests.browser.windows import LIVE, Window, box_of
from tests.people import Crew, act, get_ticket, until
from tests.servers import PASSWORD

ADMIN_PAGES = (
    "/tablero", "/historial", "/repartidores", "/repartidores/nuevo", "/administradores", "/administradores/nuevo",
    "/caja", "/informes", "/configuracion", "/conflictos", "/cuenta",
)  # fmt: skip
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"
LONG = {
    "numero": "X" * 50, "cliente_nombre": "ñ" * 120, "cliente_direccion": "A" * 200, "indicaciones": "w" * 500,
    "total": 999_999_999.99, "metodo_pago": "m" * 50, "prioridad": "urgente",
}  # fmt: skip


async def test_every_page_draws_without_an_error(crew: Crew, look: Look) -> None:
    ticket = (await crew.shop.post_ticket(repartidor_id=crew.repartidores[0].id))["ticket_id"]
    window = await look(crew.admin)

    for path in (*ADMIN_PAGES, f"/tickets/{ticket}", f"/repartidores/{crew.repartidores[0].id}"):
        await window.go(path)
        await expect(window.page.locator("h1")).to_have_count(1)


@pytest.mark.parametrize("width", [320, 390])
async def test_the_phone_fits_a_narrow_screen_with_the_longest_texts(crew: Crew, look: Look, width: int) -> None:
    one = crew.repartidores[0]
    ticket = (await crew.shop.post_ticket(repartidor_id=one.id, **LONG))["ticket_id"]
    phone = await look(one, viewport={"width": width, "height": 640})

    assert await phone.page.evaluate(OVERFLOW) == 0
    await phone.page.tap("[data-accion=visto]")
    assert await phone.page.evaluate(OVERFLOW) == 0
    await phone.page.goto(f"{phone.url}/reparto/tickets/{ticket}")
    await phone.page.wait_for_selector(LIVE)
    await phone.page.tap(".accion")
    assert await phone.page.evaluate(OVERFLOW) == 0
    box = await box_of(phone.page, ".accion")
    assert box["height"] >= 64
    assert box["y"] + box["height"] <= 640


async def test_markup_in_a_ticket_is_text_everywhere(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    nasty = "</script><img src=x onerror=alert(1)>{{7*7}}"
    ticket = (await crew.shop.post_ticket(repartidor_id=one.id, cliente_direccion=nasty, cliente_nombre=nasty))[
        "ticket_id"
    ]
    board, phone = await look(crew.admin), await look(one)

    await expect(board.page.locator(f".tarjeta[data-id='{ticket}'] .tarjeta-direccion")).to_have_text(nasty)
    await expect(phone.page.locator(".fila.ahora .fila-direccion")).to_have_text(nasty)
    await board.go("/historial")
    await expect(board.page.locator("tbody")).to_contain_text(nasty)


async def test_a_repartidor_is_hired_works_and_leaves_their_tickets_to_somebody(crew: Crew, look: Look) -> None:
    window = await look(crew.admin)
    await window.go("/repartidores/nuevo")
    await window.page.fill("#nombre", "Nadia Ortiz")
    await window.page.fill("#email", "nadia@belgrano.test")
    await window.page.fill("#password", PASSWORD)
    await window.page.click("main form button")
    await expect(window.page.locator("main")).to_contain_text("ya puede entrar con su mail")

    people = (await crew.admin.ok("GET", "/api/repartidores"))["repartidores"]
    nadia = next(each for each in people if each["nombre"] == "Nadia Ortiz")
    ticket = (await crew.shop.post_ticket(repartidor_id=nadia["id"]))["ticket_id"]
    await window.go(f"/repartidores/{nadia['id']}")
    await window.page.select_option("#tickets_a", str(crew.repartidores[0].id))
    await window.page.click("text=Dar de baja a Nadia Ortiz")
    await expect(window.page.locator("main")).to_contain_text("Ya no puede entrar")
    assert (await get_ticket(crew.admin, ticket))["repartidor_id"] == crew.repartidores[0].id


async def test_a_form_comes_back_with_what_is_wrong(crew: Crew, look: Look) -> None:
    window = await look(crew.admin)
    window.provokes("status of 400", "status of 409")
    await window.go("/repartidores/nuevo")
    await window.page.fill("#nombre", "Otro Repartidor")
    await window.page.fill("#email", crew.repartidores[0].me["email"])
    await window.page.fill("#password", PASSWORD)
    await window.page.click("main form button")

    await expect(window.page.locator("[role=alert]").first).to_contain_text("Ese correo ya lo usa otra persona")
    assert await window.page.input_value("#nombre") == "Otro Repartidor"


async def test_settings_are_changed_in_plain_words_and_refused_by_field(crew: Crew, look: Look) -> None:
    window = await look(crew.admin)
    window.provokes("status of 400")
    await window.go("/configuracion")
    await window.page.check("input[value=manual]")
    await window.page.fill("#max_tickets_por_repartidor", "7")
    await window.page.click("main form button")
    await expect(window.page.locator("main")).to_contain_text("Guardado.")
    settings = await crew.admin.ok("GET", "/api/configuracion")
    assert (settings["modo_asignacion"], settings["max_tickets_por_repartidor"]) == ("manual", 7)

    await window.page.evaluate("document.querySelector('main form').noValidate = true")
    await window.page.fill("#minutos_respeto", "99999")
    await window.page.click("main form button")
    await expect(window.page.locator("#minutos_respeto-error")).to_be_visible()
    assert await window.page.input_value("#minutos_respeto") == "99999"


async def test_the_panel_has_its_own_address_and_back_closes_it(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    ticket = (await crew.shop.post_ticket(repartidor_id=one.id))["ticket_id"]
    assert (await act(one, ticket, "iniciar")).status_code == 200
    board = await look(crew.admin)

    await board.page.click(f".tarjeta[data-id='{ticket}']")
    await expect(board.page.locator(".historial li")).to_have_count(2)
    await expect(board.page).to_have_url(f"{board.url}/tickets/{ticket}")
    await board.page.go_back()
    await expect(board.page.locator("#panel-ticket")).to_be_hidden()
    await board.page.go_forward()
    await expect(board.page.locator("#panel-ticket")).to_be_visible()

    await board.page.click("#panel-ticket >> text=Marcar entregado")
    await board.page.click("#dialogo-actuar button.principal")
    await expect(board.page.locator("#panel-ticket [data-campo=estado]")).to_have_text("Entregado")
    assert await until(lambda: _is_delivered(crew, ticket))


async def _is_delivered(crew: Crew, ticket: int) -> bool:
    return bool((await get_ticket(crew.admin, ticket))["estado"] == "entregado")


async def test_a_session_that_ends_is_said_at_once_on_every_open_page(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    board, phone = await look(crew.admin), await look(one)
    for window in (board, phone):
        window.provokes("status of 401", "WebSocket connection")

    await crew.admins[1].ok("PATCH", f"/api/repartidores/{one.id}", {"activo": False})
    await expect(phone.page.locator(".franja")).to_contain_text("Tu sesión venció")
    await board.page.click(".persona summary")
    other = await board.context.new_page()
    await other.goto(board.url + "/cuenta")
    await other.evaluate("fetch('/api/sesion', {method: 'DELETE'})")
    await expect(board.page.locator("[data-banda]")).to_contain_text("Tu sesión venció")


async def test_searching_and_counters_show_what_matches_and_stand_in_the_address(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    for name in ("Íñigo Sosa", "Íñigo Núñez", "Ana Núñez"):
        await crew.shop.post_ticket(repartidor_id=one.id, cliente_nombre=name)
    board = await look(crew.admin)

    await board.page.fill("[data-campo=buscar]", "inigo nunez")

    await expect(board.page.locator(".tarjeta")).to_have_count(1)
    await expect(board.page.locator("[data-campo=mostrando]")).to_contain_text("Mostrando 1 de 3.")
    await board.page.reload()
    await expect(board.page.locator(".tarjeta")).to_have_count(1)
    await board.page.click("text=Ver todo")
    await expect(board.page.locator(".tarjeta")).to_have_count(3)


async def test_login_says_the_same_for_an_unknown_address_and_a_wrong_password(crew: Crew, look: Look) -> None:
    window = await look(crew.admin)
    window.provokes("status of 401")
    said = []
    for email in (crew.admin.me["email"], "nadie@belgrano.test"):
        fresh = await Window.open(window.context.browser, window.url)  # type: ignore[arg-type]
        await fresh.go("/login")
        await fresh.page.fill("#email", email)
        await fresh.page.fill("#password", "otra-cosa-larga")
        await fresh.page.click("button.principal")
        said.append(await fresh.page.inner_text("[role=alert].aviso"))
        assert await fresh.page.input_value("#email") == email
        await fresh.close()

    assert said[0] == said[1]
