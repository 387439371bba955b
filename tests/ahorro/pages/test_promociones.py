"""What a customer reads of promotions and coupons: at each line, in the total, at each way to pay, in the pedido."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from ahorro.app import create_app
from ahorro.demo.load import load
from tests.ahorro.cast import ShopApp, Visitor
from tests.ahorro.conftest import some_settings
from tests.ahorro.pages.conftest import come_in
from tests.ahorro.pages.reader import Reader

PROMOCIONES = "/api/admin/promociones"


@pytest.fixture
async def own_shop(tmp_path: Path) -> AsyncIterator[ShopApp]:
    app = create_app(some_settings(f"sqlite:///{tmp_path / 'ahorro.db'}", tmp_path / "correo"))
    async with app.test_app():
        shop = ShopApp(app)
        await load(shop.base)
        yield shop


@pytest.fixture
async def duena(own_shop: ShopApp) -> Visitor:
    return await own_shop.customer("admin", "Silvia Dueña")


async def promo(duena: Visitor, **said: Any) -> Any:
    """A promotion of the yerba, on offer or not."""
    whole = {"nombre": "Yerba para todos", "alcance": "producto", "cuales": ["yerba-1kg"], "sobre_ofertas": True}
    return await duena.ok("POST", PROMOCIONES, {**whole, **said})


@pytest.fixture
async def clara(own_shop: ShopApp) -> Reader:
    """Somebody with a yerba in the cart."""
    person = Reader(own_shop.app.test_client())
    await come_in(person, "clara@ahorro.test")
    await person.go("/productos/yerba-1kg")
    await person.press("Agregar")
    return person


async def fill_in(person: Reader, path: str, **said: str) -> None:
    """Send the page's form by one of its buttons, with what is said besides."""
    form = next(form for form in person.page.forms if form.action == path)
    await person.go(path, "POST", form={**form.fields, **said})


async def test_a_promotion_is_read_at_its_line_in_the_total_and_in_the_pedido(duena: Visitor, clara: Reader) -> None:
    await promo(duena, tipo="nxm", lleva=2, paga=1)
    await clara.go("/productos/yerba-1kg")
    await clara.press("Agregar")

    await clara.go("/carrito")
    assert clara.sees("2x1: llevás 2, pagás 1")
    assert clara.sees("Yerba para todos")
    assert clara.sees("Ahorrás")
    await clara.go("/checkout")
    await clara.press("Confirmar pedido")
    assert clara.sees("¡Listo")
    await clara.follow("Seguir mi pedido")

    assert clara.sees("2x1: llevás 2, pagás 1")
    assert clara.sees("Yerba para todos")


async def test_a_coupon_is_put_in_and_taken_out_at_the_cart_and_what_is_wrong_with_it_stands_beside_it(
    duena: Visitor, clara: Reader
) -> None:
    await promo(duena, tipo="porcentaje", porcentaje=10, codigo="DIEZ")
    await clara.go("/carrito")

    await fill_in(clara, "/carrito/cupon", codigo="nada", accion="cupon")
    assert clara.status == 400 and clara.sees("No conocemos el cupón NADA.")
    await fill_in(clara, "/carrito/cupon", codigo="diez", accion="cupon")
    assert clara.sees("Cupón DIEZ")
    await fill_in(clara, "/carrito/cupon", accion="quitar_cupon")

    assert not clara.sees("Cupón DIEZ") and clara.sees("¿Tenés un cupón?")


async def test_a_coupon_at_the_checkout_keeps_what_was_filled_in(duena: Visitor, clara: Reader) -> None:
    await promo(duena, tipo="porcentaje", porcentaje=10, codigo="DIEZ")
    await clara.go("/checkout")

    await fill_in(clara, "/checkout", notas="Portería", codigo="nada", accion="cupon")
    assert clara.status == 400 and clara.sees("No conocemos el cupón NADA.")
    await fill_in(clara, "/checkout", notas="Portería", codigo="diez", accion="cupon")

    assert clara.sees("Cupón DIEZ") and clara.sees("Portería")
    await clara.press("Confirmar pedido")
    assert clara.sees("¡Listo")


async def test_a_coupon_that_was_typed_and_not_put_in_is_put_in_before_anything_is_bought(
    duena: Visitor, clara: Reader
) -> None:
    await promo(duena, tipo="porcentaje", porcentaje=10, codigo="DIEZ")
    await clara.go("/checkout")

    await fill_in(clara, "/checkout", codigo="diez")
    assert clara.sees("Pusimos el cupón. Revisá el total y confirmá.") and clara.sees("Cupón DIEZ")
    await clara.press("Confirmar pedido")

    assert clara.sees("¡Listo")


async def test_a_way_to_pay_with_a_discount_says_so_and_another_total_is_asked_about(
    duena: Visitor, clara: Reader
) -> None:
    await promo(duena, tipo="porcentaje", porcentaje=10, medios=["efectivo"])
    await clara.go("/checkout")
    assert clara.sees("Así ahorrás")

    await fill_in(clara, "/checkout", metodo_pago="transferencia")
    assert clara.status == 409 and clara.sees("Cambió lo que se te descuenta")
    await clara.press("Confirmar pedido")

    assert clara.sees("¡Listo")


async def test_a_paquete_is_ordered_with_the_promotions_of_its_day_as_they_were_seen(
    own_shop: ShopApp, duena: Visitor
) -> None:
    marta = Reader(own_shop.app.test_client())
    await come_in(marta, "marta@ahorro.test")
    await marta.go("/comercio/paquetes/1/pedir")
    stale = next(form for form in marta.page.forms if form.action.endswith("/procesar")).fields
    await duena.ok("POST", PROMOCIONES, {"nombre": "Todo con 10 %", "tipo": "porcentaje", "porcentaje": 10})

    await marta.go("/comercio/paquetes/1/procesar", "POST", form=stale)
    assert marta.status == 409 and marta.sees("Todo con 10 %")
    await marta.press("Confirmar: pedir por")

    assert marta.sees("Todo con 10 %")


async def test_a_paquete_says_what_it_comes_to_with_promotions_and_delivery_before_it_is_kept(
    own_shop: ShopApp, duena: Visitor
) -> None:
    envio = {"costo": 800, "gratis_desde": None, "minimo": 0}
    await duena.ok("PATCH", "/api/admin/configuracion", {"version": 1, "envio": envio})
    await promo(duena, tipo="nxm", lleva=3, paga=2)
    marta = Reader(own_shop.app.test_client())
    await come_in(marta, "marta@ahorro.test")
    ids = {p["clave"]: p["id"] for p in (await duena.ok("GET", "/api/productos?q=yerba&limite=100"))["productos"]}
    yerba = f"item-{ids['yerba-1kg']}"

    await marta.go("/comercio/paquetes/nuevo")
    fields = next(form for form in marta.page.forms if form.action == "/comercio/paquetes/nuevo").fields
    said = {**fields, "nombre": "Yerba", yerba: "3"}
    await marta.go("/comercio/paquetes/nuevo", "POST", form={**said, "accion": "total"})
    assert marta.sees("3x2: llevás 3, pagás 2") and marta.sees("Envío $ 800,00")
    assert marta.sees("Total estimado $ 10.676,00")  # two of $ 4.938, and the delivery
    await marta.go("/comercio/paquetes/nuevo", "POST", form={**said, "accion": "guardar"})

    assert marta.sees("estimado en $ 10.676,00") and marta.sees("Total estimado $ 10.676,00")


async def test_a_paquete_whose_way_to_pay_was_withdrawn_says_so_and_takes_another(
    own_shop: ShopApp, duena: Visitor
) -> None:
    await duena.ok("PATCH", "/api/admin/configuracion", {"version": 1, "medios_de_pago": ["efectivo"]})
    marta = Reader(own_shop.app.test_client())
    await come_in(marta, "marta@ahorro.test")

    for page in ("/comercio/paquetes", "/comercio/paquetes/1/pedir", "/comercio/paquetes/1"):
        await marta.go(page)
        assert marta.sees("Ya no se puede pagar por transferencia"), page
        assert not any("confirmar" in b.words for f in marta.page.forms for b in f.buttons)
    await fill_in(marta, "/comercio/paquetes/1", accion="guardar")
    assert marta.status == 400 and marta.sees("La forma de pago tiene que ser uno de")
    await fill_in(marta, "/comercio/paquetes/1", accion="guardar", metodo_pago="efectivo")

    assert marta.sees("Guardamos el paquete") and not marta.sees("Ya no se puede pagar")


async def test_a_card_and_a_page_of_what_a_promotion_is_for_wear_its_badge(duena: Visitor, clara: Reader) -> None:
    await promo(duena, tipo="nxm", lleva=3, paga=2)
    await promo(duena, tipo="porcentaje", porcentaje=10, medios=["efectivo"])
    await promo(duena, tipo="segunda", porcentaje=70, desde="2030-01-01")

    for page in ("/productos?q=yerba", "/productos/yerba-1kg"):
        await clara.go(page)
        assert clara.sees("3x2") and clara.sees("10 % en efectivo") and not clara.sees("70 %")
    await clara.go("/productos/lentejas-400")
    assert not clara.sees("3x2")


async def test_what_stands_under_a_categoria_wears_its_badge(own_shop: ShopApp, duena: Visitor) -> None:
    arriba = await duena.ok("POST", "/api/admin/categorias", {"nombre": "Arriba"})
    abajo = await duena.ok("POST", "/api/admin/categorias", {"nombre": "Abajo", "padre": arriba["id"]})
    nuevo = {"nombre": "Algo de abajo", "precio": 100, "negocio": "mercado", "categoria": abajo["id"]}
    producto = await duena.ok("POST", "/api/admin/productos", nuevo)
    await promo(duena, tipo="nxm", lleva=3, paga=2, alcance="categoria", cuales=["Arriba"])
    guest = Reader(own_shop.app.test_client())

    await guest.go(f"/productos/{producto['clave']}")
    assert guest.sees("3x2")
    await guest.press("Agregar al carrito")
    await guest.go("/productos/algo-de-abajo")
    await guest.press("Agregar al carrito")
    await guest.go("/productos/algo-de-abajo")
    await guest.press("Agregar al carrito")

    assert guest.sees("3x2: llevás 3, pagás 2")


async def test_what_wears_a_badge_is_among_the_offers(own_shop: ShopApp, duena: Visitor) -> None:
    guest = Reader(own_shop.app.test_client())
    await guest.go("/productos?ofertas=1&q=lentejas")
    assert not guest.sees("Lentejas secas")
    await promo(duena, tipo="nxm", lleva=3, paga=2, cuales=["lentejas-400"])

    await guest.go("/productos?ofertas=1&q=lentejas")
    found = (await duena.ok("GET", "/api/productos?ofertas=1&q=lentejas"))["productos"]

    assert guest.sees("Lentejas secas") and guest.sees("3x2")
    assert [each["clave"] for each in found] == ["lentejas-400"]
