"""What is sold by weight: bought in grams at the price of a kilo, to the centavo, and never taken for units."""

import asyncio
import random

import pytest

from ahorro.domain.carrito import PESO_MAXIMO, Renglon
from belgrano.database.work import Work
from tests.ahorro.cast import ShopApp, Visitor

KILO = 980_050  # centavos


async def queso(shop: ShopApp, *, precio: int = KILO, stock: int | None = None) -> int:
    """A cheese that is sold by weight; its id."""
    producto_id = await shop.producto("Queso cremoso", precio, stock=stock)
    await shop.base.do(by_weight, producto_id, True)
    return producto_id


async def by_weight(work: Work, producto_id: int, por_peso: bool) -> None:
    await work.con.execute(
        "UPDATE productos SET por_peso = :por_peso WHERE id = :id", {"id": producto_id, "por_peso": por_peso}
    )


async def brought(work: Work, numero: str) -> None:
    await work.con.execute("UPDATE pedidos SET estado = 'entregado' WHERE numero = :numero", {"numero": numero})


async def left(shop: ShopApp, producto_id: int) -> int:
    return int(
        await shop.base.read(
            lambda con: con.fetch_val("SELECT stock FROM productos WHERE id = :id", {"id": producto_id})
        )
    )


async def put(visitor: Visitor, producto_id: int, **cuanto: object) -> object:
    return await visitor.ask("PUT", f"/api/carrito/items/{producto_id}", cuanto)


async def test_grams_cost_their_part_of_the_kilo_half_up(shop: ShopApp) -> None:
    cheese, clara = await queso(shop), await shop.customer()

    carrito = await clara.ok("POST", "/api/carrito/items", {"producto_id": cheese, "peso_g": 750})

    (line,) = carrito["items"]
    assert (line["peso_g"], line["cantidad"], line["precio"], line["subtotal"]) == (750, 0.75, 9800.5, 7350.38)
    assert carrito["total"] == 7350.38 and carrito["aproximado"] is True and carrito["unidades"] == 1


async def test_a_quantity_of_it_is_kilos_and_adds_up_with_grams(shop: ShopApp) -> None:
    cheese, clara = await queso(shop), await shop.customer()

    await clara.add(cheese, 2)
    carrito = await clara.ok("POST", "/api/carrito/items", {"producto_id": cheese, "peso_g": 300})

    assert carrito["items"][0]["peso_g"] == 2300
    assert (await put(clara, cheese, cantidad=1)).data_["items"][0]["subtotal"] == 9800.5  # type: ignore[attr-defined]


@pytest.mark.parametrize("peso_g", [0, -1, 1.5, "750", True, None, 10**12, PESO_MAXIMO + 1, [750]])
async def test_what_is_no_weight_is_refused_and_named(shop: ShopApp, peso_g: object) -> None:
    cheese, clara = await queso(shop), await shop.customer()

    for method, path, more in (
        ("POST", "/api/carrito/items", {"producto_id": cheese}),
        ("PUT", f"/api/carrito/items/{cheese}", {}),
    ):
        answer = await clara.ask(method, path, {**more, "peso_g": peso_g})
        assert answer.status_code == 400
        assert answer.data_["errores"][0]["campo"] == ("cantidad" if peso_g is None else "peso_g")
    assert (await clara.ok("GET", "/api/carrito"))["items"] == []


async def test_grams_and_a_quantity_are_one_too_many_and_neither_is_too_little(shop: ShopApp) -> None:
    cheese, clara = await queso(shop), await shop.customer()

    both = await put(clara, cheese, cantidad=1, peso_g=500)
    neither = await put(clara, cheese)

    assert [(a.status_code, a.data_["errores"][0]["campo"]) for a in (both, neither)] == [
        (400, "peso_g"),
        (400, "cantidad"),
    ]  # type: ignore[attr-defined]


async def test_grams_of_what_is_sold_by_the_unit_are_refused(shop: ShopApp) -> None:
    arroz, clara = await shop.producto(), await shop.customer()

    answer = await put(clara, arroz, peso_g=500)

    assert answer.status_code == 400 and answer.data_["errores"][0]["campo"] == "peso_g"  # type: ignore[attr-defined]


async def test_the_stock_of_it_is_grams_taken_and_given_back(shop: ShopApp) -> None:
    cheese, clara = await queso(shop, stock=1000), await shop.customer()
    assert (await put(clara, cheese, peso_g=1001)).status_code == 409  # type: ignore[attr-defined]
    await put(clara, cheese, peso_g=400)

    numero = (await clara.order()).data_["numero"]

    assert await left(shop, cheese) == 600
    whole = await clara.ok("GET", f"/api/pedidos/{numero}")
    assert whole["total"] == 3920.2 and whole["aproximado"] is True
    assert whole["items"][0]["peso_g"] == 400
    boss = await shop.customer("admin")
    assert (await boss.ok("GET", f"/api/admin/pedidos/{numero}"))["renglones"][0]["pedido"] == 400
    sold = {v["producto_id"]: v for v in (await boss.ok("GET", "/api/admin/ventas"))["por_producto"]}
    assert (sold[cheese]["cantidad"], sold[cheese]["vendido"]) == (0.4, 3920.2)


async def test_ticketera_is_told_one_piece_of_so_many_grams(shop: ShopApp) -> None:
    cheese, clara = await queso(shop), await shop.customer()
    await put(clara, cheese, peso_g=1250)
    numero = (await clara.order()).data_["numero"]

    body = await shop.base.read(
        lambda con: con.fetch_val("SELECT body FROM outgoing WHERE key = :numero", {"numero": numero})
    )

    assert '"nombre":"Queso cremoso, 1,25 kg aprox.","cantidad":1,"precio":12250.63,"subtotal":12250.63' in body


async def test_a_line_never_changes_its_meaning_with_its_product(shop: ShopApp) -> None:
    cheese, clara = await queso(shop, stock=5000), await shop.customer()
    await put(clara, cheese, peso_g=750)

    await shop.base.do(by_weight, cheese, False)

    carrito = await clara.ok("GET", "/api/carrito")
    assert carrito["items"] == [] and [a["que"] for a in carrito["avisos"]] == ["no_se_vende"]
    assert (await clara.add(cheese, 2))["items"][0]["cantidad"] == 2


async def test_units_do_not_become_grams_when_its_owner_sells_it_by_weight(shop: ShopApp) -> None:
    duena, arroz = await shop.customer("encargado"), await shop.producto(stock=12, stock_minimo=2)

    now = await duena.ok("PATCH", f"/api/admin/productos/{arroz}", {"version": 1, "por_peso": True})
    assert (now["por_peso"], now["stock"]) == (True, None)
    back = {"version": now["version"], "por_peso": False, "stock": 9}

    assert (await duena.ok("PATCH", f"/api/admin/productos/{arroz}", back))["stock"] == 9


async def test_of_the_last_grams_two_customers_at_once_get_them_once(shop: ShopApp) -> None:
    cheese = await queso(shop, stock=500)
    two = [await shop.customer() for _ in range(2)]
    for each in two:
        await put(each, cheese, peso_g=400)

    answers = await asyncio.gather(*(each.order() for each in two))

    assert sorted(a.status_code for a in answers) == [201, 409] and await left(shop, cheese) == 100


async def test_what_was_taken_in_grams_is_not_given_back_as_units(shop: ShopApp) -> None:
    cheese, clara = await queso(shop, stock=5000), await shop.customer()
    await put(clara, cheese, peso_g=750)
    numero = (await clara.order()).data_["numero"]
    await shop.base.do(by_weight, cheese, False)

    cancelled = await clara.client.post(f"/pedidos/{numero}/cancelar", form={})

    assert cancelled.status_code in {303, 302} and await left(shop, cheese) == 4250


async def test_the_same_order_again_takes_as_many_grams(shop: ShopApp) -> None:
    cheese, clara = await queso(shop), await shop.customer()
    await put(clara, cheese, peso_g=750)
    numero = (await clara.order()).data_["numero"]

    for _ in range(2):
        await clara.client.post(f"/pedidos/{numero}/repetir", form={})

    assert [r["peso_g"] for r in (await clara.ok("GET", "/api/carrito"))["items"]] == [750]


async def test_two_carts_of_one_customer_add_their_grams_up(shop: ShopApp) -> None:
    cheese, clara = await queso(shop), await shop.customer()
    await put(clara, cheese, peso_g=750)
    guest = shop.visitor()
    await put(guest, cheese, peso_g=500)

    guest.email = clara.email
    await clara.ask("DELETE", "/api/sesion")
    await shop.log_in(guest)

    assert [r["peso_g"] for r in (await guest.ok("GET", "/api/carrito"))["items"]] == [1250]


async def test_the_price_of_a_kilo_is_its_price_whatever_its_contents_say(shop: ShopApp) -> None:
    cheese = await shop.producto("Provolone", KILO, oferta_centavos=900_000, contenido=250, medida="g")
    await shop.base.do(by_weight, cheese, True)

    said = (await shop.visitor().ok("GET", "/api/productos?q=provolone"))["productos"][0]

    assert said["por_peso"] is True and (said["precio"], said["precio_por_medida"]) == (9000, 9000)
    assert said["precio_sin_impuestos"] == 7438.02


async def test_what_was_brought_is_approximate_no_more(shop: ShopApp) -> None:
    cheese, clara = await queso(shop), await shop.customer()
    await put(clara, cheese, peso_g=750)
    numero = (await clara.order()).data_["numero"]
    page = await (await clara.client.get(f"/pedidos/{numero}")).get_data(as_text=True)
    assert "750 g aprox." in page and "puede variar un poco" in page

    await shop.base.do(brought, numero)

    assert (await clara.ok("GET", f"/api/pedidos/{numero}"))["aproximado"] is False
    assert "aprox" not in await (await clara.client.get(f"/pedidos/{numero}")).get_data(as_text=True)


async def test_forms_take_grams_and_say_what_is_wrong_with_them(shop: ShopApp) -> None:
    cheese, arroz, guest = await queso(shop), await shop.producto(), shop.visitor()

    added = await guest.client.post("/carrito/agregar", form={"producto_id": str(cheese), "peso_g": "750"})
    changed = await guest.client.post(f"/carrito/items/{cheese}", form={"peso_g": "300", "accion": "cambiar"})

    assert (added.status_code, changed.status_code) == (303, 303)
    assert "9.800,50 el kilo · aprox." in await (await guest.client.get("/carrito")).get_data(as_text=True)
    for path, grams, status in (
        (f"/carrito/items/{cheese}", "medio", 400),
        (f"/carrito/items/{cheese}", "1000000", 400),
        (f"/carrito/items/{arroz}", "500", 400),
    ):
        answer = await guest.client.post(path, form={"peso_g": grams, "accion": "cambiar"})
        assert answer.status_code == status
    assert [r["peso_g"] for r in (await guest.ok("GET", "/api/carrito"))["items"]] == [300]


async def test_a_paquete_counts_kilos(shop: ShopApp) -> None:
    cheese = await queso(shop)
    marta = await shop.customer("comerciante", "Marta")
    form = {
        "nombre": "Fiambre", "frecuencia": "semanal", "proxima_el": "2031-01-06", "direccion": "Moldes 2145",
        "telefono": "11 5555-1234", "metodo_pago": "efectivo", "notas": "", f"item-{cheese}": "3", "activo": "1",
    }  # fmt: skip
    made = await marta.client.post("/comercio/paquetes/nuevo", form=form)
    assert made.status_code == 303

    page = await (await marta.client.get("/comercio/paquetes")).get_data(as_text=True)

    assert "29.401,50" in page


def test_the_sum_of_the_lines_is_the_total_for_any_weight() -> None:
    chance = random.Random(7391)
    for _ in range(5_000):
        precio, gramos = chance.randrange(1, 10**10), chance.randrange(1, PESO_MAXIMO)
        line = Renglon(1, "Queso", gramos, precio, "N", "C", por_peso=True)
        exact = precio * gramos
        assert abs(line.subtotal_centavos * 1000 - exact) <= 500
        assert line.subtotal_centavos * 1000 - exact != -500, "half goes up"
