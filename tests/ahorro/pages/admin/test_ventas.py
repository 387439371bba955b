"""Sales on their page."""

import pytest

from belgrano.words.times import MINUTO, comienzo_del_dia, ms_de_iso, now
from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.reader import Reader
from tests.ahorro.routes.admin.test_ventas import change


@pytest.fixture
async def encargada(shop: ShopApp) -> Reader:
    return Reader((await shop.customer("encargado", "Elena Encargada")).client)


async def test_nothing_sold_is_said_without_a_number_that_is_none(encargada: Reader) -> None:
    await encargada.go("/admin/ventas?desde=2001-01-01&hasta=2001-01-01")

    assert encargada.status == 200 and encargada.sees("No se vendió nada")
    assert encargada.sees("lun 1 ene, contra dom 31 dic")


async def test_a_month_is_drawn_and_stands_in_tables_beside_the_month_before(shop: ShopApp, encargada: Reader) -> None:
    arroz, clienta = await shop.producto("Arroz dibujado", 1000_00), await shop.customer()
    for day, cuantos in (("2025-02-10", 1), ("2025-03-02", 1), ("2025-03-09", 2)):
        made = await clienta.buy(arroz, cuantos)
        await change(shop, made["numero"], creado_en=ms_de_iso(f"{day}T15:00:00Z"))

    await encargada.go("/admin/ventas?desde=2025-03-01&hasta=2025-03-31")

    assert encargada.sees("$ 3.000,00 vendido +200 %")
    assert encargada.sees("2 pedidos +100 %")
    assert encargada.sees("Lo más vendido fue $ 2.000,00, el día 9/3")
    assert encargada.sees("9/3 1 $ 2.000,00") and encargada.sees("12 h 2 $ 3.000,00")
    assert encargada.sees("Arroz dibujado 3 $ 3.000,00") and encargada.sees("Sin barrio 2 $ 3.000,00")
    assert encargada.html.count("<rect class=") == 31  # the days, also those without sales; of the one hour none
    assert "/api/admin/ventas.csv?desde=2025-03-01&hasta=2025-03-31" in {href for _, href in encargada.page.links}


async def test_a_year_is_drawn_by_month(shop: ShopApp, encargada: Reader) -> None:
    made = await (await shop.customer()).buy(await shop.producto("Del año", 1000_00))
    await change(shop, made["numero"], creado_en=ms_de_iso("2024-07-10T15:00:00Z"))

    await encargada.go("/admin/ventas?desde=2024-01-01&hasta=2024-12-31")

    assert encargada.sees("Por mes") and encargada.sees("jul 2024 1 $ 1.000,00")


async def test_today_is_compared_with_yesterday_until_this_hour(shop: ShopApp, encargada: Reader) -> None:
    clienta, producto = await shop.customer(), await shop.producto("De ayer", 500_00)
    midnight = comienzo_del_dia(now())
    made = await clienta.buy(producto)
    await change(shop, made["numero"], creado_en=midnight - MINUTO)
    await clienta.buy(producto)

    await encargada.go("/admin/ventas")
    await encargada.follow("Hoy")

    assert encargada.html.count('aria-current="true"') == 1, "on the first of a month, or a Monday, too"
    assert encargada.sees("hasta esta hora") and encargada.sees("1 pedido antes nada")
    assert encargada.sees("1 que vuelve")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("desde=ayer", "El primer día tiene que ser una fecha"),
        ("desde=2026-02-02&hasta=2026-02-01", "El último día tiene que ser desde el primer día en adelante"),
    ],
)
async def test_days_that_are_none_are_said_and_stay_in_the_form(encargada: Reader, query: str, sentence: str) -> None:
    await encargada.go(f"/admin/ventas?{query}")

    assert encargada.status == 400 and encargada.sees(sentence)


async def test_an_armador_sees_no_sales(shop: ShopApp) -> None:
    armador = Reader((await shop.customer("armador")).client)

    await armador.go("/admin/ventas")

    assert armador.status == 403
