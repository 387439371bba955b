"""What a comerciante saw a paquete come to is what it is ordered for; anything else is asked about, or told."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from ahorro.actions.paquetes import cambiar_paquete, crear_paquete, procesar_paquete
from ahorro.domain.cuenta import Usuario
from ahorro.domain.errors import CampoInvalido
from ahorro.domain.paquete import sale_en
from ahorro.loops import correr_paquetes
from ahorro.store.estimados import select_estimado
from belgrano.words.times import now
from tests.ahorro.actions.test_paquetes import ENTREGA, _pedidos, datos, hoy, marta, run
from tests.ahorro.actions.test_paquetes_honestos import _next_day, _yesterdays, kept
from tests.ahorro.cast import ShopApp, Visitor
from tests.ahorro.routes.test_lo_visto import change

PROMOCIONES = "/api/admin/promociones"
CONFIGURACION = "/api/admin/configuracion"


@pytest.fixture(scope="module")
async def duena(shop: ShopApp) -> Visitor:
    return await shop.customer("admin", "Silvia Dueña")


async def configure(duena: Visitor, **said: Any) -> None:
    version = (await duena.ok("GET", CONFIGURACION))["version"]
    await duena.ok("PATCH", CONFIGURACION, {"version": version, **said})


@pytest.fixture
async def envio_de_800(duena: Visitor) -> AsyncIterator[None]:
    """A shop whose delivery costs something; it did not before the test."""
    yield
    await configure(duena, envio={"costo": 0, "gratis_desde": None, "minimo": 0})


@pytest.fixture
async def sin_transferencia(duena: Visitor) -> AsyncIterator[None]:
    """What withdraws a way to pay in the test is over after it."""
    yield
    await configure(duena, medios_de_pago=["efectivo", "transferencia"])


async def mitad(duena: Visitor, producto_id: int, **said: Any) -> Any:
    """A promotion of one product."""
    whole = {"nombre": "La promo", "tipo": "porcentaje", "porcentaje": 50, "alcance": "producto"}
    return await duena.ok("POST", PROMOCIONES, {**whole, "cuales": [producto_id], **said})


async def apagar(duena: Visitor, promo: Any) -> None:
    await duena.ok("PATCH", f"{PROMOCIONES}/{promo['id']}", {"version": promo["version"], "activa": False})


async def estimado(shop: ShopApp, quien: Usuario, paquete_id: int) -> int:
    """What its pages say that its next pedido comes to."""
    q = await kept(shop, quien, paquete_id)
    found = await shop.base.read(select_estimado, q.salen, q.entrega, sale_en(q.proxima_el, now()))
    return found.total_centavos


async def test_it_is_ordered_for_what_was_seen_with_promotions_and_delivery(
    shop: ShopApp, duena: Visitor, envio_de_800: None
) -> None:
    quien, arroz, sal = await marta(shop), await shop.producto("Arroz", 100_033), await shop.producto("Sal", 50_000)
    await mitad(duena, arroz, tipo="nxm", lleva=3, paga=2, porcentaje=None)
    await configure(duena, envio={"costo": 800, "gratis_desde": None, "minimo": 0})
    paquete_id = await shop.base.do(crear_paquete, quien.id, datos((arroz, 4), (sal, 1)))

    seen = await estimado(shop, quien, paquete_id)
    await run(shop)

    (pedido,) = await shop.base.read(_pedidos, quien.id)
    assert pedido["total_centavos"] == seen == 3 * 100_033 + 50_000 + 80_000
    assert json.loads(pedido["body"])["total"] == 4300.99
    assert (await kept(shop, quien, paquete_id)).aviso is None


async def test_what_it_comes_to_goes_by_the_day_on_which_it_is_made(shop: ShopApp, duena: Visitor) -> None:
    quien, arroz = await marta(shop), await shop.producto("Arroz", 100_000)
    manana = hoy() + timedelta(days=1)
    await mitad(duena, arroz, dias=[hoy().isoweekday()])
    await mitad(duena, arroz, porcentaje=20, desde=manana.isoformat())

    ids = [await shop.base.do(crear_paquete, quien.id, datos((arroz, 1), proxima_el=day)) for day in (hoy(), manana)]

    assert [await estimado(shop, quien, each) for each in ids] == [50_000, 80_000]


async def test_a_delivery_that_nobody_was_asked_about_waits_until_it_is_seen(
    shop: ShopApp, duena: Visitor, envio_de_800: None
) -> None:
    quien, arroz = await marta(shop), await shop.producto("Arroz", 100_000)
    paquete_id = await shop.base.do(crear_paquete, quien.id, datos((arroz, 1)))
    await configure(duena, envio={"costo": 800, "gratis_desde": None, "minimo": 0})

    await run(shop)

    assert await shop.base.read(_pedidos, quien.id) == []
    paquete = await kept(shop, quien, paquete_id)
    assert paquete.espera and (paquete.aviso or "").startswith("El envío pasó de $\u00a00,00 a $\u00a0800,00.")
    await shop.base.do(procesar_paquete, quien, paquete_id, None, 80_000)
    await shop.base.do(_yesterdays, paquete_id)
    await shop.base.do(_next_day, paquete_id)
    await run(shop)
    assert await shop.base.read(_totales, quien.id) == [180_000, 180_000]


async def test_a_promotion_that_ended_is_asked_about_like_a_price_that_jumped(shop: ShopApp, duena: Visitor) -> None:
    quien, arroz = await marta(shop), await shop.producto("Arroz", 100_000)
    promo = await mitad(duena, arroz)
    paquete_id = await shop.base.do(crear_paquete, quien.id, datos((arroz, 1)))
    await apagar(duena, promo)

    await run(shop)

    assert await shop.base.read(_pedidos, quien.id) == []
    assert (await kept(shop, quien, paquete_id)).aviso == (
        "El total sin envío pasó de $\u00a0500,00 a $\u00a01.000,00. "
        "No lo pedimos sin preguntarte: pedilo vos o cambiá el paquete."
    )
    await shop.base.do(cambiar_paquete, quien.id, paquete_id, datos((arroz, 1)))
    await run(shop)
    assert [p["total_centavos"] for p in await shop.base.read(_pedidos, quien.id)] == [100_000]


async def test_ordered_by_hand_on_a_cheap_day_what_was_agreed_on_before_stays_so(shop: ShopApp, duena: Visitor) -> None:
    quien, arroz = await marta(shop), await shop.producto("Arroz", 100_000)
    paquete_id = await shop.base.do(crear_paquete, quien.id, datos((arroz, 1), proxima_el=hoy() + timedelta(days=1)))
    promo = await mitad(duena, arroz)
    await shop.base.do(procesar_paquete, quien, paquete_id)
    await apagar(duena, promo)
    await shop.base.do(_yesterdays, paquete_id)
    await shop.base.do(_next_day, paquete_id)

    await run(shop)

    assert await shop.base.read(_totales, quien.id) == [50_000, 100_000]


@pytest.mark.parametrize("precio", [108_000, 60_000])
async def test_a_little_more_or_much_less_is_ordered_and_told(shop: ShopApp, precio: int) -> None:
    quien, arroz = await marta(shop), await shop.producto("Arroz", 100_000)
    paquete_id = await shop.base.do(crear_paquete, quien.id, datos((arroz, 2)))
    await change(shop, arroz, precio_centavos=precio)

    await run(shop)

    (pedido,) = await shop.base.read(_pedidos, quien.id)
    assert pedido["total_centavos"] == 2 * precio
    aviso = (await kept(shop, quien, paquete_id)).aviso or ""
    assert "cuando lo viste daba $\u00a02.000,00. Arroz pasó de $\u00a01.000,00 a" in aviso


async def test_what_came_to_something_else_is_told_by_mail(shop: ShopApp) -> None:
    quien, arroz = await marta(shop), await shop.producto("Arroz", 100_000)
    await shop.base.do(crear_paquete, quien.id, datos((arroz, 1)))
    await change(shop, arroz, precio_centavos=105_000)

    await correr_paquetes(shop.base, "https://tienda.test")

    (asunto, texto) = await shop.base.read(_carta, quien.email)
    assert asunto == "Tu paquete «Reposición» salió con otro total"
    assert "Salió por $\u00a01.050,00; cuando lo viste daba $\u00a01.000,00." in texto
    assert "Mañana probamos" not in texto


async def test_a_way_to_pay_that_was_withdrawn_waits_says_why_and_goes_with_another(
    shop: ShopApp, duena: Visitor, sin_transferencia: None
) -> None:
    quien, arroz = await marta(shop), await shop.producto("Arroz", 100_000)
    paquete_id = await shop.base.do(crear_paquete, quien.id, datos((arroz, 1)))
    await configure(duena, medios_de_pago=["efectivo"])

    await run(shop)
    with pytest.raises(CampoInvalido) as by_hand:
        await shop.base.do(procesar_paquete, quien, paquete_id)
    with pytest.raises(CampoInvalido) as saved:
        await shop.base.do(cambiar_paquete, quien.id, paquete_id, datos((arroz, 2)))

    assert await shop.base.read(_pedidos, quien.id) == []
    paquete = await kept(shop, quien, paquete_id)
    assert paquete.activo and paquete.espera and paquete.proxima_el == hoy() + timedelta(days=1)
    assert (
        paquete.aviso
        == str(by_hand.value)
        == ("Ya no se puede pagar por transferencia: elegí otra forma de pago en el paquete.")
    )
    assert (saved.value.campo, [r.cantidad for r in paquete.items]) == ("metodo_pago", [1])
    en_efectivo = datos((arroz, 1), entrega=type(ENTREGA)(ENTREGA.direccion, ENTREGA.telefono, "efectivo", ""))
    await shop.base.do(cambiar_paquete, quien.id, paquete_id, en_efectivo)
    await run(shop)
    assert len(await shop.base.read(_pedidos, quien.id)) == 1


async def _totales(con: Any, usuario_id: int) -> list[int]:
    rows = await con.fetch_all(
        "SELECT total_centavos FROM pedidos WHERE usuario_id = :id ORDER BY id", {"id": usuario_id}
    )
    return [row["total_centavos"] for row in rows]


async def _carta(con: Any, para: str) -> tuple[str, str]:
    row = await con.fetch_one("SELECT asunto, texto FROM correos WHERE para = :para", {"para": para})
    return row["asunto"], row["texto"]
