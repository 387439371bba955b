"""Beside the final price stands the one without national taxes, by the product's own rate, to the centavo, in words."""

import pytest

from ahorro.demo.productos import parse_productos
from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.reader import Reader


@pytest.mark.parametrize(
    ("clave", "words"),
    [
        ("asado-kg", "$ 13.484,16"),  # 14.900 with 10,5 %
        ("leche-entera-1l", "$ 2.190,00"),  # exempt
        ("papa-kg", "$ 986,43"),
        ("harina-000-1kg", "$ 1.040,72"),
        ("flautas-kg", "$ 2.895,93"),
        ("yerba-1kg", "$ 4.080,99"),  # 4.938 with 21 %
        ("detergente-750", "$ 1.892,56"),
    ],
)
async def test_a_products_page_says_it_in_the_laws_words(person: Reader, clave: str, words: str) -> None:
    await person.go(f"/productos/{clave}")

    assert person.sees(f"Precio sin impuestos nacionales: {words}")


async def test_each_card_of_a_list_says_it_too(person: Reader) -> None:
    await person.go("/productos?categoria=carnes")

    assert person.page.text.count("precio sin impuestos nacionales:") == 5 and person.sees("$ 13.484,16")


@pytest.mark.parametrize(
    ("precio", "iva_por_mil", "without"),
    [(1, 210, 0.01), (100, 0, 1), (121, 210, 1), (1105, 105, 10), (99999999999, 105, 904977375.56), (3, 210, 0.02)],
)
async def test_it_is_right_to_the_centavo(demo_shop: ShopApp, precio: int, iva_por_mil: int, without: float) -> None:
    producto_id = await demo_shop.producto(f"Impuesto {precio} {iva_por_mil}", precio, iva_por_mil=iva_por_mil)

    found = await demo_shop.visitor().ok("GET", f"/api/productos?q=Impuesto+{precio}+{iva_por_mil}")

    (one,) = [p for p in found["productos"] if p["id"] == producto_id]
    assert (one["iva"], one["precio_sin_impuestos"]) == (iva_por_mil / 10, without)


def test_the_demos_rates_are_those_of_the_law() -> None:
    rates = {p.codigo: p.iva_por_mil for p in parse_productos()}

    assert set(rates.values()) == {0, 105, 210}
    assert {c for c, rate in rates.items() if rate == 0} == {
        "leche-entera-1l", "leche-descremada-1l", "leche-fresca-sachet", "leche-caja-12",
    }  # fmt: skip
    for clave in ("asado-kg", "pollo-entero-kg", "banana-kg", "lechuga-criolla", "lentejas-400", "harina-25kg"):
        assert rates[clave] == 105, clave
    for clave in ("yogur-natural-190", "chorizo-parrillero-kg", "papas-fritas-150", "fernet-750", "alfajor-triple"):
        assert rates[clave] == 210, clave
