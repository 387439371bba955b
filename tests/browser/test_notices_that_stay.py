"""What a repartidor must read stays until it was read: on top of everything, all of it, over a page loaded anew."""

import re

from playwright.async_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.windows import AT_REST, LIVE, OFFLINE, READY, REFUSED, give
from tests.people import Crew, Person, get_ticket, move
from tests.people import body as json_of

ON_TOP = """(what) => [...document.querySelectorAll(what)].filter((one) => one.checkVisibility()).map((one) => {
  const { left, top, width, height } = one.getBoundingClientRect();
  const seen = document.elementFromPoint(left + width / 2, top + height / 2);
  return one === seen || one.contains(seen) || (seen?.contains(one) ?? false);
})"""


async def test_every_delivery_of_a_ticket_that_moved_meanwhile_is_told_and_stays_until_it_was_read(
    crew: Crew, look: Look
) -> None:
    one, other = crew.repartidores
    made = await give(crew, one, *(f"Mitre {n}" for n in range(1, 9)))
    phone = await look(one)
    phone.provokes(OFFLINE, REFUSED)
    page = phone.page
    await page.tap("[data-accion=visto]")
    await phone.context.set_offline(True)
    for n in range(1, 6):
        await deliver(page, n)
    await give_to(crew, other, *made[:5])
    for id_ in made[5:]:
        known = await get_ticket(crew.admin, id_)
        changed = {"version": known["version"], "cliente_direccion": f"Alsina {id_}"}
        await crew.admin.ok("PATCH", f"/api/tickets/{id_}", changed)
    numeros = [(await get_ticket(crew.admin, id_))["numero"] for id_ in made]
    await phone.context.set_offline(False)

    for _ in range(2):
        await expect(page.locator(".aviso-fijo li")).to_have_count(8)
        for n, numero in enumerate(numeros):
            said = "Tu entrega quedó registrada: la central la revisa." if n < 5 else "Cambió la dirección"
            await expect(page.locator(".aviso-fijo li", has_text=numero)).to_contain_text(said)
        await expect(page.locator(".aviso-fijo h2").filter(has_text="5 avisos")).to_be_visible()
        await page.reload()
        await page.wait_for_selector(LIVE)

    refused = page.locator(".aviso-fijo", has_text="5 avisos de lo que hiciste")
    await refused.get_by_role("button", name="Entendido").tap()
    await expect(page.locator(".aviso-fijo li")).to_have_count(3)
    await phone.context.set_offline(True)
    await page.reload()
    await page.wait_for_selector(READY)
    await expect(page.locator(".aviso-fijo li")).to_have_count(3)


async def test_what_passes_by_itself_lies_over_nothing_that_stays(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    made = await give(crew, one, "Mitre 1", "Mitre 2", "Mitre 3")
    phone = await look(one)
    phone.provokes(OFFLINE)
    page = phone.page
    await page.tap("[data-accion=visto]")
    await page.tap("[data-pestana=mas]")
    await page.evaluate("window.setTimeout = () => 0")  # what passes takes its time
    await page.tap("[data-accion=actualizar]")
    await expect(page.locator(".nota")).to_have_text(re.compile("Estás al día."))
    await give_to(crew, other, made[1])
    await expect(page.locator(".aviso-fijo li")).to_contain_text("No vayas.")
    await page.tap("[data-pestana=recorrido]")
    await phone.context.set_offline(True)
    await page.tap("text=Terminar turno")
    await page.tap("text=Terminar igual")
    await expect(page.locator(".nota.error")).to_contain_text("Sin señal")

    await page.evaluate(AT_REST)
    assert await page.locator(".nota").count() == 2
    assert all(await page.evaluate(ON_TOP, ".nota, .aviso-fijo, .accion"))
    assert await page.evaluate(OVERLAP) == []


OVERLAP = """() => {
  const boxes = (what) => [...document.querySelectorAll(what)].filter((one) => one.checkVisibility())
    .map((one) => [one.className, one.getBoundingClientRect()]);
  const over = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return boxes("#avisos-noticias .nota").flatMap(([, a]) => boxes(".nota.error, .aviso-fijo, .accion")
    .filter(([, b]) => over(a, b)).map(([name]) => name));
}"""


async def test_what_is_out_of_sight_is_counted_in_the_strip(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    made = await give(crew, one, *(f"Mitre {n}" for n in range(1, 13)))
    phone = await look(one)
    page = phone.page
    await page.tap("[data-accion=visto]")
    await page.evaluate("scrollTo(0, document.body.scrollHeight)")

    await give_to(crew, other, made[0], made[1])

    count = page.locator("[data-campo=porLeer]")
    await expect(count).to_have_text("2 avisos sin leer")
    await count.tap()
    await expect(count).to_be_hidden()
    await expect(page.locator(".aviso-fijo")).to_be_in_viewport()


async def test_a_ticket_that_comes_back_is_not_said_to_be_gone(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    (ticket,) = await give(crew, one, "Mitre 1")
    phone = await look(one)
    await phone.page.tap("[data-accion=visto]")
    await give_to(crew, other, ticket)
    await expect(phone.page.locator(".aviso-fijo")).to_contain_text("No vayas.")

    await give_to(crew, one, ticket)

    await expect(phone.page.locator("#hoja-nuevos")).to_contain_text("Mitre 1")
    await expect(phone.page.locator(".aviso-fijo")).to_have_count(0)


async def test_what_cannot_be_taken_back_any_more_is_not_offered(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    made = await give(crew, one, "Mitre 1", "Mitre 2")
    phone = await look(one)
    phone.provokes(REFUSED)
    page, bar = phone.page, phone.page.locator(".deshacer")
    await page.tap("[data-accion=visto]")

    await page.tap(".accion")
    await expect(bar).to_contain_text("Saliste: Mitre 1")
    await expect(page.locator(".franja [role=status]")).to_have_text("En línea")
    await give_to(crew, other, made[0])
    await expect(bar).to_be_hidden()

    await page.tap(".accion")
    await expect(bar).to_contain_text("Saliste: Mitre 2")
    await crew.admin.ok("PATCH", f"/api/repartidores/{one.id}", {"en_turno": False})
    await expect(bar).to_be_hidden()


async def test_a_delivery_that_the_central_reviews_is_nowhere_to_go_until_it_is_given_back(
    crew: Crew, look: Look
) -> None:
    one = crew.repartidores[0]
    await crew.admin.ok("PATCH", "/api/configuracion", {"prueba_foto": "obligatoria"})
    await give(crew, one, "Cuba 3516")
    phone = await look(one)
    phone.provokes(REFUSED)
    page = phone.page
    await page.tap("[data-accion=ver]")
    await page.tap("text=Ya lo entregué")
    for _ in range(2):
        await page.tap("#hoja-entregar [data-campo=confirmar]")

    reviewed = page.locator("[data-campo=revision] .fila")
    await expect(reviewed).to_contain_text("Cuba 3516")
    await expect(page.locator(".fila.ahora")).to_be_hidden()
    await expect(page.locator(".accion")).to_be_hidden()
    await reviewed.locator("a").tap()
    await expect(page.locator("[data-campo=dRevision]")).to_contain_text("la central decide")
    for gone in (".accion", "[data-campo=noPude]"):
        await expect(page.locator(gone)).to_be_hidden()

    (conflicto,) = (await crew.admin.ok("GET", "/api/conflictos"))["conflictos"]
    json_of(await crew.admin.post(f"/api/conflictos/{conflicto['id']}", {"decision": "descartar"}))
    await page.reload()
    await page.wait_for_selector(LIVE)
    await expect(page.locator(".accion")).to_contain_text("Salgo para allá")


async def deliver(page: Page, number: int) -> None:
    await page.tap(f".fila.ahora:has-text('Mitre {number}') a")
    await page.tap("text=Ya lo entregué")
    await page.tap("#hoja-entregar [data-campo=confirmar]")
    await expect(page.locator("#hoja-entregar")).to_be_hidden()


async def give_to(crew: Crew, to: Person, *tickets: int) -> None:
    for id_ in tickets:
        answer = await move(crew.admin, [await get_ticket(crew.admin, id_)], to.id)
        assert answer.status_code == 200, answer.text
