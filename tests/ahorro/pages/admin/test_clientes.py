"""The page of customers, as the owner uses it without scripts."""

from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.reader import Reader


async def test_the_owner_finds_a_customer_shuts_them_out_and_lets_them_in_again(shop: ShopApp) -> None:
    duena, ana = await shop.customer("admin"), await shop.customer(nombre="Ana Bloqueable")
    person = Reader(duena.client)

    await person.go("/admin/clientes?q=bloqueable")
    await person.press("Bloquear a Ana Bloqueable")
    assert person.sees("ya no puede entrar")
    assert (await ana.ask("GET", "/api/sesion")).status_code == 401

    await person.go("/admin/clientes?q=bloqueable")
    await person.press("Dejar entrar a Ana Bloqueable")
    assert (await shop.log_in(ana)).status_code == 200


async def test_what_somebody_else_changed_meanwhile_stays_and_the_page_says_so(shop: ShopApp) -> None:
    duena, ana = await shop.customer("admin"), await shop.customer()
    person = Reader(duena.client)

    await person.go(f"/admin/clientes/{ana.id}", "POST", form={"version": "7", "activo": "0"})

    assert person.sees("Alguien lo cambió")
    assert (await ana.ask("GET", "/api/sesion")).status_code == 200
