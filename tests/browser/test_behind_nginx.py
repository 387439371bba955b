"""Production as it is meant: nginx with TLS and our configuration in front of both apps, which talk through it, too.

An authority that only they were told of (SSL_CERT_FILE) has signed for it; browsers take its key and no other.
"""

import ssl
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.conftest import CUSTOMER
from tests.browser.windows import Window, launch
from tests.deploy.proxy import DISPATCH, SHOP, Authority, new_authority, proxy
from tests.people import Person
from tests.servers import PASSWORD, Servers

CHEF, DRIVER = "jefa@belgrano.test", "reparto@belgrano.test"


class Site:
    """Two apps in production, behind nginx."""

    def __init__(self, town: Servers, authority: Authority, folder: Path, ports: tuple[int, int]) -> None:
        self.town, self.authority, self.folder = town, authority, folder
        self.http, self.https = ports
        self.shop, self.dispatch = (f"https://{name}:{self.https}" for name in (SHOP, DISPATCH))

    @property
    def logged(self) -> str:
        return (self.folder / "belgrano.log").read_text() + (self.folder / "belgrano-error.log").read_text()

    def ask(self, name: str, path: str, *, tls: bool = True) -> httpx.Response:
        """An answer of nginx to somebody who looked this name up, trusting the authority alone."""
        port = self.https if tls else self.http
        with httpx.Client(verify=ssl.create_default_context(cafile=self.authority.ca), trust_env=False) as client:
            return client.request(
                "GET", f"{'https' if tls else 'http'}://127.0.0.1:{port}{path}",
                headers={"Host": name}, extensions={"sni_hostname": name}, timeout=30,
            )  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    authority = new_authority(tmp_path)
    with Servers(BELGRANO_ENV="production") as town:
        apps = {"ahorro": town.ahorro.port, "ticketera": town.ticketera.port}
        with proxy(tmp_path, authority, apps) as ports:
            site = Site(town, authority, tmp_path, ports)
            town.env |= {
                "BELGRANO_TRUSTED_PROXIES": "1",
                "SSL_CERT_FILE": str(authority.ca),
                "AHORRO_PUBLIC_URL": site.shop,
                "TICKETS_PUBLIC_URL": site.dispatch,
                "TICKETERA_PUBLIC_URL": site.dispatch,
                "TICKETERA_URL": f"https://localhost:{site.https}",
                "BELGRANO_AHORRO_URL": f"https://127.0.0.1:{site.https}",
            }
            town.catalogue()
            town.create_user("ahorro", "cliente", CUSTOMER, "Ana Clienta")
            town.create_user("ticketera", "admin", CHEF, "Jefa Álvarez")
            town.create_user("ticketera", "repartidor", DRIVER, "Repartidor Uno")
            town.start()
            yield site


@pytest.fixture
async def outside(site: Site) -> AsyncIterator[Browser]:
    """A browser that looks the names up and finds nginx."""
    async with async_playwright() as playwright:
        browser = await launch(
            playwright,
            f"--host-resolver-rules=MAP {SHOP} 127.0.0.1,MAP {DISPATCH} 127.0.0.1",
            f"--ignore-certificate-errors-spki-list={site.authority.spki}",
        )
        yield browser
        await browser.close()


async def come_in(browser: Browser, url: str, email: str, *, phone: bool = False) -> Window:
    """The window of an account that is there; its websockets are listed in `sockets`."""
    window = await Window.open(browser, url, phone=phone)
    window.sockets = []  # type: ignore[attr-defined]
    window.page.on("websocket", lambda socket: window.sockets.append(socket.url))  # type: ignore[attr-defined]
    person = Person(url)
    person.me = {"email": email}
    await window.enter(person)
    await person.close()
    return window


async def test_an_order_is_bought_dispatched_and_delivered_through_nginx(site: Site, outside: Browser) -> None:
    board = await come_in(outside, site.dispatch, CHEF)
    phone = await come_in(outside, site.dispatch, DRIVER, phone=True)
    await phone.page.tap(".accion")
    customer = await Window.open(outside, site.shop)
    await customer.go("/login?volver=/productos")
    await customer.page.fill("#email", CUSTOMER)
    await customer.page.fill("#password", PASSWORD)
    await customer.page.click("form[action='/login'] button")
    await customer.page.click("form.agregar button >> nth=0")
    await expect(customer.page.locator("[data-carrito-unidades]")).to_have_text("1")
    await customer.go("/checkout")
    await customer.page.fill("#calle", "Av. Cabildo")
    await customer.page.fill("#altura", "2042")
    await customer.page.fill("#telefono", "11 5555-1234")
    await customer.page.check("input[name=metodo_pago] >> nth=0")
    await customer.page.click("#form-checkout button[type=submit]")
    await expect(customer.page.locator("h1")).to_contain_text("Recibimos tu pedido")
    tracking = await customer.page.locator("a[href*='/seguir/']").first.get_attribute("href")

    await expect(phone.page.locator("#hoja-nuevos")).to_contain_text("Av. Cabildo 2042")
    await phone.page.tap("[data-accion=visto]")
    await phone.page.tap(".accion >> text=Salgo para allá")
    await expect(board.page.locator(".tarjeta")).to_contain_text("En camino")
    await phone.page.tap(".accion >> text=Llegué")
    await phone.page.tap(".accion >> text=Entregar")
    await phone.page.tap("#hoja-entregar button.principal")
    await expect(board.page.locator("[data-filtro=entregado] b")).to_have_text("1")
    await customer.go("/pedidos")
    await expect(customer.page.locator("main")).to_contain_text("Entregado")

    wss = f"wss://{DISPATCH}:{site.https}/socket.io/"
    assert [len(w.sockets) for w in (board, phone)] == [1, 1]  # type: ignore[attr-defined]
    assert all(url.startswith(wss) for w in (board, phone) for url in w.sockets)  # type: ignore[attr-defined]
    for window in (board, phone, customer):
        cookies = {cookie["name"]: cookie for cookie in await window.context.cookies()}
        (name,) = (each for each in cookies if each.startswith("__Host-"))
        assert cookies[name]["secure"]
        assert cookies[name]["httpOnly"]
        await window.close()
        window.check()
    assert tracking
    told_of_nobody(site, tracking)


def told_of_nobody(site: Site, tracking: str) -> None:
    """Who has a link's address comes in by it: nginx writes none of them down, and what else is asked for it does."""
    path = tracking.removeprefix(site.dispatch)
    assert site.ask(DISPATCH, path).status_code == 200
    assert site.ask(SHOP, path, tls=False).headers["location"] == f"https://{SHOP}:{site.https}{path}"
    site.ask(DISPATCH, "/invitacion/un-secreto")
    site.ask(SHOP, "/nueva-contrasena?token=un-secreto")
    site.ask(SHOP, "/invitacion?x=1&token=un-secreto")
    assert site.ask(SHOP, "/productos").headers["strict-transport-security"]

    site.town.ahorro.stop()
    away = [site.ask(SHOP, each) for each in ("/productos", "/nueva-contrasena?token=un-secreto")]

    assert [answer.status_code for answer in away] == [503, 503]
    assert "Ya volvemos" in away[0].text
    assert away[0].headers["retry-after"]
    assert path.rpartition("/")[2] not in site.logged
    assert "un-secreto" not in site.logged
    assert '"GET /productos HTTP/1.1" 200' in site.logged
