"""The pages of customers, as the owner uses them without scripts."""

import pytest

from ahorro.actions.cuentas import registrar_usuario
from ahorro.domain.cuenta import Comercio
from tests.ahorro.cast import PASSWORD, ShopApp, un_correo
from tests.ahorro.pages.reader import Reader


@pytest.fixture
async def duena(shop: ShopApp) -> Reader:
    return Reader((await shop.customer("admin", "Silvia Dueña")).client)


async def a_comerciante(shop: ShopApp, nombre: str) -> int:
    """Somebody with a business who waits to be approved; their id."""
    return await shop.base.do(
        registrar_usuario,
        nombre=nombre,
        email=un_correo(),
        password_hash="x",
        rol="comerciante",
        comercio=Comercio("Kiosco Sol", "20304050601", "Moldes 1", "11 5555-1234", "Otro"),
    )


async def test_the_owner_finds_a_customer_shuts_them_out_and_lets_them_in_again(shop: ShopApp, duena: Reader) -> None:
    ana = await shop.customer(nombre="Ana Bloqueable")

    await duena.go("/admin/clientes?q=bloqueable")
    await duena.follow("Ana Bloqueable")
    await duena.press("Sí, bloquear a Ana Bloqueable")
    assert duena.sees("ya no puede entrar") and duena.sees("Bloqueado")
    assert (await ana.ask("GET", "/api/sesion")).status_code == 401

    await duena.press("Dejar entrar a Ana Bloqueable")
    assert duena.sees("puede entrar otra vez")
    assert (await shop.log_in(ana)).status_code == 200


async def test_a_customers_page_has_what_they_bought_and_spent(shop: ShopApp, duena: Reader) -> None:
    ana = await shop.customer(nombre="Ana Compradora")
    made = await ana.buy(await shop.producto("Pan rallado", 1500_00), 2)

    await duena.go(f"/admin/clientes/{ana.id}")

    assert duena.sees("1 pedido") and duena.sees("$ 3.000,00 gastó en total")
    await duena.follow(made["numero"])
    assert duena.sees("Pan rallado")


async def test_a_note_is_kept_and_too_long_a_one_stays_in_its_field(shop: ShopApp, duena: Reader) -> None:
    ana = await shop.customer()

    await duena.go(f"/admin/clientes/{ana.id}")
    await duena.press("Guardar", nota="Paga a fin de mes\r\nTiene perro")
    assert duena.sees("Guardamos los cambios") and duena.sees("Paga a fin de mes")
    await duena.press("Guardar", nota="x" * 3000)

    assert duena.status == 400 and "x" * 3000 in duena.html


async def test_what_somebody_else_wrote_meanwhile_stands_beside_what_was_typed(shop: ShopApp, duena: Reader) -> None:
    ana, otra = await shop.customer(), await shop.customer("admin")
    await duena.go(f"/admin/clientes/{ana.id}")
    await otra.ok("PATCH", f"/api/admin/clientes/{ana.id}", {"version": 1, "nota": "La de la otra"})

    await duena.press("Guardar", nota="La mía")

    assert duena.status == 409 and duena.sees("Alguien lo cambió")
    assert duena.sees("Ahora dice: La de la otra") and duena.sees("La mía")
    await duena.press("Guardar")
    assert duena.sees("Guardamos los cambios") and duena.sees("La mía")


async def test_a_stale_block_shuts_nobody_out(shop: ShopApp, duena: Reader) -> None:
    ana = await shop.customer()

    await duena.go(f"/admin/clientes/{ana.id}", "POST", form={"version": "7", "activo": "0"})

    assert duena.status == 409 and duena.sees("Alguien lo cambió")
    assert (await ana.ask("GET", "/api/sesion")).status_code == 200


async def test_a_comercio_is_approved_with_a_price_list_and_the_approval_taken_back(
    shop: ShopApp, duena: Reader
) -> None:
    sol = await a_comerciante(shop, "Sol Kiosquera")

    await duena.go("/admin/clientes?q=kiosco")
    assert duena.sees("A aprobar")
    await duena.follow("Sol Kiosquera")
    await duena.press("Aprobar el comercio")
    assert duena.sees("Quedó aprobado")
    await duena.press("Guardar", lista="Mayorista")
    await duena.press("Sacarle la aprobación")

    assert duena.sees("Espera que lo apruebes")
    await duena.go(f"/admin/clientes/{sol}")
    assert 'value="Mayorista"' in duena.html


@pytest.mark.parametrize("said", [{}, {"version": "x", "activo": "0"}, {"version": "1", "aprobado": "1"}])
async def test_a_form_that_was_tampered_with_changes_nothing(
    shop: ShopApp, duena: Reader, said: dict[str, str]
) -> None:
    ana = await shop.customer()

    await duena.go(f"/admin/clientes/{ana.id}", "POST", form=said)

    assert duena.status == 400
    assert (await ana.ask("GET", "/api/sesion")).status_code == 200


async def test_who_works_here_and_who_is_not_there_have_no_page(shop: ShopApp, duena: Reader) -> None:
    armador = await shop.customer("armador")

    for cliente_id in (armador.id, 999_999, 2**70):
        await duena.go(f"/admin/clientes/{cliente_id}")
        assert duena.status == 404


async def test_an_erased_account_offers_nobody_to_write_to_and_nothing_to_press(shop: ShopApp, duena: Reader) -> None:
    ana = await shop.customer(nombre="Ana Se Va")
    await duena.go(f"/admin/clientes/{ana.id}")
    stale = Reader(duena.client)
    await stale.go(f"/admin/clientes/{ana.id}")
    await ana.ok("POST", "/api/cuenta/borrar", {"password": PASSWORD})

    await duena.go(f"/admin/clientes/{ana.id}")
    assert duena.sees("Cuenta borrada") and duena.sees("Pidió que olvidemos sus datos")
    assert not duena.sees("Bloqueado") and not duena.sees("Ana Se Va")
    for nothing in ("mailto:", "invalid", "tel:", "wa.me", f'action="/admin/clientes/{ana.id}"'):
        assert nothing not in duena.html.partition("<main")[2].partition("</main")[0], nothing

    await stale.press("Guardar", nota="Ana era la de la esquina")
    assert stale.sees("La cuenta se borró") and not stale.sees("la de la esquina")

    await duena.go("/admin/clientes")
    assert "borrada.invalid" not in duena.html and duena.sees("Borrada")
