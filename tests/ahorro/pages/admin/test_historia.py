"""What a product has cost, below its form: a line of steps, and a table that says the same."""

import pytest

from ahorro.domain.precios import CambioDePrecio, escalera
from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.reader import Reader


@pytest.fixture
async def owner(demo_shop: ShopApp) -> Reader:
    return Reader((await demo_shop.customer("encargado", "Elena Encargada")).client)


async def test_each_change_of_a_price_is_told_with_who_made_it(owner: Reader) -> None:
    await owner.go("/admin/productos/nuevo")
    await owner.press("Agregar", nombre="Chicha morada", precio="100", categoria="1", negocio="1")
    await owner.go("/admin/productos?q=chicha+morada")
    await owner.follow("Chicha morada")
    assert owner.sees("Historia del precio") and "<polyline" not in owner.html

    await owner.press("Guardar", precio="130")

    assert "<polyline" in owner.html and owner.sees("$ 100,00 $ 130,00 Elena Encargada")


def test_the_line_goes_by_steps_from_the_first_change_to_now() -> None:
    changes = [CambioDePrecio(0, "A", None, 100, None), CambioDePrecio(50, "A", 100, 200, None)]

    assert escalera(changes, 100) == [(0, 1), (0.5, 1), (0.5, 0), (1, 0)]
    assert escalera(changes[:1], 100) == []


def test_a_clock_that_was_set_back_draws_no_line_out_of_its_frame() -> None:
    changes = [CambioDePrecio(100, "A", None, 100, None), CambioDePrecio(90, "A", 100, 100, None)]

    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in escalera(changes, 50))
