"""Nobody buys a line that they did not see: by JSON the cart says what changed, and an order says so once."""

import asyncio
from typing import Any

import pytest

from belgrano.database.work import Work
from tests.ahorro.cast import ShopApp, Visitor, una_entrega


async def _change(work: Work, producto_id: int, **columns: Any) -> None:
    for name, value in columns.items():
        await work.con.execute(
            f"UPDATE productos SET {name} = :value WHERE id = :id", {"value": value, "id": producto_id}
        )


async def change(shop: ShopApp, producto_id: int, **columns: Any) -> None:
    await shop.base.do(_change, producto_id, **columns)


async def carrito(clara: Visitor) -> Any:
    return await clara.ok("GET", "/api/carrito")


@pytest.fixture
async def clara(shop: ShopApp) -> Visitor:
    return await shop.customer()


async def test_a_price_that_changed_unseen_is_a_409_once(shop: ShopApp, clara: Visitor) -> None:
    leche = await shop.producto("Leche", 219000)
    await clara.add(leche, 2)
    await change(shop, leche, precio_centavos=657000)

    first = await clara.order()
    second = await clara.order()

    assert (first.status_code, first.data_["codigo"]) == (409, "carrito_cambio")
    assert first.data_["avisos"] == [
        {"producto_id": leche, "nombre": "Leche", "que": "cambio_precio", "antes": 2190, "ahora": 6570}
    ]
    assert first.data_["total"] == 13140
    assert (second.status_code, second.data_["total"]) == (201, 13140)


async def test_two_changes_that_cancel_out_are_two_changes(shop: ShopApp, clara: Visitor) -> None:
    pan, queso = await shop.producto("Pan", 100000), await shop.producto("Queso", 200000)
    await clara.add(pan)
    await clara.add(queso)
    await change(shop, pan, precio_centavos=150000)
    await change(shop, queso, oferta_centavos=150000)

    refused = await clara.order()

    assert refused.data_["codigo"] == "carrito_cambio"
    assert [(a["nombre"], a["antes"], a["ahora"]) for a in refused.data_["avisos"]] == [
        ("Pan", 1000, 1500), ("Queso", 2000, 1500),
    ]  # fmt: skip


async def test_looking_at_the_cart_is_having_seen_it(shop: ShopApp, clara: Visitor) -> None:
    leche = await shop.producto("Leche", 219000)
    await clara.add(leche)
    assert (await carrito(clara))["avisos"] == []
    await change(shop, leche, precio_centavos=300050)

    seen = await carrito(clara)

    assert seen["avisos"] == [
        {"producto_id": leche, "nombre": "Leche", "que": "cambio_precio", "antes": 2190, "ahora": 3000.5}
    ]
    assert seen["items"][0]["precio"] == 3000.5
    assert (await carrito(clara))["avisos"] == []
    assert (await clara.order()).status_code == 201


async def test_more_of_the_same_does_not_make_an_unseen_price_seen(shop: ShopApp, clara: Visitor) -> None:
    leche, pan = await shop.producto("Leche", 219000), await shop.producto("Pan", 100000)
    await clara.add(leche)
    await change(shop, leche, precio_centavos=657000)
    await clara.add(leche)
    await clara.add(pan)
    await clara.ok("PUT", f"/api/carrito/items/{leche}", {"cantidad": 3})

    assert (await clara.order()).data_["codigo"] == "carrito_cambio"


async def test_what_is_off_sale_is_said_and_not_ordered(shop: ShopApp, clara: Visitor) -> None:
    leche, pan = await shop.producto("Leche", 219000), await shop.producto("Pan", 100000)
    await clara.add(leche)
    await clara.add(pan)
    await change(shop, leche, activo=False)
    gone = {"producto_id": leche, "nombre": "Leche", "que": "no_se_vende"}

    refused = await clara.order()

    assert (refused.status_code, refused.data_["codigo"], refused.data_["avisos"]) == (409, "carrito_cambio", [gone])
    assert (await carrito(clara))["avisos"] == [gone]
    assert [i["producto_id"] for i in (await carrito(clara))["items"]] == [pan]
    made = await clara.order()
    assert made.data_["total"] == 1000
    left = await carrito(clara)
    assert (left["items"], left["total"], left["unidades"], left["avisos"]) == ([], 0, 0, [])


async def test_what_comes_back_on_sale_is_not_slipped_into_the_order(shop: ShopApp, clara: Visitor) -> None:
    leche, pan = await shop.producto("Leche", 219000), await shop.producto("Pan", 100000)
    await clara.add(leche)
    await clara.add(pan)
    await change(shop, leche, activo=False)
    await carrito(clara)
    await change(shop, leche, activo=True)

    refused = await clara.order()

    assert refused.data_["codigo"] == "carrito_cambio"
    assert refused.data_["avisos"] == [{"producto_id": leche, "nombre": "Leche", "que": "cambio_precio", "ahora": 2190}]
    assert (await clara.order()).data_["total"] == 3190


async def test_what_is_off_sale_can_be_taken_out(shop: ShopApp, clara: Visitor) -> None:
    leche = await shop.producto("Leche", 219000)
    await clara.add(leche)
    await change(shop, leche, activo=False)
    assert len((await carrito(clara))["avisos"]) == 1

    assert (await clara.ok("DELETE", f"/api/carrito/items/{leche}"))["avisos"] == []
    assert (await clara.order()).data_["codigo"] == "carrito_vacio"


async def test_a_cart_of_nothing_but_what_is_off_sale_says_so_before_it_is_empty(shop: ShopApp, clara: Visitor) -> None:
    leche = await shop.producto("Leche", 219000)
    await clara.add(leche)
    await change(shop, leche, activo=False)

    assert (await clara.order()).data_["codigo"] == "carrito_cambio"
    assert (await clara.order()).data_["codigo"] == "carrito_vacio"


async def test_a_lowered_stock_is_said(shop: ShopApp, clara: Visitor) -> None:
    fernet = await shop.producto("Fernet", 100000, stock=9)
    await clara.add(fernet, 5)
    await change(shop, fernet, stock=2)

    assert (await carrito(clara))["avisos"] == [
        {"producto_id": fernet, "nombre": "Fernet", "que": "sin_stock", "antes": 5, "ahora": 2}
    ]
    refused = await clara.order()
    assert (refused.status_code, refused.data_["codigo"], refused.data_["quedan"]) == (409, "sin_stock", 2)


@pytest.mark.parametrize("price", [2190, 2190.0])
async def test_who_says_what_they_saw_is_held_to_it_line_by_line(shop: ShopApp, clara: Visitor, price: Any) -> None:
    leche, pan = await shop.producto("Leche", 219000), await shop.producto("Pan", 100050)
    await clara.add(leche)
    await clara.add(pan)
    seen = {str(leche): price, str(pan): 1000.5}
    await change(shop, leche, precio_centavos=229000)
    await carrito(clara)  # another page of theirs: this one did not see it

    for _ in range(2):
        refused = await clara.order(visto=seen)
        assert (refused.status_code, refused.data_["codigo"]) == (409, "carrito_cambio")
        assert refused.data_["avisos"] == [
            {"producto_id": leche, "nombre": "Leche", "que": "cambio_precio", "antes": 2190, "ahora": 2290}
        ]
    assert (await clara.order(visto=seen | {str(leche): 2290})).data_["total"] == 3290.5


async def test_a_line_that_was_not_seen_or_is_not_there_any_more_is_a_change(shop: ShopApp, clara: Visitor) -> None:
    leche, pan = await shop.producto("Leche", 219000), await shop.producto("Pan", 100000)
    await clara.add(leche)
    await clara.add(pan)

    less = await clara.order(visto={str(leche): 2190})
    more = await clara.order(visto={str(leche): 2190, str(pan): 1000, "999999": 5})

    assert {r.data_["codigo"] for r in (less, more)} == {"carrito_cambio"}
    assert [a["nombre"] for a in less.data_["avisos"]] == ["Pan"]


async def test_the_same_clave_gives_the_same_pedido_whatever_the_prices_are_since(
    shop: ShopApp, clara: Visitor
) -> None:
    leche = await shop.producto("Leche", 219000)
    await clara.add(leche)
    entrega = una_entrega(visto={str(leche): 2190})
    first = await clara.ask("POST", "/api/pedidos", entrega)
    await change(shop, leche, precio_centavos=999900)

    again = await clara.ask("POST", "/api/pedidos", entrega)

    assert (again.status_code, again.data_) == (201, first.data_)


async def test_a_change_and_many_orders_at_once_make_at_most_one_pedido_at_a_price_that_was_said(shop: ShopApp) -> None:
    for _ in range(3):
        clara, leche = await shop.customer(), await shop.producto("Leche", 100000)
        await clara.add(leche)

        async def raise_price(leche: int = leche) -> None:
            await change(shop, leche, precio_centavos=200000)

        answers = await asyncio.gather(
            clara.order(visto={str(leche): 1000}), raise_price(), clara.order(visto={str(leche): 1000})
        )

        made = [a for a in answers if a is not None and a.status_code == 201]
        assert [a.data_["total"] for a in made] in ([], [1000])


@pytest.mark.parametrize(
    "visto", ["x", [], 5, {"a": 1}, {"1": "x"}, {"1": -1}, {"1": 1.001}, {"1": None}, {"1": True}, {"0": 1},
              {"9" * 30: 1}, {"1": 10**12}, {" 1": 1}, {"٣": 1}],
)  # fmt: skip
async def test_what_was_seen_has_to_make_sense(shop: ShopApp, clara: Visitor, visto: Any) -> None:
    await clara.add(await shop.producto())

    refused = await clara.order(visto=visto)

    assert refused.status_code == 400
    assert [e["campo"] for e in refused.data_["errores"]] == ["visto"]


async def test_what_a_guest_saw_comes_along_when_they_come_in(shop: ShopApp) -> None:
    leche = await shop.producto("Leche", 219000)
    clara = shop.visitor()
    clara.email = (await shop.customer()).email
    await clara.add(leche)
    await change(shop, leche, precio_centavos=300000)

    await shop.log_in(clara)

    assert (await clara.order()).data_["codigo"] == "carrito_cambio"
