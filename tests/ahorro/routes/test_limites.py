"""What a stranger or a fresh account may have the shop keep."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from ahorro.app import create_app
from ahorro.domain.franja import franjas_de
from ahorro.domain.pedido import ABIERTOS
from belgrano.database.work import Work
from belgrano.words.times import now
from tests.ahorro.cast import ShopApp, Visitor
from tests.ahorro.conftest import some_settings


@pytest.fixture(scope="module")
async def limited(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ShopApp]:
    """The shop with its limits on, as anybody meets it."""
    app = create_app(some_settings(module_database, tmp_path_factory.mktemp("correo"), limits=True))
    async with app.test_app():
        yield ShopApp(app)


async def _sessions(con: Any) -> int:
    return int(await con.fetch_val("SELECT count(*) FROM sessions"))


async def _guests(con: Any) -> int:
    return int(await con.fetch_val("SELECT count(*) FROM sessions WHERE user_id IS NULL AND ended_at IS NULL"))


async def test_nobody_has_a_session_before_there_is_something_to_keep(shop: ShopApp) -> None:
    arroz = await shop.producto()
    before = await shop.base.read(_sessions)
    for method, path, data in (
        ("GET", "/", None),
        ("GET", "/carrito", None),
        ("GET", "/api/carrito", None),
        ("POST", "/api/carrito/items", {"producto_id": 999_999_999, "cantidad": 1}),
        ("POST", "/api/carrito/items", {"producto_id": arroz, "cantidad": 0}),
        ("PUT", "/api/carrito/items/999999999", {"cantidad": 1}),
        ("DELETE", f"/api/carrito/items/{arroz}", None),
        ("DELETE", "/api/sesion", None),
    ):
        response = await shop.visitor().ask(method, path, data)
        assert not [c for c in response.headers.getlist("Set-Cookie") if "Max-Age=0" not in c], path
    for path, form in (
        ("/carrito/agregar", {"producto_id": "999999999", "cantidad": "1"}),
        (f"/carrito/items/{arroz}", {"accion": "quitar"}),
        (f"/carrito/items/{arroz}", {"cantidad": "0"}),
        ("/carrito/vaciar", {}),
    ):
        await shop.visitor().client.post(path, form=form)

    assert await shop.base.read(_sessions) == before


@pytest.mark.parametrize("how", ["json", "put", "form"])
async def test_the_first_thing_in_a_cart_brings_the_session_that_keeps_it(shop: ShopApp, how: str) -> None:
    arroz, visitor = await shop.producto(), shop.visitor()
    if how == "json":
        await visitor.add(arroz, 2)
    elif how == "put":
        await visitor.ok("PUT", f"/api/carrito/items/{arroz}", {"cantidad": 2})
    else:
        await visitor.client.post("/carrito/agregar", form={"producto_id": str(arroz), "cantidad": "2"})

    assert (await visitor.ok("GET", "/api/carrito"))["items"][0]["cantidad"] == 2


async def test_who_guesses_coupons_does_not_get_to_the_right_one(limited: ShopApp) -> None:
    encargada, guesser = await limited.customer("encargado"), await limited.customer()
    await guesser.add(await limited.producto())
    said = {"nombre": "Adivinada", "tipo": "porcentaje", "porcentaje": 50, "codigo": "ABC"}
    await encargada.ok("POST", "/api/admin/promociones", said)

    guesses = (guesser.ask("POST", "/api/carrito/cupon", {"codigo": f"AB{n}"}) for n in range(70))
    assert {r.status_code for r in await asyncio.gather(*guesses)} == {400, 429}

    refused = await guesser.ask("POST", "/api/carrito/cupon", {"codigo": "ABC"})
    assert (refused.status_code, refused.data_["codigo"]) == (429, "demasiados_intentos")


async def test_one_address_begins_only_so_many_carts(limited: ShopApp) -> None:
    arroz = await limited.producto()
    visitors = [limited.visitor() for _ in range(310)]
    item = {"producto_id": arroz, "cantidad": 1}

    before = await limited.base.read(_guests)
    answers = [await each.ask("POST", "/api/carrito/items", item) for each in visitors]

    assert [each.status_code for each in answers] == [200] * 300 + [429] * 10
    assert await limited.base.read(_guests) == before + 300
    assert "Retry-After" in answers[-1].headers
    assert (await visitors[0].ask("POST", "/api/carrito/items", item)).status_code == 200
    page = await limited.visitor().client.post("/carrito/agregar", form={"producto_id": str(arroz), "cantidad": "1"})
    assert page.status_code == 429


async def _deliver(work: Work, usuario_id: int) -> None:
    await work.con.execute("UPDATE pedidos SET estado = 'entregado' WHERE usuario_id = :id", {"id": usuario_id})


async def _place(visitor: Visitor, arroz: int, times: int) -> list[Any]:
    answers = []
    for _ in range(times):
        await visitor.add(arroz)
        answers.append(await visitor.order())
    return answers


async def test_an_account_has_only_so_many_pedidos_on_their_way(limited: ShopApp) -> None:
    arroz, clara = await limited.producto(), await limited.customer()

    answers = await _place(clara, arroz, ABIERTOS + 2)

    assert [each.status_code for each in answers] == [201] * ABIERTOS + [409] * 2
    assert answers[-1].data_["codigo"] == "demasiados_abiertos"
    assert f"{ABIERTOS} pedidos" in answers[-1].data_["detail"]
    assert (await clara.ok("GET", "/api/carrito"))["items"][0]["cantidad"] == 2  # nothing is lost by it
    await limited.base.do(_deliver, clara.id)
    assert (await clara.order()).status_code == 201


async def test_an_account_makes_only_so_many_pedidos_in_a_short_time(limited: ShopApp) -> None:
    arroz, clara = await limited.producto(), await limited.customer()
    made = 0
    for _ in range(5):
        made += [each.status_code for each in await _place(clara, arroz, 30)].count(201)
        await limited.base.do(_deliver, clara.id)

    assert made == 120
    answer = await clara.order()
    assert answer.status_code == 429
    assert "pedidos" in answer.data_["detail"]
    assert "Retry-After" in answer.headers


async def test_a_comerciante_orders_as_one_who_sells_does(limited: ShopApp) -> None:
    arroz, marta = await limited.producto(), await limited.customer("comerciante")

    assert [each.status_code for each in await _place(marta, arroz, 60)] == [201] * 60


async def test_the_same_pedido_again_is_no_new_one(limited: ShopApp) -> None:
    arroz, clara = await limited.producto(), await limited.customer()
    await _place(clara, arroz, ABIERTOS - 1)
    await clara.add(arroz)
    clave = "la-misma-otra-vez"

    first = await clara.order(clave=clave)
    again = await asyncio.gather(*(clara.order(clave=clave) for _ in range(3)))

    assert {each.data_["numero"] for each in (first, *again)} == {first.data_["numero"]}


async def test_the_page_says_it_and_keeps_what_was_filled_in(limited: ShopApp) -> None:
    arroz, clara = await limited.producto(), await limited.customer()
    await _place(clara, arroz, ABIERTOS)
    await clara.add(arroz)
    total = (await clara.ok("GET", "/api/carrito"))["total"]

    page = await clara.client.post(
        "/checkout",
        form={
            "clave": "una-de-la-pagina", "calle": "Moldes", "altura": "2145", "telefono": "11 5555-0101",
            "metodo_pago": "efectivo", "franja": franjas_de(now())[0].clave,
            "total": str(round(total * 100)), "notas": "Timbre 4B",
        },
    )  # fmt: skip

    text = await page.get_data(as_text=True)
    assert page.status_code == 409, text
    assert f"{ABIERTOS} pedidos sin entregar" in text
    assert "Timbre 4B" in text
