"""Promotions in the cart and in what is ordered: the same to the centavo, and seen before it is paid."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from ahorro.actions.cancelaciones import cancelar_pedido
from ahorro.store.entregas import update_estado
from belgrano.database.work import Connection, Work
from belgrano.words.times import dia_de, now
from tests.ahorro.cast import ShopApp, Visitor, una_clave

PROMOCIONES = "/api/admin/promociones"
HOY = dia_de(now())


@pytest.fixture(scope="module")
async def encargada(shop: ShopApp) -> Visitor:
    return await shop.customer("encargado", "Elena Encargada")


@pytest.fixture
async def arroz(shop: ShopApp) -> int:
    """A product of its own that costs $ 1.000."""
    return await shop.producto("Arroz", 100_000)


async def promo(encargada: Visitor, producto_id: int, **said: Any) -> Any:
    """A new promotion of one product."""
    whole = {"nombre": "La promo", "alcance": "producto", "cuales": [producto_id], **said}
    return await encargada.ok("POST", PROMOCIONES, whole)


async def dos_por_uno(encargada: Visitor, producto_id: int, **said: Any) -> Any:
    return await promo(encargada, producto_id, tipo="nxm", lleva=2, paga=1, **said)


async def cupon(encargada: Visitor, producto_id: int, codigo: str, **said: Any) -> Any:
    return await promo(encargada, producto_id, tipo="porcentaje", porcentaje=10, codigo=codigo, **said)


async def los_bytes(con: Connection, numero: str) -> Any:
    """What Ticketera is told of a pedido."""
    return json.loads(await con.fetch_val("SELECT body FROM outgoing WHERE key = :key", {"key": numero}))


async def report(work: Work, numero: str, estado: str) -> None:
    """What a report does to a pedido's state."""
    pedido_id = await work.con.fetch_val("SELECT id FROM pedidos WHERE numero = :n", {"n": numero})
    await update_estado(
        work.con, pedido_id, estado=estado, repartidor_nombre=None, motivo=None, estado_en=work.ahora, epoca="e",
        version=1, cobrado=None, medio=None,
    )  # fmt: skip


async def test_cart_pedido_ticket_and_sales_say_the_same_to_the_centavo(
    shop: ShopApp, encargada: Visitor, arroz: int
) -> None:
    await dos_por_uno(encargada, arroz)
    ana = await shop.customer()
    before = await encargada.ok("GET", "/api/admin/ventas")

    cart = await ana.add(arroz, 5)
    made = (await ana.order()).data_

    (rebaja,) = cart["descuentos"]
    assert (rebaja["texto"], rebaja["monto"], rebaja["producto_id"]) == ("2x1: llevás 4, pagás 2", 2000, arroz)
    assert (cart["subtotal"], cart["total"], made["total"]) == (5000, 3000, 3000)
    pedido = await ana.ok("GET", f"/api/pedidos/{made['numero']}")
    assert pedido["descuentos"] == cart["descuentos"]
    whole = await encargada.ok("GET", f"/api/admin/pedidos/{made['numero']}")
    assert (whole["descuentos"], whole["total"]) == (cart["descuentos"], 3000)
    ticket = await shop.base.read(los_bytes, made["numero"])
    assert ticket["total"] == 3000
    assert ticket["indicaciones"] == "Descuentos: La promo $\u00a02.000."
    after = await encargada.ok("GET", "/api/admin/ventas")
    assert after["vendido"] - before["vendido"] == 3000
    assert next(p["vendido"] for p in after["por_producto"] if p["producto_id"] == arroz) == 3000


async def test_products_that_go_together_come_to_the_same_in_cart_pedido_ticket_and_sheet(
    shop: ShopApp, encargada: Visitor
) -> None:
    ids = [await shop.producto(f"Galletitas {n}", precio) for n, precio in enumerate((100_033, 90_055, 70_077), 1)]
    said = {"nombre": "Galletitas 3x2", "tipo": "nxm", "lleva": 3, "paga": 2, "mezcla": True}
    await encargada.ok("POST", PROMOCIONES, {**said, "alcance": "producto", "cuales": ids})
    ana = await shop.customer()

    for each in ids[:2]:
        assert (await ana.add(each))["descuentos"] == []
    cart = await ana.add(ids[2])
    made = (await ana.order()).data_

    (rebaja,) = cart["descuentos"]
    assert (rebaja["producto_id"], rebaja["monto"]) == (ids[2], 700.77)
    assert rebaja["texto"] == "3x2 combinando: 1 gratis, lo más barato de cada 3"
    assert cart["total"] == made["total"] == 1900.88
    ticket = await shop.base.read(los_bytes, made["numero"])
    assert (ticket["total"], ticket["indicaciones"]) == (1900.88, "Descuentos: Galletitas 3x2 $\u00a0700,77.")
    sheet = (await (await encargada.ask("GET", "/api/admin/ventas.csv?por=producto")).get_data()).decode()
    assert any("Galletitas 1" in line and "1000,33" in line for line in sheet.splitlines())
    by = (await encargada.ok("GET", "/api/admin/ventas"))["por_producto"]
    assert [next(p["vendido"] for p in by if p["producto_id"] == each) for each in ids] == [1000.33, 900.55, 0]


async def test_an_offer_is_the_price_already_unless_the_promotion_says_otherwise(
    shop: ShopApp, encargada: Visitor
) -> None:
    en_oferta = await shop.producto("Arroz en oferta", 100_000, oferta_centavos=80_000)
    ana = await shop.customer()

    made = await dos_por_uno(encargada, en_oferta)
    alone = await ana.add(en_oferta, 2)
    await encargada.ok("PATCH", f"{PROMOCIONES}/{made['id']}", {"version": 1, "sobre_ofertas": True})
    together = await ana.ok("GET", "/api/carrito")

    assert (alone["total"], together["total"]) == (1600, 800)


async def test_one_of_another_day_one_to_come_and_one_switched_off_give_nothing(
    shop: ShopApp, encargada: Visitor, arroz: int
) -> None:
    otro_dia = [(HOY + timedelta(days=3)).isoweekday()]
    await dos_por_uno(encargada, arroz, dias=otro_dia)
    await dos_por_uno(encargada, arroz, desde=(HOY + timedelta(days=1)).isoformat())
    await dos_por_uno(encargada, arroz, hasta=(HOY - timedelta(days=1)).isoformat())
    await dos_por_uno(encargada, arroz, activa=False)
    ana = shop.visitor()

    assert (await ana.add(arroz, 2))["descuentos"] == []


async def test_one_that_ends_before_the_order_is_asked_about_once(
    shop: ShopApp, encargada: Visitor, arroz: int
) -> None:
    made = await dos_por_uno(encargada, arroz)
    ana = await shop.customer()
    await ana.add(arroz, 2)
    await encargada.ok("PATCH", f"{PROMOCIONES}/{made['id']}", {"version": 1, "activa": False})

    asked, ordered = await ana.order(), await ana.order()

    assert (asked.status_code, asked.data_["codigo"], asked.data_["total"]) == (409, "carrito_cambio", 2000)
    assert (ordered.status_code, ordered.data_["total"]) == (201, 2000)


async def test_one_for_a_way_to_pay_is_bought_as_it_was_seen(shop: ShopApp, encargada: Visitor, arroz: int) -> None:
    await promo(encargada, arroz, tipo="porcentaje", porcentaje=20, medios=["efectivo"])
    ana, eva = await shop.customer(), await shop.customer()

    unseen = (await ana.add(arroz, 1))["total"]
    asked, ordered = await ana.order(metodo_pago="efectivo"), await ana.order(metodo_pago="efectivo")
    await eva.add(arroz, 1)
    seen = (await eva.ok("GET", "/api/carrito", query_string={"metodo_pago": "efectivo"}))["total"]
    other = await eva.order(metodo_pago="transferencia")

    assert (unseen, asked.status_code, asked.data_["total"], ordered.data_["total"]) == (1000, 409, 800, 800)
    assert (seen, other.status_code, other.data_["total"]) == (800, 409, 1000)


async def test_a_repeated_order_is_the_same_pedido_whatever_became_of_the_promotion(
    shop: ShopApp, encargada: Visitor, arroz: int
) -> None:
    made = await dos_por_uno(encargada, arroz)
    ana, clave = await shop.customer(), una_clave()
    await ana.add(arroz, 2)
    first = (await ana.order(clave=clave)).data_
    await encargada.ok("PATCH", f"{PROMOCIONES}/{made['id']}", {"version": 1, "activa": False})

    again = await ana.order(clave=clave)

    assert (again.status_code, again.data_) == (201, first)


async def test_a_coupon_comes_off_what_is_left_and_is_gone_with_the_order(
    shop: ShopApp, encargada: Visitor, arroz: int
) -> None:
    await dos_por_uno(encargada, arroz)
    await cupon(encargada, arroz, "DIEZ-1")
    ana = await shop.customer()
    await ana.add(arroz, 2)

    cart = await ana.ok("POST", "/api/carrito/cupon", {"codigo": " diez-1 "})
    made = (await ana.order()).data_

    assert cart["cupon"] == {"codigo": "DIEZ-1", "aviso": None}
    assert [(d["texto"], d["monto"], d["producto_id"]) for d in cart["descuentos"]] == [
        ("2x1: llevás 2, pagás 1", 1000, arroz),
        ("Cupón DIEZ-1: 10 % menos", 100, None),
    ]
    assert cart["total"] == made["total"] == 900
    assert (await ana.add(arroz, 1))["cupon"] is None


async def test_a_coupon_that_is_unknown_over_or_taken_out_gives_nothing(
    shop: ShopApp, encargada: Visitor, arroz: int
) -> None:
    await cupon(encargada, arroz, "VIEJO-1", hasta="2026-01-01")
    await cupon(encargada, arroz, "BUENO-1")
    ana = await shop.customer()

    empty = await ana.ask("POST", "/api/carrito/cupon", {"codigo": "BUENO-1"})
    await ana.add(arroz, 1)
    unknown = await ana.ask("POST", "/api/carrito/cupon", {"codigo": "NADA-1"})
    over = await ana.ask("POST", "/api/carrito/cupon", {"codigo": "VIEJO-1"})
    await ana.ok("POST", "/api/carrito/cupon", {"codigo": "BUENO-1"})
    out = await ana.ok("DELETE", "/api/carrito/cupon")

    assert (empty.status_code, empty.data_["codigo"]) == (409, "carrito_vacio")
    assert unknown.data_["errores"] == [{"campo": "codigo", "detalle": "No conocemos el cupón NADA-1."}]
    assert over.data_["errores"] == [{"campo": "codigo", "detalle": "El cupón VIEJO-1 ya no vale."}]
    assert (out["cupon"], out["total"]) == (None, 1000)


async def test_a_coupon_waits_for_its_least_purchase_and_says_how_much_is_missing(
    shop: ShopApp, encargada: Visitor, arroz: int
) -> None:
    await cupon(encargada, arroz, "DESDE-1", minimo=2500)
    ana = await shop.customer()
    await ana.add(arroz, 2)

    short = await ana.ok("POST", "/api/carrito/cupon", {"codigo": "DESDE-1"})
    enough = await ana.add(arroz, 1)

    assert short["cupon"]["aviso"] == "El cupón DESDE-1 es para compras desde $\u00a02.500: te faltan $\u00a0500."
    assert (short["total"], enough["cupon"]["aviso"], enough["total"]) == (2000, None, 2700)


async def test_of_two_customers_at_once_one_has_the_last_use_of_a_coupon(
    shop: ShopApp, encargada: Visitor, arroz: int
) -> None:
    await cupon(encargada, arroz, "UNO-1", usos=1)
    both = [await shop.customer() for _ in range(2)]
    for who in both:
        await who.add(arroz, 1)
        await who.ok("POST", "/api/carrito/cupon", {"codigo": "UNO-1"})

    answers = await asyncio.gather(*(who.order() for who in both))

    assert sorted(each.status_code for each in answers) == [201, 409]
    late = both[[each.status_code for each in answers].index(409)]
    assert (await late.order()).data_["total"] == 1000


async def test_a_customer_uses_a_coupon_so_often_and_a_cancelled_pedido_gives_it_back(
    shop: ShopApp, encargada: Visitor, arroz: int
) -> None:
    made = await cupon(encargada, arroz, "UNAVEZ-1", por_cliente=1)
    ana = await shop.customer()
    await ana.add(arroz, 1)
    await ana.ok("POST", "/api/carrito/cupon", {"codigo": "UNAVEZ-1"})
    first = (await ana.order()).data_
    await ana.add(arroz, 1)
    again = await ana.ask("POST", "/api/carrito/cupon", {"codigo": "UNAVEZ-1"})
    used = next(p for p in (await encargada.ok("GET", PROMOCIONES))["promociones"] if p["id"] == made["id"])

    await shop.base.do(cancelar_pedido, ana.id, first["numero"])
    await shop.base.do(report, first["numero"], "cancelado")
    back = await ana.ok("POST", "/api/carrito/cupon", {"codigo": "UNAVEZ-1"})

    assert again.data_["errores"][0]["detalle"] == "El cupón UNAVEZ-1 ya lo usaste."
    assert (used["usada"], used["rebajado"]) == (1, 100)
    assert back["total"] == 900


async def test_a_guest_s_coupon_comes_along_when_they_log_in(shop: ShopApp, encargada: Visitor, arroz: int) -> None:
    await cupon(encargada, arroz, "INVITADA-1")
    known = await shop.customer()
    ana = shop.visitor()
    ana.email = known.email
    await ana.add(arroz, 1)
    await ana.ok("POST", "/api/carrito/cupon", {"codigo": "INVITADA-1"})

    await shop.log_in(ana)
    made = await ana.order()

    assert (made.status_code, made.data_["total"]) == (201, 900)


async def test_delivery_is_free_from_what_is_paid_for_the_goods(shop: ShopApp, encargada: Visitor, arroz: int) -> None:
    duena = await shop.customer("admin")
    version = (await duena.ok("GET", "/api/admin/configuracion"))["version"]
    envio = {"costo": 300, "gratis_desde": 1500, "minimo": 0}
    await duena.ok("PATCH", "/api/admin/configuracion", {"version": version, "envio": envio})
    await dos_por_uno(encargada, arroz)
    ana = await shop.customer()

    made = await ana.buy(arroz, 2)

    await duena.ok("PATCH", "/api/admin/configuracion", {"version": version + 1, "envio": {**envio, "costo": 0}})
    assert made["total"] == 1300


async def test_what_is_weighed_takes_a_percentage_off_its_grams_and_no_two_for_one(
    shop: ShopApp, encargada: Visitor
) -> None:
    nuevo = {"nombre": "Queso por kilo", "precio": 9999, "por_peso": True, "negocio": "mercado", "categoria": "Almacén"}
    queso = (await encargada.ok("POST", "/api/admin/productos", nuevo))["id"]
    await dos_por_uno(encargada, queso)
    await promo(encargada, queso, tipo="porcentaje", porcentaje=15)
    ana = await shop.customer()

    cart = await ana.ok("POST", "/api/carrito/items", {"producto_id": queso, "peso_g": 333})
    made = (await ana.order()).data_

    assert [(d["texto"], d["monto"]) for d in cart["descuentos"]] == [("15 % menos", 499.45)]
    assert (cart["subtotal"], cart["total"], made["total"]) == (3329.67, 2830.22, 2830.22)
    sold = (await encargada.ok("GET", "/api/admin/ventas"))["por_producto"]
    assert next(p["vendido"] for p in sold if p["producto_id"] == queso) == 2830.22
