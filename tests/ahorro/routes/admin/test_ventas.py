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
    assert (
        told.items()
        >= {
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
            "clientes": 1,
            "clientes_nuevos": 1,
            "otros_productos": 0,
        }.items()
    )
    assert [(each["nombre"], each["vendido"], each["pedidos"]) for each in told["por_categoria"]] == [
        ("Almacén", 2900.99, 2)
    ]
    assert sum(each["pedidos"] for each in told["por_hora"]) == 2


async def test_some_days_are_compared_with_as_many_before(shop: ShopApp, encargada: Visitor) -> None:
    producto, customer = await shop.producto("Comparado", 1000), await shop.customer()
    for day in ("2025-05-05", "2025-06-03", "2025-06-04"):
        made = await customer.buy(producto, barrio="Núñez")
        await change(shop, made["numero"], creado_en=ms_de_iso(f"{day}T15:00:00Z"))

    told = await encargada.ok("GET", "/api/admin/ventas?desde=2025-06-01&hasta=2025-06-05")

    assert (told["pedidos"], told["clientes"], told["clientes_nuevos"]) == (2, 1, 0)
    assert told["anterior"].items() >= {
        "desde": "2025-05-01", "hasta": "2025-05-05", "vendido": 10, "pedidos": 1, "clientes_nuevos": 1,
    }.items()  # fmt: skip
    assert told["por_hora"] == [{"hora": 12, "vendido": 20, "pedidos": 2}]
    assert told["por_zona"] == [{"zona": "Núñez", "vendido": 20, "pedidos": 2}]


async def test_what_was_looked_for_in_vain_is_counted_without_who(shop: ShopApp, encargada: Visitor) -> None:
    visitor = shop.visitor()
    for q in ("Kéfir de coco", "kefir  DE coco", "ana@correo.test", "11 5555-1234", "x"):
        await visitor.ask("GET", "/productos", query_string={"q": q})
    await visitor.ask("GET", "/productos?q=kefir+de+coco&categoria=otra")

    told = await encargada.ok("GET", "/api/admin/ventas")

    assert told["busquedas_sin_resultado"] == [{"palabras": "kefir de coco", "veces": 2}]


async def test_of_a_day_no_more_words_are_kept_than_the_most(
    shop: ShopApp, encargada: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ahorro.store.busquedas.DISTINTAS_POR_DIA", 2)
    visitor = shop.visitor()

    for q in ("tofu", "tempeh", "tofu", "seitan"):
        await visitor.ask("GET", "/productos", query_string={"q": q})

    found = (await encargada.ok("GET", "/api/admin/ventas"))["busquedas_sin_resultado"]
    assert len(found) == 2 and {"palabras": "kefir de coco", "veces": 2} in found


async def test_what_is_sold_out_is_named(shop: ShopApp, encargada: Visitor) -> None:
    producto = await shop.producto("Agotado del todo", 1000, stock=0)

    told = await encargada.ok("GET", "/api/admin/ventas")

    assert {"producto_id": producto, "nombre": "Agotado del todo"} in told["sin_stock"]


async def test_the_table_is_also_by_other_things_and_runs_no_formula(shop: ShopApp, encargada: Visitor) -> None:
    producto, customer = await shop.producto("=CMD()", 1000), await shop.customer()
    made = await customer.buy(producto, 3)
    await change(shop, made["numero"], creado_en=ms_de_iso("2025-07-01T15:00:00Z"))

    answer = await encargada.ask("GET", "/api/admin/ventas.csv?desde=2025-07-01&hasta=2025-07-01&por=producto")
    refused = await encargada.ask("GET", "/api/admin/ventas.csv?por=luna")

    assert await answer.get_data(as_text=True) == "\ufeffproducto;cantidad;vendido\r\n'=CMD();3;30,00\r\n"
    assert refused.status_code == 400 and [each["campo"] for each in refused.data_["errores"]] == ["por"]


async def test_the_longest_span_there_is_has_an_answer(encargada: Visitor) -> None:
    told = await encargada.ok("GET", "/api/admin/ventas?desde=1900-01-02&hasta=9998-12-29")

    assert told["anterior"]["pedidos"] == 0


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
