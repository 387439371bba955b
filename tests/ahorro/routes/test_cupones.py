"""Coupons and promotions under many hands at once, and at prices as large as they come."""

import asyncio
import random
from datetime import timedelta
from typing import Any

import pytest

from ahorro.actions.cancelaciones import cancelar_pedido
from tests.ahorro.cast import ShopApp, Visitor
from tests.ahorro.routes.test_promociones import (
    HOY,
    PROMOCIONES,
    cupon,
    dos_por_uno,
    los_bytes,
    promo,
    report,
)


@pytest.fixture(scope="module")
async def encargada(shop: ShopApp) -> Visitor:
    return await shop.customer("encargado", "Elena Encargada")


async def de_ciento(encargada: Visitor, codigo: str, cuales: list[int], porcentaje: int) -> None:
    """A coupon of so much per cent of these."""
    await promo(encargada, cuales[0], tipo="porcentaje", porcentaje=porcentaje, codigo=codigo, cuales=cuales)


async def used(encargada: Visitor, promo_id: int) -> int:
    found = (await encargada.ok("GET", PROMOCIONES))["promociones"]
    return int(next(p["usada"] for p in found if p["id"] == promo_id))


async def with_coupon(shop: ShopApp, producto_id: int, codigo: str) -> Visitor:
    """A customer whose cart holds one of it and the coupon."""
    who = await shop.customer()
    await who.add(producto_id)
    await who.ok("POST", "/api/carrito/cupon", {"codigo": codigo})
    return who


async def test_of_fifty_at_once_ten_use_a_coupon_for_ten_and_the_others_pay_all_of_it(
    shop: ShopApp, encargada: Visitor
) -> None:
    arroz = await shop.producto("Arroz de cincuenta", 100_000)
    made = await cupon(encargada, arroz, "DIEZ-DE-50", usos=10)
    people = [await with_coupon(shop, arroz, "DIEZ-DE-50") for _ in range(50)]

    answers = await asyncio.gather(*(who.order() for who in people))

    assert sorted(each.status_code for each in answers) == [201] * 10 + [409] * 40
    assert {each.data_["total"] for each in answers if each.status_code == 201} == {900}
    assert {each.data_["codigo"] for each in answers if each.status_code == 409} == {"carrito_cambio"}
    late = [who for who, each in zip(people, answers, strict=True) if each.status_code == 409]
    again = await asyncio.gather(*(who.order() for who in late))
    assert {(each.status_code, each.data_["total"]) for each in again} == {(201, 1000)}
    assert await used(encargada, made["id"]) == 10


async def test_a_use_that_was_cancelled_is_somebody_else_s_and_one_that_comes_back_counts_again(
    shop: ShopApp, encargada: Visitor
) -> None:
    arroz = await shop.producto("Arroz de vuelta", 100_000)
    made = await cupon(encargada, arroz, "DE-VUELTA", usos=1)
    ana = await with_coupon(shop, arroz, "DE-VUELTA")
    first = (await ana.order()).data_["numero"]
    await shop.base.do(cancelar_pedido, ana.id, first)
    await shop.base.do(report, first, "cancelado")

    rivals = [await with_coupon(shop, arroz, "DE-VUELTA") for _ in range(5)]
    answers = await asyncio.gather(*(who.order() for who in rivals))
    await shop.base.do(report, first, "en_camino")  # what was cancelled too late
    late = await rivals[[each.status_code for each in answers].index(409)].order()

    assert sorted(each.status_code for each in answers) == [201, 409, 409, 409, 409]
    assert await used(encargada, made["id"]) == 2  # above its limit, since one came back
    assert (late.status_code, late.data_["total"]) == (201, 1000)


async def test_one_that_begins_between_cart_and_order_is_asked_about_once(shop: ShopApp, encargada: Visitor) -> None:
    arroz = await shop.producto("Arroz que empieza", 100_000)
    made = await dos_por_uno(encargada, arroz, desde=(HOY + timedelta(days=1)).isoformat())
    people = [await shop.customer() for _ in range(4)]
    for who in people:
        await who.add(arroz, 2)
    await encargada.ok("PATCH", f"{PROMOCIONES}/{made['id']}", {"version": 1, "desde": HOY.isoformat()})

    asked = await asyncio.gather(*(who.order() for who in people))
    ordered = await asyncio.gather(*(who.order() for who in people))

    assert {(a.status_code, a.data_["codigo"], a.data_["total"]) for a in asked} == {(409, "carrito_cambio", 1000)}
    assert {(a.status_code, a.data_["total"]) for a in ordered} == {(201, 1000)}


async def test_the_dearest_goods_are_discounted_to_the_centavo(shop: ShopApp, encargada: Visitor) -> None:
    # A thousand million pesos is the most that a pedido comes to: what is taken off may bring it there.
    caro, otro = await shop.producto("Oro", 99_999_999_999), await shop.producto("Plata", 99_999_999_997)
    said = {"nombre": "Oro y plata", "tipo": "nxm", "lleva": 2, "paga": 1, "mezcla": True}
    await encargada.ok("POST", PROMOCIONES, {**said, "alcance": "producto", "cuales": [caro, otro]})
    await de_ciento(encargada, "ORO-1", [caro, otro], 33)
    ana = await shop.customer()
    await ana.add(caro)
    await ana.add(otro)

    cart = await ana.ok("POST", "/api/carrito/cupon", {"codigo": "ORO-1"})
    made = await ana.order()

    left = 99_999_999_999 - (99_999_999_999 * 33 + 50) // 100
    assert (cart["total"], made.status_code, made.data_["total"]) == (left / 100, 201, left / 100)


def una_promo(luck: random.Random, ids: list[int]) -> dict[str, Any]:
    tipo = luck.choice(["nxm", "segunda", "porcentaje"])
    said: dict[str, Any] = {"tipo": tipo, "cuales": luck.sample(ids, luck.randint(1, len(ids)))}
    if tipo == "nxm":
        said["lleva"] = luck.randint(2, 4)
        said["paga"] = luck.randint(1, said["lleva"] - 1)
    else:
        said["porcentaje"] = luck.randint(1, 100)
    return said | {"mezcla": tipo != "porcentaje" and luck.random() < 0.5, "sobre_ofertas": luck.random() < 0.5}


@pytest.mark.parametrize("seed", range(8))
async def test_whatever_rules_cart_pedido_ticket_and_sheet_say_one_total_to_the_centavo(
    shop: ShopApp, encargada: Visitor, seed: int
) -> None:
    luck = random.Random(seed)
    ids = [await shop.producto(f"Azar {seed}-{n}", luck.randint(1, 300_000)) for n in range(3)]
    ids.append(await shop.producto(f"Azar {seed} en oferta", 200_000, oferta_centavos=luck.randint(1, 199_999)))
    nuevo = {"nombre": f"Azar {seed} por kilo", "precio": luck.randint(1, 999_999) / 100, "por_peso": True}
    queso = await encargada.ok("POST", "/api/admin/productos", {**nuevo, "negocio": "mercado", "categoria": "Almacén"})
    ids.append(queso["id"])
    for n in range(luck.randint(1, 4)):
        await promo(encargada, ids[0], **una_promo(luck, ids), nombre=f"Azar {seed}-{n}")
    await de_ciento(encargada, f"AZAR-{seed}", luck.sample(ids, 3), luck.randint(1, 90))
    ana = await shop.customer()
    await ana.ok("POST", "/api/carrito/items", {"producto_id": ids[4], "peso_g": luck.randint(1, 3_000)})
    for each in ids[:4]:
        await ana.add(each, luck.randint(1, 9))

    cart = await ana.ok("POST", "/api/carrito/cupon", {"codigo": f"AZAR-{seed}"})
    made = await ana.order()

    lines, off = cents(cart["items"], "subtotal"), cents(cart["descuentos"], "monto")
    assert off > 0
    assert round(cart["subtotal"] * 100) == lines and round(cart["total"] * 100) == lines - off >= 0
    assert (made.status_code, made.data_["total"]) == (201, cart["total"])
    pedido = await ana.ok("GET", f"/api/pedidos/{made.data_['numero']}")
    assert (pedido["descuentos"], pedido["total"]) == (cart["descuentos"], cart["total"])
    assert (await shop.base.read(los_bytes, made.data_["numero"]))["total"] == cart["total"]
    sold = (await encargada.ok("GET", "/api/admin/ventas"))["por_producto"]
    mine = [each for each in sold if each["producto_id"] in ids]
    assert cents(mine, "vendido") == lines - off
    sheet = await (await encargada.ask("GET", "/api/admin/ventas.csv?por=producto")).get_data()
    for each in mine:
        amount = f"{round(each['vendido'] * 100) // 100},{round(each['vendido'] * 100) % 100:02d}"
        assert any(each["nombre"] in line and amount in line for line in sheet.decode("utf-8-sig").splitlines())


def cents(rows: list[Any], field: str) -> int:
    return sum(round(each[field] * 100) for each in rows)
