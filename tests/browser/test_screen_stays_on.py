"""The screen stays on while somebody is on the way, and a clock that is put right on the way moves no act."""

from datetime import UTC, datetime

from playwright.async_api import expect

from tests.browser.conftest import Look
from tests.browser.windows import LIVE, OFFLINE, READY, give
from tests.people import Crew, get_ticket, until

COUNTED = """() => {
  window.pedidas = [];
  navigator.wakeLock.request = async () => {
    const lock = Object.assign(new EventTarget(), { release: async () => {} });
    window.pedidas.push(lock);
    return lock;
  };
}"""
LET_GO = """async () => {
  const letGo = () => window.pedidas.at(-1).dispatchEvent(new Event("release"));
  letGo();
  while (window.pedidas.length < 2) await new Promise((later) => setTimeout(later));
  letGo();  // and again at once, as with a low battery
  for (let turns = 0; turns < 20; turns += 1) await new Promise((later) => setTimeout(later));
  return window.pedidas.length;
}"""
CLOCK = """(() => {
  const now = Date.now, Real = Date;
  const off = () => Number(localStorage.getItem("prueba.corrido") ?? 0);
  Date.now = () => now.call(Real) + off();
})()"""

SAID = """async (name) => {
  const base = await new Promise((done) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => done(asked.result);
  });
  const acts = await new Promise((done) => {
    base.transaction("bandeja").objectStore("bandeja").getAll().onsuccess = (event) => done(event.target.result);
  });
  base.close();
  if (acts.length !== 2) throw new Error(`${acts.length} acts`);
  return acts.map(({ acto }) => acto.ocurrido_en);
}"""


async def test_a_lock_that_the_phone_lets_go_is_asked_for_again_at_once(crew: Crew, look: Look) -> None:
    await give(crew, crew.repartidores[0], "Mitre 1")
    phone = await look(crew.repartidores[0])
    await phone.page.tap("[data-accion=visto]")
    await phone.page.evaluate(COUNTED)
    await phone.page.tap(".accion")
    await phone.page.wait_for_function("() => window.pedidas.length === 1")

    assert await phone.page.evaluate(LET_GO) == 2  # it is not asked for in a circle


async def test_a_clock_put_right_without_signal_moves_no_act_over_a_reload_too(crew: Crew, look: Look) -> None:
    (ticket,) = await give(crew, crew.repartidores[0], "Mitre 1")
    phone = await look(crew.repartidores[0])
    phone.provokes(OFFLINE)
    page = phone.page
    await page.add_init_script(CLOCK)
    await page.evaluate("localStorage.setItem('prueba.corrido', -3 * 3600_000)")
    await page.reload()
    await page.wait_for_selector(LIVE)
    await page.tap("[data-accion=visto]")
    await phone.context.set_offline(True)
    await expect(page.locator(".franja")).to_contain_text("Sin señal")
    await page.evaluate("localStorage.setItem('prueba.corrido', 0)")

    before = datetime.now(UTC)
    await page.tap(".accion")
    await expect(page.locator(".accion")).to_contain_text("Llegué")
    await page.reload()
    await page.wait_for_selector(READY)
    await page.tap(".accion")
    await expect(page.locator(".accion")).to_contain_text("Entregar")
    after = datetime.now(UTC)

    for said in await page.evaluate(SAID, f"reparto-{crew.repartidores[0].id}"):
        off = (datetime.fromisoformat(said) - before).total_seconds()
        assert -5 <= off <= (after - before).total_seconds() + 5, said
    await phone.context.set_offline(False)

    async def arrived() -> bool:
        return bool((await get_ticket(crew.admin, ticket))["llego_en"])

    assert await until(arrived)
