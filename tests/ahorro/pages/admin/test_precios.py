"""Monday's prices on a page: looked at, applied once, taken back; without scripts."""

import uuid

import pytest

from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.reader import Reader


@pytest.fixture
async def owner(demo_shop: ShopApp) -> Reader:
    return Reader((await demo_shop.customer("encargado", "Elena Encargada")).client)


async def product(shop: ShopApp, precio: int = 100000) -> tuple[int, str]:
    """A product with a name that nobody else has: its id, and the name."""
    nombre = f"Cosa {uuid.uuid4().hex[:8]}"
    return await shop.producto(nombre, precio), nombre


def form_with_preview(owner: Reader) -> dict[str, str]:
    return next(f.fields for f in owner.page.forms if "vista" in f.fields)


async def price_of(shop: ShopApp, producto_id: int) -> int:
    query = "SELECT precio_centavos FROM productos WHERE id = :id"
    return int(await shop.base.read(lambda con: con.fetch_val(query, {"id": producto_id})))


async def test_four_per_cent_is_seen_applied_once_and_taken_back(owner: Reader, demo_shop: ShopApp) -> None:
    producto_id, nombre = await product(demo_shop)
    await owner.go("/admin/precios")

    await owner.press("Ver cómo queda", con_estas_palabras=nombre, por_ciento="4")
    assert owner.sees(f"{nombre} $ 1.000,00 $ 1.040,00") and await price_of(demo_shop, producto_id) == 100000
    form = form_with_preview(owner)
    await owner.press("Aplicar a 1 producto")
    await owner.go("/admin/precios", "POST", form=form)

    assert owner.sees("Listo: cambiamos 1 precio") and owner.sees("Elena Encargada + 4 % 1")
    assert await price_of(demo_shop, producto_id) == 104000
    await owner.press("Deshacer")
    assert owner.sees("Volvieron 1 de 1 precios") and owner.sees("Deshecho")
    assert await price_of(demo_shop, producto_id) == 100000


async def test_a_price_that_moved_meanwhile_is_shown_again_and_not_raised_twice(
    owner: Reader, demo_shop: ShopApp
) -> None:
    producto_id, nombre = await product(demo_shop)
    other = Reader((await demo_shop.customer("admin")).client)
    for person in (owner, other):
        await person.go("/admin/precios")
        await person.press("Ver cómo queda", con_estas_palabras=nombre, por_ciento="4")
    await other.press("Aplicar")

    await owner.press("Aplicar")

    assert owner.status == 409 and owner.sees("Algún precio cambió desde que lo miraste")
    assert owner.sees(f"{nombre} $ 1.040,00 $ 1.081,60") and await price_of(demo_shop, producto_id) == 104000


async def test_a_product_that_joined_between_looking_and_applying_is_shown_first(
    owner: Reader, demo_shop: ShopApp
) -> None:
    producto_id, nombre = await product(demo_shop)
    await owner.go("/admin/precios")
    await owner.press("Ver cómo queda", con_estas_palabras=nombre, por_ciento="4")
    joined = await demo_shop.producto(f"{nombre} grande", 200000)

    await owner.press("Aplicar a 1 producto")
    assert owner.status == 409 and owner.sees(f"{nombre} grande $ 2.000,00 $ 2.080,00")
    assert [await price_of(demo_shop, each) for each in (producto_id, joined)] == [100000, 200000]
    await owner.press("Aplicar a 2 productos")

    assert [await price_of(demo_shop, each) for each in (producto_id, joined)] == [104000, 208000]


async def test_an_offer_made_between_looking_and_applying_is_not_dropped_unseen(
    owner: Reader, demo_shop: ShopApp
) -> None:
    producto_id, nombre = await product(demo_shop)
    await owner.go("/admin/precios")
    await owner.press("Ver cómo queda", con_estas_palabras=nombre, por_ciento="-20")
    other = await demo_shop.customer("admin")
    offer = {"version": 1, "oferta": {"precio": 850}}
    await other.ok("PATCH", f"/api/admin/productos/{producto_id}", offer)

    await owner.press("Aplicar")

    assert (
        owner.status == 409 and owner.sees("1 pierden su oferta") and await price_of(demo_shop, producto_id) == 100000
    )


async def test_what_keeps_its_price_for_its_offers_sake_is_said_so(owner: Reader, demo_shop: ShopApp) -> None:
    producto_id, nombre = await product(demo_shop)
    await owner.go("/admin/precios")
    await owner.press("Ver cómo queda", con_estas_palabras=nombre, por_ciento="20")
    await owner.press("Aplicar")
    other = await demo_shop.customer("admin")
    await other.ok("PATCH", f"/api/admin/productos/{producto_id}", {"version": 2, "oferta": {"precio": 1100}})

    await owner.press("Deshacer")

    assert owner.sees("1 quedó como estaba: su oferta no sería más barata que el precio de antes.")


async def test_a_slip_wants_a_second_word(owner: Reader, demo_shop: ShopApp) -> None:
    producto_id, nombre = await product(demo_shop)
    await owner.go("/admin/precios")
    await owner.press("Ver cómo queda", con_estas_palabras=nombre, por_ciento="400", redondear="100")
    assert owner.sees("1 cambian más de un 50 %.") and owner.sees(nombre)

    await owner.press("Aplicar")
    assert owner.status == 409 and owner.sees("marcá la casilla") and await price_of(demo_shop, producto_id) == 100000
    await owner.go("/admin/precios", "POST", form=form_with_preview(owner) | {"forzar": "1"})

    assert await price_of(demo_shop, producto_id) == 500000 and owner.sees("+ 400 %, redondeado a $ 100")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"por_ciento": "mucho"}, "El porcentaje tiene que ser"),
        ({"por_ciento": "1e9"}, "El porcentaje tiene que ser"),
        ({"por_ciento": "4", "o_pesos": "100"}, "uno de los dos"),
        ({"o_pesos": "1000000000000"}, "El monto tiene que ser"),
        ({"por_ciento": "0"}, "distinto de 0"),
    ],
)
async def test_nonsense_is_said_beside_its_field_and_stays(owner: Reader, fields: dict[str, str], said: str) -> None:
    await owner.go("/admin/precios")

    await owner.press("Ver cómo queda", **fields)

    assert owner.status == 400 and owner.sees(said)
    assert set(fields.values()) <= set(next(f.fields for f in owner.page.forms if "porcentaje" in f.fields).values())


async def test_what_was_chosen_in_the_list_moves_alone(owner: Reader, demo_shop: ShopApp) -> None:
    (one, nombre), (other, _) = await product(demo_shop), await product(demo_shop)
    await owner.go(f"/admin/precios?id={one}")
    assert owner.sees("Los 1 que elegiste en la lista") or owner.sees("El que elegiste en la lista")

    await owner.press("Ver cómo queda", o_pesos="-100,50")
    assert owner.sees(f"{nombre} $ 1.000,00 $ 899,50")
    await owner.press("Aplicar a 1 producto")

    assert (await price_of(demo_shop, one), await price_of(demo_shop, other)) == (89950, 100000)


async def test_a_choice_that_nobody_can_read_is_not_the_whole_shop(owner: Reader, demo_shop: ShopApp) -> None:
    one, _ = await product(demo_shop)

    await owner.go("/admin/precios?id=x&porcentaje=4")
    assert owner.status == 400 and not owner.sees("Aplicar a")
    await owner.go("/admin/precios", "POST", form={"id": "x", "porcentaje": "4", "clave": uuid.uuid4().hex})
    assert owner.status == 400

    assert await price_of(demo_shop, one) == 100000


@pytest.mark.parametrize("clave", ["una clave", "a/b", "x" * 101, "\u202e"])
async def test_a_clave_that_no_page_of_ours_wrote_moves_nothing(owner: Reader, demo_shop: ShopApp, clave: str) -> None:
    one, _ = await product(demo_shop)

    await owner.go("/admin/precios", "POST", form={"id": str(one), "porcentaje": "4", "clave": clave})

    assert owner.status == 400 and await price_of(demo_shop, one) == 100000


async def test_what_no_database_keeps_names_no_change(owner: Reader) -> None:
    await owner.go("/admin/precios?hecho=%00")

    assert owner.status == 400


async def test_a_change_that_nobody_made_cannot_be_taken_back(owner: Reader) -> None:
    await owner.go("/admin/precios/nunca/deshacer", "POST", form={})

    assert owner.status == 404
