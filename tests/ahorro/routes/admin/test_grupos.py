"""Categorias, negocios and sucursales of the owner: new ones, changes from a version on, two levels and no third."""

import asyncio
from typing import Any

import pytest

from ahorro.store.auditoria import select_auditoria
from tests.ahorro.cast import ShopApp, Visitor

CATEGORIAS, NEGOCIOS, SUCURSALES = (f"/api/admin/{tabla}" for tabla in ("categorias", "negocios", "sucursales"))
NOUNS = [(CATEGORIAS, "categoria"), (NEGOCIOS, "negocio"), (SUCURSALES, "sucursal")]


@pytest.fixture(scope="module", autouse=True)
async def shelf(shop: ShopApp) -> None:
    """A negocio and a categoria: `Mercado` and `Almacén`."""
    await shop.producto("Algo 1 kg")


async def nuevo(quien: Visitor, path: str, nombre: str, **more: Any) -> Any:
    under = {"negocio": "mercado"} if path == SUCURSALES else {}
    return await quien.ok("POST", path, {"nombre": nombre, **under, **more})


async def refused(quien: Visitor, method: str, path: str, datos: Any) -> list[str]:
    answer = await quien.ask(method, path, datos)
    assert answer.status_code == 400, answer.data_
    return [each["campo"] for each in answer.data_["errores"]]


@pytest.mark.parametrize(("path", "noun"), NOUNS)
async def test_a_new_one_is_in_the_list_under_its_noun_after_the_others(
    encargada: Visitor, path: str, noun: str
) -> None:
    made = await nuevo(encargada, path, f"Nueva {noun}")

    listed = (await encargada.ok("GET", path))[path.rpartition("/")[2]]

    assert listed[-1] == made
    assert (made["clave"], made["version"]) == (f"nueva-{noun}", 1)


@pytest.mark.parametrize(("path", "noun"), NOUNS)
async def test_a_change_starts_from_the_version_that_was_seen_and_is_in_the_book(
    encargada: Visitor, duena: Visitor, shop: ShopApp, path: str, noun: str
) -> None:
    made = await nuevo(encargada, path, "Antes")
    place = f"{path}/{made['id']}"

    changed = await encargada.ok("PATCH", place, {"version": 1, "nombre": "Después"})
    stale = await duena.ask("PATCH", place, {"version": 1, "nombre": "Tarde"})
    same = await duena.ok("PATCH", place, {"version": 2, "nombre": "Después"})

    assert (changed["nombre"], changed["version"]) == ("Después", 2)
    assert stale.status_code == 409
    assert stale.data_["codigo"] == "version_vieja"
    assert stale.data_[noun] == changed == same
    lines = await shop.base.read(select_auditoria, que=noun, cual_id=made["id"])
    assert (lines[0]["campo"], lines[0]["a"]) == ("nombre", "Después")
    assert [e["campo"] for e in lines] == ["nombre", "alta"]


@pytest.mark.parametrize(("path", "noun"), NOUNS)
async def test_of_two_who_change_one_at_once_one_wins(encargada: Visitor, duena: Visitor, path: str, noun: str) -> None:
    made = await nuevo(encargada, path, f"De dos {noun}")

    answers = await asyncio.gather(
        *(who.ask("PATCH", f"{path}/{made['id']}", {"version": 1, "orden": n}) for n, who in
          enumerate((encargada, duena), 70))
    )  # fmt: skip

    assert sorted(each.status_code for each in answers) == [200, 409]


@pytest.mark.parametrize(("path", "noun"), NOUNS)
async def test_who_is_no_encargado_keeps_out_and_what_nobody_has_is_a_404(
    shop: ShopApp, encargada: Visitor, path: str, noun: str
) -> None:
    armador = await shop.customer("armador")

    assert (await armador.ask("POST", path, {"nombre": f"Ajena {noun}"})).status_code == 403
    for cual in (999_999, 10**30):
        assert (await encargada.ask("PATCH", f"{path}/{cual}", {"version": 1, "orden": 1})).status_code == 404


@pytest.mark.parametrize(
    ("path", "wrong", "campo"),
    [
        (CATEGORIAS, {"padre": "nadie"}, "padre"),
        (CATEGORIAS, {"padre": 999_999}, "padre"),
        (CATEGORIAS, {"orden": -1}, "orden"),
        (CATEGORIAS, {"orden": None}, "orden"),
        (CATEGORIAS, {"clave": "Con Mayúsculas"}, "clave"),
        (CATEGORIAS, {"clave": "almacén"}, "clave"),
        (NEGOCIOS, {"clave": "mercado"}, "clave"),
        (NEGOCIOS, {"nombre": " "}, "nombre"),
        (NEGOCIOS, {"padre": 1}, "padre"),
        (SUCURSALES, {"negocio": "nadie"}, "negocio"),
        (SUCURSALES, {"negocio": None}, "negocio"),
        (SUCURSALES, {"telefono": "11 5555-1234\nint. 5"}, "telefono"),
        (SUCURSALES, {"direccion": "x" * 201}, "direccion"),
    ],
    ids=str,
)
async def test_what_cannot_be_is_named(encargada: Visitor, path: str, wrong: dict[str, Any], campo: str) -> None:
    under = {"negocio": "mercado"} if path == SUCURSALES else {}

    assert await refused(encargada, "POST", path, {"nombre": "Nada", **under, **wrong}) == [campo]


async def test_a_sucursal_has_its_negocio_and_hours(encargada: Visitor) -> None:
    said = {"direccion": "Av. Cabildo 2000", "telefono": "11 5555-1234", "horarios": "Lunes a sábado de 8 a 20"}

    made = await nuevo(encargada, SUCURSALES, "Cabildo", **said)

    assert {campo: made[campo] for campo in said} == said
    assert made["negocio"]["nombre"] == "Mercado"
    assert await refused(encargada, "PATCH", f"{SUCURSALES}/{made['id']}", {"version": 1, "negocio": None}) == [
        "negocio"
    ]


async def test_categorias_have_two_levels_and_never_a_third(encargada: Visitor) -> None:
    top = await nuevo(encargada, CATEGORIAS, "Bebidas")
    under = await nuevo(encargada, CATEGORIAS, "Vinos", padre="bebidas")
    other = await nuevo(encargada, CATEGORIAS, "Copas")

    assert under["padre"] == {"id": top["id"], "nombre": "Bebidas"}
    assert await refused(encargada, "POST", CATEGORIAS, {"nombre": "Tintos", "padre": under["id"]}) == ["padre"]
    for who, padre in ((top, other), (top, top), (top, under), (other, under)):
        place = f"{CATEGORIAS}/{who['id']}"
        assert await refused(encargada, "PATCH", place, {"version": 1, "padre": padre["id"]}) == ["padre"]
    up = await encargada.ok("PATCH", f"{CATEGORIAS}/{under['id']}", {"version": 1, "padre": None})
    assert up["padre"] is None


async def test_the_list_of_a_categoria_has_what_stands_in_those_under_it(shop: ShopApp, encargada: Visitor) -> None:
    await nuevo(encargada, CATEGORIAS, "Frescos")
    await nuevo(encargada, CATEGORIAS, "Quesos", padre="frescos")
    for nombre, categoria in (("Ricota", "quesos"), ("Crema", "frescos")):
        datos = {"nombre": nombre, "precio": 900, "negocio": "mercado", "categoria": categoria}
        await encargada.ok("POST", "/api/admin/productos", datos)

    async def names(categoria: str) -> set[str]:
        page = await shop.visitor().ok("GET", f"/api/productos?categoria={categoria}")
        return {p["nombre"] for p in page["productos"]}

    assert await names("frescos") == {"Ricota", "Crema"}
    assert await names("Frescos") == {"Ricota", "Crema"}
    assert await names("quesos") == {"Ricota"}


async def test_the_id_of_one_is_not_the_name_of_another(encargada: Visitor) -> None:
    one = await nuevo(encargada, NEGOCIOS, "El uno")
    named = await nuevo(encargada, NEGOCIOS, str(one["id"]))
    producto = {"nombre": "Del uno", "precio": 100, "categoria": "almacen"}

    made = [
        await encargada.ok("POST", "/api/admin/productos", {**producto, "negocio": cual})
        for cual in (one["id"], str(one["id"]), "EL UNO", named["id"])
    ]
    listed = (await encargada.ok("GET", f"/api/admin/productos?negocio={one['id']}"))["productos"]

    assert [p["negocio"]["id"] for p in made] == [one["id"]] * 3 + [named["id"]]
    assert {p["id"] for p in listed} == {p["id"] for p in made[:3]}
