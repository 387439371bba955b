"""Where somebody is logged in: seen, and closed one by one or all the others, at once."""

import asyncio

import pytest

from ahorro.actions.cuentas import cambiar_password, entrar_por_password
from ahorro.domain.equipo import equipo_de
from ahorro.domain.errors import CredencialInvalida
from ahorro.store.cuentas import select_usuario
from belgrano.accounts.sessions import end_sessions_of
from belgrano.http.house import HOUSE
from belgrano.operator.database import opened
from tests.ahorro.cast import PASSWORD, ShopApp, Visitor

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36"
)
MAC = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15"
)
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0"


async def on_the_phone(shop: ShopApp, visitor: Visitor) -> Visitor:
    """The same person in another browser."""
    phone = Visitor(shop.app.test_client(), visitor.id, visitor.email)
    body = {"email": visitor.email, "password": "una-clave-bien-larga"}
    assert (await phone.ask("POST", "/api/sesion", body, headers={"User-Agent": PHONE})).status_code == 200
    return phone


def test_a_browser_is_called_as_people_call_it() -> None:
    said = [equipo_de(text) for text in (PHONE, MAC, EDGE, "curl/8", "")]

    assert said == ["Chrome en Android", "Safari en Mac", "Edge en Windows", "Otro programa", "Otro programa"]


async def test_each_browser_is_listed_and_this_one_is_told_apart(shop: ShopApp) -> None:
    ana = await shop.customer()
    await on_the_phone(shop, ana)

    listed = (await ana.ok("GET", "/api/sesiones"))["sesiones"]

    assert sorted((s["equipo"], s["esta"]) for s in listed) == [("Chrome en Android", False), ("Otro programa", True)]
    assert all(len(s["id"]) == 16 for s in listed)


async def test_one_that_is_closed_is_out_at_once_and_its_stream_too(shop: ShopApp) -> None:
    ana = await shop.customer()
    phone = await on_the_phone(shop, ana)
    other = next(s for s in (await ana.ok("GET", "/api/sesiones"))["sesiones"] if not s["esta"])
    async with asyncio.timeout(5), phone.client.request("/api/pedidos/vivo") as stream:
        await stream.receive()

        closed = await ana.ask("DELETE", f"/api/sesiones/{other['id']}")  # leaving the block waits for the stream's end

    assert closed.status_code == 204
    assert (await phone.ask("GET", "/api/sesion")).status_code == 401
    assert (await ana.ask("GET", "/api/sesion")).status_code == 200
    assert (await ana.ask("DELETE", f"/api/sesiones/{other['id']}")).status_code == 404


async def test_what_another_process_closes_ends_its_stream_here_within_two_seconds(shop: ShopApp) -> None:
    ana = await shop.customer()
    async with opened(shop.app.extensions[HOUSE].settings) as elsewhere:
        async with asyncio.timeout(5), ana.client.request("/api/pedidos/vivo") as stream:
            await stream.receive()
            await asyncio.sleep(0.6)  # this process has looked once what had ended before

            await elsewhere.do(end_sessions_of, ana.id)
            began = asyncio.get_running_loop().time()
        lasted = asyncio.get_running_loop().time() - began

    assert lasted < 2
    assert (await ana.ask("GET", "/api/sesion")).status_code == 401


async def test_all_the_others_go_and_this_one_stays(shop: ShopApp) -> None:
    ana = await shop.customer()
    phones = [await on_the_phone(shop, ana) for _ in range(2)]

    both = await asyncio.gather(*(ana.ask("DELETE", "/api/sesiones/otras") for _ in range(2)))

    assert [each.status_code for each in both] == [204, 204]
    assert [(await phone.ask("GET", "/api/sesion")).status_code for phone in phones] == [401, 401]
    assert [s["esta"] for s in (await ana.ok("GET", "/api/sesiones"))["sesiones"]] == [True]


async def test_somebody_elses_session_is_nobodys_to_close(shop: ShopApp) -> None:
    ana, eva = await shop.customer(), await shop.customer()
    [hers] = (await eva.ok("GET", "/api/sesiones"))["sesiones"]

    for marca in (hers["id"], "nada", "%25", "x" * 500):
        assert (await ana.ask("DELETE", f"/api/sesiones/{marca}")).status_code == 404
    assert (await eva.ask("GET", "/api/sesion")).status_code == 200


async def test_the_page_closes_one_and_the_others_without_scripts(shop: ShopApp) -> None:
    ana = await shop.customer()
    phones = [await on_the_phone(shop, ana) for _ in range(2)]
    marca = next(s["id"] for s in (await ana.ok("GET", "/api/sesiones"))["sesiones"] if not s["esta"])

    page = await ana.client.get("/cuenta")
    assert "Chrome en Android" in (await page.get_data(as_text=True))
    one = [await ana.client.post("/cuenta/sesiones", form={"marca": marca}) for _ in range(2)]

    assert [answer.status_code for answer in one] == [303, 303]
    assert sorted([(await phone.ask("GET", "/api/sesion")).status_code for phone in phones]) == [200, 401]
    await ana.client.post("/cuenta/sesiones", form={"marca": "otras"})
    assert sorted([(await phone.ask("GET", "/api/sesion")).status_code for phone in phones]) == [401, 401]


@pytest.mark.parametrize("meanwhile", ["another password", "shut out", "forgotten"])
async def test_a_login_that_was_under_way_when_the_account_changed_lets_nobody_in(
    shop: ShopApp, meanwhile: str
) -> None:
    visitor = await shop.customer()
    shown = await shop.base.read(select_usuario, visitor.id)

    if meanwhile == "another password":
        await shop.base.do(cambiar_password, visitor.id, "another hash")
    elif meanwhile == "shut out":
        duena = await shop.customer("admin")
        await duena.ok("PATCH", f"/api/admin/clientes/{visitor.id}", {"version": 1, "activo": False})
    else:
        await visitor.ok("POST", "/api/cuenta/borrar", {"password": PASSWORD})

    with pytest.raises(CredencialInvalida):
        await shop.base.do(entrar_por_password, shown, None, "")
