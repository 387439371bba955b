"""Many products on sale or off it at once: each from the version that was seen, once per clave."""

import asyncio
from typing import Any

import pytest

from ahorro.store.auditoria import select_auditoria
from tests.ahorro.cast import ShopApp, Visitor, una_clave

PATH = "/api/admin/productos/estado"
ADMIN = "/api/admin/productos"


@pytest.fixture
async def tres(shop: ShopApp, encargada: Visitor) -> list[Any]:
    """Three products on sale, as their owner gets them."""
    ids = [await shop.producto(f"Cosa {n}", 1000 * n) for n in (1, 2, 3)]
    return [each for each in (await encargada.ok("GET", f"{ADMIN}?limite=200"))["productos"] if each["id"] in ids]


def pedido(fichas: list[Any], activo: bool = False, **more: Any) -> dict[str, Any]:
    vistos = [{"id": each["id"], "version": each["version"]} for each in fichas]
    return {"productos": vistos, "activo": activo, "clave": una_clave(), **more}


async def ficha(encargada: Visitor, producto_id: int) -> Any:
    found = (await encargada.ok("GET", f"{ADMIN}?limite=200"))["productos"]
    return next(each for each in found if each["id"] == producto_id)


async def test_they_go_off_sale_at_once_out_of_carts_too_and_each_is_in_the_book(
    shop: ShopApp, encargada: Visitor, tres: list[Any]
) -> None:
    ana = await shop.customer()
    await ana.add(tres[0]["id"])

    done = await encargada.ok("POST", PATH, pedido(tres))

    assert [(each["ok"], each["version"]) for each in done["resultados"]] == [(True, 2)] * 3
    assert [each["id"] for each in done["resultados"]] == [each["id"] for each in tres]
    (aviso,) = (await ana.ok("GET", "/api/carrito"))["avisos"]
    assert (aviso["producto_id"], aviso["que"]) == (tres[0]["id"], "no_se_vende")
    for each in tres:
        (line,) = await shop.base.read(select_auditoria, que="producto", cual_id=each["id"])
        assert (line["campo"], line["de"], line["a"]) == ("activo", True, False)


async def test_what_is_so_already_stays_and_counts_as_done(encargada: Visitor, tres: list[Any]) -> None:
    done = await encargada.ok("POST", PATH, pedido(tres, activo=True))

    assert [(each["ok"], each["version"]) for each in done["resultados"]] == [(True, 1)] * 3


async def test_one_that_was_changed_since_and_one_that_is_not_there_are_left_alone_and_the_rest_is_done(
    encargada: Visitor, tres: list[Any]
) -> None:
    await encargada.ok("PATCH", f"{ADMIN}/{tres[1]['id']}", {"version": 1, "precio": 77})
    asked = pedido(tres)
    asked["productos"].append({"id": 999_999, "version": 1})

    done = await encargada.ok("POST", PATH, asked)

    assert [each.get("codigo") for each in done["resultados"]] == [None, "version_vieja", None, "no_existe"]
    assert done["resultados"][1] == {"id": tres[1]["id"], "ok": False, "codigo": "version_vieja", "version": 2}
    assert [(await ficha(encargada, each["id"]))["activo"] for each in tres] == [False, True, False]


async def test_sent_again_it_is_the_same_answer_and_undoes_nothing_done_since(
    encargada: Visitor, tres: list[Any]
) -> None:
    asked = pedido(tres)
    first = await encargada.ok("POST", PATH, asked)
    await encargada.ok("PATCH", f"{ADMIN}/{tres[0]['id']}", {"version": 2, "activo": True})

    again = await encargada.ok("POST", PATH, asked)
    other = await encargada.ask("POST", PATH, {**asked, "activo": True})

    assert again == first
    assert (await ficha(encargada, tres[0]["id"]))["activo"] is True
    assert (other.status_code, other.data_["codigo"]) == (422, "clave_reusada")


async def test_the_same_at_once_is_done_once_and_of_two_different_ones_each_product_has_one(
    encargada: Visitor, duena: Visitor, tres: list[Any]
) -> None:
    asked = pedido(tres)

    same = await asyncio.gather(*(who.ok("POST", PATH, asked) for who in (encargada, duena) * 4))
    again = [await ficha(encargada, each["id"]) for each in tres]
    rivals = await asyncio.gather(*(who.ok("POST", PATH, pedido(again, True)) for who in (encargada, duena)))

    assert all(each == same[0] for each in same)
    assert [each["version"] for each in again] == [2, 2, 2]
    assert sorted(each["ok"] for one in rivals for each in one["resultados"]) == [False] * 3 + [True] * 3


@pytest.mark.parametrize(
    ("campo", "cambios"),
    [
        ("productos", {"productos": []}),
        ("productos", {"productos": [{"id": n, "version": 1} for n in range(1, 502)]}),
        ("productos", {"productos": [{"id": 1, "version": 1}, {"id": 1, "version": 2}]}),
        ("productos", {"productos": [{"id": 1}]}),
        ("productos", {"productos": [{"id": 2**70, "version": 1}]}),
        ("activo", {"activo": "sí"}),
        ("clave", {"clave": ""}),
    ],
)
async def test_nonsense_is_refused_naming_the_field_and_nothing_is_kept(
    encargada: Visitor, tres: list[Any], campo: str, cambios: dict[str, Any]
) -> None:
    refused = await encargada.ask("POST", PATH, pedido(tres) | cambios)

    assert refused.status_code == 400
    assert [each["campo"].split(".")[0].split("[")[0] for each in refused.data_["errores"]] == [campo]
    assert [(await ficha(encargada, each["id"]))["version"] for each in tres] == [1, 1, 1]


async def test_who_is_no_encargado_keeps_out(shop: ShopApp, tres: list[Any]) -> None:
    for rol in ("armador", "cliente", "comerciante"):
        assert (await (await shop.customer(rol)).ask("POST", PATH, pedido(tres))).status_code == 403
    assert (await shop.visitor().ask("POST", PATH, pedido(tres))).status_code == 401
