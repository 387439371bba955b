"""The phone as something installed: it opens without signal, loses nothing when it is killed, is renewed by a tap."""

import asyncio
import re
from datetime import datetime

from playwright.async_api import Browser, Page, Route, expect

from tests.browser.conftest import Look
from tests.browser.windows import LIVE, OFFLINE, READY, Window, give
from tests.people import Crew, Json, Person, every_ticket, get_ticket, until
from tests.servers import PASSWORD, Servers

KEPT = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) texts.push(request.url + " " + await (await cache.match(request)).text());
  }
  return texts;
}"""


async def test_twenty_deliveries_without_signal_over_a_killed_tab_and_a_restarted_server(
    town: Servers, crew: Crew, look: Look
) -> None:
    one = crew.repartidores[0]
    await crew.admin.ok("PATCH", "/api/configuracion", {"max_tickets_por_repartidor": 50})
    made = await give(crew, one, *(f"Mitre {n}" for n in range(1, 22)))
    phone = await look(one)
    phone.provokes(OFFLINE, "status of 5")
    await phone.page.tap("[data-accion=visto]")
    kept = await phone.page.evaluate(KEPT)
    assert all(any(what in each for each in kept) for what in ("/reparto/cascara", "/reparto-", "/socket-"))
    assert not any(word in each for each in kept for word in ("Mitre", one.me["nombre"], one.me["email"]))

    await asyncio.to_thread(town.ticketera.kill)
    for n in range(10):
        await deliver(phone.page, n + 1)
    await expect(phone.page.locator(".franja")).to_contain_text("10 por enviar")
    await reopen(phone)
    await expect(phone.page.locator(".fila.ahora .fila-direccion")).to_have_text("Mitre 11")
    await expect(phone.page.locator(".franja")).to_contain_text("10 por enviar")
    for n in range(10, 20):
        await deliver(phone.page, n + 1)
    await asyncio.to_thread(town.ticketera.start)

    await phone.page.wait_for_selector(LIVE)
    await expect(phone.page.locator(".franja [role=status]")).to_have_text("En línea")
    closed = [await get_ticket(crew.admin, ticket) for ticket in made[:20]]
    assert [[each["que"] for each in t["historial"]] for t in closed] == [["creado", "entregar"]] * 20
    times = [datetime.fromisoformat(t["cerrado_en"]) for t in closed]
    assert times == sorted(times)
    last = closed[-1]["historial"][-1]
    assert datetime.fromisoformat(last["en"]) > datetime.fromisoformat(last["ocurrido_en"]), (
        "when it was done, not sent"
    )
    assert (await get_ticket(crew.admin, made[20]))["estado"] == "asignado"
    assert len(await every_ticket(crew.admin)) == 21


async def deliver(page: Page, number: int) -> None:
    await page.tap(f".fila.ahora:has-text('Mitre {number}') a")
    await page.tap("text=Ya lo entregué")
    await page.tap("#hoja-entregar [data-campo=confirmar]")
    await expect(page.locator("#hoja-entregar")).to_be_hidden()


async def reopen(phone: Window) -> None:
    """The tab is killed, and opened again."""
    await phone.page.close()
    await phone.new_page()
    await phone.page.goto(f"{phone.url}/reparto")
    await phone.page.wait_for_selector(READY)


async def test_a_new_version_waits_for_a_tap_and_for_what_is_unsent(crew: Crew, chromium: Browser) -> None:
    one = crew.repartidores[0]
    await give(crew, one, "Mitre 1")
    phone = await yesterdays(chromium, one, page_too=True)
    phone.provokes(OFFLINE)
    await phone.page.tap("[data-accion=ver]")
    await phone.intercept("**/acciones", lambda route: route.abort())
    await phone.page.tap(".accion")
    await expect(phone.page.locator(".franja")).to_contain_text("Enviando 1…")

    await phone.page.tap("[data-pestana=mas]")
    await phone.page.tap("[data-accion=actualizar]")
    await phone.page.tap("[data-clave=version] >> text=Actualizar")
    await expect(phone.page.locator(".nota.error")).to_contain_text("Se actualiza cuando esté todo enviado.")
    await phone.context.unroute_all()
    await phone.page.evaluate("dispatchEvent(new Event('online'))")
    await expect(phone.page.locator(".franja [role=status]")).to_have_text("En línea")
    async with phone.page.expect_navigation():
        await phone.page.tap("[data-clave=version] >> text=Actualizar")

    await phone.page.wait_for_selector(LIVE)
    assert await until(lambda: is_renewed(phone.page))
    await phone.close()
    phone.check()


async def test_a_worker_of_yesterday_whose_files_are_gone_lets_the_page_of_today_in(
    crew: Crew, chromium: Browser
) -> None:
    phone = await yesterdays(chromium, crew.repartidores[0], page_too=False)
    await phone.page.evaluate(LOSE_A_FILE)

    await phone.page.reload()

    await phone.page.wait_for_selector(LIVE)
    assert await until(lambda: is_renewed(phone.page))
    await expect(phone.page.locator("[data-clave=version]")).to_have_count(0)
    await phone.close()
    phone.check()


LOSE_A_FILE = """async () => {
  const cache = await caches.open("reparto-yesterday");
  for (const request of await cache.keys()) if (request.url.endsWith(".js")) await cache.delete(request);
}"""


async def yesterdays(chromium: Browser, person: Person, *, page_too: bool) -> Window:
    """A phone whose service worker, and with `page_too` its page, came before the server was renewed."""
    phone = await Window.open(chromium, person.url, phone=True)
    await phone.context.route("**/sw.js", as_yesterday)
    if page_too:
        await phone.context.route("**/reparto/cascara", as_yesterday)
    await phone.enter(person)
    assert await phone.page.evaluate("caches.keys()") == ["reparto-yesterday"]
    if page_too:
        await phone.context.route(re.compile(r"/reparto$"), as_yesterday)
        await phone.go("/reparto")
        await phone.page.wait_for_selector(LIVE)
    return phone


async def as_yesterday(route: Route) -> None:
    answer = await route.fetch()
    text = re.sub(r'"version": ?"\w+"', '"version":"yesterday"', await answer.text(), count=1)
    await route.fulfill(response=answer, body=text)


async def is_renewed(page: Page) -> bool:
    names = await page.evaluate("caches.keys()")
    return len(names) == 1 and names != ["reparto-yesterday"]


async def test_whoever_comes_next_sees_and_sends_nothing_of_the_one_before(
    town: Servers, crew: Crew, look: Look
) -> None:
    one, other = crew.repartidores
    (ticket,) = await give(crew, one, "Mitre 1")
    phone = await look(one)
    phone.provokes(OFFLINE, "status of 401", "status of 5")
    await phone.page.tap("[data-accion=ver]")
    await phone.intercept("**/acciones", lambda route: route.abort())
    await phone.page.tap(".accion")
    await expect(phone.page.locator(".franja")).to_contain_text("Enviando 1…")

    await crew.admin.ok("PATCH", f"/api/repartidores/{one.id}", {"password": PASSWORD + "x"})
    await expect(phone.page.locator(".franja")).to_contain_text("Lo que falta enviar (1) sigue guardado.")
    await expect(phone.page.locator(".fila:visible")).to_have_count(0)
    assert await until(lambda: holds(phone.page, one, {"estado": 0, "bandeja": 1}))
    await phone.context.unroute("**/acciones")

    await phone.enter(other)
    await expect(phone.page.locator(".franja [role=status]")).to_have_text("En línea")
    await asyncio.to_thread(town.ticketera.kill)
    await reopen(phone)
    await expect(phone.page.locator("[data-campo=vacioTexto]")).to_contain_text("No tenés tickets")
    await asyncio.to_thread(town.ticketera.start)
    await phone.page.wait_for_selector(LIVE)
    assert (await get_ticket(crew.admin, ticket))["estado"] == "asignado"
    await phone.page.tap("[data-pestana=mas]")
    async with phone.page.expect_navigation():
        await phone.page.tap("[data-salir] button")
    assert await until(lambda: holds(phone.page, other, NOTHING))

    await phone.enter(one, PASSWORD + "x")
    assert await until(lambda: is_under_way(crew, ticket))


async def test_whoever_logs_in_over_a_slow_line_never_sees_the_day_of_the_one_before(crew: Crew, look: Look) -> None:
    one, other = crew.repartidores
    await give(crew, one, "Mitre 1")
    phone = await look(one)
    page = phone.page
    phone.provokes("ERR_ABORTED")  # what is under way when it goes to a page that is asked of nobody
    await page.goto("about:blank")
    await phone.context.clear_cookies()
    await phone.go("/login")
    await page.fill("#email", other.me["email"])
    await page.fill("#password", PASSWORD)
    line = await phone.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 900, "downloadThroughput": -1, "uploadThroughput": -1}
    await line.send("Network.emulateNetworkConditions", slow)
    await page.click("form[action='/login'] button", no_wait_after=True)

    await page.wait_for_url("**/reparto")
    assert "Mitre" not in await page.inner_text("body")
    await page.wait_for_selector(LIVE)
    assert await until(lambda: holds(page, one, NOTHING))


STORED = """async (name) => {
  const base = await new Promise((done, failed) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const count = (store) => new Promise((done) => {
    base.transaction(store).objectStore(store).count().onsuccess = (event) => done(event.target.result);
  });
  const counted = { estado: await count("estado"), bandeja: await count("bandeja") };
  base.close();
  return counted;
}"""


NOTHING = {"estado": 0, "bandeja": 0}


async def holds(page: Page, person: Person, expected: Json) -> bool:
    """Whether the phone has just so many things of this person's on its disk."""
    return bool(await page.evaluate(STORED, f"reparto-{person.id}") == expected)


# The server knows this phone as the one that the person goes on with: it has reported itself, and after any other.
IS_THE_ONE = """async () => {
  const { telefono } = await (await fetch("/api/permisos")).json();
  return telefono === JSON.parse(localStorage.getItem("reparto.telefono"));
}"""


async def is_under_way(crew: Crew, ticket: int) -> bool:
    return bool((await get_ticket(crew.admin, ticket))["estado"] == "en_camino")


async def test_the_position_is_asked_for_in_context_and_ends_with_the_turno(crew: Crew, look: Look) -> None:
    one = crew.repartidores[0]
    (ticket,) = await give(crew, one, "Mitre 1")
    place = {"latitude": -34.56, "longitude": -58.45, "accuracy": 12}
    phone = await look(one, geolocation=place, permissions=["geolocation"])
    assert await until(lambda: phone.page.evaluate(IS_THE_ONE))
    second = await look(one)
    assert await until(lambda: second.page.evaluate(IS_THE_ONE))
    await phone.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await expect(phone.page.locator("[data-clave=otro-telefono]")).to_contain_text("en otro teléfono")
    await phone.page.tap("[data-accion=ver]")
    await phone.page.tap("[data-clave=otro-telefono] >> text=Seguir acá")
    assert await where(crew, one) is None

    await phone.page.tap(".accion")
    await phone.page.tap("text=Prender ubicación")
    assert await until(lambda: where(crew, one))
    found = await where(crew, one)
    assert found is not None
    assert [float(found[each]) for each in ("lat", "lng", "precision_m")] == [-34.56, -58.45, 12]
    await phone.page.tap("[data-pestana=mas]")
    await expect(phone.page.locator("[data-campo=mUbicacion]")).to_contain_text("Encendida")
    await expect(second.page.locator(".fila.ahora")).to_contain_text("En camino")

    await crew.admin.ok("PATCH", f"/api/tickets/{ticket}", {"version": 2, "cliente_direccion": "Alsina 640"})
    changed = phone.page.locator(f"[data-clave=ticket-{ticket}]")
    await expect(changed).to_contain_text("Cambió la dirección: Mitre 1 → Alsina 640")
    await expect(changed).to_have_class(re.compile("grave"))
    await phone.page.tap("[data-pestana=recorrido]")
    await phone.page.tap("text=Terminar turno")
    await phone.page.tap("text=Terminar igual")
    await phone.page.tap("[data-pestana=mas]")
    await expect(phone.page.locator("[data-campo=mUbicacion]")).to_contain_text("Se prende con el turno")


async def where(crew: Crew, person: Person) -> Json | None:
    (row,) = [r for r in (await crew.admin.ok("GET", "/api/repartidores"))["repartidores"] if r["id"] == person.id]
    found: Json | None = row["ubicacion"]
    return found


async def test_what_the_server_would_never_take_is_kept_until_the_central_was_told(crew: Crew, look: Look) -> None:
    await crew.admin.ok("PATCH", "/api/configuracion", {"central": "11 4555-0000"})
    await give(crew, crew.repartidores[0], "Mitre 1")
    phone = await look(crew.repartidores[0])
    phone.provokes("status of 422")
    await phone.page.tap("[data-accion=ver]")
    await phone.intercept("**/acciones", never)
    await phone.page.tap("text=Ya lo entregué")
    await phone.page.tap("#hoja-entregar [data-campo=confirmar]")
    await phone.page.tap("[data-clave=problemas] >> text=Ver")
    await phone.page.reload()

    one = phone.page.locator(".problemas .caja")
    await expect(one).to_contain_text("no se pudo registrar la entrega de las")
    await expect(one.locator("a")).to_have_attribute("href", re.compile(r"^https://wa\.me/5491145550000\?text=PED-"))
    assert await until(lambda: has_problems(crew, 1))
    await one.locator("button").tap()
    await expect(phone.page.locator(".problemas")).to_be_hidden()
    assert await until(lambda: has_problems(crew, 0))


async def has_problems(crew: Crew, number: int) -> bool:
    told = (await crew.admin.ok("GET", "/api/repartidores"))["repartidores"]
    page = (await crew.admin.get("/repartidores")).text
    return ("con problemas" in page) == bool(number) and number in [each["permisos"].get("problemas") for each in told]


async def never(route: Route) -> None:
    problem = {"detail": "Esa clave ya se usó con otro contenido.", "codigo": "clave_con_otro_contenido"}
    await route.fulfill(status=422, json=problem)
