"""Searching as people do: in plural, with the size written together, by another name; what is near is suggested."""

import time
from urllib.parse import quote_plus

import pytest

from ahorro.domain.busqueda import leer, parecidas
from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.reader import Reader


async def found(shop: ShopApp, q: str) -> list[str]:
    answer = await shop.visitor().ok("GET", f"/api/productos?limite=200&q={quote_plus(q)}")
    return [p["nombre"] for p in answer["productos"]]


@pytest.mark.parametrize(
    ("q", "some", "none"),
    [
        ("yerba 1kg", "Yerba mate con palo", "Yerba mate suave"),
        ("Yerba 1 KILO", "Yerba mate con palo", "Yerba mate suave"),
        ("yerba 1000 g", "Yerba mate con palo", "Yerba mate suave"),
        ("yerba 500gr", "Yerba mate suave", "Yerba mate con palo"),
        ("medio kilo de yerba", "Yerba mate suave", "Yerba mate con palo"),
        ("500ml", "Aceite de oliva extra virgen", "Aceite de girasol"),
        ("500 cc", "Vinagre de manzana", "Aceite de girasol"),
        ("leche 1l", "Leche entera larga vida", "Leche entera, caja"),
        ("leche 1lt", "Leche entera larga vida", "Dulce de leche"),
        ("gaseosa 1,5l", "Gaseosa pomelo", "Gaseosa cola"),
        ("gaseosa 1.5 litros", "Gaseosa pomelo", "Gaseosa cola"),
        ("agua 2 l", "Agua mineral sin gas", "Agua mineral con gas"),
        ("lechugas", "Lechuga criolla", "Leche"),
        ("gaseosas", "Gaseosa cola", "Jugo"),
        ("papas", "Papa negra", "Cebolla"),
        ("papas", "Papas fritas", "Cebolla"),
        ("limones", "Limón", "Lima"),
        ("panes", "Pan flauta", "Pañales"),
        ("tomates", "Tomate redondo", "Tapas"),
        ("leches", "Leche fresca", "Lechuga"),
        ("jabones", "Jabón de tocador", "Lavandina"),
        ("aceites", "Aceite de girasol", "Mayonesa"),
        ("carne", "Asado de tira", "Papa"),
        ("carne", "Bife de chorizo", "Lechuga"),
        ("verdura", "Lechuga criolla", "Banana"),
        ("champú", "Shampoo de hierbas", "Jabón"),
        ("hierba", "Yerba mate", "Lechuga"),
        ("coca cola", "Gaseosa cola", "Chocolate"),
        ("cocacola", "Gaseosa cola", "Chocolate"),
        ("birra", "Cerveza rubia", "Vino"),
        ("coca-cola", "Gaseosa cola", "Chocolate"),
        ('"leche" (entera)?', "Leche entera", "Dulce de leche"),
        ("leche,entera;", "Leche entera", "Dulce de leche"),
        ("¡yerba*!", "Yerba mate", "Lechuga"),
        ("coca 2,25", "Gaseosa cola Fresquita 2,25 l", "Chocolate"),
        ("2.25 cola", "Gaseosa cola Fresquita 2,25 l", "Gaseosa pomelo"),
        ("té", "Té negro", "Aceite"),
        ("cola gaseosa", "Gaseosa cola", "Gaseosa pomelo"),
    ],
)
async def test_what_is_meant_is_found(demo_shop: ShopApp, q: str, some: str, none: str) -> None:
    names = await found(demo_shop, q)

    assert any(n.startswith(some) for n in names), names
    assert not any(n.startswith(none) for n in names), names


@pytest.mark.parametrize(
    ("q", "suggested"),
    [
        ("aceite 1,5l", "aceite"),
        ("galetitas", "galletitas"),
        ("yerva 1kg", "yerba"),
        ("fideoz", "fideos"),
        ("hierva", "hierba"),
        ("lehce entera", "leche entera"),
        ("xyzzy cervesa", "cerveza"),
        ("leche marciana", "leche"),
    ],
)
async def test_what_is_near_is_suggested(person: Reader, q: str, suggested: str) -> None:
    await person.go(f"/productos?q={quote_plus(q)}")

    assert person.sees("No encontramos")
    await person.follow(suggested)
    assert person.status == 200 and not person.sees("No encontramos")


@pytest.mark.parametrize("q", ["yerba", "leche entera", "zzzzzz", "a" * 100, "123456789", "xq", "%%%%"])
async def test_nothing_is_suggested_for_what_is_found_nor_for_nonsense(person: Reader, q: str) -> None:
    await person.go(f"/productos?q={quote_plus(q)}")

    assert person.status == 200 and not person.sees("Quisiste decir")


@pytest.mark.parametrize(
    ("q", "first"), [("leche", "Leche"), ("pan", "Pan"), ("te", "Té"), ("papas", "Papa"), ("queso", "Queso")]
)
async def test_what_is_called_so_comes_first(demo_shop: ShopApp, q: str, first: str) -> None:
    names = await found(demo_shop, q)

    assert names[0].startswith(first), names


async def test_a_search_is_ordered_by_what_is_nearest_and_a_list_by_shelves(person: Reader) -> None:
    await person.go("/productos?q=leche")
    assert person.sees("Lo más parecido primero") and not person.sees("Por góndola")

    await person.go("/productos")
    assert person.sees("Por góndola") and not person.sees("Lo más parecido primero")


async def test_a_bar_code_finds_its_product(shop: ShopApp) -> None:
    await shop.producto("Mermelada de higos", codigo_barras="7790001000019")

    assert await found(shop, "7790001000019") == ["Mermelada de higos"]
    assert await found(shop, "7790001000018") == []


async def test_the_suggestion_is_of_something_on_sale(shop: ShopApp) -> None:
    await shop.producto("Ñandubay", activo=False)
    await shop.producto("Nandubey")
    person = Reader(shop.app.test_client())

    await person.go("/productos?q=nandubax")

    assert person.sees("¿Quisiste decir nandubey")


async def test_the_suggestion_knows_the_whole_catalogue(shop: ShopApp) -> None:
    for n in range(510):
        await shop.producto(f"Producto número {n} Ombú")
    await shop.producto("Kombucha de jengibre")
    person = Reader(shop.app.test_client())

    await person.go("/productos?q=kombuxa")

    assert person.sees("¿Quisiste decir kombucha")


async def test_nobody_is_told_that_something_is_without_gluten(person: Reader) -> None:
    await person.go("/productos?q=sin+tacc")

    assert person.sees("Todavía no tenemos cargado qué productos son sin TACC")


@pytest.mark.parametrize(
    "q",
    [
        "%",
        "_",
        "\\",
        "1/2",
        "0 kg",
        "1,5",
        "' OR 1=1 --",
        "kg",
        "5" * 90,
        "s",
        "es",
        "medio",
        '"leche" AND NOT yerba*',
        "leche:* | (x)",
        "NEAR(a b)",
    ],
)
async def test_odd_searches_are_answered(demo_shop: ShopApp, q: str) -> None:
    await found(demo_shop, q)


def test_a_long_search_among_many_names_is_answered_at_once() -> None:
    names = [f"producto{n}x nombre{n * 7}y" for n in range(10_000)]
    for q in ("a" * 100, "productx " * 11, "1kg " * 25, "medio " * 16, "1," * 50):
        begin = time.process_time()
        words, _ = leer(q)
        for word in words:
            parecidas(word, names)
        assert time.process_time() - begin < 2


@pytest.mark.parametrize(
    ("typed", "known", "nearest"),
    [
        ("fideoz", ["fideo", "fideos", "rodeos"], ["fideos", "fideo"]),
        ("lehce", ["leche", "lecha", "coche"], ["leche"]),
        ("elche", ["leche"], ["leche"]),
        ("mayonessa", ["mayonesa", "mayo"], ["mayonesa"]),
        ("kombuxa", ["kombucha", "ombu"], ["kombucha"]),
        ("pan", ["pana", "pans"], []),
        ("1234", ["1235"], []),
        ("x" * 200, ["x" * 199], []),
        ("zzzz", ["azul"], []),
    ],
)
def test_near_is_a_slip_or_two_of_the_fingers(typed: str, known: list[str], nearest: list[str]) -> None:
    assert parecidas(typed, known) == nearest
