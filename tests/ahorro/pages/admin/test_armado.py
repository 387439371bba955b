"""Packing on pages without scripts: what is to be packed, line by line, and the money of a pedido."""

import pytest

from tests.ahorro.armado import act, in_kilos, on_the_shelf, told
from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.reader import Reader


@pytest.fixture
async def armador(shop: ShopApp) -> Reader:
    return Reader((await shop.customer("armador", "Ariel Armador")).client)


async def test_who_packs_starts_weighs_replaces_and_is_done(shop: ShopApp, armador: Reader) -> None:
    leche = await shop.producto("Leche La Pampa", 120_00, stock=8, categoria="Lácteos")
    otra = await shop.producto("Leche del Sur", 110_00, stock=8, categoria="Lácteos")
    queso = await in_kilos(shop, "Queso barra", 9_000_00, stock=9000)
    clara = await shop.customer(nombre="Clara Compra")
    await clara.ok("POST", "/api/carrito/items", {"producto_id": queso, "peso_g": 300})
    numero = (await clara.buy(leche, 2))["numero"]

    await armador.go("/admin")
    await armador.follow("Para armar")
    assert armador.sees("Lo antes posible")
    await armador.follow(numero)
    await armador.press("Empezar a armar")
    await armador.press("Listo")
    assert armador.status == 409 and armador.sees("Falta pesar Queso barra")
    await armador.press("Pesado", gramos="312")
    await armador.follow("Falta Leche La Pampa")
    await armador.press("Poner Leche del Sur")
    assert armador.sees("En su lugar: 2 Leche del Sur")
    await armador.press("Listo")

    assert armador.url.startswith("/admin/armado?") and armador.sees("Listo para salir")
    pedido = await told(await shop.customer("encargado"), numero)
    assert [(r["producto_id"], r["armado"]) for r in pedido["renglones"]] == [(queso, 312), (leche, 0), (otra, 2)]
    assert (pedido["estado"], pedido["total"]) == ("listo", 2808 + 220)
    assert [await on_the_shelf(shop, each) for each in (leche, otra, queso)] == [8, 6, 9000 - 312]


async def test_a_step_is_undone_and_a_wrong_number_is_said(shop: ShopApp, armador: Reader) -> None:
    numero = (await (await shop.customer()).buy(await shop.producto("Fideos moño", 100_00, stock=9), 3))["numero"]
    await armador.go(f"/admin/armado/{numero}")
    await armador.press("Empezar a armar")

    await armador.follow("Falta Fideos moño")
    await armador.press("Poner esos", hay="7")
    assert armador.status == 400 and armador.sees("Pidió 3")
    await armador.go(f"/admin/armado/{numero}?falta=0")
    await armador.press("de Fideos moño")
    await armador.press("Deshacer Fideos moño")

    assert (await told(await shop.customer("admin"), numero))["renglones"][0]["armado"] is None
    assert armador.sees("1 sin marcar")


async def test_a_tenth_more_is_closed_only_after_a_word_with_the_customer(shop: ShopApp, armador: Reader) -> None:
    asado = await in_kilos(shop, "Asado de tira", 1_000_00)
    clara = await shop.customer()
    await clara.ok("POST", "/api/carrito/items", {"producto_id": asado, "peso_g": 1000})
    numero = (await clara.order()).data_["numero"]
    await armador.go(f"/admin/armado/{numero}")
    await armador.press("Empezar a armar")
    await armador.press("Pesado", gramos="1500")

    await armador.press("Listo")
    assert armador.status == 409 and armador.sees("Hablalo con el cliente")
    await armador.press("Ya lo hablé: cerrarlo igual")

    assert (await told(await shop.customer("admin"), numero))["estado"] == "listo"


async def test_the_desk_notes_a_payment_gives_some_back_and_cancels(shop: ShopApp) -> None:
    duena = Reader((await shop.customer("admin", "Silvia Dueña")).client)
    te = await shop.producto("Té de la casa", 50_00, stock=5)
    numero = (await (await shop.customer()).buy(te, 2, metodo_pago="transferencia"))["numero"]
    await duena.go(f"/admin/pedidos/{numero}")

    await duena.press("Llegó el pago")
    assert duena.sees("Pagó: $ 100 por transferencia, Silvia Dueña")
    await duena.press("Anotar la devolución", monto="40", motivo="Vino abierto")
    await duena.press("Guardar la nota", texto="Llamar antes")
    await duena.press("Cancelarlo y devolver todo al stock", motivo="Se mudó")

    assert (
        duena.sees("Hay que devolverle $ 60") and duena.sees("Nota: Llamar antes") and await on_the_shelf(shop, te) == 5
    )


async def test_who_packs_is_offered_no_money(shop: ShopApp, armador: Reader) -> None:
    numero = (await (await shop.customer()).buy(await shop.producto("Té rooibos", 50_00)))["numero"]

    await armador.go(f"/admin/pedidos/{numero}")

    assert armador.sees("Dejar una nota")
    assert not armador.sees("Anotar un pago") and not armador.sees("Cancelar el pedido")


async def test_the_customer_reads_what_became_of_it_and_why_the_total_is_another(shop: ShopApp) -> None:
    leche, pan = await shop.producto("Leche de cabra", 120_00), await shop.producto("Pan negro", 80_00)
    clara = await shop.customer()
    await clara.add(pan)
    numero = (await clara.buy(leche, 2, metodo_pago="transferencia"))["numero"]
    encargado, lectora = await shop.customer("encargado"), Reader(clara.client)
    await lectora.go(f"/pedidos/{numero}")
    assert not lectora.sees("armando")

    await act(encargado, numero, "armar")
    await act(encargado, numero, "renglon", producto_id=leche, cantidad=1)
    await act(encargado, numero, "renglon", producto_id=pan, cantidad=0)
    await lectora.go(f"/pedidos/{numero}")
    assert lectora.sees("Lo estamos armando") and lectora.sees("Leche de cabra: van 1 de 2")
    assert lectora.sees("Pan negro: no había") and lectora.sees("El total pasó de $ 320,00 a $ 120,00")
    assert lectora.sees("Esperando el pago de $ 120")
    await act(encargado, numero, "listo")
    await act(encargado, numero, "pagado", medio="transferencia", monto=120)
    await lectora.go(f"/pedidos/{numero}")

    assert lectora.sees("listo para salir") and lectora.sees("Recibimos tu pago")
