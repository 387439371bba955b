"""Categorias, negocios and sucursales on pages, without scripts."""

import pytest

from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.reader import Reader


@pytest.fixture
async def owner(demo_shop: ShopApp) -> Reader:
    return Reader((await demo_shop.customer("encargado", "Elena Encargada")).client)


@pytest.mark.parametrize("tabla", ["categorias", "negocios", "sucursales"])
async def test_one_is_made_and_changed_and_what_is_wrong_is_said(owner: Reader, tabla: str) -> None:
    under = {"negocio": "1"} if tabla == "sucursales" else {}
    await owner.go(f"/admin/{tabla}")
    await owner.press("Agregar", nombre="", **under)
    assert owner.status == 400 and owner.sees("El nombre no puede quedar en blanco")

    await owner.press("Agregar", nombre=f"De prueba {tabla}", **under)
    assert owner.sees("Guardamos los cambios")
    await owner.follow(f"De prueba {tabla}")
    stale = owner.page
    await owner.press("Guardar", nombre=f"Otra {tabla}", orden="3")
    assert owner.sees(f"Otra {tabla}")

    owner.page = stale
    await owner.press("Guardar", nombre=f"Tarde {tabla}")
    assert owner.status == 409 and owner.sees("Alguien lo cambió")
    assert any(f.fields.get("nombre") == f"Tarde {tabla}" for f in owner.page.forms)


async def test_the_shop_shows_a_categoria_inside_another(owner: Reader) -> None:
    await owner.go("/admin/categorias")
    await owner.press("Agregar", nombre="Quesos duros", padre="1")

    await owner.go("/categorias")

    assert owner.sees("Quesos duros (0)")


async def test_a_categoria_is_listed_below_the_one_that_it_stands_under(owner: Reader) -> None:
    await owner.go("/admin/categorias")
    await owner.press("Agregar", nombre="Aceites")
    above = next(href for words, href in owner.page.links if words == "aceites").rpartition("=")[2]
    await owner.press("Agregar", nombre="Oliva extra", padre=above)
    await owner.press("Agregar", nombre="Vinagres", orden="0")

    names = [words for words, href in owner.page.links if "?editar=" in href]

    assert names.index("oliva extra") == names.index("aceites") + 1
