"""What was sold: to the centavo, by Buenos Aires' days, without what was cancelled or came back."""

from typing import Any

import pytest

from belgrano.database.work import Work
from belgrano.words.times import MINUTO, dia_de, ms_de_iso, now
from tests.ahorro.cast import ShopApp, Visitor


async def change(shop: ShopApp, numero: str, **columns: Any) -> None:
    """What happened to a pedido since."""

    async def do(work: Work) -> None:
        for column, value in columns.items():
            await work.con.execute(
                f"UPDATE pedidos SET {column} = :value WHERE numero = :numero", {"value": value, "numero": numero}
            )

    await shop.base.do(do)


async def test_what_was_sold_today_is_summed_by_day_product_and_way_to_pay(shop: ShopApp, encargada: Visitor) -> None:
    arroz, sal = await shop.producto("Arroz de ventas", 95050), await shop.producto("Sal de ventas", 33333)
    customer = await shop.customer()
    await customer.buy(arroz, 2)
    await customer.buy(sal, 3, metodo_pago="transferencia")
    for estado in ("cancelado", "fallido"):
        gone = await customer.buy(sal, 9)
        await change(shop, gone["numero"], estado=estado)

    told = await encargada.ok("GET", "/api/admin/ventas")

    hoy = dia_de(now()).isoformat()
    assert told == {
        "vendido": 2900.99,
        "pedidos": 2,
        "promedio": 1450.5,
        "devuelto": 0,
        "por_dia": [{"dia": hoy, "vendido": 2900.99, "pedidos": 2}],
        "por_producto": [
            {"producto_id": arroz, "nombre": "Arroz de ventas", "vendido": 1901, "cantidad": 2},
            {"producto_id": sal, "nombre": "Sal de ventas", "vendido": 999.99, "cantidad": 3},
        ],
        "por_medio": [
            {"medio": "efectivo", "vendido": 1901, "pedidos": 1},
            {"medio": "transferencia", "vendido": 999.99, "pedidos": 1},
        ],
    }


async def test_a_day_begins_at_buenos_aires_midnight(shop: ShopApp, encargada: Visitor) -> None:
    producto = await shop.producto("De noche", 1000)
    customer = await shop.customer()
    midnight = ms_de_iso("2025-03-02T03:00:00Z")
    for moment in (midnight - MINUTO, midnight):
        made = await customer.buy(producto)
        await change(shop, made["numero"], creado_en=moment)

    both = await encargada.ok("GET", "/api/admin/ventas?desde=2025-03-01&hasta=2025-03-02")
    last = await encargada.ok("GET", "/api/admin/ventas?desde=2025-03-02&hasta=2025-03-02")

    assert [(each["dia"], each["pedidos"]) for each in both["por_dia"]] == [("2025-03-01", 1), ("2025-03-02", 1)]
    assert last["pedidos"] == 1


async def test_the_table_opens_in_a_spreadsheet_of_here(encargada: Visitor) -> None:
    answer = await encargada.ask("GET", "/api/admin/ventas.csv?desde=2025-03-01&hasta=2025-03-02")

    text = await answer.get_data(as_text=True)
    assert text == "\ufeffdia;pedidos;vendido\r\n2025-03-01;1;10,00\r\n2025-03-02;1;10,00\r\n"


@pytest.mark.parametrize("query", ["desde=ayer", "hasta=2026-02-30", "desde=2026-11-24T10:00:00Z", "hasta=1"])
async def test_a_day_that_is_none_is_named(encargada: Visitor, query: str) -> None:
    answer = await encargada.ask("GET", f"/api/admin/ventas?{query}")

    assert answer.status_code == 400
    assert [each["campo"] for each in answer.data_["errores"]] == [query.partition("=")[0]]


@pytest.mark.parametrize("what", ["ventas", "ventas.csv", "pedidos"])
async def test_days_that_end_before_they_begin_are_refused(encargada: Visitor, what: str) -> None:
    answer = await encargada.ask("GET", f"/api/admin/{what}?desde=2025-03-02&hasta=2025-03-01")

    assert answer.status_code == 400
    assert [each["campo"] for each in answer.data_["errores"]] == ["hasta"]


async def test_without_a_first_day_it_is_the_month_of_the_last(encargada: Visitor) -> None:
    told = await encargada.ok("GET", "/api/admin/ventas?hasta=2025-03-31")

    assert [each["dia"] for each in told["por_dia"]] == ["2025-03-01", "2025-03-02"]


async def test_a_day_on_which_nothing_was_sold_is_no_division_by_zero(encargada: Visitor) -> None:
    told = await encargada.ok("GET", "/api/admin/ventas?desde=2001-01-01&hasta=2001-01-01")

    assert (told["vendido"], told["promedio"], told["por_dia"]) == (0, 0, [])
